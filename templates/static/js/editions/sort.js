// Sorts the table by a column's data, what is not known always last, and keeps the order in the address.
(function () {
  "use strict";
  var table = document.querySelector("table[data-sort]");
  if (!table) return;
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.querySelectorAll("th[data-sorts]"));
  var said = document.querySelector("[data-sort-said]");

  function valueOf(row, column) {
    var cell = row.querySelector('[data-of="' + column + '"]');
    return cell && cell.dataset.value ? Number(cell.dataset.value) : null;
  }
  function sort(column, direction) {
    heads.forEach(function (head) {
      if (head.dataset.column === column) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    });
    var sign = direction === "ascending" ? 1 : -1;
    rows
      .map(function (row, at) {
        return { row: row, at: at, value: valueOf(row, column) };
      })
      .sort(function (one, other) {
        if (one.value === null || other.value === null) {
          return (one.value === null) - (other.value === null) || one.at - other.at;
        }
        return sign * (one.value - other.value) || one.at - other.at;
      })
      .forEach(function (entry) {
        body.appendChild(entry.row);
      });
  }
  function read() {
    var query = new URLSearchParams(location.search);
    var head = heads.find(function (each) {
      return each.dataset.column === query.get("sort");
    });
    if (head) sort(head.dataset.column, query.get("order") === "ascending" ? "ascending" : "descending");
    else sort("year", "descending");
  }
  heads.forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    var words = head.querySelector(".sort");
    while (words.firstChild) button.appendChild(words.firstChild);
    head.replaceChild(button, words);
    button.addEventListener("click", function () {
      var direction = head.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
      var query = new URLSearchParams(location.search);
      query.set("sort", head.dataset.column);
      query.set("order", direction);
      history.replaceState(null, "", location.pathname + "?" + query + location.hash);
      sort(head.dataset.column, direction);
      said.textContent = said.dataset[direction].replace("{column}", button.textContent.trim());
    });
  });
  addEventListener("popstate", read);
  read();
})();
