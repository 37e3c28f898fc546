// The search page: answers while the reader types, keeps the question in the address, shows what matched and, where
// the question has one answer, that.
(function (search) {
  "use strict";
  const SHOWN = 30; // hits at a time
  const ANSWERING = 3; // pages of an answer before the others
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
    const box = document.querySelector("[data-search-answer]");
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
    document.querySelectorAll("a[data-switch]").forEach((link) => {
      link.addEventListener("click", () => {
        link.search = location.search;
      });
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
      const answers = asked && given.has("q") ? own.answer(given.get("q")) : { items: [] };
      found = asked ? hitsFor(given, own, answers.items) : [];
      results.hidden = !found.length;
      status.textContent = !asked ? "" : found.length ? counted(form.dataset.count, found.length) : form.dataset.none;
      hits.replaceChildren();
      show(SHOWN);
      showAnswer(answers);
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
          const count = hitsFor(given, theirs).length;
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
      title.append(...marked(hit.page.title, hit));
      const about = item.appendChild(made("p", "search-about"));
      for (const text of [titles.get(hit.page.kind), hit.page.when]) {
        if (text) about.appendChild(made("span")).textContent = text;
      }
      const passage = passageOf(hit);
      if (passage) {
        const snippet = item.appendChild(made("p", "search-snippet"));
        if (passage.lang) snippet.lang = passage.lang;
        snippet.append(...marked(passage.text, hit));
      }
      return item;
    }

    // --- the one answer ---

    function showAnswer({ items, marks, coverage }) {
      box.hidden = !items.length;
      box.querySelector("ul").replaceChildren(...items.map((item) => answered(item, marks, coverage)));
    }

    // The record and what was asked, then the value, or that it is not known and where more stands about that.
    function answered({ title, url, state, claim, label, absence }, marks, coverage) {
      const item = made("li", "answer-item");
      const about = item.appendChild(made("p", "answer-about"));
      for (const text of [title, claim?.label ?? label]) if (text) about.appendChild(made("span")).textContent = text;
      const value = item.appendChild(made("p", "answer-value"));
      if (claim) {
        const link = value.appendChild(linked(url, claim.text));
        if (claim.lang) link.lang = claim.lang;
        for (const name of claim.marks ?? []) {
          value.appendChild(made("span", `answer-mark is-${name}`)).textContent = marks[name];
        }
        if (claim.limits) item.appendChild(made("p", "answer-limits")).textContent = claim.limits;
        return item;
      }
      const isUnknown = absence !== null && absence !== undefined;
      value.classList.add("is-unknown");
      value.textContent = state ?? (isUnknown ? box.dataset.unknown : box.dataset.unrecorded);
      const more = item.appendChild(made("p", "answer-limits"));
      if (isUnknown && coverage) more.append(linked(absence ? `${coverage}#${absence}` : coverage, box.dataset.looked));
      else more.append(linked(url, title));
      return item;
    }
  });

  // The hits that the filters let through, the pages of an answer first; without words, all pages that they let through.
  function hitsFor(given, { ask, pages, reading }, answers = []) {
    const unasked = (page) => ({ page, terms: new Set(), words: "" });
    const hits = given.has("q") ? ask(given.get("q")) : pages.map(unasked);
    for (const url of Array.from(new Set(answers.map((item) => item.page))).slice(0, ANSWERING).reverse()) {
      const at = hits.findIndex(({ page }) => page.url === url);
      hits.unshift(at < 0 ? unasked(pages.find((page) => page.url === url)) : hits.splice(at, 1)[0]);
    }
    return hits.map((hit) => ({ ...hit, reading })).filter(
      ({ page }) =>
        (!given.has("kind") || page.kind === given.get("kind")) &&
        (!given.has("era") || (page.eras ?? []).includes(given.get("era"))),
    );
  }

  const engines = new Map();

  // The pages and the engine of the language that an element names, its index loaded when it is first asked; null
  // where that could not be had, which is tried again with the next question. The page's own language also answers.
  function engineOf({ dataset }) {
    const language = dataset.search;
    if (!engines.has(language)) {
      const loaded = makeEngine(language, dataset).catch(() => {
        engines.delete(language);
        return null;
      });
      engines.set(language, loaded);
    }
    return engines.get(language);
  }

  async function makeEngine(language, { index, answers }) {
    await Promise.all([index, answers].filter(Boolean).map(load));
    const engine = await search.engine(globalThis.searchIndexes[language]);
    const known = answers && globalThis.searchAnswers[language];
    const answer = known ? search.answers(known, engine) : () => [];
    return { ...engine, answer: (question) => ({ items: answer(question), marks: known?.marks, coverage: known?.coverage }) };
  }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = made("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  function made(tag, name = "") {
    const element = document.createElement(tag);
    if (name) element.className = name;
    return element;
  }

  function linked(address, text) {
    const link = made("a");
    link.href = address;
    link.textContent = text;
    return link;
  }

  function counted(text, count) {
    return text.replace("{count}", count.toLocaleString(document.documentElement.lang));
  }

  // Where the terms stand in a text: [start, end], what touches joined.
  function places(text, { terms, reading }) {
    const { text: folded, at } = reading.fold(text);
    const found = [];
    for (const { term, start, end } of reading.terms(folded)) {
      if (!terms.has(term)) continue;
      const last = found.at(-1);
      if (last && at[start] <= last[1]) last[1] = Math.max(last[1], at[end]);
      else found.push([at[start], at[end]]);
    }
    return found;
  }

  // The text as nodes, what matched in <mark>.
  function marked(text, hit) {
    const nodes = [];
    let done = 0;
    for (const [start, end] of places(text, hit)) {
      const mark = made("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(text.slice(done, start), mark);
      done = end;
    }
    return [...nodes, text.slice(done)];
  }

  // The line that shows best why the page was found: the one with the words together, else with the longest match;
  // a name in whatever language before the text. Without a match, how the text begins.
  function passageOf(hit) {
    const { page, words, reading } = hit;
    const lines = (page.text ?? "").split("\n").map((text) => ({ text, lang: page.textLang }));
    const names = (page.names ?? []).map(([text, lang]) => ({ text, lang }));
    let best = null;
    for (const line of [...names, ...lines]) {
      const found = places(line.text, hit);
      if (!found.length) continue;
      const together = words && reading.foldAll(line.text).includes(words);
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
