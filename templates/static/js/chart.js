// One edition of a chart at a time: what the table says of the point under the pointer, or chosen by the arrow keys.
(function () {
  "use strict";
  document.querySelectorAll(".chart-figure").forEach(function (figure) {
    var detail = figure.querySelector("[data-chart-detail]");
    var stage = figure.querySelector(".chart-stage");
    var table = figure.querySelector("table");
    if (!detail || !table || !figure.querySelector(".chart-hit")) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var at = -1;

    function text(node) {
      var copy = node.cloneNode(true);
      copy.querySelectorAll(".notes, sup").forEach(function (mark) {
        mark.remove();
      });
      return copy.textContent.replace(/\s+/g, " ").trim();
    }
    function show(first, last) {
      at = first;
      var named = text(rows[first].cells[0]);
      if (last !== first) named += " – " + text(rows[last].cells[0]);
      detail.textContent = "";
      var name = document.createElement("strong");
      name.textContent = named;
      detail.append(name, " " + text(rows[first].cells[1]));
      figure.querySelectorAll(".chart-hit").forEach(function (hit) {
        hit.classList.toggle("is-shown", Number(hit.dataset.from) <= first && first <= Number(hit.dataset.to));
      });
    }
    function hide() {
      at = -1;
      detail.textContent = detail.dataset.hint;
      figure.querySelectorAll(".is-shown").forEach(function (hit) {
        hit.classList.remove("is-shown");
      });
    }
    // The rectangles of the picture that is shown: wide or narrow.
    function hits() {
      return Array.prototype.filter.call(figure.querySelectorAll(".chart-hit"), function (hit) {
        return hit.getClientRects().length > 0;
      });
    }
    function step(by) {
      var shown = hits();
      var now = shown.findIndex(function (hit) {
        return Number(hit.dataset.from) <= at && at <= Number(hit.dataset.to);
      });
      var next = now < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(now + by, 0), shown.length - 1);
      show(Number(shown[next].dataset.from), Number(shown[next].dataset.to));
    }
    stage.addEventListener("pointermove", function (event) {
      var hit = event.target.closest(".chart-hit");
      if (hit && Number(hit.dataset.from) !== at) show(Number(hit.dataset.from), Number(hit.dataset.to));
    });
    stage.addEventListener("pointerleave", hide);
    stage.addEventListener("keydown", function (event) {
      if (event.key === "ArrowRight" || event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowLeft" || event.key === "ArrowUp") step(-1);
      else if (event.key === "Escape") hide();
      else return;
      event.preventDefault();
    });
    stage.addEventListener("blur", hide);
    stage.tabIndex = 0;
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", stage.dataset.explore);
    detail.hidden = false;
    hide();
  });
})();
