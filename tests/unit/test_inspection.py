"""Before a site is published, its pages that have changed are looked at: ``make inspect``."""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from expoarchive.cache.location import cache_file
from tests.sites import ROOT, Site, lay_kept, lay_sources

FAULTY = """<!doctype html><html lang="en"><title>A page</title><body><main><h1>A page</h1>
<button></button><p style="inline-size: 400px">Wide</p><b>Never closed</main></body></html>"""


def test_pages_that_changed_are_looked_at_and_no_others(tiny_site: Site, tmp_path: Path) -> None:
    """axe, the width of a small phone and the HTML checker find their faults there; what is as it was is let be.

    A page has changed too where a style or script that it names has.
    """
    now, before = tmp_path / "output", tmp_path / "before.json"
    now.mkdir()
    for name in ("index", "old"):
        (now / f"{name}.html").write_text(FAULTY, "utf-8")
    (now / "styled.html").write_text(FAULTY.replace("<body>", '<link rel="stylesheet" href="site.css"><body>'), "utf-8")
    (now / "site.css").write_text("p { color: blue }", "utf-8")
    shutil.copy(tiny_site.output / "404.html", now)
    before.write_text(json.dumps({file.name: sha256(file.read_bytes()).hexdigest() for file in now.iterdir()}), "utf-8")
    (now / "index.html").write_text(FAULTY.replace("Wide", "Changed"), "utf-8")
    (now / "site.css").write_text("p { color: red }", "utf-8")
    looks = ["tests/browser/test_every_page.py", "tests/site/test_html.py"]

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "inspection", "--site", now, "--before", before, *looks],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1, ran.stdout
    for fault in ("too wide: : <p style", "styled.html: <p style", "violations: : light: button-name"):
        assert fault in ran.stdout
    assert "2 x error: Unclosed element “b”" in ran.stdout
    assert "old" not in ran.stdout


def test_what_a_page_was_is_what_this_code_makes_of_the_earlier_content(tiny_site: Site, tmp_path: Path) -> None:
    """Nothing is written for it, and most of it was made for the site that is to be published."""
    lay_sources(tmp_path, {})
    lay_kept(cache_file(ROOT))

    ran = subprocess.run(
        [sys.executable, "-m", "tools.digests", tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert json.loads(ran.stdout) == dict(tiny_site.outcome.files.digests)
    assert not (tmp_path / "output").exists()


def test_an_earlier_content_with_errors_is_no_measure(tmp_path: Path) -> None:
    """It gives no digests, and so every page is looked at."""
    lay_sources(tmp_path, {"content/editions/2011.yaml": "status: nonsense\n"})

    ran = subprocess.run(
        [sys.executable, "-m", "tools.digests", tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout) == (1, "")
