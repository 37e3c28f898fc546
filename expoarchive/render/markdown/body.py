"""From a body's source to finished HTML."""

from dataclasses import dataclass
from functools import lru_cache

from expoarchive.nodes import SourceText
from expoarchive.render.markdown.clean import clean
from expoarchive.render.markdown.convert import convert
from expoarchive.render.markdown.finish import TocEntry, finish
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Body:
    """Finished HTML, and its headings in order."""

    html: str
    headings: tuple[TocEntry, ...]


def unreadable_line(source: SourceText) -> int:
    """The 1-based line of a body at which Markdown gives up, for one that it cannot convert."""
    read, unread = 0, len(source.lines)
    while unread - read > 1:
        middle = (read + unread) // 2
        try:
            convert(tokenize(SourceText(source.file, "\n".join(source.lines[:middle]))).text)
        except RecursionError:
            unread = middle
        else:
            read = middle
    return unread


def render_markdown(source: SourceText, resolver: Resolver, *, prefix: str = "") -> Body:
    """The HTML of ``source``. ``prefix`` goes before each of its ids, so that two bodies can stand on one page.

    The same source, resolver and prefix always give the same HTML. References that are not well formed stay
    as they were typed; the records stage reports them.
    """
    tokens = tokenize(source)
    html, headings = finish(_converted(tokens.text), tokens, resolver, prefix)
    return Body(html, headings)


# Of the last texts alone: the page of a text and its entry in the search index are made one after the other.
@lru_cache(maxsize=64)
def _converted(text: str) -> str:
    """What does not depend on the page: the same text is converted once for all that show it."""
    return clean(convert(text))
