"""Schemas of other people's formats, which check-jsonschema brings along: no network is needed."""

import subprocess
import sys
from pathlib import Path


def complaint(schema: str, file: Path) -> str:
    """What a schema, by check-jsonschema's name for it, has against a file; empty if nothing."""
    program = Path(sys.executable).parent / "check-jsonschema"
    checked = subprocess.run(
        [program, "--builtin-schema", f"vendor.{schema}", file], capture_output=True, text=True, check=False
    )
    return checked.stdout + checked.stderr if checked.returncode else ""
