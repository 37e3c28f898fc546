"""Sites that tests build: the real archive, and small ones laid from inline text over the tiny expo.

The generator is imported when a site is built, so that the test of one stage needs no other stage.
"""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import yaml

from tests.memory import SHARED

if TYPE_CHECKING:
    from expoarchive.build import Outcome
    from expoarchive.cache.store import Given, Store
    from expoarchive.config import Config
    from expoarchive.problem import Problem
    from expoarchive.records import Records

ROOT = Path(__file__).resolve().parent.parent
TINY_EXPO = ROOT / "tests" / "expo"

# Where the real archive is built for in tests: below a base path, as a project's site on GitHub Pages is.
ADDRESS = "https://example.org"
BASE_PATH = "/expo-archive/"


@dataclass(frozen=True)
class Site:
    """A small site as built. Paths are permalinks: ``en/editions/2019/`` or ``data/editions.csv``."""

    root: Path
    output: Path
    outcome: "Outcome"

    @property
    def problems(self) -> "list[Problem]":
        """Errors and warnings, in order."""
        return self.outcome.problems

    def kinds(self) -> list[str]:
        """The kinds of all problems, in order."""
        return [problem.kind for problem in self.problems]

    def file(self, path: str) -> Path:
        """Where the permalink's file is, or would be."""
        return self.output / (f"{path}index.html" if path == "" or path.endswith("/") else path)

    def exists(self, path: str) -> bool:
        """Whether the permalink has a file."""
        return self.file(path).is_file()

    def pages(self, path: str) -> str:
        """The text of the permalink's file."""
        return self.file(path).read_text("utf-8")

    def build_again(self, **settings: Any) -> "Outcome":
        """As it is now, into the same folder, over what the build of the tiny expo keeps."""
        from expoarchive.build import build

        return build(self.root, self.output, store=kept_of_tiny().copy(), **settings)


def lay_site(root: Path, files: Mapping[str, str | None]) -> None:
    """The tiny expo under ``root``, with the project's templates and these files over it; None removes one.

    As for an editor who has checked the tiny expo before: commands find what that kept, where commands keep things.
    """
    from expoarchive.cache.location import cache_file

    lay_files(root, files)
    lay_kept(cache_file(root))


def lay_kept(kept: Path | None) -> None:
    """There is what a check of the tiny expo keeps; nowhere if nothing is to be kept."""
    if kept is None:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept_file(), kept)


def lay_files(root: Path, files: Mapping[str, str | None]) -> None:
    """The files of ``lay_site``, of which nothing is kept."""
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    lay_sources(root, files)


def lay_sources(root: Path, files: Mapping[str, str | None]) -> None:
    """The same without templates, which are most of its files: enough where records are only read."""
    shutil.copytree(TINY_EXPO, root, dirs_exist_ok=True)
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")


def check_small(root: Path) -> "Outcome":
    """What ``check`` finds in a site that differs little from the tiny expo, over what the build of that keeps."""
    from expoarchive.build import check

    return check(root, store=kept_of_tiny().copy())


def read_small(root: Path, files: Mapping[str, str | None]) -> "tuple[Config, Records, list[Problem]]":
    """Lay sources under ``root`` and read them: the configuration, the records, and what is wrong with these."""
    from expoarchive.build.ids import site_ids
    from expoarchive.config import read_config
    from expoarchive.load import load_content
    from expoarchive.records import read_records

    lay_sources(root, files)
    config, _ = read_config(root)
    content, found = load_content(root)
    assert config is not None
    assert not found
    return config, *read_records(content, config, site_ids)


def build_small(
    root: Path,
    files: Mapping[str, str | None],
    address: str | None = None,
    base_path: str | None = None,
    *,
    from_nothing: bool = False,
) -> Site:
    """Lay a site under ``root`` and build it into a folder beside it.

    As for an editor who has built the tiny expo before: what these files leave as it was is not made anew, which takes
    a quarter of the time. A test that changes the generator itself builds ``from_nothing``.
    """
    from expoarchive.build import build
    from expoarchive.cache.store import Store

    lay_files(root, files)
    output = root.with_name(f"{root.name}-output")
    store = Store() if from_nothing else kept_of_tiny().copy()
    return Site(root, output, build(root, output, address=address, base_path=base_path, store=store))


