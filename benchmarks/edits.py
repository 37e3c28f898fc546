"""What somebody does between two builds: an edit of an article, of a template that every page has, or of a source."""

import re
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import OURS, WHOLE, sources_of
from benchmarks.prose import LANGUAGES, name_of

# The template of every page's footer, by tool.
_TEMPLATES = {
    OURS: "templates/partials/footer/template.html",
    "hugo": "layouts/baseof.html",
    "eleventy": "_includes/base.njk",
    "pelican": "theme/templates/base.html",
}
_ARTICLE = "content/en/articles/{name}.md"
_ARTICLES = dict.fromkeys((OURS, WHOLE), "content/articles/{name}/en.md")
_ARTICLES |= dict.fromkeys(("hugo", "eleventy", "pelican"), _ARTICLE)


def middle(texts: int) -> int:
    """The number of the article that is edited."""
    return texts // len(LANGUAGES) // 2


def page_of(output: Path, texts: int) -> Path:
    """The English page of that article, wherever a tool puts it: its folder's name may have the language before it."""
    return next(output.glob(f"en/articles/*{name_of(middle(texts))}/index.html"))


def edit_article(tool: str, folder: Path, texts: int, mark: str) -> None:
    """Add a sentence at the end of its English text."""
    with (folder / _ARTICLES[tool].format(name=name_of(middle(texts)))).open("a", encoding="utf-8") as file:
        file.write(f"\nA sentence of an editor, {mark}. <!-- uncited: a mark of the runner -->\n")


def edit_template(tool: str, folder: Path, texts: int, mark: str) -> None:
    """Add words at the end of every page's footer."""
    file = folder / _TEMPLATES[tool]
    before, foot, after = file.read_text("utf-8").rpartition("</footer>")
    file.write_text(f"{before}<p>{mark}</p>{foot}{after}", "utf-8")


def edit_source(tool: str, folder: Path, texts: int, mark: str) -> None:
    """Change the title of the source that the article cites. Only ours has sources."""
    file = folder / "content" / "sources" / f"gazette-{middle(texts) % sources_of(texts)}.yaml"
    text, count = re.subn(r"(?m)(^title:\n  en: ).*$", rf"\g<1>Report of the fair, {mark}", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


EDITS: dict[str, Callable[[str, Path, int, str], None]] = {
    "article": edit_article,
    "template": edit_template,
    "source": edit_source,
}
