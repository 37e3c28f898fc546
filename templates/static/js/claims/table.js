// All claims as rows: which of them a question lets through, in what order, and as a CSV file.
(function (claims) {
  "use strict";
  const MARKS = /[\u{E0001}\u{E0020}-\u{E007F}]+/gu; // of words in another language than the page's

  // What a row can be narrowed by, each with the ids that a row has of it.
  const ids = {
    edition: (row) => [row.record],
    about: (row) => (row.measure ? ["figure", row.aboutId] : [row.aboutId]),
    place: (row) => row.place,
    industry: (row) => row.industry,
    stage: (row) => [row.stage],
    part: (row) => [row.part],
    grade: (row) => row.sources.map((source) => source.grade),
    basis: (row) => [row.marks.includes("derived") ? "derived" : "reported", row.marks.includes("weak") && "weak"],
    conflict: (row) => [row.marks.includes("conflict") ? "yes" : "no"],
  };

  // The rows of a table as the build wrote it: render/claims_table.py says what stands where.
  claims.rows = (table) =>
    table.rows.map(([record, anchor, about, text, more], at) => {
      const [id, name, home] = table.records[record];
      const [aboutId, label, field, measure, stage, unit, base, factor] = table.abouts[about];
      const named = (sort) => (more[sort] ?? []).map((index) => table[sort][index]);
      return {
        at,
        anchor,
        text,
        aboutId,
        label,
        field,
        measure,
        stage,
        unit,
        base,
        record: id,
        edition: name,
        home,
        href: `${home}#${anchor}`,
        limits: more.l ? table.limits[more.l - 1] : "",
        part: more.p ? table.parts[more.p - 1] : "",
        sources: (more.s ?? []).map((index) => {
          const [source, publisher, href, grade, lang] = table.sources[index];
          return { source, publisher, href, grade, lang };
        }),
        marks: (more.m ?? []).map((index) => table.marks[index]),
        place: named("place"),
        industry: named("industry"),
        value: more.v ?? "",
        high: more.h ?? "",
        number: more.v === undefined ? null : Number(more.v) * (Number(factor) || 1),
        qualifier: more.q ?? (measure && more.v !== undefined ? "exact" : ""),
        date: more.d ?? "",
        asOf: more.a ?? "",
        lang: more.n ?? "",
        words: [label, text, more.l ? table.limits[more.l - 1] : "", name].join(" ").replace(MARKS, "").toLocaleLowerCase(),
      };
    });

  // The rows that have all that the question names; ``but`` is a choice to leave out of account.
  claims.fitting = (rows, question, but = "") => {
    const words = (question.get("q") ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const choices = Object.keys(ids).filter((name) => name !== but && question.get(name));
    return rows.filter(
      (row) =>
        choices.every((name) => ids[name](row).includes(question.get(name))) &&
        words.every((word) => row.words.includes(word)),
    );
  };

  // How many rows have each id of a choice.
  claims.counts = (rows, name) => {
    const counts = new Map();
    for (const row of rows) {
      for (const id of new Set(ids[name](row))) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };

  // In order of a column, what has nothing there last, what is equal as in the records. Unlike units do not mix.
  claims.sorted = (rows, column, order, lang) => {
    const sign = order === "ascending" ? 1 : -1;
    const letters = new Intl.Collator(lang, { numeric: true }).compare;
    const text = (name) => (one, other) => !one[name] - !other[name] || sign * letters(one[name], other[name]);
    const year = (row) => (/^\d+$/.test(row.record) ? Number(row.record) : 0);
    const by = {
      edition: (one, other) => !year(one) - !year(other) || sign * (year(one) - year(other)),
      about: text("label"),
      value: (one, other) =>
        (one.number === null) - (other.number === null) ||
        letters(one.base, other.base) ||
        sign * (one.number - other.number),
      limits: text("limits"),
      sources: (one, other) => sign * (one.sources.length - other.sources.length),
    }[column];
    return rows.slice().sort((one, other) => by(one, other) || one.at - other.at);
  };

  // The columns of the published table of claims that can be had from a row, in its order; ``url`` is the page's own.
  const columns = (language, url) => [
    ["claim", (row) => `${row.record}#${row.anchor}`],
    ["record", (row) => row.record],
    ["edition", (row) => (/^\d+$/.test(row.record) ? row.record : "")],
    ["field", (row) => row.field],
    ["measure", (row) => row.measure],
    ["stage", (row) => row.stage],
    ["part", (row) => (row.part === "*" ? "" : row.part)],
    ["as_of", (row) => row.asOf],
    ["value", (row) => row.value],
    ["value_high", (row) => row.high],
    ["unit", (row) => row.unit],
    ["qualifier", (row) => row.qualifier],
    ["date", (row) => row.date],
    [`label_${language}`, (row) => row.label],
    [`shown_${language}`, (row) => row.text],
    ["basis", (row) => (row.marks.includes("derived") ? "derived" : "reported")],
    ["weak", (row) => String(row.marks.includes("weak"))],
    ["conflict", (row) => String(row.marks.includes("conflict"))],
    ["sources", (row) => row.sources.map((source) => source.source).join(" ")],
    [`url_${language}`, (row) => new URL(row.href, url).href],
  ];

  // The rows as CSV after RFC 4180, with the mark by which spreadsheets know UTF-8.
  claims.csv = (rows, language, url) => {
    const given = columns(language, url);
    const lines = [given.map(([name]) => name), ...rows.map((row) => given.map(([, cell]) => cell(row)))];
    return "\ufeff" + lines.map((line) => line.map(quoted).join(",") + "\r\n").join("");
  };

  // What a spreadsheet would take for a formula gets an apostrophe, unless it is a number.
  function quoted(text) {
    const plain = text.replace(MARKS, "");
    const safe = /^[=+\-@\t\r]/.test(plain) && !/^-?\d+(\.\d+)?$/.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
})((globalThis.archiveClaims ??= {}));
