"""Prose as plain text: what readers would see of a few lines, without its page."""

from collections.abc import Collection

from markupsafe import Markup, escape

from expoarchive.nodes import SourceText
from expoarchive.render import words
from expoarchive.render.desk import Desk
from expoarchive.render.markdown import UnreadableText, render_markdown
from expoarchive.render.prose import PageResolver


class _PlainResolver(PageResolver):
    """Says what stands behind a number or a mark, as there is no list of notes to look it up in."""

    def citation(self, source_id: str, locator: str | None) -> str:
        _, now = self._now("source", source_id)
        mark = self.desk.mark_source(now, locator)
        return str(escape(f" ({', '.join(filter(None, (mark.name.whole, mark.locator)))})"))

    def figure(self, target: str, options: Collection[str]) -> str:
        claim = self.desk.site.records.claims.by_address[target]
        text, _ = words.sentence_text(self.desk, claim, bare="bare" in options, in_words="words" in options)
        return str(escape(text))

    def absence(self, target: str) -> str:
        return str(escape(f" ({self.desk.strings('prose.absence')})"))


def plain_text(desk: Desk, file: str, text: str) -> str:
    """Lines of prose from a file, in the desk's language, as one line; as they are where Markdown gives up on them."""
    try:
        return Markup(render_markdown(SourceText(file, text), _PlainResolver(desk, desk.language.id)).html).striptags()
    except UnreadableText:
        return " ".join(text.split())
