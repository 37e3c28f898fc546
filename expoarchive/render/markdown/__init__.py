"""Markdown to HTML that is safe in a page: what editors wrote is sanitized, what the resolver returned is kept."""

from expoarchive.render.markdown.body import RenderedText, UnreadableText, render_markdown
from expoarchive.render.markdown.clean import UNSAFE
from expoarchive.render.markdown.finish import TocEntry
from expoarchive.render.markdown.resolver import Resolver

__all__ = ["UNSAFE", "RenderedText", "Resolver", "TocEntry", "UnreadableText", "render_markdown"]
