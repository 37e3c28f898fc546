// One edition of a chart at a time: what the table says of the point under the pointer, or chosen by the arrow keys.
(function () {
  "use strict";
  document.querySelectorAll(".chart-figure").forEach(function (figure) {
    var detail = figure.querySelector("[data-chart-detail]");
    var stage = figure.querySelector(".chart-stage");
    var table = figure.querySelector("table");
    if (!detail || !table || !figure.querySelector(".chart-hits")) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var at = -1;

    function text(node) {
      var copy = node.cloneNode(true);
      copy.querySelectorAll(".notes, sup").forEach(function (mark) {
        mark.remove();
      });
      return copy.textContent.replace(/\s+/g, " ").trim();
    }
    function show(row) {
      at = row;
      detail.textContent = "";
      var name = document.createElement("strong");
      name.textContent = text(rows[row].cells[0]);
      detail.append(name, " " + text(rows[row].cells[1]));
      figure.querySelectorAll(".chart-hits").forEach(function (hits) {
        Array.prototype.forEach.call(hits.children, function (hit, index) {
          hit.classList.toggle("is-shown", index === row);
        });
      });
    }
    function hide() {
      at = -1;
      detail.textContent = detail.dataset.hint;
      figure.querySelectorAll(".is-shown").forEach(function (hit) {
        hit.classList.remove("is-shown");
      });
    }
    function step(by) {
      show(at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1));
    }
    stage.addEventListener("pointermove", function (event) {
      var hit = event.target.closest(".chart-hits > *");
      var row = hit ? Array.prototype.indexOf.call(hit.parentNode.children, hit) : -1;
      if (row >= 0 && row !== at) show(row);
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
