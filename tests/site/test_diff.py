"""``diff``: what changed in the data from one build to another."""

import json
from collections.abc import Callable

import pytest

from expoarchive.cli.main import main
from tests.sites import ROOT, Site


def built(build_site: Callable[..., Site], name: str, old: str = "", new: str = "") -> str:
    """Build the tiny expo with one change into a folder of that name, which is told.

    A chart refers to a part of 2009's takings by its address, which follows the change.
    """
    content = ROOT / "tests" / "expo" / "content"
    edition = (content / "editions" / "2009.yaml").read_text("utf-8").replace(old, new)
    charts = (content / "charts.yaml").read_text("utf-8")
    if "part: quay-hall" in edition:
        charts = charts.replace("2009#takings-night-market", "2009#takings-quay-hall")
    output = build_site({"content/editions/2009.yaml": edition, "content/charts.yaml": charts}).output
    return str(output.rename(output.with_name(name)))


def test_the_same_records_make_no_difference(
    build_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does another address."""
    first = built(build_site, "first")
    second = build_site(address="https://elsewhere.example").output

    assert main(["diff", first, str(second), "--messages", "en"]) == 0
    assert capsys.readouterr().out.startswith("the data is the same: version ")


def test_a_changed_claim_is_told_cell_by_cell(
    build_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the old value and the new; what rests on it too."""
    first = built(build_site, "first")
    second = built(build_site, "second", "value: 45.5", "value: 46")

    main(["diff", first, second, "--messages", "en"])
    said = capsys.readouterr().out
    assert "changed claims 2009#takings\n    value: 45.5 → 46\n" in said

    main(["diff", first, second, "--format", "json"])
    changes = json.loads(capsys.readouterr().out)
    assert changes["old"] != changes["new"]
    assert [change["key"] for change in changes["changes"]] == ["2009#takings"]


def test_a_claim_that_came_or_went_is_told(build_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]) -> None:
    """By its address."""
    first = built(build_site, "first")
    second = built(build_site, "second", "{value: 6, part: night-market,", "{value: 6, part: quay-hall,")

    main(["diff", first, second, "--messages", "en"])
    said = capsys.readouterr().out
    assert "added claims 2009#takings-quay-hall" in said
    assert "removed claims 2009#takings-night-market" in said


def test_a_folder_without_data_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is compared."""
    assert main(["diff", "tests", "docs", "--messages", "en"]) == 1
    assert "holds no data of a built site" in capsys.readouterr().err
