// Searches all pages, and filters the list of all commitments. Both pages also work without it.
// Loads the index when a reader uses the form, or when the address already contains a query.
"use strict";
(() => {
  const part = (name) => document.querySelector(`[data-${name}]`);
  const form = part("search"), status = part("status"), results = part("results");
  const whole = part("whole"), more = part("more");
  if (!form) return;
  const home = form.dataset.search, list = results.querySelector("ul");
  const STEP = 50, SENTENCES = 10;
  const language = document.documentElement.lang;
  const split = (granularity) => (text) => [...new Intl.Segmenter(language, { granularity }).segment(text)].map((it) => it.segment);
  const wordsOf = split("word"), sentencesOf = split("sentence");
  // Letters of scripts without capitals, such as Thai and Arabic: words are often inside others.
  const INSIDE = /\p{Lo}/u;
  // `texts` has pairs: how much a match counts, and the words with their rows.
  let titles, texts, isWhole, loading, answer, shown = 0;

  const get = async (name) => {
    const file = await fetch(`${home}search/${name}.json`);
    if (!file.ok) throw new Error(file.status);
    return file.json();
  };

  const load = () => {
    loading ??= (async () => {
      try {
        titles = await get("titles");
        const { commitments, pages } = titles;
        texts = [
          [3, placesOf(commitments.map((row) => row[7]))],
          [2, placesOf(commitments.map((row) => row[4].map((lead) => pages[lead][4]).join("")))],
          [4, placesOf([...commitments.map(() => ""), ...pages.map((page) => page[4])])],
        ];
        show();
        const [words, places] = (await get("words")).map((list) => list.split(" "));
        texts.push([1, new Map(words.map((word, nth) => [word, sums(places[nth].split(","))]))]);
        isWhole = true;
        show();
      } catch (error) {
        loading = undefined;
        status.textContent = form.dataset.failed;
        console.warn(error);
      }
    })();
  };

  // The words of a text, in the form that the index uses.
  const fold = (text) => {
    text = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
    for (const [from, to] of titles.letters) text = text.replaceAll(from, to);
    return text.match(/[\p{L}\p{N}]+/gu) || [];
  };

  const sums = (distances) => {
    let row = 0;
    return distances.map((distance) => (row += +distance));
  };

  // The words of a text of each row, with the rows that have them.
  const placesOf = (rows) => {
    const places = new Map();
    rows.forEach((text, row) => new Set(text.split(" ")).forEach((word) => {
      if (!places.has(word)) places.set(word, []);
      places.get(word).push(row);
    }));
    return places;
  };

  // Whether a word starts with the term, apart from wrong, missing, additional or swapped letters.
  const isNear = (term, word, errors) => {
    let same = 0;
    while (same < term.length && term[same] === word[same]) same++;
    const a = term.slice(same), b = word.slice(same);
    const after = (x, y) => isNear(a.slice(x), b.slice(y), errors - 1);
    return a.length <= errors
      || (errors > 0 && (after(1, 1) || after(1, 0) || after(0, 1) || (a[0] === b[1] && a[1] === b[0] && after(2, 2))));
  };

  // How well a word fits a term of the query, from 0 to 1.
  const fit = (term, word, isLoose) => {
    if (word === term) return 1;
    if (word.startsWith(term) || (word.includes(term) && INSIDE.test(term))) return .8;
    if (!isLoose || term.length < 4 || word.length < 3) return 0;
    let stem = 0;
    while (stem < term.length && term[stem] === word[stem]) stem++;
    const part = stem / Math.max(term.length, word.length);
    if (stem > 3 && part > .5) return part * .7;
    if (word.length < term.length + 4 && isNear(term, word, term.length < 8 ? 1 : 2)) return .4;
    return word.includes(term) ? .3 : 0;
  };

  // The words to look for: short ones only if there are no others.
  const termsOf = (query) => {
    const terms = [...new Set(wordsOf(query).flatMap(fold))];
    const isLong = (term) => term.length > (INSIDE.test(term) ? 1 : 2) || /\p{N}/u.test(term);
    return terms.some(isLong) ? terms.filter(isLong) : terms;
  };

  const wanted = () => [...new FormData(form)].filter(([, value]) => value.trim());

  // A part of a commitment's address: 1 is its plan, 2 its number.
  const addressOf = (row, nth) => decodeURIComponent(row[0].split("/")[nth]);

  // What each filter compares.
  const FACTS = {
    level: (row) => titles.standings[row[3]],
    plan: (row) => addressOf(row, 1),
    agency: (row) => row[4].map((at) => titles.agencies[at][0]),
    chapter: (row) => titles.chapters[row[5]],
    area: (row) => row[8].map((at) => titles.areas[at]),
  };
  const isPage = (row) => row.length === 5;
  const isAllowed = (row) => isPage(row) ? !form.elements.level
    : wanted().every(([name, value]) => name === "q" || [FACTS[name](row)].flat().includes(value));

  // The rows with the terms, the best first; if it is loose, also with similar words or some of the terms.
  const search = (terms, rows, allowed, isLoose) => {
    const scores = new Map();
    let needed = 0;
    for (const term of terms) {
      const best = new Map();
      for (const [weight, places] of texts) {
        for (const [word, at] of places) {
          const value = weight * fit(term, word, isLoose);
          if (value) for (const row of at) best.set(row, Math.max(value, best.get(row) || 0));
        }
      }
      // A word that most rows have, such as `the`, is not needed.
      const isNeeded = terms.length < 2 || best.size < .75 * titles.commitments.length;
      if (isNeeded) needed++;
      const rarity = Math.log(1 + rows.length / best.size);
      for (const [at, value] of best) {
        if (!allowed.has(rows[at])) continue;
        const hit = scores.get(at) || { row: rows[at], score: 0, count: 0 };
        hit.score += value * rarity;
        if (isNeeded) hit.count++;
        scores.set(at, hit);
      }
    }
    const hits = [...scores.values()].sort((a, b) => b.score - a.score);
    const full = hits.filter((it) => it.count === needed), isPart = isLoose && !full.length;
    const best = isPart ? hits.filter((it) => it.score > hits[0].score * .6) : full;
    return { rows: best.map((it) => it.row), terms, isLoose, isPart };
  };

  const find = () => {
    const query = form.elements.q.value, terms = termsOf(query);
    const rows = [...titles.commitments, ...titles.pages], allowed = new Set(rows.filter(isAllowed));
    if (!terms.length) return { rows: titles.commitments.filter(isAllowed), terms };
    // A number, or its beginning.
    const number = ` ${fold(query).join(" ")}${/\p{L}/u.test(query) ? " " : ""}`;
    const numbered = titles.commitments.filter((row) => allowed.has(row) && `${row[7]} `.startsWith(number));
    if (numbered.length) return { rows: numbered, terms };
    const exact = search(terms, rows, allowed);
    return exact.rows.length || !isWhole ? exact : search(terms, rows, allowed, true);
  };

  // The term that a word of a text fits, if any.
  const termIn = (word) => {
    const folded = fold(word);
    return answer.terms.find((term) => folded.some((it) => fit(term, it, answer.isLoose)));
  };

  // Marks the words that were found.
  const fillMarked = (element, text) => {
    for (const word of wordsOf(text)) {
      if (termIn(word)) element.appendChild(document.createElement("mark")).append(word);
      else element.append(word);
    }
  };
  const termsIn = (text) => new Set(wordsOf(text).map(termIn).filter(Boolean)).size;

  // The sentence of a page that has most terms.
  const sentenceOn = async (address) => {
    const html = await (await fetch(address)).text();
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    let best = { count: 0 };
    for (const element of main.querySelectorAll("p, li, dd, td, blockquote")) {
      if (element.closest("nav") || element.querySelector("p, li, dd, td")) continue;
      for (const text of sentencesOf(element.textContent.replace(/\s+/g, " ").trim())) {
        const count = termsIn(text);
        if (count > best.count) best = { count, text, lang: element.closest("[lang]").lang };
      }
    }
    return best;
  };

  // Adds a sentence to the items that do not show all terms.
  const showSentences = async (items) => {
    const current = answer;
    for (const item of items.slice(0, SENTENCES)) {
      const place = item.querySelector("[data-sentence]");
      const marked = [...item.querySelectorAll("mark")].map((mark) => mark.textContent).join(" ");
      if (!place || termsIn(marked) === answer.terms.length) continue;
      const { text, lang } = await sentenceOn(item.querySelector("a").href);
      if (answer !== current) return;
      if (!text) continue;
      place.lang = lang;
      fillMarked(place, text);
    }
  };

  const item = (row) => {
    const kind = isPage(row) ? "page" : titles.standings[row[3]];
    const item = document.querySelector(`[data-row="${kind}"]`).content.cloneNode(true);
    const fill = (name, text, lang) => {
      const place = item.querySelector(`[data-${name}]`);
      if (text) fillMarked(place, text);
      else place.remove();
      if (lang) place.lang = lang;
      return place;
    };
    fill("link", row[1], row[2]).href = home + row[0];
    if (isPage(row)) {
      fill("kind", row[3]);
    } else {
      const leads = row[4].map((at) => titles.agencies[at]);
      const [, plan, planLang] = titles.plans.find(([id]) => id === addressOf(row, 1)) || [];
      fill("number", addressOf(row, 2));
      fill("lead", leads.map((it) => it[1]).join(", "), leads[0][2]);
      fill("plan", plan, planLang);
      fill("dissent", row[6]);
    }
    return item;
  };

  const showMore = () => {
    const rows = answer.rows.slice(shown, shown + STEP);
    list.append(...rows.map(item));
    showSentences([...list.children].slice(shown)).catch(console.warn);
    shown += rows.length;
    more.hidden = shown >= answer.rows.length;
  };

  const show = () => {
    const isOn = wanted().length > 0;
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
    answer = find();
    list.replaceChildren();
    shown = 0;
    showMore();
    const { rows, isLoose, isPart } = answer;
    const kind = rows.length ? (isPart ? "fewer" : isLoose ? "similar" : "found") : isWhole ? "none" : "loading";
    status.textContent = form.dataset[kind].replace("{}", rows.length.toLocaleString(language));
  };

  form.addEventListener("input", () => {
    const query = new URLSearchParams(wanted()).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show();
  });
  form.addEventListener("focusin", load);
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
  part("without")?.remove();
  form.hidden = false;
  show();
})();
