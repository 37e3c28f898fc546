// Which pages answer a question, the best first. MiniSearch finds and weighs terms; what stands together counts more,
// and a page that the question asks for by name or by a phrase of its own comes first.
(function (search) {
  "use strict";
  // Only words of letters are completed or forgiven a slip: 2021 is no slip of 2022.
  const LETTERS = /^(?!\p{N})[\p{L}\p{M}\p{N}]+$/u;
  const NAME = /^[\p{Script=Latin}\p{M}]+(?:['’ -][\p{Script=Latin}\p{M}]+){1,2}$/u;
  const FIELDS = { title: 6, names: 3, years: 2, text: 1 };
  // A source is named after what it reports; what the archive says itself comes before it.
  const WEIGHTS = { editions: 1.3, articles: 1.2, pages: 0.8, sources: 0.3 };
  // How much the words count where they stand together: not at all, inside, at the start, as the whole.
  const IN_TITLE = [1, 3, 4, 10];
  const IN_NAME = [1, 2, 4, 8];
  const IN_TEXT = 1.3;
  // How much of what was asked for a page must have.
  const ENOUGH = 0.6;
  // What a question counts in other words than its own.
  const OTHERWISE = 0.8;
  // As many pages that do not answer stand for all.
  const OTHERS = 400;
  // Above whatever terms can weigh.
  const ASKED_FOR = 1e6;

  // A name in letters is found without its spaces and apostrophes too: xian, yetaihai.
  const joined = (name) => (NAME.test(name) ? name.replace(/['’ -]/g, "") : "");
  const namesOf = (page) => (page.names ?? []).map(([name]) => name);
  const READ = {
    title: (page) => page.title,
    names: (page) => [...namesOf(page), ...[page.title, ...namesOf(page)].map(joined)].join("\n"),
    years: (page) => (page.years ?? []).join(" "),
    text: (page) => page.text ?? "",
    url: (page) => page.url,
  };

  // How `words` stand in `text`: not (0), inside (1), at its start (2), as the whole of it (3).
  function standing(text, words) {
    if (text === words) return 3;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (at === 0) return 2;
      if (search.unspaced(words[0]) || !/[\p{L}\p{N}]/u.test(text[at - 1])) return 1;
    }
    return 0;
  }

  // One or two letters amiss, as the word is long; a scale of numbers is never amiss for another.
  search.slips = function (term, scales) {
    if (term.length < 6 || !search.isWord(term) || term in scales) return false;
    return term.length < 10 ? 1 : 2;
  };

  search.isWord = (term) => LETTERS.test(term) && !search.unspaced(term);
  search.enough = ENOUGH;
  search.weights = WEIGHTS;

  // A function that gives the terms of folded words, without those that say nothing where any is left.
  search.saying = function (reading, { silent }) {
    const unsaying = new Set(silent.map(reading.foldAll).filter((word) => !search.unspaced(word)));
    return function (words) {
      const every = reading.terms(words, { asked: true }).map((found) => found.term);
      const saying = every.filter((term) => !unsaying.has(term));
      return new Set(saying.length ? saying : every);
    };
  };

  // Promises what answers questions: `ask` gives hits, each a page, the terms it was found by as it has them, the folded
  // words in which it was asked for, and whether it is the page that the question means. The pages are read a few at a time, so that the reader can go on typing.
  search.engine = async function ({ pages, words: known }) {
    const reading = search.reading(known);
    const mini = new MiniSearch({
      fields: Object.keys(FIELDS),
      idField: "url",
      extractField: (page, field) => (page.title === undefined && field !== "url" ? undefined : READ[field](page)),
      tokenize: (text) => reading.terms(reading.fold(text).text).map((found) => found.term),
      processTerm: (term) => term,
    });
    await mini.addAllAsync(pages, { chunkSize: 20 });
    // What nearly all pages have that may answer is still rare among all that there are.
    for (let i = 0; i < Math.min(known.others ?? 0, OTHERS); i += 1) mini.add({ url: `#${i}` });
    const byUrl = new Map(pages.map((page) => [page.url, page]));
    const otherwise = search.rewriter(reading, known);
    const sounding = known.sounding ?? search.sounds(reading, known.sounds ?? "", pages);
    const silent = search.phrases(reading, known.silent.map((word) => [word, null]));
    const saying = search.saying(reading, known);
    const led = Object.entries(known.leads).filter(([url]) => byUrl.has(url));
    const leads = led.map(([url, phrases]) => [url, search.phrases(reading, phrases.map((phrase) => [phrase, url]))]);
    const ofEditions = led.filter(([url]) => byUrl.get(url).kind === "editions");
    const editions = search.phrases(
      reading,
      ofEditions.flatMap(([url, phrases]) => phrases.map((phrase) => [phrase, url])),
    );
    const folded = new Map();

    // The page's title, names and text as they are compared.
    function foldedOf(page) {
      if (!folded.has(page.url)) {
        const names = namesOf(page).map(reading.foldAll);
        folded.set(page.url, { title: reading.foldAll(page.title), names, text: reading.foldAll(page.text ?? "") });
      }
      return folded.get(page.url);
    }

    function together(page, words) {
      const { title, names, text } = foldedOf(page);
      const standings = names.map((name) => IN_NAME[joined(name) === words ? 3 : standing(name, words)]);
      const inTitle = IN_TITLE[joined(title) === words ? 3 : standing(title, words)];
      return Math.max(inTitle, ...standings) * (standing(text, words) ? IN_TEXT : 1);
    }

    function hitsOf(words, weight) {
      const asked = saying(words);
      if (!asked.size) return [];
      const found = mini.search(words, {
        tokenize: () => [...asked],
        boost: FIELDS,
        prefix: (term) => search.isWord(term) && term.length > 2,
        fuzzy: (term) => search.slips(term, known.scales),
      });
      return found
        .filter((hit) => hit.queryTerms.length >= Math.ceil(asked.size * ENOUGH))
        .map((hit) => {
          const page = byUrl.get(hit.id);
          const share = hit.queryTerms.length / asked.size;
          const score = weight * hit.score * share ** 2 * together(page, words) * (WEIGHTS[page.kind] ?? 1);
          return { page, terms: new Set(hit.terms), words: [words], score };
        });
    }

    // The addresses of pages that the question asks for by phrases of theirs and, but for an edition, by nothing
    // else, with their weight.
    function askedFor(words) {
      const given = search.units(words);
      const found = new Map();
      for (const [url, phrases] of leads) {
        const first = phrases.first(given);
        const rest = first && editions.all(phrases.all(first.rest).rest).rest;
        if (first && !silent.all(rest).rest.length) found.set(url, ASKED_FOR + first.length);
      }
      return found;
    }

    // The ways to ask, with their weights. Where signs stand side by side, what says nothing would pair with what does.
    function waysOf(words) {
      const [spoken, ...others] = [...otherwise(words), ...sounding(words)];
      if (spoken === undefined) return [[words, 1]];
      const first = search.unspaced(words) && words.includes(spoken) ? [[spoken, 1]] : [[words, 1], [spoken, OTHERWISE]];
      return [...first, ...others.map((way) => [way, OTHERWISE])];
    }

    // What was found in two ways weighs as much as in the better one, and shows what either found.
    function both(one, other) {
      const terms = new Set([...one.terms, ...other.terms]);
      return { ...one, terms, words: [...one.words, ...other.words], score: Math.max(one.score, other.score) };
    }

    function ask(question) {
      const words = reading.asked(question);
      const best = new Map();
      for (const hit of waysOf(words).flatMap(([way, weight]) => hitsOf(way, weight))) {
        const before = best.get(hit.page.url);
        best.set(hit.page.url, before ? both(before, hit) : hit);
      }
      for (const [url, score] of askedFor(words)) {
        const hit = best.get(url) ?? { page: byUrl.get(url), terms: new Set(), words: [words], score: 0 };
        best.set(url, { ...hit, score: hit.score + score, isAskedFor: hit.page.kind !== "editions" });
      }
      const typed = new Set(reading.terms(words, { asked: true }).map((found) => found.term));
      return Array.from(best.values(), (hit) => ({ ...hit, typed })).sort((one, other) => other.score - one.score);
    }

    return { pages, byUrl, reading, silent, leads: known.leads, units: known.units, ask };
  };
})((globalThis.archiveSearch ??= {}));
