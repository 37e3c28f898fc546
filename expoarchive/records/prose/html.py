"""The HTML that prose may hold, and warnings of what a page would drop without a word.

The render stage sanitizes by the same lists, so what is warned of and what is dropped cannot differ.
"""

import re
from collections.abc import Iterator, Mapping

from expoarchive.nodes import SourceText
from expoarchive.problem import WARNING, Problem, shortened

_TAGS = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table
tbody td tfoot th thead time tr u ul var wbr
"""
TAGS = frozenset(_TAGS.split())
EVERY = "*"
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    EVERY: frozenset({"class", "id", "title", "lang", "dir"}),
    "a": frozenset({"href", "hreflang"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    # ``align`` is what Markdown tables have; it becomes a class.
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
# Elements that would load something from elsewhere.
_EMBEDDING = frozenset({"iframe", "video", "audio", "embed", "object", "source", "track"})
# What does for an element that is dropped, as ``html-dropped`` words it. Any other may be no HTML at all: x<y.
_INSTEAD = {
    **dict.fromkeys(("svg", "picture", "canvas", "image"), "picture"),
    **dict.fromkeys(("font", "center", "big", "tt", "strike", "basefont"), "markdown"),
    **dict.fromkeys(("script", "style", "link", "meta", "noscript", "template", "base"), "nothing"),
    **dict.fromkeys(("form", "input", "button", "select", "textarea", "label", "option", "marquee"), "nothing"),
}
_TAG = re.compile(
    r"(?<!\\)<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9]+)*)(?P<rest>(?=[\s/>])[^<>]*)>"
)
_ATTRIBUTE = re.compile(r"""\s([A-Za-z][\w:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_WORD = re.compile(r"<(?:o|w|v|st1):[A-Za-z]|class=[\"']?Mso|mso-[a-z]+|<!--\[if\b", re.IGNORECASE)
_WORD_SIGNS = ("<o:", "<w:", "<v:", "<st1:", "mso", "<!--[if")
_ADDRESS = re.compile(r"""\b(?:src|data|href)\s*=\s*["']?(https?://[^\s"'>]+)""")
_PICTURE = re.compile(
    r"(?<!\\)!\[\s*\]\(|<img\b(?![^>]*\balt\s*=\s*(?:\"[^\"]*[^\s\"]|'[^']*[^\s']|[^\s\"'>]))[^>]*>", re.IGNORECASE
)
_LONGEST_EXCERPT = 60


def html_problems(source: SourceText, masked: str) -> Iterator[Problem]:
    """Warn of HTML that no page shows, and of pictures that say nothing to readers who cannot see them.

    Reports ``html-from-word`` once and nothing else of the kind, or ``html-embedded``, ``html-dropped`` and
    ``html-attribute-dropped``;
    and ``picture-without-words``.
    """
    has_tags = "<" in masked
    for picture in _PICTURE.finditer(masked) if has_tags or "![" in masked else ():
        yield Problem("picture-without-words", source.place_at(picture.start()), severity=WARNING)
    # Word hides some of its marks in comments, which are covered.
    lowered = source.text.lower() if "<" in source.text else ""
    word = _WORD.search(source.text) if any(sign in lowered for sign in _WORD_SIGNS) else None
    if word:
        yield Problem("html-from-word", source.place_at(word.start()), {"found": word[0]}, severity=WARNING)
        return
    for tag in _TAG.finditer(masked) if has_tags else ():
        yield from _dropped(source, tag)


def _dropped(source: SourceText, tag: re.Match[str]) -> Iterator[Problem]:
    """What of one tag the page leaves out. An end tag is told with its beginning."""
    name = tag["name"].lower()
    if tag["slash"]:
        return
    if name not in TAGS:
        details = {"found": shortened(tag[0], _LONGEST_EXCERPT), "tag": name}
        place = source.place_at(tag.start())
        if name in _EMBEDDING:
            address = _ADDRESS.search(tag[0])
            yield Problem(
                "html-embedded", place, {**details, "address": address[1] if address else "https://…"}, severity=WARNING
            )
        else:
            yield Problem("html-dropped", place, {**details, "instead": _INSTEAD.get(name, "text")}, severity=WARNING)
        return
    for attribute in _ATTRIBUTE.finditer(tag["rest"]):
        if attribute[1].lower() not in ATTRIBUTES[EVERY] | ATTRIBUTES.get(name, frozenset()):
            place = source.place_at(tag.start("rest") + attribute.start(1))
            yield Problem("html-attribute-dropped", place, {"name": attribute[1], "tag": name}, severity=WARNING)
