// Opens the source of a note, or the meaning of a term, in a panel at its place. Without it both are links.
(function () {
  "use strict";
  var pattern = document.querySelector(".panel-pattern");
  var openers = 'sup.note > a[href^="#source-"], a.gloss';
  if (!pattern || !("popover" in HTMLElement.prototype)) return;
  var panel = pattern.content.firstElementChild.cloneNode(true);
  var body = panel.querySelector(".panel-body");
  var opener = null;
  var dismissed = null;

  function add(name, text, lang, to) {
    var element = document.createElement(name);
    if (typeof text === "string") element.textContent = text;
    if (lang) element.lang = lang;
    (to || body).append(element);
    return element;
  }
  function named(text, lang) {
    var name = add("p", text, lang);
    name.className = "panel-name";
    name.id = "panel-name";
  }
  function copied(element) {
    if (!element) return;
    var copy = element.cloneNode(true);
    // Where other citations of the page stand in the source says nothing of this one.
    copy.querySelectorAll(".source-at").forEach(function (place) {
      place.remove();
    });
    body.append(copy);
  }
  function ways(links) {
    var list = add("p");
    list.className = "panel-ways";
    links.forEach(function (link) {
      if (!link[1]) return;
      var way = add("a", link[0], "", list);
      way.href = link[1];
      if (/^https?:/.test(link[1])) way.rel = "external noopener";
    });
  }
  // What a note says of its citations: in its own data, or in the list that its claim has of its sources.
  function told(link, language) {
    var claim = link.closest(".claim-line") && link.closest(".claim");
    if (!claim) return [{ at: link.dataset.at, print: link.dataset.print, slip: link.dataset.slip, lang: language }];
    var cited = '.why-sources > li:has(> a[href="' + CSS.escape(link.hash) + '"])';
    return Array.prototype.map.call(claim.querySelectorAll(cited), function (row) {
      var said = {};
      ["at", "print", "slip"].forEach(function (part) {
        var place = row.querySelector(".why-" + part);
        said[part] = place && place.textContent;
        if (part === "print" && place) said.lang = place.lang;
      });
      return said;
    });
  }
  function source(link) {
    var entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return false;
    var title = entry.querySelector(".source-title");
    var original = title.querySelector("a");
    named(title.textContent.trim(), title.lang);
    copied(entry.querySelector(".source-own"));
    copied(entry.querySelector(".source-facts"));
    told(link, entry.dataset.language).forEach(function (said) {
      if (!said.at && !said.print && !said.slip) return;
      var line = add("p");
      line.className = "panel-said";
      if (said.at) add("span", said.at, "", line);
      if (said.print) add("q", said.print, said.lang, add("span", panel.dataset.print + " ", "", line));
      if (said.slip) add("span", said.slip, "", line);
    });
    copied(entry.querySelector(".source-marks"));
    ways([
      [panel.dataset.original, original && original.href],
      [panel.dataset.source, entry.querySelector(".source-all").href],
      [panel.dataset.list, link.hash],
    ]);
    return true;
  }
  function term(link) {
    var lang = link.closest("[lang]").lang;
    named(link.dataset.term, lang);
    add("p", link.dataset.means, lang);
    ways([[panel.dataset.glossary, link.href]]);
    return true;
  }
  function place() {
    var at = opener.getBoundingClientRect();
    var box = panel.getBoundingClientRect();
    var root = document.documentElement;
    var left = Math.max(16, Math.min(at.left - 24, root.clientWidth - box.width - 16));
    var above = at.bottom + 8 + box.height > root.clientHeight && at.top - 8 - box.height >= 0;
    panel.style.setProperty("--panel-left", left + scrollX + "px");
    panel.style.setProperty("--panel-top", (above ? at.top - 8 - box.height : at.bottom + 8) + scrollY + "px");
  }
  function open(link) {
    body.textContent = "";
    if (!(link.matches(".gloss") ? term(link) : source(link))) return false;
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = link;
    link.setAttribute("aria-expanded", "true");
    if (!panel.matches(":popover-open")) panel.showPopover({ source: link });
    panel.scrollTop = 0;
    place();
    panel.focus({ preventScroll: true });
    return true;
  }

  panel.id = "panel";
  panel.setAttribute("aria-labelledby", "panel-name");
  document.body.append(panel);
  document.querySelectorAll(openers).forEach(function (link) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  });
  // A press outside closes the panel before its click comes: one on the opener itself is meant to close it.
  addEventListener(
    "pointerdown",
    function () {
      dismissed = panel.matches(":popover-open") ? opener : null;
    },
    true,
  );
  document.addEventListener("click", function (event) {
    var link = event.target.closest(openers);
    var again = dismissed || (panel.matches(":popover-open") ? opener : null);
    dismissed = null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link === again) panel.hidePopover();
    if (link === again || open(link)) event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== " " || !event.target.matches(openers)) return;
    event.preventDefault();
    event.target.click();
  });
  panel.addEventListener("click", function (event) {
    // A way out of the panel leads on: the focus goes there and not back.
    if (event.target.closest("a")) opener = null;
    if (event.target.closest("a, .panel-close")) panel.hidePopover();
  });
  // Leaving by the keyboard closes it too.
  panel.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !panel.contains(event.relatedTarget)) panel.hidePopover();
  });
  panel.addEventListener("toggle", function (event) {
    if (event.newState !== "closed" || !opener) return;
    opener.setAttribute("aria-expanded", "false");
    if (document.activeElement === document.body || panel.contains(document.activeElement)) {
      opener.focus({ preventScroll: true });
    }
    opener = null;
  });
  addEventListener("resize", function () {
    if (opener) place();
  });
})();
