"""One page of each kind, found in the built archive, for tests that look at all kinds."""

from pathlib import Path

# By name of the kind: the page itself, or the folder whose first page stands for the others.
KINDS = {
    "home": "{language}/",
    "timeline": "{language}/timeline/",
    "growth": "{language}/growth/",
    "editions": "{language}/editions/",
    "edition": "{language}/editions/2022/",
    "edition-hardly-known": "{language}/editions/2003/",
    "articles": "{language}/articles/",
    "article": "{language}/articles/*/",
    "sources": "{language}/sources/",
    "source": "{language}/sources/*/",
    "page": "{language}/about/",
}
LANGUAGES = ("zh", "en")
# Pages of no language.
SHARED = {"chooser": "", "not-found": "404.html"}
ALL = [f"{language} {kind}" for language in LANGUAGES for kind in KINDS] + list(SHARED)


def permalink_of(output: Path, name: str) -> str:
    """The address of the page that ``name`` of ALL stands for; AssertionError where the archive has none."""
    if name in SHARED:
        return SHARED[name]
    language, kind = name.split(" ")
    pattern = KINDS[kind].format(language=language)
    found = sorted(path.relative_to(output).as_posix() for path in output.glob(f"{pattern}index.html"))
    assert found, f"no page {pattern}"
    return found[0].removesuffix("index.html")


def every_permalink(output: Path) -> list[str]:
    """The addresses of all pages."""
    return sorted(path.relative_to(output).as_posix().removesuffix("index.html") for path in output.rglob("*.html"))
