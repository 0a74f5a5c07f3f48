// Searches all pages, and filters the list of all commitments. Both pages also work without it.
// Loads the index when a reader uses the form, or when the address already contains a query.
"use strict";
(() => {
  const part = (name) => document.querySelector(`[data-${name}]`);
  const form = part("search"), status = part("status"), results = part("results");
  const whole = part("whole"), more = part("more");
  if (!form) return;
  const home = form.dataset.search, list = results.querySelector("ul");
  const STEP = 50, MIN = 3;
  let titles, words, loading, found = [], shown = 0;

  const get = async (name) => {
    const answer = await fetch(`${home}search/${name}.json`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const load = () => {
    loading ??= (async () => {
      try {
        titles = await get("titles");
        show();
        const [all, places] = await get("words");
        words = { all: all.split(" "), places: places.split(" ") };
        show();
      } catch (error) {
        loading = undefined;
        status.textContent = form.dataset.failed;
        console.warn(error);
      }
    })();
  };

  // Splits a text into words, in the form that the index uses.
  const fold = (text) => {
    text = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
    for (const [from, to] of titles.letters) text = text.replaceAll(from, to);
    return text.match(/[\p{L}\p{N}]+/gu) || [];
  };

  // Marks the commitments whose texts contain a word that starts with `start`.
  const having = (start) => {
    const has = new Uint8Array(titles.commitments.length);
    if (!words || start.length < MIN) return has;
    let low = 0, high = words.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words.all[middle] < start) low = middle + 1; else high = middle;
    }
    for (; low < words.all.length && words.all[low].startsWith(start); low++) {
      let at = 0;
      for (const distance of words.places[low].split(",")) has[(at += +distance)] = 1;
    }
    return has;
  };

  const wanted = () => {
    const entries = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
    return entries.filter(([, value]) => value);
  };

  // The parts of a commitment's address: its plan and its number.
  const planOf = (row) => decodeURIComponent(row[0].split("/")[1]);
  const numberOf = (row) => decodeURIComponent(row[0].split("/")[2]);

  const find = () => {
    const want = Object.fromEntries(wanted());
    const place = (values, value) => (value === undefined ? -1 : values.indexOf(value));
    const filters = [
      [3, want.level, place(titles.standings, want.level)],
      [4, want.agency, place(titles.agencies.map((it) => it[0]), want.agency)],
      [5, want.chapter, place(titles.chapters, want.chapter)],
      [8, want.area, place(titles.areas, want.area)],
    ].filter(([, value]) => value);
    // One term can be several words, such as a number: a title must contain them side by side.
    const terms = (want.q || "").split(/\s+/).map(fold).filter((it) => it.length);
    const number = ` ${terms.flat().join(" ")} `;
    const inTexts = terms.map((term) => term.map(having));
    const ranks = [[], [], []];
    const inTitle = (title) => (term) => title.includes(` ${term.join(" ")}`);
    titles.commitments.forEach((row, at) => {
      if (want.plan && planOf(row) !== want.plan) return;
      if (filters.some(([field, , value]) => ![row[field]].flat().includes(value))) return;
      const title = `${row[7]} `, has = inTitle(title);
      if (terms.every(has)) ranks[terms.length && title.startsWith(number) ? 0 : 1].push(row);
      else if (terms.every((term, nth) => has(term) || inTexts[nth].every((it) => it[at]))) ranks[2].push(row);
    });
    const pages = form.elements.level || !terms.length ? [] : titles.pages.filter((page) => terms.every(inTitle(page[4])));
    return [...ranks[0], ...pages, ...ranks[1], ...ranks[2]];
  };

  const item = (row) => {
    const isPage = row.length === 5;
    const kind = isPage ? "page" : titles.standings[row[3]];
    const item = document.querySelector(`[data-row="${kind}"]`).content.cloneNode(true);
    const fill = (name, text, lang) => {
      const place = item.querySelector(`[data-${name}]`);
      place.textContent = text;
      if (lang) place.lang = lang;
      if (!text) place.remove();
      return place;
    };
    fill("link", row[1], row[2]).href = home + row[0];
    if (isPage) {
      fill("kind", row[3]);
    } else {
      const leads = row[4].map((at) => titles.agencies[at]);
      const [, plan, planLang] = titles.plans.find(([id]) => id === planOf(row)) || [];
      fill("number", numberOf(row));
      fill("lead", leads.map((it) => it[1]).join(", "), leads[0][2]);
      fill("plan", plan, planLang);
      fill("dissent", row[6]);
    }
    return item;
  };

  const showMore = () => {
    list.append(...found.slice(shown, shown + STEP).map(item));
    shown = list.children.length;
    more.hidden = shown >= found.length;
  };

  const show = () => {
    const entries = wanted(), isOn = entries.length > 0;
    whole.hidden = isOn && Boolean(titles);
    results.hidden = !whole.hidden;
    if (!isOn) {
      status.textContent = "";
      return;
    }
    if (!titles) {
      status.textContent = form.dataset.loading;
      return load();
    }
    found = find();
    list.replaceChildren();
    shown = 0;
    showMore();
    const count = found.length.toLocaleString(document.documentElement.lang);
    const isSure = found.length || words;
    status.textContent = isSure ? form.dataset[found.length ? "found" : "none"].replace("{}", count) : form.dataset.loading;
  };

  form.addEventListener("input", () => {
    const query = new URLSearchParams(wanted()).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show();
  });
  form.addEventListener("focusin", load, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  more.addEventListener("click", () => {
    const next = shown;
    showMore();
    list.children[next].querySelector("a").focus();
  });

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  part("without").hidden = true;
  form.hidden = false;
  show();
})();
