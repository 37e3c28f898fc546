"""The addresses that a built page writes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value is not None]


def links_of(html: str) -> list[str]:
    """Every href and src, as written."""
    parser = _Links()
    parser.feed(html)
    return parser.found


def html_files(output: Path) -> Iterator[Path]:
    """All pages of a built site in order, but for those that only lead on from a former address."""
    yield from (path for path in sorted(output.rglob("*.html")) if not leads_on(path))


def moved_files(output: Path) -> Iterator[Path]:
    """The pages at former addresses."""
    yield from (path for path in sorted(output.rglob("*.html")) if leads_on(path))


def leads_on(page: Path) -> bool:
    """Whether a page only leads to where its subject is now."""
    return b" data-moved>" in page.read_bytes()


def loaded_by(page: Path) -> list[Path]:
    """The style sheets and scripts that a page loads, as files; those of the 404 page are absolute, so not found."""
    # The few tags that load anything: to parse the whole page would take fifty times as long.
    tags = re.findall(r"</?(?:link|script)\b[^>]*>", page.read_text("utf-8"))
    links = [link for link in links_of("".join(tags)) if link.endswith((".css", ".js"))]
    return [file for link in links if (file := (page.parent / link).resolve()).is_file()]
