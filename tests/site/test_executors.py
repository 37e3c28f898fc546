"""A build that is shared with processes which are no copies of it: of any executor, of a Dask cluster."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from hashlib import sha256
from pathlib import Path
from socket import create_server
from typing import TYPE_CHECKING, Any

import pytest

from expoarchive.build import Outcome, afar, build
from expoarchive.build.cluster import hire
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.problem import Problem
from tests.sites import TINY_EXPO, lay_site

# Every worker of the tests reads this module, one or two of them need a cluster.
if TYPE_CHECKING:
    from distributed import Client, LocalCluster

# Without what takes longest to draw: each test builds from nothing.
CONFIG = (TINY_EXPO / "site_config.yaml").read_text("utf-8") + "without: [cards, chart-files]\n"


def files_of(output: Path) -> dict[str, str]:
    """The digest of every file below."""
    files = [path for path in output.rglob("*") if path.is_file()]
    return {str(path.relative_to(output)): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources that no test changes."""
    root = tmp_path_factory.mktemp("shared") / "site"
    lay_site(root, {"site_config.yaml": CONFIG})
    return root


@pytest.fixture(scope="module")
def alone(root: Path) -> dict[str, str]:
    """What one process makes of them."""
    output = root.with_name("alone")
    assert build(root, output, processes=1).ok
    return files_of(output)


@pytest.fixture(scope="module")
def cluster() -> "Iterator[LocalCluster]":
    """A scheduler and two workers on the loopback."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=60) as cluster:
        yield cluster


@pytest.fixture
def workers(cluster: "LocalCluster") -> "Iterator[Client]":
    """A client of the cluster, whose workers do as they should."""
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(1)
        client.run(mend)
        yield client
        client.run(mend)


GIVEN, VERSION_HERE = Store.given, afar.version_here


def mend() -> None:
    """In a worker: it will do as it should again."""
    Store.given, afar.version_here = GIVEN, VERSION_HERE  # type: ignore


def with_cluster(root: Path, output: Path, cluster: "LocalCluster") -> Outcome:
    """The build that ``--executor dask=ADDRESS`` asks for, where the workers are so fast that they do all of it."""

    parts: list[Future[Any]] = []

    def watched() -> tuple[Executor | None, list[Problem]]:
        executor, problems = hire(cluster.scheduler_address)
        if executor:
            submit = executor.submit

            def watched_submit(*what: Any) -> Future[Any]:
                parts.append(submit(*what))
                return parts[-1]

            vars(executor)["submit"] = watched_submit
        return executor, problems

    return build(root, output, executor=watched, tell=lambda *how_far: wait(parts, 60) and None)


def of_others(outcome: Outcome) -> list[str]:
    """The kinds of problems that are not the sources'."""
    return [problem.kind for problem in outcome.problems if problem.place.file == ""]


def test_any_executor_can_share_a_build(root: Path, tmp_path: Path, alone: dict[str, str]) -> None:
    """With the same bytes, and it is closed afterwards."""
    pool = ThreadPoolExecutor(2)

    outcome = build(root, tmp_path / "output", executor=lambda: (pool, []))

    assert (of_others(outcome), files_of(tmp_path / "output")) == ([], alone)
    with pytest.raises(RuntimeError):
        pool.submit(print)


def test_a_cluster_shares_a_build(
    root: Path, tmp_path: Path, alone: dict[str, str], workers: "Client", cluster: "LocalCluster"
) -> None:
    """With the same bytes, and each worker has had a part."""
    outcome = with_cluster(root, tmp_path / "output", cluster)

    assert (of_others(outcome), files_of(tmp_path / "output")) == ([], alone)
    assert all(workers.run(has_prepared).values())


def has_prepared() -> bool:
    """In a worker: whether it has been told of a site."""
    return bool(afar._PREPARED)


def dies() -> None:
    """In a worker: it will be killed as soon as it has done a part."""
    Store.given = lambda store: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore


def gives_nonsense() -> None:
    """In a worker: what it gives will not be what a store gives."""
    Store.given = lambda store: {"page": 1}  # type: ignore


def gives_falsehoods() -> None:
    """In a worker: each page will have other bytes than it says, and every value will be of another type."""
    give = Store.given

    def spoilt(store: Store) -> Any:
        new, lent, used = give(store)
        from expoarchive.cache.store import pack

        half = len(new) // 2
        values = {name: pack("false") if at < half else value for at, (name, value) in enumerate(new.items())}
        return values, dict.fromkeys(lent, b"false"), used

    Store.given = spoilt  # type: ignore


def has_other_version() -> None:
    """In a worker: it will be of another Python."""
    afar.version_here = lambda: "Python 2.7.18, expoarchive 0"  # type: ignore


def test_a_worker_of_another_version_is_given_nothing(
    root: Path, tmp_path: Path, alone: dict[str, str], workers: "Client", cluster: "LocalCluster"
) -> None:
    """It is named, with what it has; where no other is left, the build does all."""
    workers.run(has_other_version)

    outcome = with_cluster(root, tmp_path / "output", cluster)

    assert (sorted(of_others(outcome)), files_of(tmp_path / "output")) == (
        ["cluster-empty", "worker-unfit", "worker-unfit"],
        alone,
    )
    named = {problem.details["worker"] for problem in outcome.problems if problem.kind == "worker-unfit"}
    assert named == set(workers.scheduler_info(n_workers=-1)["workers"])


