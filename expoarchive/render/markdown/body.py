"""From a body's source to finished HTML."""

import contextlib
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from expoarchive.nodes import SourceText
from expoarchive.render.markdown.convert import convert
from expoarchive.render.markdown.finish import TocEntry, finish
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.tokens import is_torn, tokenize


@dataclass(frozen=True, slots=True)
class RenderedText:
    """Finished HTML, and its headings in order."""

    html: str
    headings: tuple[TocEntry, ...]


class UnreadableText(Exception):
    """A text that Python-Markdown or the sanitizer fails on, though not before its 1-based ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def render_markdown(source: SourceText, resolver: Resolver, *, prefix: str = "") -> RenderedText:
    """The HTML of ``source``, with ``prefix`` before each of its ids so that one page can hold two texts.

    The same source, resolver and prefix always give the same HTML. Malformed references, which the records stage
    reports, stay as they were typed. Raises ``UnreadableText``.
    """
    tokens = tokenize(source)
    tree = _convert(tokens.text)
    if tree is None:
        raise UnreadableText(_unreadable_line(source))
    return RenderedText(*finish(tree, tokens, resolver, prefix))


def _unreadable_line(source: SourceText) -> int:
    """The last line of the shortest beginning that bisection finds unreadable."""
    read, unread = 0, len(source.lines)
    while unread - read > 1:
        middle = (read + unread) // 2
        beginning = SourceText(source.file, "\n".join(source.lines[:middle]))
        if _convert(tokenize(beginning).text) is None:
            unread = middle
        else:
            read = middle
    return unread


# A text's page and its entry in the search index are made one after the other, so a short memory is enough.
@lru_cache(maxsize=64)
def _convert(text: str) -> Element | None:
    """The sanitized tree, the same on any page. None if that fails in any way: one text must not end a build."""
    with contextlib.suppress(Exception):
        tree = convert(text)
        return None if is_torn(tree) else tree
    return None
