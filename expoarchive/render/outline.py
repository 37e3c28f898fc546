"""What a rendered page offers and asks for: ids, links, images, alternates. Read from the HTML itself."""

import re
from dataclasses import dataclass
from html import unescape

# Pages come from an escaping template engine and a cleaner, so every “<” in them begins a tag or a comment: a
# pattern reads them whole, in a quarter of the time of html.parser.
_TAG = re.compile(r"<!--.*?-->|<([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_NAMING = re.compile(r"\b(?:id|href|src)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """``links`` are addresses as written, of pages and of files; ``ids`` in order, repeats included."""

    ids: tuple[str, ...]
    links: tuple[str, ...]
    assets: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]
    canonical: str | None
    without_alt: tuple[str, ...]

    def plain(self) -> tuple[object, ...]:
        """The same as a tuple; ``Outline(*plain)`` reads it back."""
        return self.ids, self.links, self.assets, self.alternates, self.canonical, self.without_alt


def outline(html: str) -> Outline:
    """Read a page's HTML once."""
    ids: list[str] = []
    links: list[str] = []
    assets: list[str] = []
    alternates: list[tuple[str, str]] = []
    canonical: str | None = None
    without_alt: list[str] = []
    for match in _TAG.finditer(html):
        tag, written = match.groups()
        tag = (tag or "").lower()
        if tag != "img" and not (tag and _NAMING.search(written)):
            continue
        values = _attributes(written)
        if "id" in values:
            ids.append(values["id"])
        if tag == "a" and "href" in values:
            links.append(values["href"])
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
        if tag == "img" and "alt" not in values:
            without_alt.append(values.get("src", ""))
    return Outline(tuple(ids), tuple(links), tuple(assets), tuple(alternates), canonical, tuple(without_alt))


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        # The first of two attributes of one name counts, as in a browser.
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found
