"""`figure` tells an editor how to cite a claim, and what readers will see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expoarchive.cli.figure import address_in
from expoarchive.cli.main import main
from tests.sites import lay_site

EDITION = """\
    year: 2013
    figures:
      visitors:
        - {value: 4200, sources: [gazette-2009]}
        - {id: visitors-later, value: 4300, qualifier: about, sources: [port-office-2011]}
    """
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``figure WORDS`` in a tiny expo with two claims that differ: exit code, what is printed, what is complained."""
    lay_site(tmp_path / "site", {"content/editions/2013.yaml": EDITION})
    monkeypatch.chdir(tmp_path / "site")

    def figure(*words: str) -> tuple[int, str, str]:
        code = main(["figure", *words, "--messages", "en"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return figure


def test_a_claim_is_shown_as_readers_of_each_language_will_see_it(run: Run) -> None:
    """With what to write, its sources, and where it is recorded."""
    code, out, _ = run("2013#visitors-later")

    assert code == 0
    assert "  [=2013#visitors-later]  →  about 4,300 visitors" in out
    assert "  [=2013#visitors-later|bare]  →  4,300" in out
    assert "Français: " in out
    assert "recorded at content/editions/2013.yaml:5" in out
    assert "[@port-office-2011]  Bilan de la foire (official)" in out


def test_what_differs_is_named_beside_it(run: Run) -> None:
    """A figure in conflict is not to be cited unawares."""
    _, out, _ = run("2013#visitors")

    assert "in conflict with:\n  2013#visitors-later  about 4,300 visitors\n" in out


def test_a_year_lists_its_addresses_and_nothing_lists_the_years(run: Run) -> None:
    """Each address with its value."""
    _, edition, _ = run("2013")
    _, every, _ = run()

    assert edition.splitlines() == [
        "2013#visitors        Visitors: 4,200 visitors",
        "2013#visitors-later  Visitors: about 4,300 visitors",
    ]
    assert "2013: 2 claims\nexpo: " in every


@pytest.mark.parametrize(("name", "close"), [("2013#visitor", "2013#visitors"), ("2031", "2013")])
def test_an_address_that_is_not_there_gives_the_nearest(run: Run, name: str, close: str) -> None:
    """Exit code 2."""
    code, _, err = run(name)

    assert (code, err.strip()) == (2, f"there is no claim “{name}”; did you mean “{close}”?")


@pytest.mark.parametrize(
    "text",
    [
        "2013#visitors",
        "[=2013#visitors|bare, nocite]",
        "[[claim:2013#visitors|text]]",
        "https://fair.example/harbour/en/editions/2013/#visitors",
    ],
)
def test_an_address_may_be_pasted_as_it_was_found(text: str) -> None:
    """From prose, or from the browser."""
    assert address_in(text) == "2013#visitors"
