// A list of exhibitors: finds in all of it, and shows more of it. Without this the page has its beginning and the file.
(function () {
  "use strict";
  const SHOWN = 100; // rows at a time: a phone need not hold thousands

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-exhibitors]");
    const body = document.querySelector(".exhibitor-table tbody");
    const count = document.querySelector("[data-exhibitors-count]");
    const none = document.querySelector("[data-exhibitors-none]");
    const more = document.querySelector("[data-exhibitors-more]");
    const rest = document.querySelector("[data-exhibitors-rest]");
    const lang = document.documentElement.lang;
    // As the build writes numbers in this language: 1,308 or 1308.
    const counted = new Intl.NumberFormat(lang, { useGrouping: /\D/.test(form.dataset.total) }).format;
    let shared = [];
    let rows = [];
    let fitting = [];
    let waiting = 0;

    const script = document.createElement("script");
    script.src = form.dataset.table;
    script.addEventListener("load", begin);
    document.head.append(script);

    function begin() {
      const table = globalThis.exhibitorTables[form.dataset.exhibitors];
      shared = table.shared;
      rows = table.rows.map((cells) => ({ cells: cells, words: folded(cells.map(text).join("\n")) }));
      form.hidden = false;
      rest?.classList.add("is-live");
      form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
      answer();
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.q.addEventListener("input", (event) => {
      // While a word is being composed there is nothing to look for yet.
      if (event.isComposing) return;
      clearTimeout(waiting);
      waiting = setTimeout(remember, 150);
    });
    form.elements.q.addEventListener("compositionend", () => form.elements.q.dispatchEvent(new Event("input")));
    more?.addEventListener("click", () => {
      const next = body.rows.length;
      show(next + SHOWN);
      // The reader goes on at the first of the new rows.
      const name = body.rows[next].querySelector("th");
      name.tabIndex = -1;
      name.focus();
    });

    function remember() {
      const query = form.elements.q.value.trim();
      try {
        history.replaceState(null, "", location.pathname + (query && `?${new URLSearchParams({ q: query })}`));
      } catch (error) {
        // A page opened from a folder may not be allowed to; the list works without.
      }
      answer();
    }

    function answer() {
      const words = folded(form.elements.q.value).split(/\s+/).filter(Boolean);
      fitting = rows.filter((row) => words.every((word) => row.words.includes(word)));
      count.textContent = form.dataset.count
        .replace("{shown}", counted(fitting.length))
        .replace("{total}", counted(rows.length));
      none.hidden = fitting.length > 0;
      body.parentElement.hidden = fitting.length === 0;
      body.replaceChildren();
      show(SHOWN);
    }

    function show(upTo) {
      body.append(...fitting.slice(body.rows.length, upTo).map(made));
      if (!more) return;
      const left = Math.min(SHOWN, fitting.length - body.rows.length);
      more.hidden = left === 0;
      more.textContent = more.dataset.text.replace("{count}", counted(left));
      rest.hidden = left === 0;
      rest.textContent = rest.dataset.text
        .replace("{shown}", counted(body.rows.length))
        .replace("{total}", counted(fitting.length));
    }

    // Case, accents and full width make no difference.
    function folded(words) {
      return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    }

    function text(cell) {
      return typeof cell === "number" ? shared[cell][0] : cell;
    }

    function made(row) {
      const line = document.createElement("tr");
      row.cells.forEach((cell, at) => {
        const box = line.appendChild(document.createElement(at ? "td" : "th"));
        if (!at) box.scope = "row";
        if (typeof cell !== "number") {
          box.textContent = cell;
          return;
        }
        const [words, href, language] = shared[cell];
        const inner = box.appendChild(document.createElement(href ? "a" : "span"));
        if (href) inner.href = href;
        if (language) inner.lang = language;
        inner.textContent = words;
      });
      return line;
    }
  });
})();
