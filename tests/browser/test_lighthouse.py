"""Lighthouse's marks for the pages that readers come to, on a simulated slow phone and network."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.fixtures import CHROMIUM
from tests.browser.kinds import LANGUAGES, permalink_of
from tests.browser.pages_server import PagesServer
from tests.sites import ROOT

LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
KINDS = ("home", "edition", "growth", "article", "search", "editions", "sources")
MARK = 0.99
# Milliseconds until the largest thing on the first screen is painted.
PAINTED = 1200
# What else the machine does can slow a page down, never hasten it: the best of these counts.
TRIES = 3


def looked_at(address: str, report: Path) -> Mapping[str, float]:
    """The marks by category (0 to 1), the largest paint in ms, and how far things shift."""
    if not LIGHTHOUSE.is_file():
        pytest.fail("no Lighthouse in node_modules: `make verify` installs it, with Node 18.16 or newer", pytrace=False)
    ran = subprocess.run(
        [
            "node",
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": CHROMIUM or ""},
        check=False,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        pytest.fail(f"Lighthouse could not look at {address}:\n{ran.stderr[-2000:]}", pytrace=False)
    read: dict[str, Any] = json.loads(report.read_text("utf-8"))
    audits = read["audits"]
    return {name: read["categories"][name]["score"] for name in CATEGORIES} | {
        "LCP": audits["largest-contentful-paint"]["numericValue"],
        "CLS": audits["cumulative-layout-shift"]["numericValue"],
    }


def is_enough(marks: Mapping[str, float]) -> bool:
    """Whether all is as it should be."""
    return min(marks[name] for name in CATEGORIES) >= MARK and marks["LCP"] <= PAINTED and marks["CLS"] == 0


@pytest.mark.long
@pytest.mark.alone
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_lighthouse_is_content(
    language: str,
    kind: str,
    server: PagesServer,
    archive_output: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """At least 99 in each category, painted soon, nothing shifts."""
    permalink = permalink_of(archive_output, f"{language} {kind}")
    tried: list[Mapping[str, float]] = []
    while len(tried) < TRIES and not (tried and is_enough(tried[-1])):
        tried.append(looked_at(server.address(permalink), tmp_path / f"{len(tried)}.json"))
    best = tried[-1] if is_enough(tried[-1]) else min(tried, key=lambda marks: marks["LCP"])
    said = ", ".join(f"{name} {best[name] * 100:.0f}" for name in CATEGORIES)
    record_property("summary", f"{permalink}: {said}, LCP {best['LCP']:.0f} ms, CLS {best['CLS']:g}")

    assert is_enough(best), tried
