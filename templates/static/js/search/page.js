// The search page: answers while the reader types, keeps the question in the address, shows what matched.
(function (search) {
  "use strict";
  const SHOWN = 30; // hits at a time
  const BEFORE = 30; // signs of a snippet before the first match
  const LENGTH = 150; // signs of a snippet

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-search]");
    const status = form.querySelector("[data-search-status]");
    const others = Array.from(form.querySelectorAll("[data-search-other]"));
    const list = document.querySelector("[data-search-list]");
    const results = document.querySelector("[data-search-results]");
    const hits = results.querySelector("ol");
    const more = results.querySelector("button");
    const titles = new Map(Array.from(form.elements.kind.options, (option) => [option.value, option.text]));
    let waiting = 0;
    let found = [];

    // What is searched weighs more than the page: it is loaded once somebody is about to ask.
    form.addEventListener("focusin", () => engineOf(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember();
      answer();
    });
    form.addEventListener("input", (event) => {
      // While a word is being composed there is nothing to look for yet.
      if (event.isComposing || !event.target.name) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        remember();
        answer();
      }, 120);
    });
    form.addEventListener("compositionend", (event) => event.target.dispatchEvent(new Event("input", { bubbles: true })));
    addEventListener("popstate", () => {
      restore();
      answer();
    });
    more.addEventListener("click", () => {
      const next = hits.children.length;
      show(next + SHOWN);
      hits.children[next].querySelector("a").focus();
    });

    restore();
    list.hidden = question().toString() !== "";
    form.hidden = false;
    if (location.hash === "#search-words") form.elements.q.focus();
    answer();

    // --- the question and the address ---

    function question() {
      const given = new URLSearchParams();
      for (const name of ["q", "kind", "era"]) {
        const value = form.elements[name]?.value.trim();
        if (value) given.set(name, value);
      }
      return given;
    }

    function remember() {
      const given = question().toString();
      try {
        history.replaceState(null, "", location.pathname + (given && `?${given}`));
      } catch (error) {
        // A page opened from a folder may not be allowed to; the search works without.
      }
    }

    function restore() {
      const given = new URLSearchParams(location.search);
      for (const name of ["q", "kind", "era"]) {
        const field = form.elements[name];
        if (!field) continue;
        field.value = given.get(name) ?? "";
        // A choice that there is not would be shown as none.
        if (field.selectedIndex === -1) field.value = "";
      }
    }

    // --- the answer ---

    async function answer() {
      const given = question();
      const asked = given.toString() !== "";
      list.hidden = asked;
      const own = asked ? await engineOf(form) : null;
      // Somebody who has asked on meanwhile waits for that answer; without an index the list is all there is.
      if (question().toString() !== given.toString()) return;
      if (asked && !own) {
        list.hidden = false;
        return;
      }
      found = asked ? hitsFor(given, own.ask, own.pages) : [];
      results.hidden = !found.length;
      status.textContent = !asked ? "" : found.length ? counted(form.dataset.count, found.length) : form.dataset.none;
      hits.replaceChildren();
      show(SHOWN);
      askOthers(given);
    }

    function show(upTo) {
      found.slice(hits.children.length, upTo).forEach((hit) => hits.append(shown(hit)));
      more.hidden = hits.children.length === found.length;
    }

    // What the other languages have is looked up only once something is asked for.
    function askOthers(given) {
      for (const other of others) {
        other.hidden = true;
        if (!given.has("q")) continue;
        engineOf(other).then((theirs) => {
          if (!theirs || question().toString() !== given.toString()) return;
          const count = hitsFor(given, theirs.ask, theirs.pages).length;
          const link = other.querySelector("a");
          link.textContent = counted(link.dataset.text, count);
          link.search = given.toString();
          other.hidden = count === 0;
        });
      }
    }

    function shown(hit) {
      const item = made("li", "search-hit");
      const title = item.appendChild(made("h3", "search-title")).appendChild(made("a"));
      title.href = hit.page.url;
      if (hit.page.lang) title.lang = hit.page.lang;
      title.append(...marked(hit.page.title, hit.terms));
      const about = item.appendChild(made("p", "search-about"));
      for (const text of [titles.get(hit.page.kind), hit.page.when]) {
        if (text) about.appendChild(made("span")).textContent = text;
      }
      const passage = passageOf(hit);
      if (passage) {
        const snippet = item.appendChild(made("p", "search-snippet"));
        if (passage.lang) snippet.lang = passage.lang;
        snippet.append(...marked(passage.text, hit.terms));
      }
      return item;
    }
  });

  // The hits that the filters let through; without words, all pages that they let through.
  function hitsFor(given, ask, pages) {
    const hits = given.has("q") ? ask(given.get("q")) : pages.map((page) => ({ page, terms: new Set(), words: "" }));
    return hits.filter(
      ({ page }) =>
        (!given.has("kind") || page.kind === given.get("kind")) &&
        (!given.has("era") || (page.eras ?? []).includes(given.get("era"))),
    );
  }

  const engines = new Map();

  // The pages and the engine of the language that an element names, its index loaded when it is first asked; null
  // where that could not be had, which is tried again with the next question.
  function engineOf({ dataset }) {
    const language = dataset.search;
    if (!engines.has(language)) {
      const loaded = new Promise((resolve) => {
        const script = made("script");
        script.src = dataset.index;
        script.addEventListener("load", async () => {
          const pages = globalThis.searchIndexes[language];
          resolve({ pages, ask: await search.engine(pages) });
        });
        script.addEventListener("error", () => {
          engines.delete(language);
          resolve(null);
        });
        document.head.append(script);
      });
      engines.set(language, loaded);
    }
    return engines.get(language);
  }

  function made(tag, name = "") {
    const element = document.createElement(tag);
    if (name) element.className = name;
    return element;
  }

  function counted(text, count) {
    return text.replace("{count}", count.toLocaleString(document.documentElement.lang));
  }

  // Where the terms stand in a text: [start, end], what touches joined.
  function places(text, terms) {
    const { text: folded, at } = search.fold(text);
    const found = [];
    for (const { term, start, end } of search.terms(folded)) {
      if (!terms.has(term)) continue;
      const last = found.at(-1);
      if (last && at[start] <= last[1]) last[1] = Math.max(last[1], at[end]);
      else found.push([at[start], at[end]]);
    }
    return found;
  }

  // The text as nodes, what matched in <mark>.
  function marked(text, terms) {
    const nodes = [];
    let done = 0;
    for (const [start, end] of places(text, terms)) {
      const mark = made("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(text.slice(done, start), mark);
      done = end;
    }
    return [...nodes, text.slice(done)];
  }

  // The line that shows best why the page was found: the one with the words together, else with the longest match;
  // a name in whatever language before the text. Without a match, how the text begins.
  function passageOf({ page, terms, words }) {
    const lines = (page.text ?? "").split("\n").map((text) => ({ text, lang: page.textLang }));
    const names = (page.names ?? []).map(([text, lang]) => ({ text, lang }));
    let best = null;
    for (const line of [...names, ...lines]) {
      const found = places(line.text, terms);
      if (!found.length) continue;
      const together = words && search.fold(line.text).text.includes(words);
      const weight = (together ? 1000 : 0) + Math.max(...found.map(([start, end]) => end - start));
      if (!best || weight > best.weight) best = { ...line, weight, at: found[0][0] };
    }
    const { text, lang, at = 0 } = best ?? lines[0];
    if (!text) return null;
    const from = text.length <= LENGTH ? 0 : startOf(text, at);
    const cut = text.slice(from, from + LENGTH);
    return { text: (from ? "…" : "") + cut + (from + LENGTH < text.length ? "…" : ""), lang };
  }

  // A little before the match, where a word begins.
  function startOf(text, at) {
    if (at <= BEFORE) return 0;
    const space = text.indexOf(" ", at - BEFORE);
    return space >= 0 && space < at ? space + 1 : at - BEFORE;
  }
})((globalThis.archiveSearch ??= {}));
