"""HTML of prose as plain text, for what is no page."""

from html.parser import HTMLParser

_BLOCKS = """
p li dt dd h1 h2 h3 h4 h5 h6 td th tr caption figcaption blockquote pre div hr br summary
"""


class _Reader(HTMLParser):
    """Numbers of notes are left out, and the ways back from them: they say nothing without the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = ""
        self.blocks = frozenset(_BLOCKS.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        is_note = tag == "sup" and ("note" in classes or (values.get("id") or "").startswith("fnref"))
        if not self.skipping and (is_note or "footnote-backref" in classes):
            self.skipping = tag
            # Nor is the space before a note one between words.
            self.parts[-1:] = [part.rstrip(" ") for part in self.parts[-1:]]
        self.parts += ["\n"] if tag in self.blocks else []

    def handle_endtag(self, tag: str) -> None:
        if tag == self.skipping:
            self.skipping = ""
        self.parts += ["\n"] if tag in self.blocks else []

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(data.replace("\n", " "))


def plain_lines(html: str) -> list[str]:
    """The text of each block, without empty ones."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return [line for line in lines if line]
