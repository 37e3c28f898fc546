"""Pages as the preview serves them: with its scripts, allowed by their policy. Nothing of it is in the output."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from expoarchive.cli.report import Entry, Quote, cells, count, entries
from expoarchive.cli.words import word
from expoarchive.problem import Problem, errors

PREFIX = "/__preview__/"
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")', re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
# For pages of the preview's own.
_OWN_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Visit:
    """What the preview's script has to know of the page it runs on."""

    host: str
    version: str
    token: str
    language: str
    origin: tuple[str, int] | None = None
    styles: int = 0
    lacks: str = ""


def previewed(page: str, visit: Visit) -> str:
    """A page of the site with the preview's scripts in its head."""
    tags = _tags(visit)
    allowed = _POLICY.sub(lambda tag: tag[1] + _allowing(tag[2], visit.host) + tag[3], page, count=1)
    head_end = _HEAD_END.search(allowed)
    at = head_end.start() if head_end else len(allowed)
    return allowed[:at] + tags + allowed[at:]


def message_page(title: str, body: str, visit: Visit) -> str:
    """A page of the preview's own, for where the site has none to show. ``body`` is HTML."""
    language = "zh-Hans" if visit.language == "zh" else visit.language
    policy = _allowing(html.escape(_OWN_POLICY), visit.host)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{html.escape(title)}</title>\n{_tags(visit)}</head>\n"
        f'<body class="preview-alone"><main class="preview-errors">\n<h1>{html.escape(title)}</h1>\n{body}\n'
        "</main></body>\n</html>\n"
    )


def errors_as_html(problems: Iterable[Problem], language: str) -> str:
    """The errors as the terminal words them, each with a button that opens its place; then how many there are."""
    wrong = errors(problems)
    items = "\n".join(_item(entry, word(language, "preview.open")) for entry in entries(wrong, language))
    return f'<ol class="preview-list">\n{items}\n</ol>\n<p>{html.escape(count(wrong, language))}</p>'


def _item(entry: Entry, opens: str) -> str:
    place = entry.place
    where = (
        f'<button type="button" class="preview-place" data-file="{html.escape(place.file)}" data-line="{place.line}"'
        f' data-column="{place.column}" title="{html.escape(opens)}">{html.escape(entry.where)}</button> '
    )
    advice = "".join(f"<p>{html.escape(line)}</p>" for line in entry.advice)
    return (
        f"<li><p>{where if entry.where else ''}<strong>{html.escape(entry.label)}</strong>{html.escape(entry.says)}</p>"
        f"{_quoted(place.line, entry.quote) if entry.quote else ''}{advice}</li>"
    )


def _quoted(line: int, quote: Quote) -> str:
    """The line of source, with a mark where a terminal has its caret."""
    at = before = 0
    while at < len(quote.text) and before < quote.cells_before:
        before += cells(quote.text[at])
        at += 1
    head, fault, tail = quote.text[:at], quote.text[at : at + 1] or " ", quote.text[at + 1 :]
    return (
        f'<pre><span class="preview-line">{line} | </span>{html.escape(head)}'
        f"<mark>{html.escape(fault)}</mark>{html.escape(tail)}</pre>"
    )


def _tags(visit: Visit) -> str:
    host, _, port = visit.host.rpartition(":") if re.search(r":\d+$", visit.host) else (visit.host, "", "80")
    data: Mapping[str, str] = {
        "version": visit.version,
        "styles": str(visit.styles),
        "token": visit.token,
        "file": visit.origin[0] if visit.origin else "",
        "line": str(visit.origin[1]) if visit.origin else "",
        "language": "zh-Hans" if visit.language == "zh" else visit.language,
        "lacks": visit.lacks,
        **{f"word-{name}": word(visit.language, f"preview.{name}") for name in ("failed", "hide", "show", "edit")},
    }
    attributes = "".join(f' data-{name}="{html.escape(value)}"' for name, value in data.items())
    address = html.escape(f"{PREFIX}livereload.js?host={host}&port={port}&mindelay=300&maxdelay=2000")
    return (
        f'<link rel="stylesheet" href="{PREFIX}preview.css">\n'
        f'<script src="{address}" defer></script>\n'
        f'<script src="{PREFIX}preview.js" defer{attributes}></script>\n'
    )


def _allowing(policy: str, host: str) -> str:
    """The policy with the preview's own files and its socket allowed, as an attribute's value."""
    directives: dict[str, list[str]] = {}
    for directive in html.unescape(policy).split(";"):
        name, *sources = directive.split() or [""]
        if name:
            directives.setdefault(name, sources)
    # Not every browser takes 'self' to hold for a socket.
    for name, additions in (("script-src", []), ("style-src", []), ("connect-src", [f"ws://{host}"])):
        sources = directives.get(name, directives.get("default-src", []))
        sources = [source for source in sources if source != "'none'"]
        directives[name] = list(dict.fromkeys([*sources, "'self'", *additions]))
    return html.escape("; ".join(" ".join([name, *sources]) for name, sources in directives.items()))
