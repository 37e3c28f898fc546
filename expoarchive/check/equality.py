"""Whether each figure is the same on its page, in CSV and JSON, and in the charts.

All are made of one record, and still each goes its own way to the reader. So the finished bytes are read again, as a
reader's program would read them, and compared with the record and with one another.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import unescape

from expoarchive.problem import Problem
from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render.measured import Medium
from expoarchive.render.pages import RenderedPage
from expoarchive.site import Site, absolute, permalink
from expoarchive.site.address import chart_file, data_file, home_of

PLACES = ("page", "csv", "json", "chart", "drawing")
_OF_DATA, _OF_CHARTS = ("csv", "json"), ("chart", "drawing")


def compare_figures(
    site: Site, rendered: Sequence[RenderedPage], files: Mapping[str, bytes]
) -> tuple[int, tuple[Medium, ...], list[Problem]]:
    """How many figures have a number, what each of ``PLACES`` says of them, and ``figure-differs`` for each slip.

    Places that the site leaves out are neither looked at nor told of.
    """
    claims = {
        claim.address: claim
        for claim in site.records.claims.by_address.values()
        if isinstance(claim.statement, Figure) and claim.statement.value is not None
    }
    found = _Comparison()
    has_data = site.config.has("data")
    rows = {str(row["claim"]): row for row in _csv(files, data_file("claims.csv"))} if has_data else {}
    objects = {str(row["claim"]): row for row in json.loads(files[data_file("claims.json")])} if has_data else {}
    shown = {page.page.permalink: dict(page.outline.figures) for page in rendered}
    # By language and full address: the claim, and the words that all places must have for it.
    worded: dict[str, dict[str, tuple[Claim, str]]] = {language: {} for language in site.config.language_ids}
    for claim in claims.values():
        row, thing = rows.get(claim.address, {}), objects.get(claim.address, {})
        if has_data:
            found.number("csv", data_file("claims.csv"), claim, row.get("value", ""))
            found.number("json", data_file("claims.json"), claim, thing.get("value", ""))
        for language, there in worded.items():
            home = permalink(language, *home_of(claim.record))
            value, text = shown.get(home, {}).get(claim.anchor, ("", ""))
            found.number("page", home, claim, value)
            words = row.get(f"shown_{language}", "") if has_data else text
            there[f"{absolute(site.config.root, home)}#{claim.anchor}"] = claim, words
            if has_data:
                found.words("page", home, claim, text, words)
                found.words("json", data_file("claims.json"), claim, thing.get(f"shown_{language}"), words)
    for language in worded if site.config.has("chart-files") else ():
        for chart_id in site.records.charts:
            _chart(found, files, (language, chart_id), worded[language])
    left = (*(() if has_data else _OF_DATA), *(() if site.config.has("chart-files") else _OF_CHARTS))
    return len(claims), tuple(place for place in found.places() if place.name not in left), found.problems


def _chart(
    found: "_Comparison",
    files: Mapping[str, bytes],
    chart: tuple[str, str],
    worded: Mapping[str, tuple[Claim, str]],
) -> None:
    """The rows of a chart's file, and what its drawing says of them in words."""
    language, chart_id = chart
    table, drawing = chart_file(language, chart_id, "csv"), chart_file(language, chart_id, "svg")
    said = unescape(files[drawing].decode())
    for point in _csv(files, table):
        if point["claim"] not in worded:
            continue
        claim, text = worded[point["claim"]]
        found.number("chart", table, claim, point["value"])
        words = f"{point['edition']} — {text}"
        found.words("drawing", drawing, claim, words if words in said else "", words)


def _csv(files: Mapping[str, bytes], name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(files[name].decode(), newline=""))


@dataclass
class _Comparison:
    """What was compared so far."""

    problems: list[Problem] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    compared: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)

    def number(self, place: str, file: str, claim: Claim, said: object) -> None:
        """A number as a file has it, against the record's."""
        statement = claim.statement
        assert isinstance(statement, Figure)
        assert statement.value is not None
        wanted = statement.value.low
        # JSON's numbers are doubles.
        same = float(wanted) == said if isinstance(said, int | float) else _decimal(said) == wanted
        self._note(place, file, claim, same, (str(wanted), str(said)))

    def words(self, place: str, file: str, claim: Claim, said: object, wanted: object) -> None:
        """The figure in words, against what the table of claims says."""
        self._note(place, file, claim, bool(wanted) and said == wanted, (str(wanted), str(said)))

    def _note(self, place: str, file: str, claim: Claim, same: bool, sides: tuple[str, str]) -> None:
        self.seen.add((place, claim.address))
        self.compared[place] += 1
        if not same:
            self.differing[place] += 1
            details = {"claim": claim.address, "file": file, "wanted": sides[0], "found": sides[1]}
            self.problems.append(Problem("figure-differs", claim.statement.found_at, details))

    def places(self) -> tuple[Medium, ...]:
        """Every place with its counts, in the order of ``PLACES``."""
        figures = Counter(place for place, _ in self.seen)
        return tuple(Medium(name, figures[name], self.compared[name], self.differing[name]) for name in PLACES)


def _decimal(said: object) -> Decimal | None:
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None
