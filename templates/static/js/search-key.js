// The / key leads to the search from any page, unless the reader has switched it off on the search page.
(function () {
  "use strict";
  var words = document.getElementById("search-words");
  var link = document.querySelector("a[data-search-page]");
  var choice = document.querySelector("[data-search-key]");
  function isOff() {
    try {
      return localStorage.getItem("search-key") === "off";
    } catch (error) {
      return false;
    }
  }
  if (choice) {
    choice.checked = !isOff();
    choice.addEventListener("change", function () {
      try {
        if (choice.checked) localStorage.removeItem("search-key");
        else localStorage.setItem("search-key", "off");
      } catch (error) {
        choice.checked = true;
      }
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff()) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (words) words.focus();
    else if (link) location.href = link.href + "#search-words";
    else return;
    event.preventDefault();
  });
})();
