// What a question asks for besides the words it has: which phrases it holds, and what is left of it without them.
(function (search) {
  "use strict";
  const UNIT = /\p{Script=Han}+|[^\p{Script=Han}\s\p{P}\p{S}]+/gu;
  const DIGITS = new Map(Array.from("〇零一二三四五六七八九", (sign, i) => [sign, Math.max(0, i - 1)]));
  const COUNTED = /[〇零一二三四五六七八九十]+(?=[届屆])/gu;

  // 二十三 as 23.
  function inDigits(numeral) {
    const [tens, ones] = numeral.includes("十") ? numeral.split("十") : ["", numeral];
    const digits = (text, empty) => (text ? Array.from(text, (sign) => DIGITS.get(sign)).join("") : empty);
    return numeral.includes("十") ? digits(tens, "1") + digits(ones, "0") : digits(ones, "");
  }

  // A visitor is as good as visitors.
  function stem(word) {
    return word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
  }

  // A text's units: words as they are compared, and runs of characters that are written without spaces.
  function units(folded) {
    const plain = folded.replace(COUNTED, inDigits);
    return Array.from(plain.matchAll(UNIT), ([unit]) => (search.unspaced(unit) ? unit : stem(unit)));
  }

  // The units without those of a phrase, in whatever order they stand; null where some are not there.
  function without(given, phrase) {
    let rest = given;
    for (const part of phrase) {
      const at = rest.findIndex((unit) => (search.unspaced(part) ? unit.includes(part) : unit === part));
      if (at < 0) return null;
      const pieces = search.unspaced(part) ? cut(rest[at], part) : [];
      rest = [...rest.slice(0, at), ...pieces, ...rest.slice(at + 1)];
    }
    return rest;
  }

  function cut(unit, part) {
    const at = unit.indexOf(part);
    return [unit.slice(0, at), unit.slice(at + part.length)].filter(Boolean);
  }

  // A list of [phrase, whatever it stands for], to find in questions; the longest phrases come first.
  search.phrases = function (reading, pairs) {
    const known = pairs.map(([phrase, meaning]) => ({ phrase: units(reading.foldAll(phrase)), meaning }));
    const length = (one) => one.phrase.join("").length;
    known.sort((one, other) => length(other) - length(one));
    return {
      // The longest phrase in the units: what it stands for, and the units without it; null where there is none.
      first(given) {
        for (const { phrase, meaning } of known) {
          const rest = phrase.length ? without(given, phrase) : null;
          if (rest) return { meaning, rest, length: phrase.join("").length };
        }
        return null;
      },
      // All phrases that the units hold, one after the other: what they stand for, and what is left.
      all(given) {
        const meanings = [];
        let rest = given;
        for (let found = this.first(rest); found; found = this.first(rest)) {
          meanings.push(found.meaning);
          rest = found.rest;
        }
        return { meanings, rest };
      },
    };
  };

  search.units = units;
})((globalThis.archiveSearch ??= {}));
