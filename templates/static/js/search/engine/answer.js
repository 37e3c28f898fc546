// What the archive answers to a question without a page: the claims that say it, or that it is not known.
(function (search) {
  "use strict";
  // As many claims with a number as still are an answer, and as many of one subject as are shown.
  const MOST = 8;
  const SHOWN = 3;
  const EXPO = "expo";

  // A function that gives the items of an answer, none where the question is not one that has an answer. An item has
  // the record's title and address, and either a claim or the subject that nothing is known of.
  search.answers = function (known, { reading, silent, leads, units }) {
    const records = Object.entries(known.records);
    const named = records.flatMap(([record, { url }]) => {
      const phrases = record === EXPO ? known.whole : (leads[url] ?? []);
      return phrases.map((phrase) => [phrase, record]);
    });
    const editions = search.phrases(reading, named);
    const subjects = search.phrases(reading, Object.entries(known.phrases));
    const counted = units.flatMap((unit) => [unit, reading.unscaled(reading.foldAll(unit))]);
    const ofUnits = search.phrases(reading, counted.map((unit) => [unit, null]));

    function item(record, more) {
      const { title, url, state } = known.records[record];
      return { title, page: url, url, state, ...more };
    }

    function claimed(record, anchor) {
      const claim = known.records[record].claims[anchor];
      return item(record, { claim, url: `${known.records[record].url}#${anchor}` });
    }

    // The claims that give one of the numbers, in the records and of the subjects that are named besides.
    function ofNumber(amounts, years, asked) {
      const found = [];
      for (const [record, { claims = {}, of = {} }] of records) {
        if (years.length && !years.includes(record)) continue;
        const wanted = asked.flatMap((name) => of[name] ?? [name]);
        for (const [anchor, { numbers = [] }] of Object.entries(claims)) {
          const fits = amounts.every(({ term }) => numbers.includes(term));
          if (fits && (!asked.length || wanted.includes(anchor))) found.push(claimed(record, anchor));
        }
      }
      return found.length > MOST ? [] : found;
    }

    // The claims of a record whose limits have all these words, as a place and a stage.
    function limited(record, asked, rest) {
      const { claims = {} } = known.records[record];
      const fitting = Object.keys(claims).filter((anchor) => {
        const limits = search.units(reading.foldAll(claims[anchor].limits ?? "")).join(" ");
        return asked.some((name) => anchor.startsWith(name)) && rest.every((unit) => limits.includes(unit));
      });
      return fitting.slice(0, SHOWN).map((anchor) => claimed(record, anchor));
    }

    // What a record says of the subjects: of one its claims, of several the first of each, as of opening and closing.
    function ofRecord(record, asked) {
      const { claims = {}, of = {} } = known.records[record];
      const shown = asked.length > 1 ? 1 : SHOWN;
      const anchors = asked.flatMap((name) => (of[name] ?? (claims[name] ? [name] : [])).slice(0, shown));
      return Array.from(new Set(anchors), (anchor) => claimed(record, anchor));
    }

    // That what is asked of a record is not known, with the absence that says so, or that nothing says anything.
    function lacking(record, asked) {
      const { unknown = {} } = known.records[record];
      const name = asked.find((one) => one in unknown);
      if (record === EXPO && name === undefined) return [];
      return [item(record, { label: known.labels[name ?? asked[0]], absence: unknown[name] ?? null })];
    }

    function ofNamed(record, asked, rest) {
      if (rest.length) return limited(record, asked, rest);
      const found = ofRecord(record, asked);
      return found.length ? found : lacking(record, asked);
    }

    return function (question) {
      const text = reading.asked(question);
      const years = editions.all(search.units(text));
      const ofYears = new Set(search.units(text).filter((unit) => !years.rest.includes(unit)));
      const amounts = reading.amounts(text).filter(({ term, power }) => power || !ofYears.has(term));
      // From the last, so that the places of the others hold.
      const wordy = amounts.reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text);
      const { meanings: names, rest: unnamed } = editions.all(search.units(wordy));
      const { meanings, rest } = subjects.all(unnamed);
      const asked = Array.from(new Set(meanings.flat()));
      const left = silent.all(rest).rest;
      if (amounts.length) return ofUnits.all(left).rest.length ? [] : ofNumber(amounts, names, asked);
      if (!asked.length) return [];
      // A word alone asks for pages, unless all editions together have a figure of it.
      if (!names.length) return left.length ? [] : ofRecord(EXPO, asked);
      return names.flatMap((record) => ofNamed(record, asked, left));
    };
  };
})((globalThis.archiveSearch ??= {}));
