// A question in other words: without those that say nothing, and with each that means the same as one it has.
(function (search) {
  "use strict";
  // Each is a search of its own.
  const MOST = 16;

  const longer = (one, other) => other.length - one.length;
  const squeezed = (text) => text.trim().replace(/\s+/g, " ");

  // Where a folded word stands in a text: on its own, or anywhere in a script that sets no spaces.
  function patternOf(word) {
    const plain = search.escaped(word);
    return new RegExp(search.unspaced(word) ? plain : `(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "gu");
  }

  // A function that gives other words for folded ones, by what the index knows of words.
  search.rewriter = function (reading, { silent, same }) {
    // A single character that says nothing alone is part of many words that do not.
    const alone = silent.map(reading.foldAll).filter((word) => !search.unspaced(word) || Array.from(word).length > 1);
    const spare = alone.sort(longer).map(patternOf);
    const groups = same.map((words) => {
      const sorted = words.map(reading.foldAll).sort(longer);
      return sorted.map((word) => ({ word, pattern: patternOf(word) }));
    });

    return function (words) {
      const found = new Set([squeezed(spare.reduce((text, pattern) => text.replace(pattern, " "), words))]);
      for (const base of [words, ...found]) {
        for (const group of groups) {
          const held = group.find(({ pattern }) => base.search(pattern) >= 0);
          if (!held) continue;
          for (const { word } of group) found.add(squeezed(base.replace(held.pattern, () => ` ${word} `)));
        }
      }
      found.delete(words);
      found.delete("");
      return Array.from(found).slice(0, MOST);
    };
  };
})((globalThis.archiveSearch ??= {}));
