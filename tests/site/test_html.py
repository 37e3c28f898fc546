"""The pages of the archive are valid HTML, as the Nu HTML checker reads them."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.kinds import KINDS, LANGUAGES, SHARED_PAGES, permalink_of
from tests.browser.pages_server import PagesServer
from tests.expected import expect_none
from tests.links import html_files, leads_on
from tests.sites import ROOT, Site

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# The checker refuses hosts of local networks unless told otherwise.
ON_THIS_MACHINE = ["-Dnu.validator.servlet.allow-forbidden-hosts=true"]

# A run is too short for what is compiled with care to pay: it would take twice the processor's time. The compiler that
# is left needs deeper stacks.
QUICKLY = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]

# What the checker remarks that is no fault here: a pattern of its message, and why it is let be.
LET_BE = {"^The first occurrence of ": "only says where the other half of a warning stands; the warning itself counts"}

# Warnings that are wrong: a pattern of the message, and what its extract must show for it to be so.
# JSON-LD is a data block: HTML never runs one, and so never asks the policy about it ("prepare the script element").
MISTAKEN = {"^Inline script violates Content Security Policy": '<script type="application/ld+json">'}


def remarks_on(folder: Path, pages: Sequence[Path] | None = None) -> list[dict[str, str]]:
    """All messages of the checker on these pages of a folder, by default on every one, from one start of it.

    It asks a server for them: of a file it cannot tell what the page's own policy means by its own site.
    """
    names = [page.relative_to(folder).as_posix() for page in pages or html_files(folder)]
    with PagesServer(folder) as server:
        ran = subprocess.run(
            [
                "java",
                *QUICKLY,
                *ON_THIS_MACHINE,
                "-jar",
                CHECKER,
                "--format",
                "json",
                "--exit-zero-always",
                *map(server.address, names),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    found: list[dict[str, str]] = json.loads(ran.stderr)["messages"]
    return found


def let_be(remark: dict[str, str]) -> bool:
    """Whether it is one of those listed above. An error never is, nor a warning that is right."""
    for pattern, shown in MISTAKEN.items():
        if remark["type"] != "error" and re.search(pattern, remark["message"]):
            return shown in remark.get("extract", "")
    is_fault = remark["type"] == "error" or remark.get("subType") == "warning"
    return not is_fault and any(re.search(pattern, remark["message"]) for pattern in LET_BE)


def faults_of(folder: Path, pages: Sequence[Path]) -> list[dict[str, str]]:
    """The remarks on these pages that are not let be."""
    return [remark for remark in remarks_on(folder, pages) if not let_be(remark)]


def summary(remarks: list[dict[str, str]]) -> list[str]:
    """Each message once, how often it was made, and where first, with the HTML it is about."""
    by_message: dict[str, list[dict[str, str]]] = {}
    for remark in remarks:
        by_message.setdefault(f"{remark.get('subType', remark['type'])}: {remark['message']}", []).append(remark)
    lines = []
    for message, made in by_message.items():
        page, line = urlsplit(made[0]["url"]).path, made[0].get("lastLine", 0)
        lines.append(f"{len(made)} x {message}\n    {page}:{line}: {made[0].get('extract', '')!r}")
    return lines


def test_pages_are_valid_html(archive_output: Path) -> None:
    """No error, no warning, no remark but those let be with a reason: on one page of each kind, and every fortieth."""
    kinds = [f"{language} {kind}" for language in LANGUAGES for kind in KINDS] + SHARED_PAGES
    files = (archive_output / permalink_of(archive_output, kind) for kind in kinds)
    chosen = {file / "index.html" if file.is_dir() else file for file in files}
    pages = sorted({*chosen, *list(html_files(archive_output))[::40]})

    assert len(pages) > 60
    expect_none(summary(faults_of(archive_output, pages)), "kinds of remarks")


@pytest.mark.long
def test_pages_of_pictures_are_valid_html(tiny_site: Site) -> None:
    """Which only the invented fair has, in lists, texts and on pages of their own."""
    folders = ("pictures", "recordings", "editions/2009", "articles/first-crane", "sources/gazette-2009")
    pages = [page for folder in folders for page in (tiny_site.output / "en" / folder).rglob("*.html")]

    assert len(pages) == 7
    expect_none(summary(faults_of(tiny_site.output, pages)), "kinds of remarks")


@pytest.mark.long
@pytest.mark.inspection
def test_every_page_is_valid_html(archive_output: Path, inspected_pages: list[Path]) -> None:
    """As above, on every page."""
    pages = [page for page in inspected_pages if not leads_on(page)]

    expect_none(summary(faults_of(archive_output, pages)) if pages else [], "kinds of remarks")


def test_the_checker_sees_faults(tmp_path: Path) -> None:
    """A checker that looks at nothing would pass everything."""
    faults = {
        "unclosed": ("<p>a<b>", "Unclosed element “b”."),
        "id-twice": ('<p id="x"></p><p id="x"></p>', "Duplicate ID “x”."),
        "empty-heading": ("<h1></h1>", "Empty heading."),
    }
    for name, (broken, _) in faults.items():
        page = f'<!doctype html><html lang="en"><title>x</title><body>{broken}</body></html>'
        (tmp_path / f"{name}.html").write_text(page, "utf-8")

    said = {(urlsplit(remark["url"]).path, remark["message"]) for remark in remarks_on(tmp_path)}

    assert {(f"/{name}.html", message) for name, (_, message) in faults.items()} <= said
