// Narrows a list by the selects of its form and keeps the choice in the address. Without it the list is whole.
(function () {
  "use strict";
  var form = document.querySelector("form[data-filter]");
  var list = form && document.getElementById(form.dataset.filter);
  if (!list) return;
  var items = Array.prototype.slice.call(list.querySelectorAll("[data-filter-item]"));
  var groups = Array.prototype.slice.call(list.querySelectorAll("[data-filter-group]"));
  // Ways to items, elsewhere on the page: they go with what they lead to.
  var ways = Array.prototype.slice.call(document.querySelectorAll("[data-filter-way]"));
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
  var count = form.querySelector("[data-filter-count]");
  var reset = form.querySelector("[data-filter-reset]");
  var none = form.querySelector("[data-filter-none]");

  function fits(item) {
    return selects.every(function (select) {
      var tags = (item.dataset[select.name] || "").split(" ");
      return !select.value || tags.indexOf(select.value) >= 0;
    });
  }
  function show() {
    var shown = 0;
    items.forEach(function (item) {
      item.hidden = !fits(item);
      if (!item.hidden) shown += 1;
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
    });
    ways.forEach(function (way) {
      var target = document.getElementById(way.dataset.filterWay);
      way.hidden = Boolean(target && target.hidden);
    });
    var chosen = selects.some(function (select) {
      return select.value;
    });
    count.textContent = chosen ? form.dataset.count.replace("{shown}", shown).replace("{total}", items.length) : "";
    reset.hidden = !chosen;
    none.hidden = shown > 0;
  }
  function read() {
    var query = new URLSearchParams(location.search);
    selects.forEach(function (select) {
      select.value = query.get(select.name) || "";
      // A value that is no choice leaves the select empty: take it for none.
      if (select.selectedIndex < 0) select.value = "";
    });
    show();
  }
  function write() {
    var query = new URLSearchParams(location.search);
    selects.forEach(function (select) {
      if (select.value) query.set(select.name, select.value);
      else query.delete(select.name);
    });
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    show();
  }
  form.addEventListener("change", write);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    selects.forEach(function (select) {
      select.value = "";
    });
    write();
    selects[0].focus();
  });
  addEventListener("popstate", read);
  read();
})();
