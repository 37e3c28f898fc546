"""What editors call the columns: ``headings.yaml``, the first word to be shown, all of them to be recognised."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from expoarchive.problem.catalogue import kinds

_IN = {"en": "{heading} ({language})", "zh": "{heading}（{language}）"}
_ID = {"en": "{sort} id", "zh": "{sort}id"}


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    texts: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = yaml.load(
        Path(__file__).with_name("headings.yaml").read_bytes(), Loader=yaml.CBaseLoader
    )
    return texts


def headings_of(name: str, sort: str, language: str = "") -> Mapping[str, Sequence[str]]:
    """The headings of a column in each editor language, the one to show first.

    ``language`` is the name of that of its texts. A column that nobody has worded goes by its name.
    """
    bare = name.rpartition(".")[0] if language else name
    known = _texts()["columns"]
    words = known.get(f"{sort}.{bare}") or known.get(bare) or {editors: [bare] for editors in _IN}
    if not language:
        return words
    return {
        editors: [_IN[editors].format(heading=one, language=language) for one in several]
        for editors, several in words.items()
    }


def spoken(language: str, name: str) -> frozenset[str]:
    """What a language may be called in a heading: by its id, its own name, in English and in Chinese."""
    own = [Locale(editors).languages.get(language.split("-")[0], "") for editors in _IN]
    return frozenset(filter(None, (language, name, *own, own[-1].replace("语", "文"))))


def id_headings(sort: str) -> Mapping[str, Sequence[str]]:
    """The headings of the column with the ids of a vocabulary's entries."""
    words = kinds()["unknown-id"].words["sort"].get(sort) or dict.fromkeys(_IN, sort)
    return {editors: [_ID[editors].format(sort=word.capitalize())] for editors, word in words.items()}


def sheet_names(sort: str) -> Mapping[str, str]:
    """What a sheet of a sort is called, in each editor language; one of an archive's own goes by its name."""
    names: Mapping[str, Mapping[str, str]] = _texts()["sheets"]  # type: ignore[assignment]
    return names.get(sort) or dict.fromkeys(_IN, sort)


@cache
def words_of_choices(field: str) -> Mapping[str, str]:
    """The values of a field by what editors call them."""
    return {word: value for value, words in _texts()["choices"].get(field, {}).items() for word in words}


def folded(heading: str) -> str:
    """A heading without what offices write in one way or another: case, width, spaces, brackets, signs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold())
