// Names by how they sound: pinyin, with or without spaces between the syllables, as the characters that are read so.
(function (search) {
  "use strict";
  // Fewer letters, or one character, would be found by chance.
  const LEAST = 4;
  // Each is a search of its own; of many names with the same sound the most frequent.
  const MOST = 3;

  // A function that gives a question with each of its words, or all of them, as characters that the pages' names have.
  // `table` has syllables, each with the characters that are read so: hai海 hu湖.
  search.sounds = function (reading, table, pages) {
    const syllables = new Map();
    for (const [, syllable, signs] of table.matchAll(/([a-z]+)([^a-z ]+)/g)) {
      for (const sign of signs) syllables.set(sign, [...(syllables.get(sign) ?? []), syllable]);
    }
    const names = pages.flatMap((page) => [page.title, ...(page.names ?? []).map(([name]) => name)]);
    const signsOf = names.map((name) => Array.from(reading.foldAll(name)));

    // Where the signs from `at` on stop to be read as the letters from `done` on; -1 where they are not.
    function end(signs, at, letters, done) {
      if (done === letters.length) return at;
      for (const syllable of syllables.get(signs[at]) ?? []) {
        const until = letters.startsWith(syllable, done) ? end(signs, at + 1, letters, done + syllable.length) : -1;
        if (until >= 0) return until;
      }
      return -1;
    }

    // The characters of names that are read as the letters, the most frequent first.
    function readAs(letters) {
      const counts = new Map();
      for (const signs of signsOf) {
        for (let at = 0; at < signs.length; at += 1) {
          const until = end(signs, at, letters, 0);
          if (until < at + 2) continue;
          const found = signs.slice(at, until).join("");
          counts.set(found, (counts.get(found) ?? 0) + 1);
        }
      }
      return Array.from(counts.keys()).sort((one, other) => counts.get(other) - counts.get(one)).slice(0, MOST);
    }

    return function (words) {
      return search.spelt(words).flatMap(([word, letters]) => readAs(letters).map((name) => words.replace(word, name)));
    };
  };

  // What of a question may be spelt as it sounds, and its letters: each word, and all of them.
  search.spelt = function (words) {
    const written = words.match(/(?<![\p{L}\p{N}])[a-z]+(?![\p{L}\p{N}])/gu) ?? [];
    const whole = /^[a-z]+(?:['’ -][a-z]+)+$/.test(words) ? [words] : [];
    const spelt = [...whole, ...written].map((word) => [word, word.replace(/[^a-z]/g, "")]);
    return spelt.filter(([, letters]) => letters.length >= LEAST);
  };
})((globalThis.archiveSearch ??= {}));
