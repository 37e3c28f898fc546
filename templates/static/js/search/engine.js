// Which pages answer a question, the best first. MiniSearch finds and weighs terms; what stands together counts more,
// and a page that the question asks for by name or by a phrase of its own comes first.
(function (search) {
  "use strict";
  // Only words of letters are completed or forgiven a slip: 2021 is no slip of 2022.
  const LETTERS = /^(?!\p{N})[\p{L}\p{M}\p{N}]+$/u;
  const FIELDS = { title: 6, names: 3, years: 2, text: 1 };
  // A source is named after what it reports; what the archive says itself comes before it.
  const WEIGHTS = { editions: 1.3, articles: 1.2, pages: 0.8, sources: 0.3 };
  // How much of what was asked for a page must have.
  const ENOUGH = 0.6;
  // What a question counts in other words than its own, and how many of these are tried.
  const OTHERWISE = 0.8;
  const MOST = 16;
  // Above whatever terms can weigh.
  const ASKED_FOR = 1e6;

  const isWord = (term) => LETTERS.test(term) && !search.unspaced(term);
  const nameOf = (name) => name[0];
  // A name in letters is found without its spaces and apostrophes too: xian, yetaihai.
  const joined = (name) => (/^[\p{Script=Latin}\p{M}]+(?:['’ -][\p{Script=Latin}\p{M}]+){1,2}$/u.test(name) ? name.replace(/['’ -]/g, "") : "");
  const read = {
    names: (page) => [...(page.names ?? []).map(nameOf), ...[page.title, ...(page.names ?? []).map(nameOf)].map(joined)].join("\n"),
    years: (page) => (page.years ?? []).join(" "),
  };

  // Whether `words` stand in `text`: from its start (2), inside (1), as the whole of it (3), or not (0).
  function standing(text, words) {
    if (text === words) return 3;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (at === 0) return 2;
      const before = text[at - 1];
      if (search.unspaced(words[0]) || !/[\p{L}\p{N}]/u.test(before)) return 1;
    }
    return 0;
  }

  // Promises a function that answers a question with hits, each a page, the terms it was found by as it has them,
  // and the question's folded words. The pages are read a few at a time, so that the reader can go on typing.
  search.engine = async function ({ pages, words: known }) {
    const reading = search.reading(known);
    const mini = new MiniSearch({
      fields: Object.keys(FIELDS),
      idField: "url",
      extractField: (page, field) => (read[field] ? read[field](page) : page[field]),
      tokenize: (text) => reading.terms(reading.fold(text).text).map((found) => found.term),
      processTerm: (term) => term,
    });
    await mini.addAllAsync(pages, { chunkSize: 20 });
    const byUrl = new Map(pages.map((page) => [page.url, page]));
    const leads = Object.entries(known.leads)
      .filter(([url]) => byUrl.has(url))
      .map(([url, phrases]) => [url, search.phrases(reading, phrases.map((phrase) => [phrase, url]))]);
    const editions = search.phrases(
      reading,
      leads.filter(([url]) => byUrl.get(url).kind === "editions").flatMap(([url]) => known.leads[url].map((phrase) => [phrase, url])),
    );
    const silent = search.phrases(reading, known.silent.map((word) => [word, null]));
    const same = known.same.map((group) => group.map((word) => reading.foldAll(word)));

    function together(page, words) {
      const inTitle = [1, 3, 4, 10][standing(reading.foldAll(page.title), words)];
      const names = (page.names ?? []).map(([name]) => {
        const plain = reading.foldAll(name);
        return joined(plain) === words ? 8 : [1, 2, 4, 8][standing(plain, words)];
      });
      if (joined(reading.foldAll(page.title)) === words) names.push(10);
      const inText = standing(reading.foldAll(page.text ?? ""), words) ? 1.3 : 1;
      return Math.max(inTitle, ...names) * inText;
    }

    // The question in other words: without those that say nothing, and each time with one that means the same.
    function otherwise(words) {
      const found = new Set();
      // A single character that says nothing alone is part of many words that do not.
      const spare = known.silent.map(reading.foldAll).filter((word) => !search.unspaced(word) || Array.from(word).length > 1);
      found.add(spare.sort((one, other) => other.length - one.length).reduce(replaced(" "), words).trim().replace(/\s+/g, " "));
      for (const base of [words, ...found]) {
        for (const group of same) {
          const held = group.filter((word) => stands(base, word)).sort((one, other) => other.length - one.length)[0];
          for (const word of held ? group : []) found.add(replaced(` ${word} `)(base, held).trim().replace(/\s+/g, " "));
        }
      }
      found.delete(words);
      found.delete("");
      return Array.from(found).slice(0, MOST);
    }

    function stands(text, word) {
      return replaced("")(text, word) !== text;
    }

    function replaced(other) {
      return (text, word) => {
        if (search.unspaced(word)) return text.replaceAll(word, other);
        const at = standing(text, word) ? new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N} ]/gu, "\\$&")}(?![\\p{L}\\p{N}])`, "gu") : null;
        return at ? text.replace(at, other) : text;
      };
    }

    function hitsOf(words, weight) {
      const asked = new Set(reading.terms(words, { asked: true }).map((found) => found.term));
      if (!asked.size) return [];
      const found = mini.search(words, {
        tokenize: () => [...asked],
        boost: FIELDS,
        prefix: (term) => isWord(term) && term.length > 2,
        fuzzy: (term) => (isWord(term) && term.length > 5 ? 0.2 : false),
      });
      return found
        .filter((hit) => hit.queryTerms.length >= Math.ceil(asked.size * ENOUGH))
        .map((hit) => {
          const page = byUrl.get(hit.id);
          const share = hit.queryTerms.length / asked.size;
          const score = weight * hit.score * share ** 2 * together(page, words) * (WEIGHTS[page.kind] ?? 1);
          return { page, terms: new Set(hit.terms), words, score };
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

    function ask(question) {
      const words = reading.foldAll(question).trim().replace(/\s+/g, " ");
      const best = new Map();
      const ways = [[words, 1], ...otherwise(words).map((way) => [way, OTHERWISE])];
      for (const hit of ways.flatMap(([way, weight]) => hitsOf(way, weight))) {
        const before = best.get(hit.page.url);
        if (!before || before.score < hit.score) best.set(hit.page.url, hit);
      }
      for (const [url, score] of askedFor(words)) {
        const hit = best.get(url) ?? { page: byUrl.get(url), terms: new Set(), words, score: 0 };
        best.set(url, { ...hit, score: hit.score + score });
      }
      return Array.from(best.values()).sort((one, other) => other.score - one.score);
    }

    return { pages, reading, silent, leads: known.leads, units: known.units, ask };
  };
})((globalThis.archiveSearch ??= {}));
