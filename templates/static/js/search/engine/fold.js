// Text as the search compares it, and the terms it is made of. What is searched and what is searched for pass the
// same way. Scripts that set no spaces between words give a term for each two characters side by side; a number gives
// its digits, however it is written: 1,045, 104.5 billion and 1045亿 are the terms 1045, 104500000000, 104500000000.
(function (search) {
  "use strict";
  const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〆ー";
  const RUN = new RegExp(`([${UNSPACED}]+)|[^${UNSPACED}]+`, "gu");
  const WORD = /[\p{L}\p{N}\p{M}]+/gu;
  // With its thousands set apart or not, and with its decimals; three digits behind a comma are thousands.
  const NUMBER = "(?<!\\d|\\d[.,])(?:\\d{1,3}(?:[, ]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)(?!\\d)";
  const THOUSANDS = /[, ](?=\d{3}(?!\d))/g;

  search.escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // A reader of texts by what a language's index knows of words: old characters, scales of numbers.
  search.reading = function ({ folded = "", scales = {} } = {}) {
    const newer = new Map(Array.from(folded.matchAll(/(..)/gsu), ([pair]) => Array.from(pair)));
    const powers = new Map(Object.entries(scales).map(([word, power]) => [foldAll(word), power]));
    // From the longest, so that none hides another that begins with it.
    const names = Array.from(powers.keys()).sort((one, other) => other.length - one.length);
    const ending = (name) => (search.unspaced(name) ? "" : "(?!\\p{L})");
    const scale = names.map((name) => search.escaped(name) + ending(name)).join("|") || "(?!)";
    const AMOUNT = new RegExp(`(${NUMBER})((?: ?(?:${scale}))*)(?![\\p{N}])`, "gu");
    const SCALE = new RegExp(scale, "gu");

    function foldOne(sign) {
      const code = sign.codePointAt(0);
      if (code < 0x80) return sign.toLowerCase();
      if (code >= 0x4e00 && code <= 0x9fff) return newer.get(sign) ?? sign;
      // A Chinese comma parts two numbers, one of ASCII the thousands of one.
      if (sign === "，") return sign;
      const plain = sign.normalize("NFKC").toLowerCase().normalize("NFD");
      return plain.replace(/[\u0300-\u036f]/g, "").normalize("NFC");
    }

    function foldAll(text) {
      return Array.from(text, foldOne).join("");
    }

    // A question folded, with the commas in its numbers as an input method may give them.
    function asked(question) {
      const western = question.replace(/(?<=[\d０-９])，(?=[\d０-９]{3}(?![\d０-９]))/g, ",");
      return foldAll(western).trim().replace(/\s+/g, " ");
    }

    // Without width, case, accents and old characters. `at[i]` is where the sign at `i` of the folded text stands in
    // the given one.
    function fold(given) {
      const at = [];
      let text = "";
      let place = 0;
      for (const sign of given) {
        const plain = foldOne(sign);
        for (let i = 0; i < plain.length; i += 1) at.push(place);
        text += plain;
        place += sign.length;
      }
      at.push(place);
      return { text, at };
    }

    // The numbers of a folded text with their digits and places; those in a word of letters are none.
    function amounts(text) {
      const found = [];
      for (const { 0: whole, 1: number, 2: scaled, index } of text.matchAll(AMOUNT)) {
        const after = text[index + whole.length] ?? "";
        const spaced = (sign) => /\p{L}/u.test(sign) && !search.unspaced(sign);
        if (spaced(after) || spaced(text[index - 1] ?? "")) continue;
        const power = (scaled.match(SCALE) ?? []).reduce((sum, name) => sum + powers.get(name), 0);
        const plain = number.replace(THOUSANDS, "").replace(",", ".");
        // As many digits as a double has: 20428.6 times ten to the eighth is whole.
        const term = power ? String(Number((Number(plain) * 10 ** power).toPrecision(15))) : plain;
        found.push({ term, power, plain, number: number.length, start: index, end: index + whole.length });
      }
      return found;
    }

    // The terms of a folded text with their places in it. A single character is a term of its own where texts are
    // read; in what somebody searches for only where it stands alone, and a number with its scale is one term.
    function terms(text, { asked = false } = {}) {
      const found = [];
      const add = (term, start, end) => found.push({ term, start, end });
      // The text with spaces where its numbers stand, so that places stay.
      let rest = "";
      for (const { term, power, plain, number, start, end } of amounts(text)) {
        add(term, start, end);
        const until = power && !asked ? start + number : end;
        if (power && !asked) add(plain, start, until);
        rest += text.slice(rest.length, start) + " ".repeat(until - start);
      }
      rest += text.slice(rest.length);
      for (const run of rest.matchAll(RUN)) {
        if (run[1] === undefined) {
          for (const word of run[0].matchAll(WORD)) {
            add(word[0], run.index + word.index, run.index + word.index + word[0].length);
          }
          continue;
        }
        const signs = Array.from(run[0]);
        let start = run.index;
        signs.forEach((sign, i) => {
          const next = signs[i + 1];
          if (!asked || signs.length === 1) add(sign, start, start + sign.length);
          if (next !== undefined) add(sign + next, start, start + sign.length + next.length);
          start += sign.length;
        });
      }
      return found.sort((one, other) => one.start - other.start);
    }

    // A folded text without its scales: 元 of 亿元.
    const unscaled = (text) => text.replace(SCALE, "").trim();

    return { fold, foldAll, asked, amounts, terms, unscaled };
  };

  const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
  // Whether a text has signs of a script without spaces.
  search.unspaced = (text) => IS_UNSPACED.test(text);
})((globalThis.archiveSearch ??= {}));
