// Hits and answers as elements of the page.
(function (search) {
  "use strict";
  const BEFORE = 30; // signs of a snippet before the first match
  const LENGTH = 150; // signs of a snippet
  // What counts of a passage: that it is in the page's language, then that the words stand together.
  const OWN = 1000;
  const TOGETHER = 500;
  const LARGE = 30; // signs of a value that is set large

  function made(tag, name = "", text = "") {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function linked(address, text, lang) {
    const link = made("a", "", text);
    link.href = address;
    if (lang) link.lang = lang;
    return link;
  }

  // --- a hit ---

  // A hit of the reading's language. An era says when, or else the years.
  search.shownHit = function (hit, { kinds, eras }) {
    const item = made("li", "search-hit");
    const title = item.appendChild(made("h3", "search-title")).appendChild(linked(hit.page.url, "", hit.page.lang));
    title.append(...marked(hit.page.title, hit));
    const about = item.appendChild(made("p", "search-about"));
    for (const text of [kinds.get(hit.page.kind), hit.page.when ?? eras.get(hit.page.eras?.[0])]) {
      if (text) about.append(made("span", "", text));
    }
    const passage = passageOf(hit);
    if (passage) {
      const snippet = item.appendChild(made("p", "search-snippet"));
      if (passage.lang) snippet.lang = passage.lang;
      snippet.append(...marked(passage.text, hit));
    }
    return item;
  };

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
      nodes.push(text.slice(done, start), made("mark", "", text.slice(start, end)));
      done = end;
    }
    return [...nodes, text.slice(done)];
  }

  // The line that shows best why the page was found: of those in the page's language, else of all, the one with the words
  // together, or with the longest match; a name before the text. What is in another language has to hold a word as the
  // reader typed it. Of the page that the question means, and without a match, how the text begins.
  function passageOf(hit) {
    const { page, isAskedFor, typed, reading } = hit;
    const lines = (page.text ?? "").split("\n").map((text) => ({ text, lang: page.textLang }));
    const names = (page.names ?? []).map(([text, lang]) => ({ text, lang }));
    let best = null;
    for (const line of isAskedFor ? [] : [...names, ...lines]) {
      const isFit = isOwn(line) || places(line.text, { terms: typed, reading }).length > 0;
      const found = isFit ? places(line.text, hit) : [];
      const weight = found.length ? weightOf(line, found, hit) : 0;
      if (weight > (best?.weight ?? 0)) best = { ...line, weight, at: found[0][0] };
    }
    const { text, lang, at = 0 } = best ?? lines[0];
    if (!text) return null;
    const length = isAskedFor ? 2 * LENGTH : LENGTH;
    const from = text.length <= length ? 0 : startOf(text, at);
    const cut = text.slice(from, from + length);
    return { text: (from ? "…" : "") + cut + (from + length < text.length ? "…" : ""), lang };
  }

  const isOwn = ({ lang }) => !lang || lang === document.documentElement.lang;

  function weightOf(line, found, { words, reading }) {
    const folded = reading.foldAll(line.text);
    const together = words.some((way) => way && folded.includes(way)) ? TOGETHER : 0;
    const own = isOwn(line) ? OWN : 0;
    return together + own + Math.max(...found.map(([start, end]) => end - start));
  }

  // A little before the match, where a word begins.
  function startOf(text, at) {
    if (at <= BEFORE) return 0;
    const space = text.indexOf(" ", at - BEFORE);
    return space >= 0 && space < at ? space + 1 : at - BEFORE;
  }

  // --- an item of an answer ---

  // What stands as the value where no claim gives one: the edition was not held, it is not known, nothing is said.
  const lackOf = ({ state, absence }, words) => state ?? (absence === null ? words.unrecorded : words.unknown);

  // The item in a sentence, for readers who hear it.
  search.saidItem = function (item, words) {
    const { claim, title: record, label = claim?.label } = item;
    const parts = { record, label, value: claim?.text ?? lackOf(item, words) };
    return words.said.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  };

  // The record and what was asked of it; then the claim, or why there is none. `sources` are pages.
  search.shownItem = function (item, { words, marks, coverage, sources }) {
    const shown = made("li", "answer-item");
    const about = shown.appendChild(made("p", "answer-about"));
    about.append(linked(item.page, item.title), made("span", "", item.claim?.label ?? item.label));
    const value = shown.appendChild(made("p", "answer-value"));
    if (item.claim) {
      showClaim(item, { value, shown, marks });
      showSources(sources, { shown, words });
      return shown;
    }
    value.classList.add("is-unknown");
    value.textContent = lackOf(item, words);
    if (!item.state && item.absence !== null && coverage) {
      const account = item.absence ? linked(`${coverage}#${item.absence}`, words.looked) : linked(coverage, words.coverage);
      shown.appendChild(made("p", "answer-limits")).append(account);
    }
    return shown;
  };

  function showClaim({ claim, url }, { value, shown, marks }) {
    value.append(linked(url, claim.text, claim.lang));
    if (claim.text.length > LARGE) value.classList.add("is-long");
    for (const name of claim.marks ?? []) value.append(made("span", `answer-mark is-${name}`, marks[name]));
    if (claim.limits) shown.append(made("p", "answer-limits", claim.limits));
  }

  function showSources(sources, { shown, words }) {
    if (!sources.length) return;
    const line = shown.appendChild(made("p", "answer-sources", words.sources));
    for (const { url, title, lang } of sources) line.append(" ", linked(url, title, lang));
  }
})((globalThis.archiveSearch ??= {}));
