"""Tags of languages: which exist, which somebody meant, and what CLDR knows of them."""

from functools import cache
from typing import Annotated

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import exists
from pydantic import AfterValidator

from expoarchive.nodes.fields import TAG, Tag, fault, is_device
from expoarchive.problem import nearest


def known_language(tag: str) -> str:
    """The tag; a fault with the one that is meant where there is no such language."""
    if not is_language(tag):
        raise fault("not-a-language-tag", nearest=nearest_language(tag) or "")
    return tag


# A tag of a language that there is: of cn, zh is told as the one that is meant.
KnownTag = Annotated[Tag, AfterValidator(known_language)]


@cache
def _english() -> Locale:
    return Locale("en")


def is_language(tag: str) -> bool:
    """Whether a BCP 47 tag names a language that CLDR knows, whatever its other parts say."""
    language = tag.split("-")[0].lower()
    if TAG.fullmatch(tag) is None or is_device(language):
        return False
    # Most have a locale, a file of their own: to find it takes a hundredth of reading what all of them are called.
    return exists(language) or language in _english().languages


def is_locale(identifier: str) -> bool:
    """Whether CLDR has the locale, written with underscores."""
    try:
        return bool(Locale.parse(identifier))
    except (UnknownLocaleError, ValueError):
        return False


def locale_for(tag: str) -> Locale | None:
    """The locale for numbers and dates of a language, where most speak it; None where CLDR has none."""
    wanted = tag.replace("-", "_")
    likely = get_global("likely_subtags").get(wanted, "")
    language, _, territory = likely.split("_") if likely.count("_") == 2 else ("", "", "")
    for identifier in filter(None, (territory and f"{wanted}_{territory}", wanted, language)):
        try:
            return Locale.parse(identifier)
        except (UnknownLocaleError, ValueError):
            continue
    return None


def nearest_language(text: str) -> str | None:
    """The tag that somebody meant by a locale, a language's name, its country's code, or a slip; None for none near."""
    if is_language(tag := text.strip().replace("_", "-").strip("-")):
        return tag
    names: dict[str, str] = {name.casefold(): tag for tag, name in _english().languages.items()}
    folded = text.strip().casefold()
    if folded in names:
        return names[folded]
    if likely := get_global("likely_subtags").get(f"und_{text.split('-')[0].upper()}"):
        return str(likely).split("_")[0]
    if close := nearest(folded, names):
        return names[close]
    # Two letters are like those of a hundred languages, and of none more than of the others.
    return nearest(text, _english().languages) if len(text) > 2 else None
