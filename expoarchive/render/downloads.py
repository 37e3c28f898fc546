"""The files of each chart in each language: its data as CSV, its picture as SVG and PNG."""

import csv
import io
from collections.abc import Callable
from functools import partial

from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render.data.table import csv_cell
from expoarchive.render.data.tables import range_of
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.studio import OutputFiles, Studio
from expoarchive.render.views.charts import Row, chart_of
from expoarchive.site import Page, Site, permalink
from expoarchive.site.address import CHART_FILES, chart_file
from expoarchive.site.recall import Recall

# The bytes of a chart's files, in the order of ``CHART_FILES``.
Forms = tuple[bytes, bytes, bytes]
# One row a point. Programs read the names, so they are the same in every language. An unknown value is an empty cell.
COLUMNS = (
    "edition",
    "measure",
    "stage",
    "part",
    "value",
    "value_high",
    "unit",
    "qualifier",
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
    svg, png = studio.board.files(chart, record.found_at)
    return _csv(desk, rows, record.measure, record.stage or "", record.part or ""), svg, png


def make_downloads(studio: Studio, recall: Recall) -> OutputFiles:
    """The files of each chart. Problems with drawing it are noted on the studio's board."""
    files: dict[str, bytes] = {}
    for (language, chart_id), job in download_jobs(studio, recall).items():
        files |= {chart_file(language, chart_id, form): data for form, data in zip(CHART_FILES, job(), strict=True)}
    return OutputFiles(files)


def _csv(desk: Desk, rows: tuple[Row, ...], measure: str, stage: str, part: str) -> bytes:
    """UTF-8 without a byte-order mark, after RFC 4180."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    vocabularies = desk.site.records.vocabularies
    fixed = {"measure": measure, "stage": stage, "part": part, "unit": str(vocabularies.measures[measure].unit)}
    for year, _, _, claim in rows:
        writer.writerow({"edition": year, **fixed, **(_cells(desk, claim) if claim else {})})
    return text.getvalue().encode()


def _cells(desk: Desk, claim: Claim) -> dict[str, object]:
    figure = claim.statement
    assert isinstance(figure, Figure)
    low, high = range_of(claim)
    return {
        "value": low,
        "value_high": high,
        "qualifier": figure.qualifier,
        "basis": "derived" if figure.derived else "reported",
        "weak": csv_cell(desk.weak(figure.sources)),
        "scope": csv_cell(desk.local(figure.scope) if figure.scope else None),
        "sources": " ".join(dict.fromkeys(str(citation.source) for citation in figure.sources)),
        "claim": desk.claim_url(claim),
    }
