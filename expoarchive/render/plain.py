"""HTML of prose as plain text, for what is no page."""

import re
from html import unescape

_BLOCKS = "p li dt dd h1 h2 h3 h4 h5 h6 td th tr caption figcaption blockquote pre div hr br summary".replace(" ", "|")
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>")
# Numbers of notes, and the ways back, say nothing without the page; nor is the space before one between words.
_NOTE = re.compile(
    r' *(?:<sup\b[^>]*(?:\sclass="(?:[^"]*\s)?note[\s"]|\sid="fnref)[^>]*>.*?</sup>'
    r'|<a\b[^>]*\sclass="(?:[^"]*\s)?footnote-backref[\s"][^>]*>.*?</a>)',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def plain_lines(html: str) -> list[str]:
    """The text of each block of finished prose, without empty ones. In its tags, ``>`` is always the end."""
    text = _NOTE.sub("", html.replace("\n", " "))
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]
