"""The files of each chart: its data as CSV, its picture as SVG and PNG, in every language of the site."""

import csv
import io
from collections.abc import Callable
from functools import partial

from expoarchive.records import Claim
from expoarchive.records.statement import Figure
from expoarchive.render.data.table import in_sheet
from expoarchive.render.desk import Desk, desk_of
from expoarchive.render.output import Published
from expoarchive.render.studio import Studio
from expoarchive.render.views.charts import Row, drawing_of
from expoarchive.site import Page, Site, absolute, permalink
from expoarchive.site.address import CHART_FILES, chart_file, home_of
from expoarchive.site.recall import Recall

# The bytes of a chart's files, in the order of ``CHART_FILES``.
Forms = tuple[bytes, bytes, bytes]
# One row a point. Names are for programs, the same in every language; what is not known is an empty cell.
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
    """What makes the files of each chart in each language. CSV is UTF-8 without a mark, after RFC 4180."""
    jobs: dict[tuple[str, str], Callable[[], Forms]] = {}
    for language in recall.site.config.languages:
        page = Page("growth", "", language.id, permalink(language.id, "growth"))
        for chart_id in recall.site.records.charts:

            def made(site: Site, page: Page = page, chart_id: str = chart_id) -> Forms:
                desk = desk_of(site, page, studio.strings)
                record = site.records.charts[chart_id]
                drawn = drawing_of(desk, chart_id, record)
                svg, png = studio.board.files(drawn.chart, record.found_at)
                csv = _csv(desk, drawn.rows, record.measure, record.stage or "", record.part or "")
                return csv, svg, png

            jobs[language.id, chart_id] = partial(
                recall.made_of, f"chart-files {language.id} {chart_id}", made, kind=Forms
            )
    return jobs


def make_downloads(studio: Studio, recall: Recall) -> Published:
    """The files of each chart. Faults of its drawing are noted on the studio's board."""
    files: dict[str, bytes] = {}
    for (language, chart_id), job in download_jobs(studio, recall).items():
        files |= {chart_file(language, chart_id, form): data for form, data in zip(CHART_FILES, job(), strict=True)}
    return Published(files)


def _csv(desk: Desk, rows: tuple[Row, ...], measure: str, stage: str, part: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    vocabularies = desk.site.records.vocabularies
    fixed = {"measure": measure, "stage": stage, "part": part, "unit": str(vocabularies.measures[measure].unit)}
    for year, _, _, claim in rows:
        writer.writerow({"edition": year, **fixed, **(_known(desk, claim) if claim else {})})
    return text.getvalue().encode()


def _known(desk: Desk, claim: Claim) -> dict[str, object]:
    figure = claim.statement
    assert isinstance(figure, Figure)
    address = absolute(desk.site.config.root, permalink(desk.language.id, *home_of(claim.record)))
    ranged = figure.value is not None and figure.value.low != figure.value.high
    return {
        "value": figure.value.low if figure.value else "",
        "value_high": figure.value.high if figure.value and ranged else "",
        "qualifier": figure.qualifier,
        "basis": "derived" if figure.derived else "reported",
        "weak": "true" if desk.weak(figure.sources) else "false",
        "scope": in_sheet(desk.local(figure.scope)) if figure.scope else "",
        "sources": " ".join(str(citation.source) for citation in figure.sources),
        "claim": f"{address}#{claim.anchor}",
    }
