"""``new from-report FILE``: a reader's report as a draft for an editor to check."""

from collections.abc import Iterator
from pathlib import Path

from yaml import YAMLError

from expoarchive.build import amend
from expoarchive.cli.amend import refuse_links
from expoarchive.cli.new_source import addresses, file_of
from expoarchive.cli.reading import read_site
from expoarchive.cli.report import report as show
from expoarchive.cli.report import show_problems
from expoarchive.cli.reported.draft import (
    DraftClaim,
    DraftSource,
    draft_claim,
    draft_source,
    locator_of,
    record_file,
    recorded,
)
from expoarchive.cli.reported.form import Report, read_form
from expoarchive.cli.reported.subject import Topic, topic_of, value_of
from expoarchive.cli.terminal import Faulty, Stop, Terminal, say
from expoarchive.nodes import read_text
from expoarchive.problem import Problem, errors
from expoarchive.render.strings import Strings, read_strings
from expoarchive.render.theme import theme_of
from expoarchive.site import Site

# What a report is meant to do: to fill what texts say is not known, and to speak against what they go by.
_TO_FOLLOW = frozenset({"absence-filled", "absence-filled-by-draft", "figure-in-conflict"})


def add_report(root: Path, name: str, terminal: Terminal) -> None:
    """Draft the claim of a filled form in the record of its edition, and its source in a file of its own.

    What is there already is never changed. Raises ``Faulty`` with all that is wrong with the form, and where the next
    build would stop at the draft.
    """
    site = read_site(root)
    strings, problems = read_strings(theme_of(root), site.config)
    if errors(problems):
        raise Faulty(problems)
    report, topic, values, source, asides = _understood(site, root, root / name, strings)
    words, taken = strings[report.language], site.records.claims.by_address
    file = record_file(topic.record)
    record, problems = read_text(root, file)
    if record is None:
        raise Faulty(problems)
    same = recorded(record.text, topic, values)
    if same and source.id in same.sources:
        terminal.say("new.report-known", address=f"{topic.record}#{topic.item}", id=source.id)
        show_problems(asides, terminal)
        return
    claim = draft_claim(report, topic, values, source, words, taken, same)
    agrees, unfollowed = _write(root, topic, claim, source, record.text, terminal)
    anchor = claim.keys.get("id", topic.item) if same is None else topic.item
    said = "new.report-joined" if same else "new.report" if topic.path else "new.report-noted"
    terminal.say(said, address=f"{topic.record}#{anchor}", file=file)
    terminal.say("new.report-new-source" if source.text else "new.report-known-source", id=source.id)
    for key, details in _to_check(report, topic, claim, words, agrees=agrees):
        terminal.say(f"new.report-{key}", **details)
    show_problems(asides, terminal)
    if unfollowed:
        terminal.say("new.report-follow")
        say(show(unfollowed, terminal.language, colour=False))


def _understood(
    site: Site, root: Path, file: Path, strings: dict[str, Strings]
) -> tuple[Report, Topic, dict[str, str], DraftSource, list[Problem]]:
    """What a form says, about what, and on whose word, and what it says besides.

    Raises ``Faulty`` with everything in it that is not understood.
    """
    report, problems = read_form(file, strings)
    if report is None:
        raise Faulty(problems)
    topic, faults = topic_of(site.records, report, strings)
    values, more = value_of(site.records, topic, report) if topic else ({}, [])
    source, others = draft_source(report, addresses(root))
    problems += [*faults, *more, *others]
    if topic is None or source is None or errors(problems):
        raise Faulty(problems)
    return report, topic, values, source, problems


def _write(
    root: Path, topic: Topic, claim: DraftClaim, source: DraftSource, record: str, terminal: Terminal
) -> tuple[bool, list[Problem]]:
    """Write the draft: whether its claim has the wording of the source, and what in the texts has to follow it.

    The wording is left out where it disagrees with the value.
    """
    file, new = record_file(topic.record), {file_of(source.id): source.text} if source.text else {}
    refuse_links(root, [file, *new])
    before: dict[str, bytes | None] = {file: (root / file).read_bytes(), **dict.fromkeys(new)}
    for drafted in (claim, claim.unprinted):
        try:
            texts = {file: drafted.put_into(record, topic), **new}
        except (ValueError, YAMLError):
            raise Stop("new.report-no-place", file=file) from None
        problems = amend(root, {name: text.encode() for name, text in texts.items()}, before, to_follow=_TO_FOLLOW)
        refused = [problem for problem in problems if problem.kind not in _TO_FOLLOW]
        if not refused or not all(problem.kind.startswith("print-") for problem in refused):
            break
    if refused:
        terminal.complain("amend.refused")
        raise Faulty(problems)
    return drafted is claim, problems


def _to_check(
    report: Report, topic: Topic, claim: DraftClaim, strings: Strings, *, agrees: bool
) -> Iterator[tuple[str, dict[str, object]]]:
    """What an editor has to look at first."""
    if topic.claim is not None and topic.path and claim.same is None:
        sources = {str(citation.source) for citation in topic.claim.statement.sources}
        yield "beside-same" if claim.citation["source"] in sources else "beside", {"address": topic.claim.address}
    if not agrees:
        yield "differs", {}
    place = report.get("place")
    if place and locator_of(place.line, strings) is None:
        yield "place", {}
