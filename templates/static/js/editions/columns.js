// Shows the columns that the reader chooses and keeps the choice in the address. Without it every column is there.
(function () {
  "use strict";
  var box = document.querySelector("[data-columns]");
  var table = document.querySelector("table[data-sort]");
  if (!box || !table) return;
  var ids = box.dataset.columns.split(" ");
  var boxes = Array.prototype.slice.call(box.querySelectorAll("input"));
  var count = box.querySelector("[data-columns-count]");
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  // The columns that each cell stands in: the state of an edition that was not held stands in many.
  var cells = [];
  Array.prototype.forEach.call(table.rows, function (row) {
    var at = 0;
    Array.prototype.forEach.call(row.cells, function (cell) {
      var columns = heads.slice(at, at + cell.colSpan).map(function (head) {
        return head.dataset.column;
      });
      cells.push({ cell: cell, columns: columns });
      at += cell.colSpan;
    });
  });

  function chosen() {
    return boxes
      .filter(function (each) {
        return each.checked;
      })
      .map(function (each) {
        return each.value;
      });
  }
  function show() {
    var shown = chosen();
    cells.forEach(function (entry) {
      var left = entry.columns.filter(function (column) {
        return ids.indexOf(column) < 0 || shown.indexOf(column) >= 0;
      }).length;
      entry.cell.hidden = left === 0;
      if (left) entry.cell.colSpan = left;
    });
    count.textContent = count.dataset.columnsCount.replace("{shown}", shown.length).replace("{total}", ids.length);
  }
  function read() {
    var query = new URLSearchParams(location.search).get("columns");
    var named = (query || "").split(" ").filter(function (id) {
      return ids.indexOf(id) >= 0;
    });
    // An old or mistyped choice that names no column shows them all.
    var every = query === null || (!named.length && query !== "none");
    boxes.forEach(function (each) {
      each.checked = every || named.indexOf(each.value) >= 0;
    });
    show();
  }
  function write() {
    var query = new URLSearchParams(location.search);
    var shown = chosen();
    if (shown.length === ids.length) query.delete("columns");
    else query.set("columns", shown.join(" ") || "none");
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    show();
  }
  box.addEventListener("change", write);
  box.querySelectorAll("[data-columns-set]").forEach(function (button) {
    button.addEventListener("click", function () {
      boxes.forEach(function (each) {
        each.checked = button.dataset.columnsSet === "all";
      });
      write();
    });
  });
  addEventListener("popstate", read);
  read();
})();
