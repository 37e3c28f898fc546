// Switching the language keeps the place on the page: claims and sections have the same anchors in every language.
(function () {
  "use strict";
  document.querySelectorAll("a[data-switch]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.hash = location.hash;
    });
  });
})();
