// Fills in the reader's day, cites the value that the address points at, and copies. Without it the forms stand whole.
(function () {
  "use strict";
  var box = document.querySelector("[data-cite-title]");
  if (!box) return;
  var forms = Array.prototype.slice.call(box.querySelectorAll("[data-cite]"));
  var original = forms.map(function (form) {
    return form.textContent;
  });
  var what = box.querySelector("[data-cite-what]");
  var said = box.querySelector("[data-cite-said]");
  // An archive that does not know where it is published cites the address that the reader sees.
  var here = /^https?:/.test(box.dataset.citeUrl) ? box.dataset.citeUrl : location.origin + location.pathname;
  var now = new Date();
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map(function (part) {
      return String(part).padStart(2, "0");
    })
    .join("-");

  function tex(text) {
    return text.replace(/[\\{}$&#_%~^]/g, function (found) {
      return { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" }[found] || "\\" + found;
    });
  }
  // The claim that the fragment names, if it is one that can be cited by itself.
  function value() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return target && target.querySelector(".why-cite > span");
  }
  function put(text, found, wanted) {
    return text.split(found).join(wanted);
  }
  function show() {
    var cited = value();
    var title = cited ? cited.textContent : box.dataset.citeTitle;
    var url = cited ? here + location.hash : here;
    what.hidden = !cited;
    what.textContent = what.dataset.value.replace("{value}", title);
    forms.forEach(function (form, at) {
      var text = original[at];
      if (form.dataset.cite === "csl") {
        var item = JSON.parse(text);
        item[0].title = title;
        item[0].URL = url;
        item[0].accessed = { "date-parts": [today.split("-").map(Number)] };
        text = JSON.stringify(item, null, 2).replace(/\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]/, "[$1, $2, $3]");
      } else {
        var isTex = form.dataset.cite === "bibtex";
        text = put(text, box.dataset.citeUrl, url);
        text = put(text, isTex ? tex(box.dataset.citeTitle) : box.dataset.citeTitle, isTex ? tex(title) : title);
        text = put(text, box.dataset.citeDate, today);
      }
      form.textContent = text;
    });
  }
  box.querySelectorAll(".cite-copy").forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    var words = button.firstChild;
    button.addEventListener("click", function () {
      var text = button.parentNode.querySelector("[data-cite]").textContent;
      navigator.clipboard.writeText(text).then(function () {
        said.textContent = "";
        said.textContent = button.dataset.copied;
        button.firstChild.replaceWith(button.dataset.copied);
        setTimeout(function () {
          button.firstChild.replaceWith(words);
        }, 2000);
      });
    });
  });
  function open() {
    if (location.hash === "#cite") box.querySelector("details").open = true;
    else show();
  }
  addEventListener("hashchange", open);
  show();
  open();
})();
