// Switching the language keeps the place on the page and what a list is narrowed to: anchors and the names of choices
// are the same in every language.
(function () {
  "use strict";
  document.querySelectorAll("a[data-switch]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.search = location.search;
      link.hash = location.hash;
    });
  });
})();
