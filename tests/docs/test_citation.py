"""CITATION.cff, which hosts of code and reference managers read."""

import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT


def test_it_fits_the_format() -> None:
    """By the schema of the Citation File Format."""
    checked = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            "--builtin-schema",
            "vendor.citation-file-format",
            ROOT / "CITATION.cff",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
