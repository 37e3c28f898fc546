// A printed page shows what is folded on the screen, but for charts, which are there small; afterwards each part is as
// the reader left it.
(function () {
  "use strict";
  var opened = [];
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open], .multiple, .multiple:not([open]) *)").forEach(function (part) {
      part.open = true;
      opened.push(part);
    });
  });
  addEventListener("afterprint", function () {
    opened.splice(0).forEach(function (part) {
      part.open = false;
    });
  });
})();
