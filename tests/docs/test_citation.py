"""CITATION.cff, which hosts of code and reference managers read."""

import subprocess
import sys
from pathlib import Path

import yaml

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


def test_it_calls_the_archive_as_the_configuration_does() -> None:
    """In both languages."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    config = yaml.safe_load((ROOT / "site_config.yaml").read_text("utf-8"))

    assert all(title in cited["title"] for title in config["title"].values())
