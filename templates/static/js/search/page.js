// The search page: answers while the reader types, keeps the question in the address, and leads through the results
// with the arrow keys.
(function (search) {
  "use strict";
  const SHOWN = 30; // hits at a time
  const ANSWERING = 3; // pages of an answer before the others
  const PAUSE = 120; // milliseconds without a key before an answer
  const ENGINE = ["answer", "engine", "fold", "question", "results", "rewriter", "sounds"]; // scripts that nobody needs before asking

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("form[data-search]");
    const field = form.elements.q;
    const status = form.querySelector("[data-search-status]");
    const list = document.querySelector("[data-search-list]");
    const results = document.querySelector("[data-search-results]");
    const hits = results.querySelector("ol");
    const more = results.querySelector("button");
    const box = document.querySelector("[data-search-answer]");
    const words = { ...box.dataset, said: form.dataset.said };
    const namesOf = (select) => new Map(Array.from(select?.options ?? [], (option) => [option.value, option.text]));
    const names = { kinds: namesOf(form.elements.kind), eras: namesOf(form.elements.era) };
    let waiting = 0;
    let found = [];

    // What is searched weighs more than the page: it is loaded once somebody is about to ask.
    for (const sign of ["pointerdown", "keydown"]) form.addEventListener(sign, () => engineOf(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      asked();
    });
    form.addEventListener("input", (event) => {
      // While a word is being composed there is nothing to look for yet.
      if (event.isComposing || !event.target.name) return;
      clearTimeout(waiting);
      waiting = setTimeout(asked, PAUSE);
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
    document.addEventListener("keydown", (event) => {
      const isPlain = !(event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
      if (isPlain && pressed(event.key)) event.preventDefault();
    });
    document.querySelectorAll("[data-search-other] a").forEach((link) => {
      link.addEventListener("click", () => {
        link.search = location.search || `?${question()}`;
      });
    });

    restore();
    list.hidden = question().toString() !== "";
    form.classList.add("is-ready");
    // Who comes to ask can type at once; who comes with a question reads on.
    if (["", "#search-words"].includes(location.hash) && !list.hidden) field.focus({ preventScroll: true });
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
        const input = form.elements[name];
        if (!input) continue;
        input.value = given.get(name) ?? "";
        // A choice that there is not would be shown as none.
        if (input.selectedIndex === -1) input.value = "";
      }
    }

    // --- keys ---

    // Whether a key was one of ours: arrows go from the field through the results, Escape back to the field, and in the
    // field takes away what is asked.
    function pressed(key) {
      const stops = [field, ...box.querySelectorAll(".answer-value a"), ...hits.querySelectorAll("h3 a")];
      const at = stops.indexOf(document.activeElement);
      if (at < 0) return false;
      if (key === "ArrowDown" || key === "ArrowUp") {
        const next = stops[at + (key === "ArrowDown" ? 1 : -1)];
        if (next) next.focus();
        return at > 0 || Boolean(next);
      }
      if (key !== "Escape" || (at === 0 && !field.value)) return false;
      if (at === 0) {
        field.value = "";
        asked();
      }
      field.focus();
      return true;
    }

    // --- the answer ---

    function asked() {
      clearTimeout(waiting);
      remember();
      answer();
    }

    async function answer() {
      const given = question();
      const isAsked = given.toString() !== "";
      list.hidden = isAsked;
      if (isAsked && !isReady) status.textContent = form.dataset.searching;
      const own = isAsked ? await engineFor(given, form) : null;
      // Somebody who has asked on meanwhile waits for that answer; without an index the list is all there is.
      if (question().toString() !== given.toString()) return;
      if (isAsked && !own) {
        list.hidden = false;
        status.textContent = "";
        return;
      }
      const answers = given.has("q") ? own.answer(given.get("q")) : { items: [] };
      found = isAsked ? hitsFor(given, own, answers.items) : [];
      results.hidden = !found.length;
      hits.replaceChildren();
      show(SHOWN);
      showAnswer(answers, own);
      tell(isAsked, answers.items, own);
      document.querySelectorAll("[data-search-other]").forEach((other) => (other.hidden = !given.has("q")));
    }

    function show(upTo) {
      found.slice(hits.children.length, upTo).forEach((hit) => hits.append(search.shownHit(hit, names)));
      more.hidden = hits.children.length === found.length;
    }

    function showAnswer({ items, marks, coverage }, own) {
      box.hidden = !items.length;
      const shown = items.map((item) => {
        const sources = (item.claim?.sources ?? []).map((url) => own.byUrl.get(url)).filter(Boolean);
        return search.shownItem(item, { words, marks, coverage, sources });
      });
      box.querySelector("ul").replaceChildren(...shown);
    }

    // How many pages there are, and before it, for those who do not see the box, what it says.
    function tell(isAsked, items, own) {
      const isAll = !(own?.total > found.length);
      const count = isAll ? counted(form.dataset.count, found.length) : counted(form.dataset.best, found.length, own.total);
      status.textContent = !isAsked ? "" : found.length ? count : form.dataset.none;
      if (!items.length) return;
      const said = document.createElement("span");
      said.className = "hidden";
      said.textContent = `${items.map((item) => search.saidItem(item, words)).join(" ")} `;
      status.prepend(said);
    }
  });

  // The hits that the filters let through, the pages of an answer first; without words, all pages that they let through.
  function hitsFor(given, { ask, pages, byUrl, reading }, items) {
    const unasked = (page) => ({ page, terms: new Set(), typed: new Set(), words: [] });
    const hits = given.has("q") ? ask(given.get("q")) : pages.map(unasked);
    for (const url of Array.from(new Set(items.map((item) => item.page))).slice(0, ANSWERING).reverse()) {
      const at = hits.findIndex(({ page }) => page.url === url);
      hits.unshift(at < 0 ? unasked(byUrl.get(url)) : hits.splice(at, 1)[0]);
    }
    return hits.map((hit) => ({ ...hit, reading })).filter(
      ({ page }) =>
        (!given.has("kind") || page.kind === given.get("kind")) &&
        (!given.has("era") || (page.eras ?? []).includes(given.get("era"))),
    );
  }

  let engine = null;
  let isReady = false;

  // What finds and answers what is given; null where it could not be had.
  async function engineFor(given, form) {
    const made = await engineOf(form);
    return made && made(given).catch(() => null);
  }

  // A function that promises what finds and answers, its data loaded when it is first asked; null where these could not
  // be had, which is tried again with the next question.
  function engineOf(form) {
    engine ??= makeEngine(form.dataset).catch(() => {
      engine = null;
      return null;
    });
    return engine;
  }

  async function makeEngine({ search: language, finder, index, answers }) {
    const script = (name) => finder.replace(/[^/]*\/[^/]*$/, `engine/${name}.js`);
    await Promise.all([finder, index, answers, ...ENGINE.map(script)].map(load));
    const known = globalThis.searchIndexes[language];
    const said = globalThis.searchAnswers[language];
    if (known.pieces) {
      await load(script("pieces"));
      isReady = true;
      const folder = index.replace(/\.js$/, "/");
      return search.pieced(known, said, language, (name) => load(`${folder}${name}.js`));
    }
    const { marks, coverage, ...subjects } = said;
    const made = await search.engine(known);
    const answer = search.answers(subjects, made);
    isReady = true;
    const whole = { ...made, answer: (question) => ({ items: answer(question), marks, coverage }) };
    return async () => whole;
  }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  function counted(text, count, total = count) {
    const shown = (number) => number.toLocaleString(document.documentElement.lang);
    return text.replace("{count}", shown(count)).replace("{total}", shown(total));
  }
})((globalThis.archiveSearch ??= {}));
