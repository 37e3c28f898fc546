"""Which generator a site is made with: a wheel that its ``requirements.lock`` names, with digest, before all it needs.

By a file or an address, and never by a bare name, which somebody else could register.
"""

import json
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname, urlopen

from expoarchive.cli.project import CHANGES, FOLDER
from expoarchive.cli.terminal import Slip
from expoarchive.config.generator import LOCK

WHEELS = "wheels"
_HEAD = "# The generator, then exact versions of all it needs. Written by `python build.py upgrade`, not by hand.\n"
_NAME = re.compile(r"expoarchive-([0-9][0-9a-z.]*)-py3-none-any\.whl")
_ADDRESS = re.compile(r"https://[^\s#]+#sha256=[0-9a-f]{64}")
# Many times a wheel of today.
LARGEST = 50_000_000
PATIENCE = 60.0


@dataclass(frozen=True)
class Generator:
    """A wheel: the name of its file, its bytes, and its address where a site is to fetch it from there."""

    name: str
    data: bytes
    address: str | None = None

    @property
    def version(self) -> str:
        """As its name says."""
        match = _NAME.fullmatch(self.name)
        assert match is not None
        return match[1]

    @property
    def file(self) -> str | None:
        """Its path in a site, which has the wheel itself unless it is fetched."""
        return None if self.address else f"{WHEELS}/{self.name}"

    def text(self, name: str) -> str:
        """One of the project's files in it; KeyError where there is none."""
        with zipfile.ZipFile(BytesIO(self.data)) as wheel:
            return wheel.read(f"{FOLDER}/{name}").decode("utf-8")

    def requirements(self) -> str:
        """The text of ``requirements.lock`` of a site that is made with it."""
        named = f"./{self.file}" if self.file else f"expoarchive @ {self.address}"
        return f"{_HEAD}{named} --hash=sha256:{sha256(self.data).hexdigest()}\n{self.text(LOCK)}"


def generator_of(root: Path, given: str | None) -> Generator:
    """The wheel at a path or at an address; without either, the one that this generator was installed from.

    ``Slip`` where there is none, or it is no wheel of the generator.
    """
    named = given or installed_from()
    if named is None:
        raise Slip("generator.unnamed")
    if re.match("https?:", named):
        generator = _fetched(named)
    else:
        path = root / named
        if not path.is_file():
            raise Slip("generator.no-file", file=named)
        generator = Generator(path.name, path.read_bytes())
    try:
        if not _NAME.fullmatch(generator.name):
            raise KeyError
        generator.text(LOCK), generator.text(CHANGES)
    except (KeyError, UnicodeDecodeError, zipfile.BadZipFile):
        raise Slip("generator.no-wheel", file=named) from None
    return generator


def _fetched(named: str) -> Generator:
    if not _ADDRESS.fullmatch(named):
        raise Slip("generator.bad-address", file=named)
    address, _, digest = named.partition("#sha256=")
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            data = answer.read(LARGEST)
    except (OSError, URLError, ValueError) as error:
        raise Slip("generator.unreachable", file=address, reason=error) from None
    if sha256(data).hexdigest() != digest:
        raise Slip("generator.another", file=address, digest=sha256(data).hexdigest())
    return Generator(unquote(PurePosixPath(urlsplit(address).path).name), data, address)


def installed_from() -> str | None:
    """The wheel that pip installed this generator from, as it noted it."""
    try:
        noted = json.loads(distribution("expoarchive").read_text("direct_url.json") or "{}")
        address, archive = str(noted["url"]), noted["archive_info"]
        # A pip of before 2023 notes no digest of a file.
        if address.startswith("file:"):
            return url2pathname(urlsplit(address).path)
        return f"{address}#sha256={archive['hashes']['sha256']}"
    except (PackageNotFoundError, KeyError, TypeError, ValueError):
        return None