def test_a_worker_that_has_stopped_is_not_waited_for(
    root: Path,
    tmp_path: Path,
    alone: dict[str, str],
    workers: "Client",
    cluster: "LocalCluster",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is named, and the other has all parts."""
    monkeypatch.setattr("expoarchive.build.cluster._PATIENCE", 1)
    stopped, process = next(iter(workers.run(os.getpid).items()))
    os.kill(process, signal.SIGSTOP)
    try:
        outcome = with_cluster(root, tmp_path / "output", cluster)
    finally:
        os.kill(process, signal.SIGCONT)

    assert (of_others(outcome), files_of(tmp_path / "output")) == (["worker-unfit"], alone)
    assert [one.details["worker"] for one in outcome.problems if one.kind == "worker-unfit"] == [stopped]


def test_an_executor_of_another_version_is_told_of(root: Path, tmp_path: Path, alone: dict[str, str]) -> None:
    """Once, however many parts it has refused."""
    told = []

    class Older(ThreadPoolExecutor):
        def submit(self, do: Any, one: Any, *more: Any) -> Any:  # type: ignore
            told.append(one)
            return super().submit(do, afar.Afar(one.digest, one.packed, "older", one.jobs), *more)

    outcome = build(root, tmp_path / "output", executor=lambda: (Older(1), []))

    assert (of_others(outcome), files_of(tmp_path / "output")) == (["parts-undone"], alone)


# --- the command line


@pytest.fixture
def here(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of sources, with a site that was built before."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("EXPOARCHIVE_CACHE", str(tmp_path / "cache"))
    output = tmp_path / "output"
    output.mkdir()
    return output


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code, and what stands on the terminal."""
    try:
        code = main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    read = capsys.readouterr()
    return code, read.err + read.out


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("dsk=tcp://127.0.0.1:8786", "en", "is not an executor such as dask=tcp://10.0.0.5:8786; did you mean “dask”?"),
        ("dsk=tcp://127.0.0.1:8786", "zh", "不是像 dask=tcp://10.0.0.5:8786 这样的写法；您是不是想写“dask”？"),
        ("dask=somewhere", "en", "'somewhere' is not a scheduler's address such as tcp://10.0.0.5:8786"),
        ("dask", "zh", "不是像 tcp://10.0.0.5:8786 这样的调度器地址"),
    ],
)
def test_a_slip_in_the_option_is_told_with_what_was_meant(
    here: Path, capsys: pytest.CaptureFixture[str], value: str, language: str, words: str
) -> None:
    """In the editor's language, before anything is read."""
    code, text = said(["build", "--messages", language, "--executor", value], capsys)

    assert code == 2
    assert words in text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "pip install distributed; nothing"), ("zh", "所需的程序包尚未安装：pip install")]
)
def test_without_the_extra_it_is_said_what_to_install(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    """And nothing is built."""
    monkeypatch.setattr("expoarchive.cli.builder.find_spec", lambda name: None)
    options = ["build", "--messages", language, "--output", str(here), "--executor", "dask=127.0.0.1:8786"]

    code, text = said(options, capsys)

    assert (code, list(here.iterdir())) == (1, [])
    assert words in text


def test_a_cluster_that_cannot_be_reached_is_one_error(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last good output stays as it was, and nobody sees a traceback."""
    monkeypatch.setattr("expoarchive.build.cluster._PATIENCE", 0.5)
    options = ["build", "--messages", "zh", "--output", str(here), "--executor", "dask=tcp://127.0.0.1:1"]

    code, text = said(options, capsys)

    assert (code, list(here.iterdir())) == (1, [])
    assert "错误：tcp://127.0.0.1:1 没有 Dask 调度器应答" in text
    assert "Traceback" not in text


def test_what_a_cluster_did_not_do_is_not_told_again(
    here: Path, capsys: pytest.CaptureFixture[str], workers: "Client", cluster: "LocalCluster"
) -> None:
    """A build with nothing to do asks no cluster, and is no matter of the last one's workers."""
    workers.run(has_other_version)
    options = ["build", "--messages", "en", "--output", str(here), "--executor", f"dask={cluster.scheduler_address}"]

    first, again = said(options, capsys), said(options, capsys)

    assert (first[0], again[0]) == (0, 0)
    assert "was given nothing to do: Python 2.7.18" in first[1]
    assert "nothing has changed" in again[1]
    assert "was given nothing" not in again[1]


def test_nothing_of_dask_is_imported_unless_it_is_asked_for() -> None:
    """Nor where the generator is imported whole."""
    script = (
        "import sys, expoarchive.cli.builder\n"
        "sys.exit(any(name.partition('.')[0] in ('dask', 'distributed') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=TINY_EXPO.parent.parent, check=False).returncode == 0


# --- last, as one of the workers ends


@pytest.mark.parametrize(
    ("spoil", "of", "told"), [(gives_nonsense, 2, ["parts-undone"]), (gives_falsehoods, 2, []), (dies, 1, [])]
)
def test_what_workers_lose_or_falsify_the_build_makes(
    root: Path,
    tmp_path: Path,
    alone: dict[str, str],
    workers: "Client",
    cluster: "LocalCluster",
    spoil: Callable[[], None],
    of: int,
    told: list[str],
) -> None:
    """It costs time only."""
    workers.run(spoil, workers=list(workers.scheduler_info(n_workers=-1)["workers"])[:of])

    outcome = with_cluster(root, tmp_path / "output", cluster)

    assert of_others(outcome) == told
    assert files_of(tmp_path / "output") == alone


def test_who_listens_and_never_speaks_is_no_scheduler(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some other program has the address; Dask itself would wait for its first word."""
    monkeypatch.setattr("expoarchive.build.cluster._PATIENCE", 0.5)
    with create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        code, text = said(["build", "--messages", "en", "--output", str(here), "--executor", f"dask={address}"], capsys)

    assert (code, list(here.iterdir())) == (1, [])
    assert f"no Dask scheduler answers at {address}: no answer in 0.5 s" in text
