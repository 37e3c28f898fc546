// Shows two of the table's editions side by side. Each pair has an address: ?a=2022&b=2019.
(function () {
  "use strict";
  const form = document.querySelector("form[data-compare]");
  const table = document.querySelector("table.compare");
  if (!form || !table) return;
  const { a, b, both } = form.elements;
  const years = Array.from(a.options, (option) => option.value);
  const count = document.querySelector("[data-compare-count]");
  const scroll = table.parentElement;
  const title = document.title;
  const named = table.getAttribute("aria-label");
  const groups = Array.from(table.tBodies, (body) => ({
    body,
    head: body.rows[0],
    rows: Array.from(body.rows).slice(1).map(parts),
  }));
  const heads = parts(table.tHead.rows[0]);

  // A row's own name, and its cells in the order of the editions.
  function parts(row) {
    const [name, ...cells] = row.cells;
    return { row, name, cells, known: cells.map((cell) => cell.childElementCount > 0) };
  }

  for (const { rows } of groups) {
    for (const { cells, known } of rows) {
      cells.forEach((cell, at) => {
        if (known[at]) return;
        cell.className = "is-missing";
        cell.textContent = form.dataset.missing;
      });
    }
  }

  function show() {
    const pair = [years.indexOf(a.value), years.indexOf(b.value)];
    let shown = 0;
    let shared = 0;
    heads.row.replaceChildren(heads.name, ...pair.map((at) => heads.cells[at]));
    for (const { body, head, rows } of groups) {
      let some = false;
      for (const { row, name, cells, known } of rows) {
        const of = pair.filter((at) => known[at]).length;
        row.hidden = of < (both.checked ? 2 : 1);
        row.replaceChildren(name, ...pair.map((at) => cells[at]));
        if (!row.hidden) some = true;
        shown += !row.hidden;
        shared += of === 2;
      }
      head.cells[0].colSpan = 3;
      body.hidden = !some;
    }
    const told = (text) => text.replace("{a}", a.value).replace("{b}", b.value);
    count.textContent = told(form.dataset.count).replace("{shown}", shown).replace("{both}", shared);
    document.title = title.replace(named, told(form.dataset.pair));
    table.setAttribute("aria-label", told(form.dataset.pair));
    scroll.setAttribute("aria-label", told(form.dataset.pair));
  }

  // An edition beside itself says nothing: where both are the same, the other becomes ``instead``.
  function keepApart(other, instead) {
    if (a.value === b.value) other.value = instead;
  }

  function neighbour(year) {
    return years[years.indexOf(year) + 1] ?? years[years.indexOf(year) - 1];
  }

  function restore() {
    const given = new URLSearchParams(location.search);
    a.value = years.includes(given.get("a")) ? given.get("a") : years[0];
    b.value = years.includes(given.get("b")) ? given.get("b") : neighbour(a.value);
    keepApart(b, neighbour(a.value));
    both.checked = given.get("both") === "1";
    remember();
    show();
  }

  // What the selects held, so that choosing the other one's edition swaps the two.
  let held = {};
  function remember() {
    held = { a: a.value, b: b.value };
  }

  function changed() {
    remember();
    const query = new URLSearchParams({ a: a.value, b: b.value });
    if (both.checked) query.set("both", "1");
    try {
      history.pushState(null, "", `${location.pathname}?${query}`);
    } catch (error) {
      // A page opened from a folder may not be allowed to; the table works without.
    }
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (event.target === a) keepApart(b, held.a);
    if (event.target === b) keepApart(a, held.b);
    changed();
  });
  form.querySelector("[data-compare-swap]").addEventListener("click", () => {
    [a.value, b.value] = [b.value, a.value];
    changed();
  });
  addEventListener("popstate", restore);

  document.querySelector("[data-compare-all]").hidden = true;
  form.hidden = false;
  table.classList.add("is-pair");
  restore();
})();
