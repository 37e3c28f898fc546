"""One page of each kind, found in the built archive, for tests that look at all kinds."""

import re
from pathlib import Path

from expoarchive.site.kinds import KINDS as TABLE

# The page that stands for its kind; where an id is left open, the first of them does.
KINDS = {kind.name: kind.address.replace("{id}", "*") for kind in TABLE.values() if kind.indexed and not kind.neutral}
KINDS |= {"edition": "editions/2022/", "edition hardly known": "editions/2003/", "page": "about/"}
LANGUAGES = ("zh", "en")
# Pages of no language.
SHARED = {"chooser": "", "404": "404.html"}
# The languages take turns, so that each is looked at and no kind twice; the long tests look at every page.
IN_TURN = [f"{LANGUAGES[at % 2]} {kind}" for at, kind in enumerate(KINDS)]
# English words are the longer ones.
LONG_WORDS = [f"en {kind}" for kind in KINDS]
SHARED_PAGES = list(SHARED)


def permalink_of(output: Path, name: str) -> str:
    """The address of the page that ``name`` of those lists stands for; AssertionError where the archive has none."""
    if name in SHARED:
        return SHARED[name]
    language, _, kind = name.partition(" ")
    found = sorted(output.glob(f"{language}/{KINDS[kind]}index.html"))
    assert found, f"no page {language}/{KINDS[kind]}"
    return found[0].relative_to(output).as_posix().removesuffix("index.html")


def every_permalink(output: Path) -> list[str]:
    """The addresses of all pages."""
    return sorted(path.relative_to(output).as_posix().removesuffix("index.html") for path in output.rglob("*.html"))


def kinds_in(output: Path) -> set[str]:
    """The kinds that the built pages say they are."""
    pages = (path.read_text("utf-8") for path in output.rglob("*.html"))
    return {found.group(1) for page in pages if (found := re.search(r'<html [^>]*data-kind="([^"]+)"', page))}
