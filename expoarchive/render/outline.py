"""What a rendered page offers and asks for: ids, links, images, alternates. Read from the HTML itself."""

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Outline:
    """``links`` are addresses as written, of pages and of files; ``ids`` in order, repeats included."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    assets: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]
    canonical: str | None
    without_alt: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.assets: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.canonical: str | None = None
        self.without_alt: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag in ("img", "script", "source") and "src" in values:
            self.assets.append(values["src"])
        elif tag == "link" and "href" in values:
            self._link(values)
        if tag == "img" and "alt" not in values:
            self.without_alt.append(values.get("src", ""))

    def _link(self, values: dict[str, str]) -> None:
        relation = values.get("rel", "")
        if relation == "canonical":
            self.canonical = values["href"]
        elif relation == "alternate" and "hreflang" in values:
            self.alternates.append((values["hreflang"], values["href"]))
        else:
            self.assets.append(values["href"])


def outline(html: str) -> Outline:
    """Read a page's HTML once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Outline(
        tuple(reader.ids),
        tuple(reader.links),
        tuple(reader.assets),
        tuple(reader.alternates),
        reader.canonical,
        tuple(reader.without_alt),
    )
