// Words of another language, where the page's own lacks them: the build marks them (render/marks.py), and gives those
// that it writes an element with their language. Here those get one that scripts put on the page.
(function () {
  "use strict";
  const MARK = /\u{E0001}([\u{E0020}-\u{E007F}]*)/u;
  const END = "\u{E007F}";
  const WORDLESS = "option, title, script, style, textarea";

  function tagOf(mark) {
    return Array.from(mark, (char) => String.fromCodePoint(char.codePointAt(0) - 0xe0000)).join("");
  }

  // The text in pieces: its own words, and elements for those of other languages.
  function pieces(text) {
    const open = [];
    return text.split(MARK).flatMap((piece, at) => {
      if (at % 2 && piece === END) open.pop();
      else if (at % 2) open.push(tagOf(piece));
      else if (piece) return [open.length ? spoken(piece, open.at(-1)) : piece];
      return [];
    });
  }

  function spoken(words, lang) {
    const element = document.createElement("bdi");
    element.lang = lang;
    element.textContent = words;
    return element;
  }

  const bare = (text) => text.split(MARK).filter((_, at) => at % 2 === 0).join("");

  function mend(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!MARK.test(node.data) || !node.parentElement) return;
      if (node.parentElement.matches(WORDLESS)) node.data = bare(node.data);
      else node.replaceWith(...pieces(node.data));
    } else {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const marked = [];
      while (texts.nextNode()) marked.push(texts.currentNode);
      marked.forEach(mend);
    }
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(mend);
      else if (type === "characterData") mend(target);
      else if (MARK.test(target.ariaLabel)) target.ariaLabel = bare(target.ariaLabel);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["aria-label"],
  });
})();
