"""Markdown to HTML that is safe in a page: what editors wrote is sanitized, what the resolver returned is kept."""

from expoarchive.render.markdown.body import RenderedText, UnreadableText, render_markdown
from expoarchive.render.markdown.clean import UNSAFE
from expoarchive.render.markdown.finish import TocEntry
from expoarchive.render.markdown.resolver import Resolver
from expoarchive.render.markdown.terms import Term, mark_terms

__all__ = ["UNSAFE", "RenderedText", "Resolver", "Term", "TocEntry", "UnreadableText", "mark_terms", "render_markdown"]
