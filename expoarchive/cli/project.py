"""Files of the project that are no code: beside the package in a clone, and within it where it is installed."""

from pathlib import Path

import expoarchive

# Where a wheel has them; see setup.py.
FOLDER = "expoarchive/project"
CHANGES = "CHANGELOG.md"


def project_path(name: str) -> Path:
    """Where the file or folder is that has this path in the project."""
    package = Path(expoarchive.__file__).resolve().parent
    installed = package / "project"
    return (installed if installed.is_dir() else package.parent) / name
