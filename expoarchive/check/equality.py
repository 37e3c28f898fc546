"""Whether each figure is the same on its page, in CSV and JSON, and in the charts.

All come from one record, but each takes its own way to the reader. So the finished bytes are read again, as a reader's
program would read them, and compared with the record and with one another.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import unescape

from expoarchive.problem import Problem
from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render.lettering import drawn_in
from expoarchive.render.measured import Medium
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site, absolute, permalink
from expoarchive.site.address import chart_file, data_file, home_of

# Where figures are shown, and the part of the site without which they are not.
PLACES = {"page": "", "csv": "data", "json": "data", "chart": "chart-files", "drawing": "chart-files"}
# By a claim's full address: the claim; by its address in the archive: its figure in words.
Worded = tuple[dict[str, Claim], dict[str, str]]


def compare_figures(
    site: Site, rendered: Sequence[RenderedPage], files: Mapping[str, bytes]
) -> tuple[int, tuple[Medium, ...], list[Problem]]:
    """How many claims have a number, the counts of each of ``PLACES``, and ``figure-differs`` for each slip.

    Places that the site leaves out are neither compared nor counted.
    """
    config = site.config
    claims = [
        claim
        for claim in site.records.claims.by_address.values()
        if isinstance(claim.statement, Figure) and claim.statement.value is not None
    ]
    comparison = _Comparison(files)
    rows = comparison.data(claims, config.language_ids) if config.has("data") else None
    shown = {page.page.permalink: dict(page.outline.figures) for page in rendered}
    worded: dict[str, Worded] = {}
    for language in config.language_ids:
        linked, said = worded.setdefault(language, ({}, {}))
        for claim in claims:
            home = permalink(language, *home_of(claim.record))
            value, words = shown.get(home, {}).get(claim.anchor, ("", ""))
            comparison.number("page", home, claim, value)
            if rows is not None:
                due = rows.get(claim.address, {}).get(f"shown_{language}", "")
                comparison.words("page", home, claim, words, due)
                words = due
            linked[f"{absolute(config.root, home)}#{claim.anchor}"] = claim
            said[claim.address] = words
    for language, (linked, _) in worded.items() if config.has("chart-files") else ():
        for chart_id in site.records.charts:
            comparison.chart(language, chart_id, (linked, worded[drawn_in(config, language)][1]))
    places = [name for name, part in PLACES.items() if not part or config.has(part)]
    return len(claims), comparison.places(places), comparison.problems


@dataclass
class _Comparison:
    """What was compared so far."""

    files: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    compared: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)

    def data(self, claims: Sequence[Claim], languages: Collection[str]) -> dict[str, dict[str, str]]:
        """Compare the two tables of claims. The rows of the CSV by claim: their words are those due elsewhere."""
        table, objects_file = data_file("claims.csv"), data_file("claims.json")
        rows = {row["claim"]: row for row in self._csv(table)}
        objects = {row["claim"]: row for row in json.loads(self.files[objects_file])}
        for claim in claims:
            row, thing = rows.get(claim.address, {}), objects.get(claim.address, {})
            self.number("csv", table, claim, row.get("value", ""))
            self.number("json", objects_file, claim, thing.get("value", ""))
            for name in (f"shown_{language}" for language in languages):
                self.words("json", objects_file, claim, thing.get(name), row.get(name, ""))
        return rows

    def chart(self, language: str, chart_id: str, worded: Worded) -> None:
        """Compare the rows of a chart's file, and the words of its drawing."""
        linked, words = worded
        table = chart_file(language, chart_id, "csv")
        drawing = chart_file(language, chart_id, "svg")
        text = unescape(self.files[drawing].decode())
        for point in self._csv(table):
            if claim := linked.get(point["claim"]):
                self.number("chart", table, claim, point["value"])
                label = f"{point['edition']} — {words[claim.address]}"
                self.words("drawing", drawing, claim, label if label in text else "", label)

    def _csv(self, name: str) -> Iterator[dict[str, str]]:
        return csv.DictReader(io.StringIO(self.files[name].decode(), newline=""))

    def number(self, place: str, file: str, claim: Claim, value: object) -> None:
        """Compare a number in a file with the record's."""
        assert isinstance(claim.statement, Figure)
        assert claim.statement.value is not None
        due = claim.statement.value.low
        # JSON's numbers are doubles.
        same = float(due) == value if isinstance(value, int | float) else _decimal(value) == due
        self._note(place, file, claim, same, (str(due), str(value)))

    def words(self, place: str, file: str, claim: Claim, words: object, due: object) -> None:
        """Compare a figure in words with the words of the table of claims."""
        self._note(place, file, claim, bool(due) and words == due, (str(due), str(words)))

    def _note(self, place: str, file: str, claim: Claim, same: bool, sides: tuple[str, str]) -> None:
        self.seen.add((place, claim.address))
        self.compared[place] += 1
        if not same:
            self.differing[place] += 1
            details = {"claim": claim.address, "file": file, "wanted": sides[0], "found": sides[1]}
            self.problems.append(Problem("figure-differs", claim.statement.found_at, details))

    def places(self, names: Sequence[str]) -> tuple[Medium, ...]:
        """The counts of these places."""
        figures = Counter(place for place, _ in self.seen)
        return tuple(Medium(name, figures[name], self.compared[name], self.differing[name]) for name in names)


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
