"""Fixtures for the tests of whole sites."""

import fcntl
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.memory import SHARED, never_swept, remembered
from tests.sites import ADDRESS, BASE_PATH, ROOT, Site, build_small, copy_project

if TYPE_CHECKING:
    from tests.wheels import Environment

# Fixtures of browser tests, which tests/archive has too: another conftest would start a browser of its own.
pytest_plugins = ["tests.browser.fixtures"]

# Where files are memory, and how much of it is to be free, in bytes: a run holds up to a gigabyte at a time.
MEMORY = Path("/dev/shm")
FREE = 4 << 30

# What Python compiles where its user wants nothing of the kind beside the sources.
COMPILED = ROOT / ".cache" / "compiled"


def pytest_configure(config: pytest.Config) -> None:
    """Before there are workers: what all processes of a run share."""
    if hasattr(config, "workerinput"):
        return
    if "TMPDIR" not in os.environ and takes_sites(MEMORY):
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None
    shared = tempfile.TemporaryDirectory(prefix="expoarchive-shared-")
    config.add_cleanup(shared.cleanup)
    os.environ[SHARED] = shared.name
    if sys.dont_write_bytecode:
        keep_what_is_compiled()


def takes_sites(folder: Path) -> bool:
    """Whether thousands of small sites can be laid there, and programs run from there.

    A disk is slow at so many files that go at once: it takes a tenth of the time of all tests.
    """
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= FREE


def keep_what_is_compiled() -> None:
    """Though a container may tell Python not to: most of what tests start runs the generator from its first import."""
    # Copies of the generator that tests lay in folders of their own are never met again.
    shutil.rmtree(f"{COMPILED}{tempfile.gettempdir()}", ignore_errors=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(COMPILED)
    sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    """What tools/inspect.sh says: a site that is built already, to be looked at before it is published."""
    parser.addoption("--site", type=Path, help="folder of a built site, in place of one that the tests build")
    parser.addoption("--before", type=Path, help="digests of its files earlier: pages that are as they were are let be")


@pytest.fixture(scope="session", autouse=True)
def no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that tests run keep what they keep in the tests' own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPOARCHIVE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def memory_of_others() -> Iterator[None]:
    """What other people's pure functions gave is kept: most of a small build is the same templates, compiled again.

    What is loaded by now is never looked at for garbage.
    """
    with remembered(), never_swept():
        yield


@contextmanager
def one_at_a_time(factory: pytest.TempPathFactory, worker_id: str, name: str) -> Iterator[Path]:
    """The folder that all workers share; inside the block no other one is, in a block of this name."""
    base = factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared


@pytest.fixture(scope="session")
def base_path(pytestconfig: pytest.Config) -> str:
    """The base path of ``archive_output``, with a slash at both ends; ``make site`` is told it by the environment."""
    given = os.environ.get("BASE_PATH", "") if pytestconfig.getoption("--site") else BASE_PATH
    return f"/{given.strip('/')}/".replace("//", "/")


@pytest.fixture(scope="session")
def inspected_pages(pytestconfig: pytest.Config, archive_output: Path) -> list[Path]:
    """Every page of ``archive_output``; with ``--before``, those that have changed, or a style or script they name."""
    before: Path | None = pytestconfig.getoption("--before")
    pages = sorted(archive_output.rglob("*.html"))
    if before is None:
        return pages
    digests: dict[str, str] = json.loads(before.read_text("utf-8"))

    def differs(file: Path) -> bool:
        return digests.get(file.relative_to(archive_output).as_posix()) != sha256(file.read_bytes()).hexdigest()

    files = (file for kind in ("*.css", "*.js") for file in archive_output.rglob(kind))
    names = [file.name.encode() for file in files if differs(file)]
    return [page for page in pages if differs(page) or any(name in page.read_bytes() for name in names)]


@pytest.fixture(scope="session")
def archive_output(tmp_path_factory: pytest.TempPathFactory, worker_id: str, pytestconfig: pytest.Config) -> Path:
    """The output folder of the real archive, built once for all workers below ``BASE_PATH``."""
    built: Path | None = pytestconfig.getoption("--site")
    if built is not None:
        return built.resolve()
    from expoarchive.build import build
    from expoarchive.cli.report import report

    with one_at_a_time(tmp_path_factory, worker_id, "archive") as shared:
        output, failure = shared / "archive", shared / "archive-failed"
        if not output.exists() and not failure.exists():
            outcome = build(ROOT, output, address=ADDRESS, base_path=BASE_PATH)
            if not outcome.ok:
                failure.write_text(report(outcome.problems, "en", colour=False), "utf-8")
    if failure.exists():
        pytest.fail("the archive does not build:\n" + failure.read_text("utf-8"), pytrace=False)
    return output


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The generator as a wheel, packed once for all workers, and without a network."""
    from tests.wheels import pack

    with one_at_a_time(tmp_path_factory, worker_id, "wheel") as shared:
        if not (shared / "wheel").exists():
            copy_project(shared / "clone")
            pack(shared / "clone", shared / "wheel")
        return next((shared / "wheel").glob("*.whl"))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, worker_id: str, wheel: Path) -> "Environment":
    """An environment with that wheel, one for all workers: nothing more is to be installed into it."""
    from tests.wheels import Environment, make_environment

    with one_at_a_time(tmp_path_factory, worker_id, "installed") as shared:
        folder = shared / "installed"
        if not folder.exists():
            make_environment(folder).install(wheel)
        return Environment(folder)


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The tiny expo as it is, built once a worker: to be looked at, not to be written to."""
    site = build_small(tmp_path_factory.mktemp("tiny") / "site", {}, from_nothing=True)

    def state() -> dict[Path, tuple[int, int]]:
        return {path: ((stat := path.stat()).st_size, stat.st_mtime_ns) for path in site.root.parent.rglob("*")}

    before = state()
    yield site
    assert state() == before, "a test has written to the site that all share"


@pytest.fixture
def build_site(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Site]:
    """Build a small site: ``build_site({"content/editions/2019.yaml": ...})``, over the tiny expo of tests/expo.

    From nothing where the test patches the generator: what was kept was made without the patch.
    """
    from_nothing = "monkeypatch" in request.fixturenames

    def make(
        files: Mapping[str, str | None] | None = None, *, address: str | None = None, base_path: str | None = None
    ) -> Site:
        return build_small(tmp_path / "site", files or {}, address, base_path, from_nothing=from_nothing)

    return make


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured and recorded as their ``summary``, in a table at the end."""
    reports = [report for sort in ("passed", "failed") for report in terminalreporter.stats.get(sort, [])]
    lines = [
        str(said)
        for report in reports
        if report.when == "call"
        for name, said in report.user_properties
        if name == "summary"
    ]
    if lines:
        terminalreporter.section("measured")
        for line in sorted(lines):
            terminalreporter.write_line(line)
