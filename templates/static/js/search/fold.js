// Text as the search compares it, and the terms it is made of. What is searched and what is searched for pass the
// same way. Scripts that set no spaces between words give a term for each two characters side by side.
(function (search) {
  "use strict";
  const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〆ー";
  const RUN = new RegExp(`([${UNSPACED}]+)|[^${UNSPACED}]+`, "gu");
  // A number with its decimals, thousands set apart or not; or a word.
  const WORD = /(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\p{L}\d])|[\p{L}\p{N}\p{M}]+/gu;

  function foldOne(sign) {
    const code = sign.codePointAt(0);
    if (code < 0x80) return sign.toLowerCase();
    if (code >= 0x4e00 && code <= 0x9fff) return sign;
    const plain = sign.normalize("NFKC").toLowerCase().normalize("NFD");
    return plain.replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  }

  // Without width, case and accents. `at[i]` is where the sign at `i` of the folded text stands in the given one.
  search.fold = function (given) {
    const at = [];
    let text = "";
    let place = 0;
    for (const sign of given) {
      const folded = foldOne(sign);
      for (let i = 0; i < folded.length; i += 1) at.push(place);
      text += folded;
      place += sign.length;
    }
    at.push(place);
    return { text, at };
  };

  // The terms of a folded text with their places in it. A single character is a term of its own where texts are
  // read; in what somebody searches for only where it stands alone.
  search.terms = function (folded, { asked = false } = {}) {
    const found = [];
    const add = (term, start, end) => found.push({ term, start, end });
    for (const run of folded.matchAll(RUN)) {
      if (run[1] === undefined) {
        for (const word of run[0].matchAll(WORD)) {
          const start = run.index + word.index;
          add(word[1] ? word[0].replaceAll(",", "") : word[0], start, start + word[0].length);
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
    return found;
  };
})((globalThis.archiveSearch ??= {}));
