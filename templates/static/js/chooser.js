// The first page of the host: goes on to the reader's language. Remembers nothing; the links do without it.
(function () {
  "use strict";
  var list = document.querySelector("[data-chooser]");
  if (!list) return;
  var links = Array.prototype.slice.call(list.querySelectorAll("a[hreflang]"));
  var wanted = navigator.languages && navigator.languages.length ? navigator.languages : [navigator.language || ""];
  function base(tag) {
    return tag.toLowerCase().split("-")[0];
  }
  for (var i = 0; i < wanted.length; i += 1) {
    for (var j = 0; j < links.length; j += 1) {
      if (base(links[j].hreflang) === base(wanted[i])) {
        location.replace(links[j].href);
        return;
      }
    }
  }
  if (links.length) location.replace(links[0].href);
})();
