// The index of a large site, of which each question loads the pieces that it needs: first which pages have its terms,
// then the best of these, which are searched as all pages of a small site are.
(function (search) {
  "use strict";
  // Pages that are loaded for a question.
  const LOADED = 40;
  // Words that one is completed to or taken for a slip of, and what each counts beside the word itself.
  const FORMS = 6;
  const COMPLETED = 0.4;
  const AMISS = 0.4;
  // Where a term stands: in the title or a name, often in the text, in the text.
  const RANKS = [6, 1.5, 1];
  // What is before a name or phrase that is asked for as a whole, and what that weighs.
  const WHOLE = "=";
  const ASKED_FOR = 1000;
  // What more pages are called says nothing of one.
  const CALLED = 12;
  const THOUSANDS = /(?<=\d)[, ](?=\d{3}(?!\d))/g;

  function shardOf(key, count) {
    let number = 0;
    for (const sign of key) number = (Math.imul(number, 31) + sign.codePointAt(0)) >>> 0;
    return number % count;
  }

  // Numbers from the steps between them.
  function numbersOf(steps) {
    let number = 0;
    return steps ? steps.split(" ").map((step) => (number += parseInt(step, 36))) : [];
  }

  function unrolled(runs) {
    return runs.flatMap((value, i) => (i % 2 ? [] : Array(runs[i + 1]).fill(value)));
  }

  // Whether two words differ by no more than so many letters put in, left out or changed.
  function isNear(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    let before = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        row.push(Math.min(same, before[j] + 1, row[j - 1] + 1));
      }
      before = row;
    }
    return before[other.length] <= most;
  }

  // Gives an engine of the pages that may answer what is given. `fetchPiece` promises that the file with the piece of some
  // name is there: search/en/terms-1.js beside search/en.js.
  search.pieced = function ({ words: known, pieces }, answers, language, fetchPiece) {
    const loading = new Map();

    // One that could not be had is asked for again.
    function load(name) {
      if (!loading.has(name)) {
        const piece = fetchPiece(name).then(() => globalThis.searchPieces[`${language}/${name}`]);
        loading.set(name, piece);
        piece.catch(() => loading.delete(name));
      }
      return loading.get(name);
    }

    const reading = search.reading(known);
    const otherwise = search.rewriter(reading, known);
    const saying = search.saying(reading, known);
    const kindOf = unrolled(pieces.kindOf).map((at) => pieces.kinds[at]);
    const erasOf = unrolled(pieces.erasOf).map((at) => pieces.eras[at].split(" "));
    const { marks, coverage, records, ...subjects } = answers;

    async function lookUp(sort, key) {
      return (await load(`${sort}-${shardOf(key, pieces[sort])}`))[key];
    }

    // The words of the index that may be meant by a term, with what each counts.
    async function formsOf(term) {
      const forms = [[term, 1]];
      if (!search.isWord(term) || term.length < pieces.alike) return forms;
      const { words } = (await lookUp("words", term.slice(0, pieces.alike))) ?? { words: [] };
      const most = search.slips(term, known.scales);
      for (const word of words) {
        if (word === term) continue;
        if (word.startsWith(term)) forms.push([word, (COMPLETED * term.length) / word.length]);
        else if (most && isNear(term, word, most)) forms.push([word, AMISS]);
      }
      return forms.sort(([, one], [, other]) => other - one).slice(0, FORMS);
    }

    // What each page that has a term weighs by it; `isCut` where more pages have it than are known, of the `most` at least.
    async function weighed(term) {
      const weights = new Map();
      let isCut = false;
      let most = 0;
      const forms = await formsOf(term);
      const found = await Promise.all(forms.map(([form]) => lookUp("terms", form)));
      found.forEach((posting, i) => {
        if (!posting) return;
        const [count, ...ranks] = posting;
        const rare = Math.log(1 + pieces.pages / count) * forms[i][1];
        let kept = 0;
        ranks.forEach((steps, rank) => {
          for (const page of numbersOf(steps)) {
            kept += 1;
            weights.set(page, Math.max(weights.get(page) ?? 0, RANKS[rank] * rare));
          }
        });
        isCut ||= kept < count;
        most = Math.max(most, count);
      });
      return { weights, isCut, most };
    }

    // Each page that may answer a question asked in one way, with its weight.
    async function candidates(way) {
      const asked = Array.from(saying(way));
      const every = await Promise.all(asked.map(weighed));
      const sums = new Map();
      for (const { weights } of every) {
        for (const [page, weight] of weights) {
          const sum = sums.get(page) ?? { weight: 0, found: 0 };
          sums.set(page, { weight: sum.weight + weight, found: sum.found + 1 });
        }
      }
      const cut = every.filter(({ isCut }) => isCut).length;
      const least = Math.max(1, Math.ceil(asked.length * search.enough) - cut);
      return Array.from(sums).flatMap(([page, { weight, found }]) => {
        const share = found / asked.length;
        return found < least ? [] : [[page, weight * share ** 2 * (search.weights[kindOf[page]] ?? 1)]];
      });
    }

    // The pages that are called so, or asked for so.
    async function named(whole) {
      const [, first = ""] = (await lookUp("terms", WHOLE + whole)) ?? [];
      return numbersOf(first).slice(0, CALLED).map((page) => [page, ASKED_FOR * (search.weights[kindOf[page]] ?? 1)]);
    }

    // The question with names in place of the letters that they sound like.
    async function sounded(words) {
      const ways = search.spelt(words).map(async ([word, letters]) => {
        const { names = {} } = (await lookUp("words", letters.slice(0, pieces.alike))) ?? {};
        return (names[letters] ?? []).map((name) => words.replace(word, reading.foldAll(name)));
      });
      return (await Promise.all(ways)).flat();
    }

    // How many pages have a question's only term; of several nobody knows it without all their pages.
    async function countOf(words) {
      const asked = Array.from(saying(words));
      return asked.length === 1 ? (await weighed(asked[0])).most : 0;
    }

    // The numbers of the pages that may answer, the best first.
    async function numbersFor(words, spoken) {
      if (!words) return Array.from(kindOf.keys());
      const ways = [words, ...otherwise(words), ...spoken];
      const best = new Map();
      const units = search.units(words.replace(THOUSANDS, ""));
      const numbers = units.flatMap((unit) => unit.match(/\d+/g) ?? []);
      const wholes = Array.from(new Set([...ways, ...numbers]), named);
      for (const found of await Promise.all([...wholes, ...ways.map(candidates)])) {
        for (const [page, weight] of found) best.set(page, Math.max(best.get(page) ?? 0, weight));
      }
      return Array.from(best.keys()).sort((one, other) => best.get(other) - best.get(one) || one - other);
    }

    const pagesOf = (numbers) => Promise.all(numbers.map((number) => load(`page-${number}`)));

    // As `given` in the address: words, a kind, an era.
    return async function (given) {
      const words = reading.asked(given.get("q") ?? "");
      const spoken = words ? await sounded(words) : [];
      const fitting = (await numbersFor(words, spoken)).filter(
        (number) =>
          (!given.has("kind") || kindOf[number] === given.get("kind")) &&
          (!given.has("era") || erasOf[number].includes(given.get("era"))),
      );
      const numbers = fitting.slice(0, LOADED);
      const pages = await pagesOf(numbers);
      const leads = Object.fromEntries(pages.map((page) => [page.url, page.leads ?? []]));
      const made = await search.engine({ pages, words: { ...known, leads, sounding: () => spoken, others: pieces.pages - pages.length } });
      const here = Object.assign({}, records, ...pages.map((page) => page.record ?? {}));
      const items = words ? search.answers({ ...subjects, records: here }, made)(given.get("q")) : [];
      const places = Object.assign({}, ...Object.values(here).map(({ at }) => at));
      const cited = new Set(items.flatMap(({ claim }) => claim?.sources ?? []).filter((url) => url in places));
      for (const page of await pagesOf(Array.from(cited, (url) => places[url]))) made.byUrl.set(page.url, page);
      const isFiltered = given.has("kind") || given.has("era");
      // Where all that may answer was loaded, the hits are all there are.
      const isAll = fitting.length <= LOADED;
      const total = isAll ? 0 : Math.max(fitting.length, words && !isFiltered ? await countOf(words) : 0);
      return { ...made, total, answer: () => ({ items, marks, coverage }) };
    };
  };
})((globalThis.archiveSearch ??= {}));
