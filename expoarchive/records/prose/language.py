"""Whether a text is in the script of the language that its file is for."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem

# The letters of each script that sites are likely to have, beside those of ASCII; of others nothing is said.
_SCRIPTS = {
    "Latin": r"\u00aa-\u024f\u1e00-\u1eff",
    "Han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Kana": r"\u3040-\u30ff",
    "Hangul": r"\u1100-\u11ff\uac00-\ud7af",
    "Cyrillic": r"\u0400-\u04ff",
    "Greek": r"\u0370-\u03ff",
    "Arabic": r"\u0600-\u06ff\u0750-\u077f",
    "Hebrew": r"\u0590-\u05ff",
    "Devanagari": r"\u0900-\u097f",
    "Thai": r"\u0e00-\u0e7f",
    "Tibetan": r"\u0f00-\u0fff",
}
# What of ASCII is no letter. Its letters, most of a text in Latin ones, are counted many at a time.
_NO_LETTERS = bytes(code for code in range(0x80) if not chr(code).isalpha())
_ASCII = re.compile(r"[\x00-\x7f]+")
_LETTERS = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
# ISO 15924 codes and the letters that texts in them are written with.
_WRITTEN_WITH = {
    "Latn": ("Latin",),
    "Hans": ("Han",),
    "Hant": ("Han",),
    "Jpan": ("Han", "Kana"),
    "Kore": ("Hangul", "Han"),
    "Cyrl": ("Cyrillic",),
    "Grek": ("Greek",),
    "Arab": ("Arabic",),
    "Hebr": ("Hebrew",),
    "Deva": ("Devanagari",),
    "Thai": ("Thai",),
    "Tibt": ("Tibetan",),
}
# A character of these scripts says as much as three letters of the others.
_DENSE = {"Han": 3, "Hangul": 2}
# Letters below which a text is too short to tell.
_FEWEST = 30


@cache
def scripts_of(tag: str) -> tuple[str, ...]:
    """The letters that a language, by its BCP 47 tag, is written with; none where that is not known."""
    try:
        script = Locale.parse(tag, sep="-").script
    except (UnknownLocaleError, ValueError):
        script = None
    likely = get_global("likely_subtags").get(tag.partition("-")[0], "")
    return _WRITTEN_WITH.get(script or "".join(likely.split("_")[1:2]), ())


def other_script(texts: Iterable[str], tag: str) -> str | None:
    """The script that most letters are of, where fewer than a third are of the language's own; None otherwise."""
    own = scripts_of(tag)
    joined = "\n".join(texts)
    letters = {name: _letters_of(name, joined) for name in own}
    owned = sum(count * _DENSE.get(name, 1) for name, count in letters.items())
    # Of most texts this is clear: were all the rest of the densest script, they would still be in their own.
    rest = len(joined) - sum(letters.values())
    if not own or 2 * owned >= rest * max(_DENSE.values()):
        return None
    weights = {name: _letters_of(name, joined) * _DENSE.get(name, 1) for name in _LETTERS}
    total = sum(weights.values())
    if total < _FEWEST or 3 * owned >= total:
        return None
    return max(weights, key=lambda name: weights[name])


def _letters_of(script: str, text: str) -> int:
    plain = b""
    if script == "Latin":
        plain, text = text.encode("ascii", "ignore").translate(None, _NO_LETTERS), _ASCII.sub("", text)
    return len(plain) + sum(map(len, _LETTERS[script].findall(text)))


def language_problems(body: SourceText, texts: Iterable[str], language: str, tag: str) -> list[Problem]:
    """Warn of ``text-in-other-script``, at the first line of the text that is not empty."""
    script = other_script(texts, tag)
    if script is None:
        return []
    first = next((number for number, line in enumerate(body.lines, 1) if line.strip()), 1)
    return [
        Problem("text-in-other-script", body.place(first), {"language": language, "script": script}, severity=WARNING)
    ]
