"""Before a site is published, its pages that have changed are looked at: ``make inspect``."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT, Site

FAULTY = """<!doctype html><html lang="en"><title>A page</title><body><main><h1>A page</h1>
<button></button><p style="inline-size: 400px">Wide</p><b>Never closed</main></body></html>"""


def test_pages_that_changed_are_looked_at_and_no_others(tiny_site: Site, tmp_path: Path) -> None:
    """axe, the width of a small phone and the HTML checker find their faults there; what is as it was is let be."""
    now, before = tmp_path / "output", tmp_path / "before"
    for folder in (now, before):
        folder.mkdir()
        (folder / "index.html").write_text(FAULTY, "utf-8")
        (folder / "old.html").write_text(FAULTY, "utf-8")
    shutil.copy(tiny_site.output / "404.html", now)
    (now / "index.html").write_text(FAULTY.replace("Wide", "Changed"), "utf-8")
    looks = ["tests/browser/test_every_page.py", "tests/site/test_html.py"]

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "inspection", "--site", now, "--before", before, *looks],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1, ran.stdout
    for fault in ("too wide: : <p style", "violations: : light: button-name", "Unclosed element “b”"):
        assert fault in ran.stdout
    assert "old" not in ran.stdout
