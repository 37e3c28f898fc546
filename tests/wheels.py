"""The generator as a package: packed, and installed into environments of its own, without a network."""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

_FOLDERS = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
_PACKAGES = "\n".join(sorted(_FOLDERS | {path for path in sys.path if path.endswith("site-packages")}))
PIP = (sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check")


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as from a terminal there, with nothing of this project's on any path."""
    own = {name: text for name, text in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "MAKE", "GIT"))}
    return subprocess.run(command, cwd=folder, env=own | environment, capture_output=True, text=True, check=False)


def succeed(*command: str | Path, folder: Path) -> str:
    """Run a command that has to succeed; what it printed."""
    ran = run(*command, folder=folder)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout


def pack(clone: Path, target: Path) -> None:
    """Pack the clone's generator into a wheel there, without a word."""
    offline = ("--no-deps", "--no-build-isolation", "--no-index")
    packed = run(*PIP, "wheel", "--quiet", *offline, "--wheel-dir", target, ".", folder=clone)
    assert (packed.returncode, packed.stdout + packed.stderr) == (0, "")


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the packages of this one, and with no generator but the one installed in it."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def command(self) -> Path:
        """The generator's command."""
        return self.folder / "bin" / "expoarchive"

    def install(self, wheel: Path) -> None:
        """Install a wheel, in place of an earlier one."""
        chosen = ("--python", str(self.python))
        succeed(*PIP, *chosen, "install", "--quiet", "--no-deps", "--no-index", "--", wheel, folder=self.folder)


def make_environment(folder: Path) -> Environment:
    """A new one there."""
    succeed(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder.parent)
    made = Environment(folder)
    own = succeed(made.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    (Path(own) / "packages.pth").write_text(_PACKAGES, "utf-8")
    return made


def filled(script: str) -> str:
    """A script with this Python in its ``{python}``, and in ``{packages}`` the folders where its packages are."""
    return script.format(python=Path(sys.executable).resolve(), packages=_PACKAGES)
