"""The index of a large site in pieces, of which a question loads those that it needs.

- ``search/zh.js`` says how many pieces there are, and of each page of what kind and eras it is.
- ``search/zh/words-N.js``: the words of letters, by their first three; names as they sound.
- ``search/zh/terms-N.js``: for each term the pages that have it, those in whose title or names it stands first, then
  those that say it often. Of more than ``MOST`` the first are kept.
- ``search/zh/page-N.js``: a page.

The first three tell which pages can answer; the best of these are loaded, and searched as those of a small site.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from expoarchive.records import EXPO
from expoarchive.render.compact import compact_json
from expoarchive.render.search_terms import Reading

# With more pages than this a language's index comes in pieces: it would weigh some 200 kB, packed.
WHOLE = 1000
# Pages of a term that can be found by it.
MOST = 400
# Letters that two words must share for one to be completed or taken for a slip of the other.
ALIKE = 3
# Characters of one piece on average.
_WEIGHT = 12_000
# Says often.
_OFTEN = 3
# Of a name, as many characters side by side can be found by how they sound.
_SPOKEN = range(2, 6)
# Before a whole name or phrase, and before a number in a phrase, that leads to a page.
WHOLE_NAME = "="
# As many names of one sound.
_NAMES = 3
Item = dict[str, Any]
# A page's terms: in its title or names, often in its text, in its text; each kind as one text of lines.
Ranked = tuple[str, str, str]


def ranked_terms(item: Item, reading: Reading) -> Ranked:
    """The terms of a page of the index, the strongest first."""
    names = names_in(item)
    strong = reading.terms("\n".join([*names, *map(_joined, names)]))
    text = reading.terms("\n".join([item.get("text", ""), *map(str, item.get("years", ()))]))
    often = [term for term, count in text.items() if count >= _OFTEN and term not in strong]
    rest = [term for term, count in text.items() if count < _OFTEN and term not in strong]
    return "\n".join(strong), "\n".join(often), "\n".join(rest)


def names_in(item: Item) -> list[str]:
    """What a page is called: its title, and its other names."""
    return [item["title"], *(name for name, _ in item.get("names", ()))]


def _joined(name: str) -> str:
    """A name in letters without its spaces, as readers may write it."""
    return "".join(name.replace("’", "").replace("'", "").replace("-", "").split())


def shard(key: str, of: int) -> int:
    """The piece that has a key: what pieces.js works out too."""
    number = 0
    for sign in key:
        number = (number * 31 + ord(sign)) % 2**32
    return number % of


def in_pieces(
    words: Mapping[str, Any], pages: Sequence[tuple[Item, Ranked]], answers: Mapping[str, Any], reading: Reading
) -> tuple[Item, Item, dict[str, Item]]:
    """What every question needs of an index and of its answers, and the pieces by name.

    ``words`` and ``answers`` are those of a small site. A page's piece has the phrases that lead to it, and the record
    that answers by it, with the numbers of the pages that its claims rest on.
    """
    general = {name: known for name, known in words.items() if name not in ("leads", "sounds")}
    records = _with_places(answers["records"], [item for item, _ in pages])
    by_url = {record["url"]: name for name, record in records.items() if name != EXPO}
    items, terms = [], Postings()
    for number, (page, (strong, *weaker)) in enumerate(pages):
        item, url = dict(page), page["url"]
        if url in words["leads"]:
            item["leads"] = words["leads"][url]
        if url in by_url:
            item["record"] = {by_url[url]: records.pop(by_url[url])}
        items.append(item)
        terms.add(number, ("\n".join([strong, *_asked_by(item, reading)]), weaker[0], weaker[1]))
    pieces: dict[str, Any] = {f"page-{number}": item for number, item in enumerate(items)}
    counts = {}
    for sort, table in (("words", _dictionary(terms, items, words["sounds"])), ("terms", terms.kept())):
        counts[sort] = of = 1 + len(compact_json(table)) // _WEIGHT
        pieces |= {f"{sort}-{number}": {} for number in range(of)}
        for key, value in table.items():
            pieces[f"{sort}-{shard(key, of)}"][key] = value
    index = {"words": {**general, "leads": {}}, "pieces": {**counts, "alike": ALIKE, **_about(items)}}
    return index, {**answers, "records": records}, pieces


def _asked_by(item: Item, reading: Reading) -> Iterator[str]:
    """What leads to a page besides its terms: its names as a whole, phrases, figures of its record."""
    yield from (WHOLE_NAME + reading.fold(name) for name in names_in(item))
    if phrases := item.get("leads"):
        found = reading.terms("\n".join(phrases))
        yield from found
        yield from (WHOLE_NAME + term for term in found if term.isdecimal())
        yield from (WHOLE_NAME + reading.fold(phrase) for phrase in phrases)
    for record in item.get("record", {}).values():
        for claim in record.get("claims", {}).values():
            yield from claim.get("numbers", ())


def _with_places(records: Mapping[str, Item], pages: Sequence[Item]) -> dict[str, Item]:
    """Each record, with the numbers of the pages of its claims' sources by their addresses."""
    number_of = {page["url"]: number for number, page in enumerate(pages)}
    found = {}
    for name, record in records.items():
        cited = {url for claim in record.get("claims", {}).values() for url in claim.get("sources", ())}
        found[name] = {**record, "at": {url: number_of[url] for url in sorted(cited & number_of.keys())}}
    return found


