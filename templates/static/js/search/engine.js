// Which pages answer a question, the best first. MiniSearch finds and weighs terms; what stands together counts more.
(function (search) {
  "use strict";
  // Only words of letters are completed or forgiven a slip: 2021 is no slip of 2022.
  const LETTERS = /^(?!\p{N})[\p{L}\p{M}\p{N}]+$/u;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const FIELDS = { title: 6, names: 3, years: 2, text: 1 };
  // A source is named after what it reports; what the archive says itself comes before it.
  const WEIGHTS = { editions: 1.3, articles: 1.2, pages: 0.8, sources: 0.3 };
  // How much of what was asked for a page must have.
  const ENOUGH = 0.6;

  const isWord = (term) => LETTERS.test(term) && !UNSPACED.test(term);
  const nameOf = (name) => name[0];
  const read = {
    names: (page) => (page.names ?? []).map(nameOf).join("\n"),
    years: (page) => (page.years ?? []).join(" "),
  };

  // Whether `words` stand in `text`: from its start (2), inside (1), as the whole of it (3), or not (0).
  function standing(text, words) {
    if (text === words) return 3;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (at === 0) return 2;
      const before = text[at - 1];
      if (UNSPACED.test(words[0]) || !/[\p{L}\p{N}]/u.test(before)) return 1;
    }
    return 0;
  }

  function together(page, words) {
    const fold = (text) => search.fold(text).text;
    const inTitle = [1, 3, 4, 10][standing(fold(page.title), words)];
    const inNames = Math.max(1, ...(page.names ?? []).map((name) => [1, 2, 4, 8][standing(fold(name[0]), words)]));
    const inText = standing(fold(page.text ?? ""), words) ? 1.3 : 1;
    return Math.max(inTitle, inNames) * inText;
  }

  // Promises a function that answers a question with hits, each a page, the terms it was found by as it has them,
  // and the question's folded words. The pages are read a few at a time, so that the reader can go on typing.
  search.engine = async function (pages) {
    const mini = new MiniSearch({
      fields: Object.keys(FIELDS),
      idField: "url",
      extractField: (page, field) => (read[field] ? read[field](page) : page[field]),
      tokenize: (text) => search.terms(search.fold(text).text).map((found) => found.term),
      processTerm: (term) => term,
    });
    await mini.addAllAsync(pages, { chunkSize: 20 });
    const byUrl = new Map(pages.map((page) => [page.url, page]));
    return function (question) {
      const words = search.fold(question).text.trim().replace(/\s+/g, " ");
      const asked = new Set(search.terms(words, { asked: true }).map((found) => found.term));
      if (!asked.size) return [];
      const found = mini.search(question, {
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
          const score = hit.score * share ** 2 * together(page, words) * (WEIGHTS[page.kind] ?? 1);
          return { page, terms: new Set(hit.terms), words, score };
        })
        .sort((one, other) => other.score - one.score);
    };
  };
})((globalThis.archiveSearch ??= {}));
