// Switching the language keeps the place on the page and what a list is narrowed to: anchors and the names of choices
// are the same in every language.
(function () {
  "use strict";
  document.querySelectorAll("a[data-switch]").forEach(function (link) {
    // Before the click: a link that is opened in another tab never gets one.
    ["pointerdown", "click"].forEach(function (event) {
      link.addEventListener(event, function () {
        link.search = location.search;
        link.hash = location.hash;
      });
    });
  });
})();
