"""The files of each chart in each language: its data as CSV, its picture as SVG and PNG."""

import csv
import io
from collections.abc import Callable
from functools import partial

from expoarchive.problem import WARNING, Problem
from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.records.vocabulary import ChartRecord
from expoarchive.render.charts import undrawable
from expoarchive.render.charts.font import listed
from expoarchive.render.data.table import csv_cell
from expoarchive.render.data.tables import range_of
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.lettering import drawn_page, undrawn
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.views.charts import Row, chart_of, rank_of
from expoarchive.site import Page, Site, permalink
from expoarchive.site.address import CHART_FILES, chart_file
from expoarchive.site.recall import Recall

# The bytes of a chart's files, in the order of ``CHART_FILES``; its title, and the characters that no font has.
Forms = tuple[tuple[bytes, bytes, bytes], str, str]
# Programs read the names, so they are the same in every language. An unknown value is an empty cell.
COLUMNS = (
    "edition",
    "measure",
    "stage",
    "part",
    "value",
    "value_high",
    "unit",
    "qualifier",
    "rank",
    "basis",
    "weak",
    "scope",
    "sources",
    "claim",
)


def download_jobs(studio: Studio, recall: Recall) -> dict[tuple[str, str], Callable[[], Forms]]:
    """A job for the files of each chart, by language and chart."""
    jobs: dict[tuple[str, str], Callable[[], Forms]] = {}
    for language in recall.site.config.language_ids:
        for chart_id in recall.site.records.charts:
            make = partial(_forms, studio=studio, language=language, chart_id=chart_id)
            jobs[language, chart_id] = partial(recall.made_of, f"chart-files {language} {chart_id}", make, kind=Forms)
    return jobs


def _forms(site: Site, studio: Studio, language: str, chart_id: str) -> Forms:
    desk = desk_of(site, Page("growth", "", language, permalink(language, "growth")), studio.strings)
    record = site.records.charts[chart_id]
    chart, rows = chart_of(desk, chart_id, record)
    drawn = drawn_page(site.config, desk.page)
    if drawn.language != language:
        chart, _ = chart_of(desk_of(site, drawn, studio.strings), chart_id, record)
    return (_csv(desk, record, rows), *studio.board.files(chart)), chart.title, undrawable(chart)


def make_downloads(studio: Studio, recall: Recall) -> OutputFiles:
    """The files of each chart. Warns with ``chart-glyph-missing`` where pictures replace what no font has."""
    files: dict[str, bytes] = {}
    problems = [*undrawn(recall.site.config)]
    for (language, chart_id), job in download_jobs(studio, recall).items():
        forms, title, missing = job()
        files |= {chart_file(language, chart_id, form): data for form, data in zip(CHART_FILES, forms, strict=True)}
        if missing:
            place, details = (
                recall.site.records.charts[chart_id].found_at,
                {"characters": listed(missing), "title": title},
            )
            problems.append(Problem("chart-glyph-missing", place, details, severity=WARNING))
    return OutputFiles(files, problems=problems)


def _csv(desk: Desk, record: ChartRecord, rows: tuple[Row, ...]) -> bytes:
    """UTF-8 without a byte-order mark, after RFC 4180: a row for each claim, and for each edition without one."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        for claim in row.claims:
            writer.writerow({"edition": row.year, **_cells(desk, claim)})
        if not row.claims:
            writer.writerow({"edition": row.year, **_counted(desk, *record.series)})
    return text.getvalue().encode()


def _counted(desk: Desk, measure: str, stage: str, part: str) -> dict[str, object]:
    if not measure:
        return {}
    unit = str(desk.site.records.vocabularies.measures[measure].unit)
    return {"measure": measure, "stage": stage, "part": part, "unit": unit}


def _cells(desk: Desk, claim: Claim) -> dict[str, object]:
    statement = claim.statement
    cells: dict[str, object] = {
        "rank": rank_of(claim),
        "basis": "derived" if statement.derived else "reported",
        "weak": csv_cell(desk.weak(statement.sources)),
        "scope": csv_cell(desk.local(statement.scope) if statement.scope else None),
        "sources": " ".join(dict.fromkeys(str(citation.source) for citation in statement.sources)),
        "claim": desk.claim_url(claim),
    }
    if isinstance(statement, Figure):
        low, high = range_of(claim)
        cells |= _counted(desk, *claim.key.series) | {
            "value": low,
            "value_high": high,
            "qualifier": statement.qualifier,
        }
    return cells
