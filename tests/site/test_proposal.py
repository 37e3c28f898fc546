"""``diff --format markdown``: who approves a change reads what it does, in the archive's languages, without YAML."""

from pathlib import Path

import pytest

from expoarchive.cli.main import main
from tests.sites import lay_sources

EDITION = "content/editions/2009.yaml"
ARTICLE = "content/articles/first-crane"
SITE = "https://github.example/someone/archive/actions/runs/1/artifacts/2"


@pytest.fixture
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of two states of the tiny expo, ``old`` and ``new``, in the later one of which one is."""
    for name in ("old", "new"):
        lay_sources(tmp_path / name, {})
    monkeypatch.chdir(tmp_path / "new")
    return tmp_path


def replace(file: str, old: str, new: str) -> None:
    """Change a file of the later state."""
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new, 1), "utf-8")


def said(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The whole of it."""
    capsys.readouterr()
    assert main(["diff", "../old", ".", "--format", "markdown", *options]) == 0
    return capsys.readouterr().out


def test_a_change_is_told_in_words(states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures from, to, source; what was unknown; conflicts; translations left behind; pages; texts; the site."""
    replace(EDITION, "{value: 45.5,", "{value: 46,")
    replace(EDITION, "opened: {date: 2009-06-01,", "opened: {date: 2009-06-02, note: {en: Put off., fr: Remis.},")
    takings = "{value: 3, sources: [port-office-2011]}, {id: other, value: 4, sources: [port-office-2011]}"
    figures = f"figures: {{visitors: {{value: 1900, sources: [port-office-2011]}}, takings: [{takings}]}}"
    replace("content/editions/2012.yaml", "status: unknown", f"status: held\n{figures}")
    replace(f"{ARTICLE}/en.md", "\n## ", "\nIt drew [=2009#takings] [@gazette-2009, p. 3].\n\n## ")
    assert main(["rename", "venue", "quay-hall", "quay"]) == 0
    with Path("content/vocabularies/topics.yaml").open("a", encoding="utf-8") as topics:
        topics.write("\nlamps: {name: {en: Lamps, fr: Lampes}}\n")

    text = said(capsys, "--site", SITE)

    english, _, french = text.partition("<details><summary>Français</summary>")
    for line in (
        f"[download](<{SITE}>)",
        "| 2009 · 1st edition · Takings | LUC 45,500 | LUC 46,000 | [The fair opens (Lune Gazette)]"
        "(<https://gazette.example/2009/fair>) |",
        "| 2009 · 1st edition · Opened | 1 June 2009 | 2 June 2009 |",
        "· note | — | Put off. |",
        "### Known now, and not before (3)",
        "| edition of 2012 · Visitors | 1,900 | [Bureau du port, July 2011 (Bilan de la foire)]",
        "### Sources that disagree from now on (2)",
        "| The first crane (Français) | before the first heading |",
        "| Lamps | `en/topics/lamps/` |",
        "| Quay Hall | `en/venues/quay-hall/` | `en/venues/quay/` |",
        "> **+** It drew LUC 46,000 (The fair opens (Lune Gazette), p. 3).",
    ):
        assert line in english, line
    assert "other details" not in english
    plain = french.replace("\u202f", " ").replace("\xa0", " ")
    assert "| 2009 · 1re édition · Recettes | 45 500 couronnes | 46 000 couronnes |" in plain


def test_nothing_is_told_as_nothing_and_faults_as_faults(states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a state that cannot be read, only how many errors it has: they stand at their lines."""
    assert "Nothing that readers see changes." in said(capsys)
    Path(EDITION).write_text("year: x\n", "utf-8")
    assert "The change has errors (1)" in said(capsys)
    (states / "old/content/editions/2009.yaml").write_text("year: x\n", "utf-8")
    lay_sources(states / "new", {})
    assert "cannot be read by this generator (errors: 1)" in said(capsys)
    assert main(["diff", "../nowhere", ".", "--format", "markdown", "--messages", "en"]) == 1
    assert "holds no sources of a site" in capsys.readouterr().err


def test_what_goes_is_told_and_no_text_is_markdown_or_html(states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hostile title is a title: no link, no picture, no table of its own."""
    hostile = "<img src=x> | [a](https://evil.example) `b` @all"
    replace("content/vocabularies/venues.yaml", "Quay Hall", f'"{hostile}"')
    replace(f"{ARTICLE}/fr.md", "title: La première grue", f"title: '{hostile}'")
    replace(EDITION, "    - {value: 6, part: night-market, sources: [gazette-2009]}\n", "")
    Path("content/charts.yaml").unlink()

    text = said(capsys)

    assert "### Statements that go (1)" in text
    for sign in ("<img", "| [a](", "`b`", " @all"):
        assert sign not in text.replace("\\" + sign.strip(), ""), sign
    assert "\\<img src=x\\> \\| \\[a\\](https://evil.example) \\`b\\` \\@all" in text


def test_each_half_tells_texts_in_its_own_language(
    states: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As readers see them: no sign of Markdown, of a list the item alone, and nothing that only the source has."""
    figure = "[=2009#visitors] [[venue:quay-hall]] [?2012#takings] **bold**"
    text = f"## Goods {{#goods}}\n\nFirst.\n- one\n- two {figure}\n- three\n"
    french = text.replace("Goods", "Biens").replace("First", "D’abord").replace("two", "deux")
    for state in (states / "old", states / "new"):
        for language, added in (("en", text), ("fr", french)):
            with (state / ARTICLE / f"{language}.md").open("a", encoding="utf-8") as file:
                file.write(f"\n{added}")
        monkeypatch.chdir(state)
        assert main(["restamp", "--all"]) == 0
    assert main(["rename", "article", "first-crane", "crane"]) == 0
    assert main(["rename", "venue", "quay-hall", "quay"]) == 0
    for language, old, now in (("en", "two", "two in all"), ("fr", "deux", "en tout deux")):
        replace(f"content/articles/crane/{language}.md", f"- {old}", f"- {now}")

    english, _, french = said(capsys).partition("<details><summary>Français</summary>")

    assert english.count("> **") == french.count("> **") == 2
    assert "> **−** two about 1,200 visitors Quay Hall (Not known to the archive) bold" in english
    assert "> **+** two in all about 1,200 visitors Quay Hall (Not known to the archive) bold" in english
    assert "| The first crane (Français) | Goods |" in english
    assert "> **+** en tout deux environ" in french
    assert "two" not in french
    assert "| La première grue (Français) | Biens |" in french
    assert "### New corrections" not in english


def test_corrections_are_told(states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a released claim said, what it says now, and why."""
    assert main(["release", "1.0"]) == 0
    replace(EDITION, "{value: 45.5,", "{value: 46,")
    (states / "new" / "content/corrections.yaml").write_text(
        "a: {date: 2026-01-01, claim: 2009#takings, was: '45.5', now: '46', why: {en: Miscounted., fr: Mal compté.}}\n",
        "utf-8",
    )
    english, _, _ = said(capsys).partition("<details><summary>Français</summary>")
    assert "### New corrections (1)" in english
    assert "| LUC 45,500 | LUC 46,000 | Miscounted. |" in english
