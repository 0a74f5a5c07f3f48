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
  const split = (kind) => (text) => [...new Intl.Segmenter(language, { granularity: kind }).segment(text)];
  const wordsOf = split("word"), sentencesOf = split("sentence");
  // Writing systems that have no spaces between words.
  const NO_SPACES = /[\p{sc=Hang}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Khmr}\p{sc=Laoo}\p{sc=Mymr}\p{sc=Thai}\p{sc=Tibt}]/u;
  let titles, texts, isWhole, loading, answer, shown = 0;

  const get = async (name) => {
    const answer = await fetch(`${home}search/${name}.json`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const load = () => {
    loading ??= (async () => {
      try {
        titles = await get("titles");
        const { commitments, pages } = titles;
        texts = [
          textsOf(3, commitments.map((row) => row[7])),
          textsOf(2, commitments.map((row) => row[4].map((lead) => pages[lead][4]).join(""))),
          textsOf(4, [...commitments.map(() => ""), ...pages.map((page) => page[4])]),
        ];
        show();
        const [words, places] = (await get("words")).map((list) => list.split(" "));
        texts.push({ weight: 1, words, rowsOf: (nth, row = 0) => places[nth].split(",").map((distance) => (row += +distance)) });
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

  // The words of one text of each row, with the rows that have them. `weight` is what a match counts.
  const textsOf = (weight, rows) => {
    const places = new Map();
    rows.forEach((text, row) => new Set(text.match(/\S+/g)).forEach((word) => {
      if (!places.has(word)) places.set(word, []);
      places.get(word).push(row);
    }));
    const lists = [...places.values()];
    return { weight, words: [...places.keys()], rowsOf: (nth) => lists[nth] };
  };

  // Whether a word starts with the term, except for some wrong, missing, additional or swapped letters.
  const isNear = (term, word, errors) => {
    let same = 0;
    while (same < term.length && term[same] === word[same]) same++;
    const a = term.slice(same), b = word.slice(same);
    if (a.length <= errors) return true;
    if (!errors) return false;
    return isNear(a.slice(1), b.slice(1), errors - 1) || isNear(a.slice(1), b, errors - 1) || isNear(a, b.slice(1), errors - 1)
      || (a[0] === b[1] && a[1] === b[0] && isNear(a.slice(2), b.slice(2), errors - 1));
  };

  // How well a word fits a term of the query, from 0 to 1.
  const fit = (term, word, isLoose) => {
    if (word === term) return 1;
    if (word.startsWith(term) || (word.includes(term) && NO_SPACES.test(term))) return .8;
    if (!isLoose || term.length < 4 || word.length < 3) return 0;
    let stem = 0;
    while (stem < term.length && term[stem] === word[stem]) stem++;
    const part = stem / Math.max(term.length, word.length);
    if (stem > 3 && part > .5) return part * .7;
    if (word.length < term.length + 4 && isNear(term, word, term.length < 8 ? 1 : 2)) return .4;
    return word.includes(term) ? .3 : 0;
  };

  // The words of the query to look for: short words only if it has no others.
  const termsOf = (query) => {
    const terms = [...new Set(wordsOf(query).flatMap((it) => fold(it.segment)))];
    const isLong = (term) => term.length > (NO_SPACES.test(term) ? 1 : 2) || /\p{N}/u.test(term);
    return terms.some(isLong) ? terms.filter(isLong) : terms;
  };

  const wanted = () => {
    const entries = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
    return entries.filter(([, value]) => value);
  };

  // A part of a commitment's address: 1 is its plan, 2 its number.
  const addressOf = (row, nth) => decodeURIComponent(row[0].split("/")[nth]);

  // The rows that the filters leave.
  const filterOf = (want) => {
    const place = (values, value) => (value === undefined ? -1 : values.indexOf(value));
    const filters = [
      [3, want.level, place(titles.standings, want.level)],
      [4, want.agency, place(titles.agencies.map((it) => it[0]), want.agency)],
      [5, want.chapter, place(titles.chapters, want.chapter)],
      [8, want.area, place(titles.areas, want.area)],
    ].filter(([, value]) => value);
    return (row) => isPage(row)
      ? !form.elements.level && want.q
      : (!want.plan || addressOf(row, 1) === want.plan) && filters.every(([field, , value]) => [row[field]].flat().includes(value));
  };

  // The rows that contain the terms, the best first. If it is loose, similar words and some of the terms are
  // enough.
  const search = (terms, rows, isAllowed, isLoose) => {
    const scores = new Map();
    let needed = 0;
    for (const term of terms) {
      const best = new Map();
      for (const { weight, words, rowsOf } of texts) {
        words.forEach((word, nth) => {
          const value = weight * fit(term, word, isLoose);
          if (value) for (const at of rowsOf(nth)) best.set(at, Math.max(value, best.get(at) || 0));
        });
      }
      // A word that nearly all rows have, such as `the`, is not needed.
      const isNeeded = terms.length < 2 || best.size < .75 * titles.commitments.length;
      if (isNeeded) needed++;
      const rarity = Math.log(1 + rows.length / best.size);
      for (const [at, value] of best) {
        const row = scores.get(at) || { row: rows[at], score: 0, count: 0 };
        row.score += value * rarity;
        if (isNeeded) row.count++;
        scores.set(at, row);
      }
    }
    const hits = [...scores.values()].filter((it) => isAllowed(it.row)).sort((a, b) => b.score - a.score);
    const whole = hits.filter((it) => it.count === needed), isPart = isLoose && !whole.length;
    const chosen = isPart ? hits.filter((it) => it.score > hits[0].score * .6) : whole;
    return { rows: chosen.map((it) => it.row), terms, isLoose, isPart };
  };

  const find = () => {
    const want = Object.fromEntries(wanted()), isAllowed = filterOf(want);
    const rows = [...titles.commitments, ...titles.pages], query = want.q || "", terms = termsOf(query);
    if (!terms.length) return { rows: rows.filter(isAllowed), terms };
    const number = ` ${fold(query).join(" ")}${/\p{L}/u.test(query) ? " " : ""}`;
    const numbered = titles.commitments.filter((row) => isAllowed(row) && `${row[7]} `.startsWith(number));
    if (numbered.length) return { rows: numbered, terms };
    const strict = search(terms, rows, isAllowed, false);
    return strict.rows.length || !isWhole ? strict : search(terms, rows, isAllowed, true);
  };

  const isPage = (row) => row.length === 5;

  // Whether a word of a text fits a term, and which.
  const termIn = (word) => {
    const folded = fold(word);
    return answer.terms.find((term) => folded.some((it) => fit(term, it, answer.isLoose)));
  };

  // Fills an element with a text in which the words that were found are marked.
  const fillMarked = (element, text) => {
    for (const { segment } of wordsOf(text)) {
      if (termIn(segment) === undefined) element.append(segment);
      else element.appendChild(document.createElement("mark")).append(segment);
    }
  };
  const termsIn = (text) => new Set(wordsOf(text).map((it) => termIn(it.segment)).filter(Boolean)).size;

  // The sentence on a page that has most of the terms, with its language.
  const sentenceOn = async (address) => {
    const html = await (await fetch(address)).text();
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    let best = { count: 0 };
    for (const element of main.querySelectorAll("p, li, dd, td, blockquote")) {
      if (element.querySelector("p, li, dd, td")) continue;
      for (const { segment } of sentencesOf(element.textContent.replace(/\s+/g, " ").trim())) {
        const count = termsIn(segment);
        if (count > best.count) best = { count, text: segment, lang: element.closest("[lang]").lang };
      }
    }
    return best;
  };

  const showSentences = async (items) => {
    const current = answer;
    for (const [row, item] of items.slice(0, SENTENCES)) {
      const place = item.querySelector("[data-sentence]");
      if (!place || termsIn(row[1]) === answer.terms.length) continue;
      const { text, lang } = await sentenceOn(home + row[0]);
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
      fillMarked(place, text);
      if (lang) place.lang = lang;
      if (!text) place.remove();
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
    const items = rows.map((row, nth) => [row, list.children[shown + nth]]);
    shown += rows.length;
    more.hidden = shown >= answer.rows.length;
    showSentences(items).catch(console.warn);
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
  if (part("without")) part("without").hidden = true;
  form.hidden = false;
  show();
})();
