"""Markdown to HTML that is safe to put in a page: what editors wrote is cleaned, what the resolver gave is kept."""

from expoarchive.render.markdown.body import Body, UnreadableText, render_markdown
from expoarchive.render.markdown.clean import UNSAFE
from expoarchive.render.markdown.finish import TocEntry
from expoarchive.render.markdown.resolver import Resolver

__all__ = ["UNSAFE", "Body", "Resolver", "TocEntry", "UnreadableText", "render_markdown"]
