"""What a page calls a source, where a reader of its language could not read the source's own title or there is none."""

from collections.abc import Callable, Mapping

from expoarchive.config import Language
from expoarchive.records.source import Source
from expoarchive.render.format import day
from expoarchive.render.marks import marked
from expoarchive.render.strings import Strings
from expoarchive.render.values import SourceName

# A text in the page's language, or else in its own and the tag of that.
Words = Callable[[Mapping[str, str]], tuple[str, str | None]]


def name_of(source: Source, place: int, language: Language, t: Strings, words: Words) -> SourceName:
    """Its title; or its publisher and date, with the title beside them where that is in another language.

    A publisher without a name in the page's language has its own; where nobody knows one, the grade in words stands
    for it.
    ``place`` tells such names apart: it counts the sources that would be called the same, and is 0 for one that has its
    name for itself.
    """
    title, title_lang = words(source.title) if source.title else (None, None)
    publisher, publisher_lang = words(source.publisher) if source.publisher else (None, None)
    if title is not None and title_lang is None:
        whole = t("source.whole", name=title, more=_told(publisher, publisher_lang, t)) if publisher else title
        return SourceName(title, publisher=publisher, publisher_lang=publisher_lang, whole=whole)
    text = _told(publisher, publisher_lang, t) if publisher else t(f"source.untitled_{source.grade}")
    if source.published:
        text = t("source.dated", name=text, date=day(source.published, language))
    elif publisher is None:
        text = t("source.undated", name=text)
    if title is None and place:
        text = t("source.another", name=text, n=str(place))
    whole = t("source.whole", name=text, more=_told(title, title_lang, t)) if title else text
    return SourceName(text, title=title, title_lang=title_lang, whole=whole, dated=True)


def _told(text: str, lang: str | None, t: Strings) -> str:
    """Words of a source within those of the page, which HTML tells apart."""
    return marked(text, lang) if lang and t.marks else text


def publisher_of(source: Source, t: Strings, words: Words) -> str:
    """Who published it, for a line that names publishers alone; where nobody knows, its title or else what it is."""
    for known in (source.publisher, source.title):
        if known:
            return words(known)[0]
    return t(f"source.untitled_{source.grade}")
