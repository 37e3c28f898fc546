"""What prose says is not known is held against the records: what fills it stops the build at that sentence."""

from pathlib import Path

import pytest

from expoarchive.problem import Problem
from tests.sites import read_small

TEXT = "content/articles/first-crane/en.md"
HEAD = "---\ntitle: T\nsummary: S\n---\n\n"


def said(root: Path, absence: str, files: dict[str, str | None] | None = None) -> list[Problem]:
    """What is wrong with an article that refers to this absence on line 6, from column 11 on."""
    text = f"{HEAD}Not here: [?{absence}] at all.\n\n## A {{#afterwards}}\n"
    return [problem for problem in read_small(root, {TEXT: text, **(files or {})})[2] if problem.place.file != "x"]


@pytest.mark.parametrize(
    "absence",
    [
        "2012#takings",
        "2010-2012#takings-signed",
        "2010#opened",
        "2011#visitors-night-market",
        "2009-2010#guest",
        "2009-2010#opener",
        "2009#deal",
        "2010#industry-crane-building",
        "2011#speaker",
        "*#takings-signed",
        "expo#takings",
        "2011#guest.night-market",
        "ticket-office",
    ],
)
def test_an_absence_holds_while_no_record_fills_it(tmp_path: Path, absence: str) -> None:
    """Of a measure with stage and part, a fact, a role, a field; for one edition, a span, all, or the fair itself."""
    assert said(tmp_path, absence) == []


@pytest.mark.parametrize(
    ("absence", "claim"),
    [
        ("2009#visitors", "2009#visitors"),
        ("2009-2012#takings", "2009#takings"),
        ("2009#takings-night-market", "2009#takings-night-market"),
        ("*#opened", "2009#opened"),
        ("2011#guest", "2011#guest"),
        ("2011#opener", "2011#opener-ada-lune"),
        ("2011#guest.port-lune", "2011#guest"),
        ("2011#guest.coast", "2011#guest"),
        ("2011#deal", "2011#crane-order"),
        ("2011#industry-crane-building", "2011#industry-crane-building"),
        ("expo#visitors", "expo#visitors-after-2011"),
    ],
)
def test_a_record_that_fills_it_is_named(tmp_path: Path, absence: str, claim: str) -> None:
    """At the sentence, with the address of the claim."""
    (problem,) = said(tmp_path, absence)

    assert (problem.kind, problem.place.file, problem.place.line, problem.place.column) == (
        *("absence-filled", TEXT),
        *(6, 13),
    )
    assert problem.details["claim"] == claim


FIGURE = "year: 2013\n{more}figures:\n  takings: {{{what}, sources: [gazette-2009]}}\n"


@pytest.mark.parametrize(
    ("absence", "what", "filled"),
    [
        ("2013#takings-signed", "value: 3, stage: planned", False),
        ("2013#takings-signed", "value: 3, stage: signed", True),
        ("2013#takings", "value: 3, stage: planned", True),
        ("2013#takings", "value: 3, part: night-market", False),
        ("2013#takings", "nothing: not_held", True),
        ("2013#visitors", "value: 3", False),
    ],
)
def test_another_stage_or_part_does_not_fill_it(tmp_path: Path, absence: str, what: str, filled: bool) -> None:
    """Another stage only where one is named; nothing to count fills it, as it is known then."""
    problems = said(tmp_path, absence, {"content/editions/2013.yaml": FIGURE.format(more="", what=what)})

    assert [problem.kind for problem in problems] == ["absence-filled"] * filled


def test_a_draft_fills_it_too(tmp_path: Path) -> None:
    """What an editor knows already must not be published as unknown."""
    edition = FIGURE.format(more="draft: true\n", what="value: 3")

    (problem,) = said(tmp_path, "2013#takings", {"content/editions/2013.yaml": edition})

    assert problem.kind == "absence-filled-by-draft"


def test_what_was_only_announced_does_not_tell_what_took_place(tmp_path: Path) -> None:
    """A planned day leaves the day itself unknown."""
    edition = "year: 2013\nheld: {opened: {date: 2013-06-01, stage: planned, sources: [gazette-2009]}}\n"

    assert said(tmp_path, "2013#opened", {"content/editions/2013.yaml": edition}) == []


@pytest.mark.parametrize(
    ("absence", "kind", "nearest"),
    [
        ("2009#visitrs", "absence-unknown", "visitors"),
        ("2009#guest.nowhere", "absence-unknown", None),
        ("2031#visitors", "unknown-edition", None),
        ("2012-2009#visitors", "absence-unknown", None),
        ("ticket-offic", "unknown-id", "ticket-office"),
        ("2009# visitors", "absence-syntax", "[?2009#visitors]"),
        ("who knows", "absence-syntax", "[?whoknows]"),
    ],
)
def test_a_slip_in_an_absence_is_told(tmp_path: Path, absence: str, kind: str, nearest: str | None) -> None:
    """With the nearest that there is."""
    (problem,) = said(tmp_path, absence)

    assert (problem.kind, problem.place.line, problem.nearest) == (kind, 6, nearest)


def test_an_event_that_was_only_planned_leaves_it_open(tmp_path: Path) -> None:
    """As a day that was only announced does."""
    edition = "year: 2013\nevents: {event: parade, stage: planned, sources: [gazette-2009]}\n"
    events = "parade: {name: {en: Parade, fr: Défilé}}\n"

    files: dict[str, str | None] = {"content/editions/2013.yaml": edition, "content/vocabularies/events.yaml": events}
    assert said(tmp_path, "2013#event-parade", files) == []


def test_an_entry_covers_what_claims_could_fill(tmp_path: Path) -> None:
    """Its addresses are held against the records as those of prose are, at their own line."""
    entry = "who: {what: {en: W, fr: W}, date: 2012,\n  covers: [2010#takings, 2009#visitors]}\n"
    files: dict[str, str | None] = {"content/absences.yaml": entry}

    (problem,) = read_small(tmp_path, files)[2]

    assert (problem.kind, problem.place.file, problem.place.line) == ("absence-filled", "content/absences.yaml", 2)
