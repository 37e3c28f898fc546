"""From a body's source to finished HTML."""

import contextlib
from dataclasses import dataclass
from functools import lru_cache

from expoarchive.nodes import SourceText
from expoarchive.render.markdown.clean import clean
from expoarchive.render.markdown.convert import convert
from expoarchive.render.markdown.finish import TocEntry, finish
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import is_torn, tokenize


@dataclass(frozen=True, slots=True)
class Body:
    """Finished HTML, and its headings in order."""

    html: str
    headings: tuple[TocEntry, ...]


class UnreadableText(Exception):
    """Python-Markdown or the sanitizer gives up on a text. ``line`` is the 1-based one up to which it can be read."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def render_markdown(source: SourceText, resolver: Resolver, *, prefix: str = "") -> Body:
    """The HTML of ``source``. ``prefix`` goes before each of its ids, so that two bodies can stand on one page.

    The same source, resolver and prefix always give the same HTML. References that are not well formed stay
    as they were typed; the records stage reports them. Raises ``UnreadableText``.
    """
    tokens = tokenize(source)
    converted = _tried(tokens.text)
    if converted is None:
        raise UnreadableText(_unreadable_line(source))
    html, headings = finish(converted, tokens, resolver, prefix)
    return Body(html, headings)


def _unreadable_line(source: SourceText) -> int:
    """A line that ends the shortest beginning of the text, of those tried, which cannot be converted."""
    read, unread = 0, len(source.lines)
    while unread - read > 1:
        middle = (read + unread) // 2
        beginning = SourceText(source.file, "\n".join(source.lines[:middle]))
        if _tried(tokenize(beginning).text) is None:
            unread = middle
        else:
            read = middle
    return unread


def _tried(text: str) -> str | None:
    """None where Python-Markdown or the sanitizer fails, whatever way: one text must not end a build."""
    with contextlib.suppress(Exception):
        return _converted(text)
    return None


# Of the last texts alone: the page of a text and its entry in the search index are made one after the other.
@lru_cache(maxsize=64)
def _converted(text: str) -> str:
    """What does not depend on the page: the same text is converted once for all that show it."""
    html = clean(convert(text))
    if is_torn(html):
        raise ValueError("a mark is not as it was set")
    return html
