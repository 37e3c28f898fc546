"""The ids, links, images and alternates of a rendered page, read from its HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

# Templates escape and prose is sanitized, so each “<” in a page begins a tag or a comment. A pattern can then read all
# tags with attributes, in a fraction of the time of html.parser.
_TAG = re.compile(
    r"<(?:!--.*?--|[a-zA-Z][^\s/>\"']*+[\s/][^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+)>", re.DOTALL
)
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# Elements to read whatever attributes they have.
_READ = ("img", "svg", "data")
# The attribute of each element that holds an address: of a page or file that it links to, or of an asset that it loads.
_LINKS = {"a": "href", "blockquote": "cite", "del": "cite", "ins": "cite", "q": "cite"}
_ADDRESSES = {**_LINKS, "img": "src", "link": "href", "script": "src", "source": "src"}
_NAMING = re.compile(r"\b(?:id|href|src|cite)\b", re.IGNORECASE)

_INNER_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Outline:
    """``ids`` in order, with repeats; ``links`` as written, to pages and files.

    ``pictures`` are the addresses of ``img`` elements with their alternative text, None where it is missing.
    ``drawings`` counts SVG pictures in the page itself. ``figures`` are the value and the text of ``data`` elements, by
    the id that they come under.
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
        """Addresses of the images without alternative text, not even an empty one."""
        return tuple(src for src, alt in self.pictures if alt is None)


def outline(html: str) -> Outline:
    """Read a page's HTML."""
    ids: list[str] = []
    links: list[str] = []
    assets: list[str] = []
    alternates: list[tuple[str, str]] = []
    canonical: str | None = None
    pictures: list[tuple[str, str | None]] = []
    drawings = 0
    figures: dict[str, tuple[str, str]] = {}
    at = 0
    for tag, values, written in filter(None, map(_element, _TAG.findall(html))):
        if tag == "svg":
            drawings += values.get("role") == "img"
        elif tag == "data" and ids:
            at = html.index(written, at) + len(written)
            text = _text(html[at : html.find("</data", at)])
            figures.setdefault(ids[-1], (values.get("value", ""), text))
        elif tag == "img":
            pictures.append((values.get("src", ""), values.get("alt")))
        if "id" in values:
            ids.append(values["id"])
        address = values.get(_ADDRESSES.get(tag, ""))
        if address is None:
            continue
        if tag in _LINKS:
            links.append(address)
        elif values.get("rel") == "canonical":
            canonical = address
        elif values.get("rel") == "alternate" and "hreflang" in values:
            alternates.append((values["hreflang"], address))
        else:
            assets.append(address)
    return Outline(
        ids=tuple(ids),
        links=tuple(links),
        assets=tuple(assets),
        alternates=tuple(alternates),
        canonical=canonical,
        pictures=tuple(pictures),
        drawings=drawings,
        figures=tuple(figures.items()),
    )


def _text(html: str) -> str:
    return unescape(_INNER_TAG.sub("", html) if "<" in html else html)


@lru_cache(maxsize=2_500)
def _element(written: str) -> tuple[str, dict[str, str], str] | None:
    """A start tag's name, its attributes and itself, if an outline may need it. Most stand on many pages alike."""
    name = _NAME.match(written)
    if name is None or not ((tag := name[1].lower()) in _READ or _NAMING.search(written, name.end())):
        return None
    return tag, _attributes(written[name.end() : -1]), written


def _attributes(written: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        # The first of two attributes of one name counts, as in a browser.
        value = double or single or bare
        values.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return values
