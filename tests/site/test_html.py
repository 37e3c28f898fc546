"""Every page of the archive is valid HTML, as the Nu HTML checker reads it."""

import json
import re
import subprocess
from pathlib import Path

from tests.links import html_files
from tests.sites import ROOT

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# What the checker remarks that is no fault here: a pattern of its message, and why it is let be.
LET_BE: dict[str, str] = {}


def remarks_on(pages: list[Path]) -> list[dict[str, str]]:
    """All messages of the checker on these pages, from one start of it."""
    ran = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", *pages],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, str]] = json.loads(ran.stderr)["messages"]
    return found


def let_be(remark: dict[str, str]) -> bool:
    """Whether it is one of those listed above. An error or a warning never is."""
    is_fault = remark["type"] == "error" or remark.get("subType") == "warning"
    return not is_fault and any(re.search(pattern, remark["message"]) for pattern in LET_BE)


def in_words(remark: dict[str, str]) -> str:
    """Page, line, sort and message, with the HTML it is about."""
    page = remark["url"].rpartition("/archive/")[2]
    sort = remark.get("subType", remark["type"])
    return f"{page}:{remark.get('lastLine', 0)}: {sort}: {remark['message']} {remark.get('extract', '')!r}"


def test_every_page_is_valid_html(archive_output: Path) -> None:
    """No error and no warning on any page, and no remark but those let be with a reason."""
    pages = list(html_files(archive_output))
    remarks = [remark for remark in remarks_on(pages) if not let_be(remark)]
    worded = [in_words(remark) for remark in remarks]

    assert len(pages) > 100
    assert not worded, f"{len(worded)} remarks\n" + "\n".join(worded[:40])


def test_the_checker_sees_faults(tmp_path: Path) -> None:
    """A checker that looks at nothing would pass everything."""
    faults = {"unclosed": "<p>a<b>", "id-twice": '<p id="x"></p><p id="x"></p>', "empty-heading": "<h1></h1>"}
    for name, broken in faults.items():
        page = f'<!doctype html><html lang="en"><title>x</title><body>{broken}</body></html>'
        (tmp_path / f"{name}.html").write_text(page, "utf-8")

    remarks = [remark for remark in remarks_on(list(html_files(tmp_path))) if not let_be(remark)]

    assert {Path(remark["url"]).stem for remark in remarks} == set(faults)