@dataclass(frozen=True)
class KeptOfTiny:
    """What the build of the tiny expo keeps."""

    given: "Given"
    memory: Mapping[object, tuple[object, Any]]

    def copy(self) -> "Store":
        """A store of its own: what one test's build keeps, no other test's build finds."""
        from expoarchive.cache.store import Store

        store = Store()
        store.take(self.given)
        store.memory._last.update(self.memory)
        return store


@cache
def kept_of_tiny() -> KeptOfTiny:
    """Made once a process, from what a check from nothing gave in one of them."""
    from expoarchive.cache.store import Store

    store = Store()
    store.take(pickle.loads(kept_file().with_suffix(".given").read_bytes()))
    check_tiny(store)
    # Nothing was written: what a build would keep or write is still there to be given.
    return KeptOfTiny(store.given(), dict(store.memory._last))


@cache
def kept_file() -> Path:
    """What a check of the tiny expo keeps, as a file of the cache; made once for all processes of a run."""
    from expoarchive.cache.store import Store
    from expoarchive.cache.version import code_version

    file = Path(os.environ[SHARED], "tiny.db")
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            nothing = Store()
            check_tiny(nothing)
            given = nothing.given()
            file.with_suffix(".given").write_bytes(pickle.dumps(given))
            beside = file.with_suffix(".new")
            store = Store(beside, code_version())
            store.take(given)
            store.save()
            store.close()
            beside.replace(file)
    return file


def check_tiny(store: "Store") -> None:
    """Check the tiny expo over what the store has, and keep there what it makes."""
    from expoarchive.build import check

    with TemporaryDirectory() as folder:
        lay_files(Path(folder), {})
        outcome = check(Path(folder), store=store)
    assert outcome.ok, outcome.problems


def build_gallery(root: Path) -> Path:
    """The real archive's frame without its records, and the gallery in it: the output folder beside ``root``."""
    from expoarchive.build import build

    shutil.copytree(ROOT / "content" / "media", root / "content" / "media")
    shutil.copytree(ROOT / "templates", root / "templates")
    config = yaml.safe_load((ROOT / "site_config.yaml").read_text("utf-8")) | {"featured": [], "show_gallery": True}
    (root / "site_config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
    output = root.with_name(f"{root.name}-output")
    outcome = build(root, output)
    assert outcome.ok, outcome.problems
    return output


def project_files() -> list[str]:
    """What a fresh clone would hold, with the changes that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and (ROOT / ".git").exists():
        return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).exists()]
    # Unpacked from an archive: nothing says what is ignored but the folders that the tools make.
    made = {"output", ".venv", "node_modules", "__pycache__", ".hypothesis", ".git"}
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [str(name) for name in files if not made & set(name.parts) and not name.parts[0].endswith("_cache")]


def copy_generator(target: Path) -> None:
    """Lay the package there with what Python has compiled of it: to compile its files takes longer than a build."""
    shutil.copytree(ROOT / "expoarchive", target / "expoarchive", ignore=shutil.ignore_patterns("__pycache__"))
    carry_compiled(target)


def carry_compiled(target: Path) -> None:
    """A copy of the package there is taken for compiled, as far as this one is."""
    if sys.pycache_prefix is None:
        return
    compiled, carried = (Path(f"{sys.pycache_prefix}{root.resolve()}", "expoarchive") for root in (ROOT, target))
    # Another worker may be writing one of them.
    if compiled.is_dir():
        shutil.copytree(compiled, carried, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pyc.*"))


def copy_project(target: Path) -> None:
    """Lay a fresh clone there, without git's state."""
    for name in project_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    carry_compiled(target)
