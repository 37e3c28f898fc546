"""What a rendered page offers and asks for: ids, links, images, alternates. Read from the HTML itself."""

import re
from dataclasses import dataclass
from html import unescape

# Pages come from an escaping template engine and a cleaner, so every “<” in them begins a tag or a comment: a
# pattern reads them whole, in a fraction of the time of html.parser. A tag without attributes says nothing here.
_TAG = re.compile(r"<!--.*?-->|<([a-zA-Z][^\s/>]*+)([\s/](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# Elements that are read whatever their attributes are called.
_READ = ("img", "svg", "data")
# Elements that may say where their words come from.
_QUOTING = ("blockquote", "del", "ins", "q")
_NAMING = re.compile(r"\b(?:id|href|src|cite)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """``links`` are addresses as written, of pages and of files; ``ids`` in order, repeats included.

    ``pictures`` are ``img`` elements with their alternative text, None where there is none; ``drawings`` counts the
    pictures drawn in the page itself. ``figures`` are the numbers that ``data`` elements name, by the id that they
    stand under: as a program reads them, and in words.
    """

    ids: tuple[str, ...]
    links: tuple[str, ...]
    assets: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]
    canonical: str | None
    pictures: tuple[tuple[str, str | None], ...]
    drawings: int
    figures: tuple[tuple[str, tuple[str, str]], ...]

    @property
    def without_alt(self) -> tuple[str, ...]:
        """Addresses of the images that have no alternative text, not even an empty one."""
        return tuple(src for src, alt in self.pictures if alt is None)

    def plain(self) -> tuple[object, ...]:
        """The same as a tuple; ``Outline(*plain)`` reads it back."""
        return tuple(getattr(self, name) for name in self.__slots__)


def outline(html: str) -> Outline:
    """Read a page's HTML once."""
    ids: list[str] = []
    links: list[str] = []
    assets: list[str] = []
    alternates: list[tuple[str, str]] = []
    canonical: str | None = None
    pictures: list[tuple[str, str | None]] = []
    drawings = 0
    figures: dict[str, tuple[str, str]] = {}
    for match in _TAG.finditer(html):
        tag, written = match.groups()
        tag = (tag or "").lower()
        if tag not in _READ and not (tag and _NAMING.search(written)):
            continue
        values = _attributes(written)
        if tag == "svg":
            drawings += values.get("role") == "img"
        elif tag == "data" and ids:
            text = html[match.end() : html.find("<", match.end())]
            figures.setdefault(ids[-1], (values.get("value", ""), unescape(text)))
        if "id" in values:
            ids.append(values["id"])
        if tag == "a" and "href" in values:
            links.append(values["href"])
        elif tag in _QUOTING and "cite" in values:
            links.append(values["cite"])
        elif tag in ("img", "script", "source") and "src" in values:
            assets.append(values["src"])
        elif tag == "link" and "href" in values:
            relation = values.get("rel", "")
            if relation == "canonical":
                canonical = values["href"]
            elif relation == "alternate" and "hreflang" in values:
                alternates.append((values["hreflang"], values["href"]))
            else:
                assets.append(values["href"])
        if tag == "img":
            pictures.append((values.get("src", ""), values.get("alt")))
    return Outline(
        tuple(ids),
        tuple(links),
        tuple(assets),
        tuple(alternates),
        canonical,
        tuple(pictures),
        drawings,
        tuple(figures.items()),
    )


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        # The first of two attributes of one name counts, as in a browser.
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found
