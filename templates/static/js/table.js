// Marks on which sides a wide table goes on beyond its edge. One that fits needs no scrolling of its own.
(function () {
  "use strict";
  document.querySelectorAll("[data-table-frame]").forEach(function (frame) {
    var region = frame.querySelector(".table-scroll");
    var table = region.querySelector("table");
    var hint = frame.querySelector("[data-table-hint]");

    function look() {
      var beyond = table.offsetWidth - region.clientWidth;
      // Its distance from where it starts: below zero in scripts that run from right to left.
      var passed = Math.abs(region.scrollLeft);
      var fits = beyond <= 1;
      hint.hidden = fits;
      frame.classList.toggle("is-fitting", fits);
      frame.classList.toggle("has-before", !fits && passed > 1);
      frame.classList.toggle("has-after", !fits && passed < beyond - 1);
      if (fits) region.removeAttribute("tabindex");
      else region.tabIndex = 0;
    }
    region.addEventListener("scroll", look, { passive: true });
    var observer = new ResizeObserver(look);
    observer.observe(region);
    observer.observe(table);
    look();
  });
})();
