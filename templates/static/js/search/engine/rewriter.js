// A question in other words: without those that say nothing, then with each that means the same as one it has.
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

  // The signs that only begin or end what is asked, at the ends of what is written without spaces: 是国家级的吗.
  function endings(particles) {
    const signs = particles.map(search.escaped).join("|") || "(?!)";
    const apart = "(?<![\\p{L}\\p{N}])";
    return new RegExp(`${apart}(?:${signs})+(?=.)|(?<=.)(?:${signs})+(?![\\p{L}\\p{N}])`, "gu");
  }

  // A function that gives other words for folded ones, by what the index knows of words: first, if it is another and
  // there is any, what is left of them without those that say nothing.
  search.rewriter = function (reading, { silent, same, particles = [] }) {
    // A single character that says nothing alone is part of many words that do not.
    const alone = silent.map(reading.foldAll).filter((word) => !search.unspaced(word) || Array.from(word).length > 1);
    const spare = alone.sort(longer).map(patternOf);
    const ends = endings(particles.map(reading.foldAll));
    const groups = same.map((words) => {
      const sorted = words.map(reading.foldAll).sort(longer);
      return sorted.map((word) => ({ word, pattern: patternOf(word) }));
    });

    return function (words) {
      const spoken = spare.reduce((text, pattern) => text.replace(pattern, " "), words);
      const found = new Set([squeezed(squeezed(spoken).replace(ends, " "))]);
      for (const base of [words, ...found]) {
        for (const group of groups) {
          const held = group.find(({ pattern }) => base.search(pattern) >= 0);
          if (!held || alone.includes(held.word)) continue;
          for (const { word } of group) found.add(squeezed(base.replace(held.pattern, () => ` ${word} `)));
        }
      }
      found.delete(words);
      found.delete("");
      return Array.from(found).slice(0, MOST);
    };
  };
})((globalThis.archiveSearch ??= {}));