def _about(items: Sequence[Item]) -> Item:
    """Of how many pages each is, of what kind and eras."""
    kinds = [item["kind"] for item in items]
    eras = [" ".join(item.get("eras", ())) for item in items]
    known = {"kinds": list(dict.fromkeys(kinds)), "eras": list(dict.fromkeys(eras))}
    ofs = {"kindOf": _runs(map(known["kinds"].index, kinds)), "erasOf": _runs(map(known["eras"].index, eras))}
    return {"pages": len(items), **known, **ofs}


class Postings:
    """The pages of each term, by how much it says of them."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[list[int], ...]] = {}

    def add(self, page: int, ranked: Ranked) -> None:
        """A page with its terms; pages come in order."""
        for rank, terms in enumerate(ranked):
            for term in set(filter(None, terms.split("\n"))):
                self._pages.setdefault(term, ([], [], []))[rank].append(page)

    def terms(self) -> list[str]:
        """Every term, in order."""
        return sorted(self._pages)

    def kept(self) -> dict[str, list[object]]:
        """Of each term how many pages have it, then the first of them by rank."""
        return {term: _kept(self._pages[term]) for term in self.terms()}


def _dictionary(postings: Postings, items: Sequence[Item], sounds: str) -> dict[str, Any]:
    """By their first letters the words of letters, and the names as they sound."""
    found: dict[str, dict[str, Any]] = defaultdict(lambda: {"words": [], "names": {}})
    for term in postings.terms():
        if term.isalpha() and term[0].isascii() and len(term) >= ALIKE:
            found[term[:ALIKE]]["words"].append(term)
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    syllables = _syllables(sounds)
    for item in items if syllables else ():
        for name in names_in(item):
            for letters, signs in _sounding(name, syllables):
                spoken[letters][signs] += 1
    for letters, names in sorted(spoken.items()):
        found[letters[:ALIKE]]["names"][letters] = [name for name, _ in names.most_common(_NAMES)]
    return dict(found)


def _syllables(table: str) -> dict[str, list[str]]:
    """By character how it is read, of ``hai海 hu湖``."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in table.split():
        letters = entry.rstrip("".join(sign for sign in entry if not sign.isascii()))
        for sign in entry[len(letters) :]:
            found[sign].append(letters)
    return found


def _sounding(name: str, syllables: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each few characters side by side in a name, after how they are read."""
    for at in range(len(name)):
        heads = [""]
        for end in range(at, min(at + _SPOKEN.stop - 1, len(name))):
            heads = [head + tail for head in heads for tail in syllables.get(name[end], ())]
            if not heads:
                break
            if end - at + 1 in _SPOKEN:
                yield from ((letters, name[at : end + 1]) for letters in heads)


def _kept(ranks: tuple[list[int], ...]) -> list[object]:
    """How many pages have a term, then the first of them by rank, as steps from one to the next."""
    left = MOST
    kept: list[object] = [sum(map(len, ranks))]
    for pages in ranks:
        kept.append(_steps(pages[:left]))
        left -= min(left, len(pages))
    return kept


def _steps(numbers: Sequence[int]) -> str:
    """Numbers that grow, as the steps between them in base 36."""
    return " ".join(_base36(number - before) for before, number in zip([0, *numbers], numbers, strict=False))


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def _runs(numbers: Iterable[int]) -> list[int]:
    """Numbers that often repeat: each with how often it stands there."""
    found: list[int] = []
    for number in numbers:
        if found and found[-2] == number:
            found[-1] += 1
        else:
            found += [number, 1]
    return found
