// The page of all claims: narrows, sorts and hands out the table. Every state of it has an address.
(function (claims) {
  "use strict";
  const SHOWN = 50; // rows at a time: a phone need not hold them all
  const SOURCES = 2; // of a row; the claim's own page has all of them

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-explorer]");
    const area = document.querySelector("[data-explorer-table]");
    const part = (name) => area.querySelector(`[data-explorer-${name}]`);
    const [count, reset, none, more, order] = ["count", "reset", "none", "more", "sort"].map(part);
    const body = area.querySelector("tbody");
    const heads = Array.from(area.querySelectorAll("th[data-column]"));
    const selects = Array.from(form.querySelectorAll("select"));
    const fields = [form.elements.q, ...selects];
    const names = new Map(selects.flatMap((select) => Array.from(select.options, (option) => [option, option.text])));
    const lang = document.documentElement.lang;
    // As the build writes numbers in this language: 1,308 or 1308.
    const grouped = /\D/.test(form.dataset.total);
    let rows = [];
    let words = {};
    let shown = [];
    let waiting = 0;

    const script = document.createElement("script");
    script.src = form.dataset.table;
    script.addEventListener("load", begin);
    document.head.append(script);

    function begin() {
      const table = globalThis.claimTables[form.dataset.explorer];
      rows = claims.rows(table);
      words = table.words;
      heads.forEach(makeSortable);
      restore();
      form.hidden = area.hidden = false;
      document.querySelector("[data-explorer-parts]").hidden = true;
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      if (event.target !== form.elements.q) remember("pushState");
    });
    form.elements.q.addEventListener("input", (event) => {
      // While a word is being composed there is nothing to look for yet.
      if (event.isComposing) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => remember("replaceState"), 150);
    });
    form.elements.q.addEventListener("compositionend", () => form.elements.q.dispatchEvent(new Event("input")));
    order.addEventListener("change", () => remember("pushState"));
    reset.addEventListener("click", () => {
      for (const field of fields) field.value = "";
      remember("pushState");
      form.elements.q.focus();
    });
    more.addEventListener("click", () => {
      const next = body.rows.length;
      show(next + SHOWN);
      body.rows[next].querySelector(".row-value a").focus();
    });
    part("csv").addEventListener("click", (event) => {
      // A site that does not know its address yet has no canonical one.
      const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      const text = claims.csv(shown, form.dataset.explorer, url);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      const chosen = Array.from(question().values());
      link.download = [event.currentTarget.dataset.file, ...chosen].join("-").replace(/\p{Cf}+/gu, "").replace(/[^\p{L}\p{N}.-]+/gu, "_") + ".csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    addEventListener("popstate", restore);

    // --- the question and the address ---

    function question() {
      const given = new URLSearchParams();
      for (const field of fields) {
        const value = field.value.trim();
        if (value) given.set(field.name, value);
      }
      return given;
    }

    function remember(how) {
      const given = question();
      if (order.selectedIndex > 0) given.set("sort", order.value);
      const query = given.toString();
      try {
        history[how](null, "", location.pathname + (query && `?${query}`));
      } catch (error) {
        // A page opened from a folder may not be allowed to; the table works without.
      }
      answer();
    }

    function restore() {
      const given = new URLSearchParams(location.search);
      for (const field of fields) choose(field, given.get(field.name) ?? "");
      choose(order, given.get("sort") ?? "");
      if (order.selectedIndex < 0 || !order.value) order.selectedIndex = 0;
      const folded = form.querySelector("details");
      if (selects.some((select) => select.value && folded.contains(select))) folded.open = true;
      answer();
    }

    // A value that is no choice, from an old or mistyped address, is taken for none.
    function choose(field, value) {
      field.value = value;
      if (field.selectedIndex === -1) field.value = "";
    }

    // --- the answer ---

    function answer() {
      const given = question();
      const [column, direction] = order.value.split(".");
      shown = claims.sorted(claims.fitting(rows, given), column, direction, lang);
      count.textContent = form.dataset.count
        .replace("{shown}", counted(shown.length))
        .replace("{total}", counted(rows.length));
      reset.hidden = given.size === 0;
      none.hidden = shown.length > 0;
      area.querySelector("table").hidden = shown.length === 0;
      for (const head of heads) {
        if (head.dataset.column === column) head.setAttribute("aria-sort", direction);
        else head.removeAttribute("aria-sort");
      }
      for (const select of selects) offer(select, given);
      body.replaceChildren();
      show(SHOWN);
    }

    // Each option says how many claims it would leave; those that would leave none cannot be chosen.
    function offer(select, given) {
      const counts = claims.counts(claims.fitting(rows, given, select.name), select.name);
      for (const option of select.options) {
        if (!option.value) continue;
        const left = counts.get(option.value) ?? 0;
        option.text = form.dataset.option.replace("{name}", names.get(option)).replace("{count}", counted(left));
        option.disabled = left === 0 && !option.selected;
      }
    }

    function counted(number) {
      return number.toLocaleString(lang, { useGrouping: grouped });
    }

    function show(upTo) {
      body.append(...shown.slice(body.rows.length, upTo).map(made));
      const left = Math.min(SHOWN, shown.length - body.rows.length);
      more.hidden = left === 0;
      more.textContent = more.dataset.text.replace("{count}", counted(left));
    }

    // --- a row ---

    function made(row) {
      const line = element("tr");
      const edition = line.appendChild(element("th", "row-edition"));
      edition.scope = "row";
      edition.append(linked(row.home, row.edition));
      line.appendChild(element("td", "row-about")).append(row.label);
      const value = line.appendChild(element("td", "row-value"));
      value.append(linked(row.href, row.text, row.lang));
      for (const mark of row.marks) {
        const chip = element("span", `chip chip-${mark}`);
        chip.textContent = words[mark];
        value.append(" ", chip);
      }
      line.appendChild(element("td", "row-limits")).append(row.limits);
      const sources = line.appendChild(element("td", "row-sources"));
      row.sources.slice(0, SOURCES).forEach((source, at) => {
        sources.append(at ? words.separator : "", linked(source.href, source.publisher, source.lang));
      });
      const left = row.sources.length - SOURCES;
      if (left > 0) sources.append(words.further.replace("{count}", counted(left)));
      return line;
    }

    function linked(href, text, lang = "") {
      const link = element("a");
      link.href = href;
      link.textContent = text;
      if (lang) link.lang = lang;
      return link;
    }

    function element(tag, name = "") {
      const made = document.createElement(tag);
      if (name) made.className = name;
      return made;
    }

    // A column’s head sorts by it, the other way round when it already does.
    function makeSortable(head) {
      const button = element("button", "sort");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const [first, second] = Array.from(order.options, (option) => option.value).filter((value) =>
          value.startsWith(`${head.dataset.column}.`),
        );
        order.value = order.value === first ? second : first;
        remember("pushState");
      });
    }
  });
})((globalThis.archiveClaims ??= {}));
