"""Spreadsheets out and in: what an office does to a sheet, and what of it reaches the sources."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from expoarchive.cli.main import main
from tests.sites import lay_sources

Rows = list[list[str]]
# The package has a function of the same name.
exchanging = import_module("expoarchive.write.exchange")
Run = Callable[..., tuple[int, str, str]]
SORTS = ("claims", "sources", "exhibitors", "places", "companies", "measures", "units")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented fair, in the folder that commands run in."""
    lay_sources(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command: its exit code, what it prints, what it complains."""

    def command(*words: str, language: str = "en") -> tuple[int, str, str]:
        code = main([*words, "--messages", language])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def sources_of(root: Path) -> dict[str, str]:
    """Every file of the content as text."""
    files = (path for path in (root / "content").rglob("*") if path.suffix in (".yaml", ".csv"))
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in files}


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The lines that are new or gone, with a sign before them."""
    lines = []
    for file in sorted({*before, *after}):
        old, new = before.get(file, "").splitlines(), after.get(file, "").splitlines()
        lines += [f"-{line.strip()}" for line in old if line not in new]
        lines += [f"+{line.strip()}" for line in new if line not in old]
    return lines


def sheet_of(path: Path) -> Rows:
    """The rows of a CSV that was exported."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def written(rows: Iterable[Iterable[str]], sign: str = ",", end: str = "\r\n") -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator=end).writerows(rows)
    return text.getvalue()


def put(rows: Rows, key: str, heading: str, text: str) -> None:
    """Another text in one cell: of the row with this key anywhere in it."""
    row = next(row for row in rows if key in row)
    row[rows[0].index(heading)] = text


def test_what_was_exported_changes_nothing(run: Run, root: Path) -> None:
    """Every sort, as workbook and as CSV, with headings of either language, in one go."""
    before = sources_of(root)
    names = []
    for sort in SORTS:
        for language, form in (("en", "csv"), ("zh", "xlsx")):
            names.append(f"{sort}-{language}.{form}")
            assert run("export", sort, "--to", names[-1], language=language)[0] == 0

    code, out, err = run("import", *names, "--write")

    assert (code, err) == (0, "")
    assert "nothing differs" in out
    assert sources_of(root) == before


def test_headings_are_the_editors_words(run: Run, root: Path) -> None:
    """In the language of the command; texts in several languages have a column each."""
    run("export", "claims", "2011", "--to", "en.csv")
    run("export", "claims", "2011", "--to", "zh.csv", language="zh")
    english, chinese = sheet_of(root / "en.csv"), sheet_of(root / "zh.csv")

    assert english[0][:4] == ["Edition", "Claim", "Kind", "Measure"]
    assert {"Value", "Sources", "Scope (English)", "Scope (Français)"} <= {*english[0]}
    assert {"届", "记述", "数值", "来源", "统计范围（English）"} <= {*chinese[0]}
    assert english[1:] == chinese[1:]
    assert {row[0] for row in english[1:]} == {"2011"}


def test_a_changed_cell_changes_its_line_and_no_other(run: Run, root: Path) -> None:
    """It is shown first, and written only when told to. Comments and the order of all else stay."""
    file = root / "content/editions/2009.yaml"
    file.write_text(
        file.read_text("utf-8").replace("figures:", "# counted at the gate\nfigures:  # by measure"), "utf-8"
    )
    before = sources_of(root)
    run("export", "claims", "--to", "claims.csv")
    rows = sheet_of(root / "claims.csv")
    put(rows, "2009#visitors", "Value", "1,300")
    put(rows, "2009#closed", "Sources", "gazette-2009 | page 5")
    (root / "claims.csv").write_text(written(rows), "utf-8")

    code, shown, _ = run("import", "claims.csv")

    assert code == 0
    assert "changed claims 2009#visitors\n    Value: 1200 → 1300\n" in shown
    assert "nothing was written" in shown
    assert sources_of(root) == before

    assert run("import", "claims.csv", "--write")[0] == 0
    assert differing(before, sources_of(root)) == [
        "-closed: {date: 2009-06-03, sources: [{source: gazette-2009, locator: page 3}]}",
        "-visitors: {value: 1200, qualifier: about, sources: [gazette-2009]}",
        "+closed: {date: 2009-06-03, sources: [{source: gazette-2009, locator: page 5}]}",
        "+visitors: {value: 1300, qualifier: about, sources: [gazette-2009]}",
    ]


def test_rows_without_an_address_are_new_and_missing_ones_stay(run: Run, root: Path) -> None:
    """A sheet may be a few rows, in columns of its own choice and order; names stand for ids."""
    before = sources_of(root)
    rows = [
        ["来源", "数值", "指标", "届"],
        ["port-office-2011；gazette-2009", "２１００", "visitors", "2012"],
        ["gazette-2009", "48.5", "Takings", "2010年"],
    ]
    (root / "more.csv").write_text(written(rows, "\t"), "utf-16")

    assert run("import", "more.csv", "--write")[0] == 0
    assert differing(before, sources_of(root)) == [
        "+takings: {value: 48.5, sources: [gazette-2009]}",
        "+figures:",
        "+visitors: {value: 2100, sources: [port-office-2011, gazette-2009]}",
    ]


@pytest.mark.parametrize(
    ("encoding", "sign", "end"),
    [
        ("utf-8-sig", ",", "\r\n"),
        ("gb18030", ",", "\r\n"),
        ("gbk", ";", "\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-8", ";", "\r"),
    ],
)
def test_csv_is_read_as_offices_save_it(run: Run, root: Path, encoding: str, sign: str, end: str) -> None:
    """With a title above the headings, empty rows, columns that are nobody's, and whatever signs and encoding."""
    rows = [
        ["参展企业登记表", "", "", "", ""],
        [],
        ["展位号", "企业名称（fr）", "联系电话", "所属行业", "展馆"],
        ["A1", "起重机公司", "0971-1", "Crane building", "Ａ馆"],
        ["", "", "", "", ""],
        ["B2", "湖盐，有限", "0971-2", "制盐", ""],
    ]
    (root / "名单.csv").write_bytes(written(rows, sign, end).encode(encoding))

    code, out, err = run(
        "import", "名单.csv", "--edition", "2009", "--source", "gazette-2009", "--write", language="zh"
    )

    assert code == 0, err
    assert "“联系电话”这一列不会读取" in err
    assert "2 处改动已写入" in out
    assert (root / "content/exhibitors/2009.csv").read_text("utf-8").splitlines() == [
        "name_en,name_fr,company,place,hall,booth,industry",
        ",起重机公司,,,Ａ馆,A1,crane-building",
        ",湖盐，有限,,,,B2,制盐",
    ]
    assert "exhibitors: {sources: [gazette-2009]}" in (root / "content/editions/2009.yaml").read_text("utf-8")


def test_a_workbook_is_read_as_what_it_shows(run: Run, root: Path) -> None:
    """Dates, percentages and numbers as text; a hall merged over its rows; a formula by what it came to."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2009"
    sheet.append(["List of exhibitors"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Company", "Hall", "Booth", "No."])
    for at, row in enumerate((("Ropes & Sons", "North", 12), ("Sails", None, 7), ("Nets", None, "0012"))):
        sheet.append([*row, at + 1])
    sheet["C4"].number_format = "000"
    sheet.merge_cells("B3:B5")
    book.save(root / "list.xlsx")
    claims = openpyxl.Workbook()
    rows = claims.active
    assert rows is not None
    rows.append(["Claim", "Date", "Value"])
    rows.append(["2009#opened", None, None])
    rows["B2"] = datetime(2009, 6, 1)
    rows["B2"].number_format = "mmm yyyy"
    rows.append(["2009#visitors", None, "=1000+200"])
    claims.save(root / "claims.xlsx")

    assert run("import", "list.xlsx", "--edition", "2009", "--source", "gazette-2009", "--write")[0] == 0
    code, _, err = run("import", "claims.xlsx")

    assert (root / "content/exhibitors/2009.csv").read_text("utf-8").splitlines()[1:] == [
        "Ropes & Sons,,,,North,12,",
        "Sails,,,,North,007,",
        "Nets,,,,North,0012,",
    ]
    assert code == 1
    assert "claims.xlsx, cell C3: error: this cell has a formula whose result was not saved" in err


def test_every_slip_is_told_by_its_cell(run: Run, root: Path) -> None:
    """All at once, with what was expected and the nearest valid name; and nothing is written."""
    run("export", "claims", "--to", "claims.csv")
    rows = sheet_of(root / "claims.csv")
    put(rows, "2009#visitors", "Qualifier", "abuot")
    put(rows, "2009#visitors", "Part", "night-markt")
    put(rows, "2009#closed", "Date", "2009-13-01")
    put(rows, "2009#opened", "Value", "5")
    put(rows, "2010#visitors", "Sources", "port-ofice-2011")
    put(rows, "2009#takings", "Value", "4O")
    put(rows, "2011#ordinal", "Kind", "theme")
    put(rows, "2009#ordinal", "Claim", "2009#ordnal")
    rows.append([*rows[-1]])
    (root / "claims.csv").write_text(written(rows), "utf-8")
    before = sources_of(root)

    code, _, err = run("import", "claims.csv", "--write")

    assert code == 1
    told = [line.partition(": error: ") for line in err.splitlines() if ": error: " in line]
    cells = {rows[0][letter(place) - 1]: says for place, _, says in told}
    assert cells["Qualifier"] == "“Qualifier” cannot be “abuot”"
    assert "night-markt" in cells["Part"]
    assert {"Date", "Value", "Sources", "Kind", "Claim"} <= {*cells}
    assert "did you mean “about”?" in err
    assert "did you mean “night-market”?" in err
    assert "did you mean “port-office-2011”?" in err
    assert "did you mean “2009#ordinal”?" in err
    assert "has a row already" in err
    assert sources_of(root) == before


def letter(place: str) -> int:
    """The number of a cell's column in ``file, cell AB7``."""
    number = 0
    for char in place.rpartition(" ")[2]:
        if char.isalpha():
            number = number * 26 + ord(char) - ord("A") + 1
    return number


def test_what_the_next_build_would_stop_at_is_told_by_its_cell_too(run: Run, root: Path) -> None:
    """The content is checked as it would be then: a sum that no longer fits, a claim that loses its source."""
    run("export", "claims", "--to", "claims.csv")
    rows = sheet_of(root / "claims.csv")
    put(rows, "2009#takings", "Sources", "")
    (root / "claims.csv").write_text(written(rows), "utf-8")
    before = sources_of(root)

    code, _, err = run("import", "claims.csv", "--write")

    assert code == 1
    assert "nothing was written" in err
    assert "claims.csv, cell " in err
    assert "source" in err
    assert sources_of(root) == before


def test_no_cell_is_run_by_a_spreadsheet(run: Run, root: Path) -> None:
    """Text that looks like a formula is guarded in CSV, stays text in a workbook, and reads back as it was."""
    text = "=cmd|' /C calc'!A0"
    guarded = "'=quoted, and so guarded"
    file = root / "content/exhibitors/2011.csv"
    lines = [f'"{text}",,,,@hall,-1,', f'"{guarded}",,,,+x,,']
    file.write_text(file.read_text("utf-8") + "".join(f"{line}\n" for line in lines), "utf-8")
    before = sources_of(root)
    run("export", "exhibitors", "--to", "list.csv")
    run("export", "exhibitors", "--to", "list.xlsx")
    cells = [cell for row in sheet_of(root / "list.csv")[1:] for cell in row]
    sheet = openpyxl.load_workbook(root / "list.xlsx").active
    assert sheet is not None

    assert f"'{text}" in cells
    assert f"'{guarded}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "nothing differs" in run("import", "list.csv", "list.xlsx", "--write")[1]
    assert sources_of(root) == before


def test_a_list_of_exhibitors_is_changed_row_by_row(run: Run, root: Path) -> None:
    """A row is known by its name and stand, or by its number; where the sheet is the whole list, others go."""
    before = sources_of(root)
    run("export", "exhibitors", "2011", "--to", "list.csv")
    head, cranes, ropes, nets = sheet_of(root / "list.csv")
    ropes[head.index("Booth")] = "A9"
    cranes[head.index("Exhibitor (Français)")] = "Grues du Port SA"
    new = ["2011", "", "Lamps & Co", "", "", "Port Lune市", "B", "B8", ""]
    (root / "list.csv").write_text(written([head, ropes, cranes, new]), "utf-8")

    shown = run("import", "list.csv", "--write")[1]

    assert "changed exhibitors 2011 2\n    Booth: A2 → A9\n" in shown
    assert "added exhibitors 2011 4" in shown
    assert differing(before, sources_of(root)) == [
        "-Grues du Port,,grues-du-port,port-lune,A,A1,crane-building",
        '-"Cordes, voiles et fils",Ropes & Sons,,Saint-Malo,A,A2,',
        "+Grues du Port SA,,grues-du-port,port-lune,A,A1,crane-building",
        '+"Cordes, voiles et fils",Ropes & Sons,,Saint-Malo,A,A9,',
        "+,Lamps & Co,,port-lune,B,B8,",
    ]
    (root / "whole.csv").write_text(written([head, cranes, ropes, new]), "utf-8")
    assert "removed exhibitors 2011 3 Filets Lune" in run("import", "whole.csv", "--replace", "--write")[1]
    assert "Filets" not in (root / "content/exhibitors/2011.csv").read_text("utf-8")
    assert nets


def test_sheets_of_one_list_lose_none_of_their_rows(run: Run, root: Path) -> None:
    """New rows count on from sheet to sheet and from file to file; rows that say the same twice are told of."""
    book = openpyxl.Workbook()
    for name, company in (("North", "Lamps"), ("South", "Sails")):
        sheet = book.create_sheet(name)
        sheet.append(["Company", "Booth"])
        sheet.append([company, "B1"])
    book.remove(book.worksheets[0])
    book.save(root / "halls.xlsx")
    (root / "more.csv").write_text("Company,Booth\nNets,C1\nLamps,B1\n", "utf-8")

    code, out, err = run("import", "halls.xlsx", "more.csv", "--edition", "2009", "--source", "gazette-2009", "--write")

    assert code == 0, err
    assert [line for line in out.splitlines() if line.startswith("added")] == [
        f"added exhibitors 2009 {number}" for number in (1, 2, 3, 4)
    ]
    assert "more.csv, cell A3: warning: this row says the same as another: halls.xlsx North!A2" in err
    listed = (root / "content/exhibitors/2009.csv").read_text("utf-8")
    assert [line.split(",")[0] for line in listed.splitlines()[1:]] == ["Lamps", "Sails", "Nets", "Lamps"]


def test_two_sheets_cannot_change_the_same_record(run: Run, root: Path) -> None:
    """The second is told by its cell, with the first; so is a row without a name."""
    (root / "one.csv").write_text("Claim,Value\n2009#visitors,1300\n", "utf-8")
    (root / "two.csv").write_text("Claim,Scope (English)\n2009#visitors,at the gate\n", "utf-8")
    (root / "list.csv").write_text("企业名称,展位号\n,B1\n", "utf-8")

    assert (
        "two.csv, cell A2: error: “2009#visitors” has a row already: one.csv A2"
        in run("import", "one.csv", "two.csv")[2]
    )
    assert "“企业名称”为空" in run("import", "list.csv", "--edition", "2011", language="zh")[2]


def test_where_the_disk_refuses_one_file_none_has_changed(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were exchanged before it get their old bytes back."""
    rows = [["Claim", "Value"], ["2009#visitors", "1300"], ["2010#visitors", "1600"], ["2011#visitors", "1900"]]
    (root / "claims.csv").write_text(written(rows), "utf-8")
    before = sources_of(root)
    put_file = exchanging.put_file

    def full(path: Path, data: bytes) -> None:
        if path.name == "2011.yaml":
            raise OSError(28, "No space left on device", str(path))
        put_file(path, data)

    monkeypatch.setattr(exchanging, "put_file", full)
    code, _, err = run("import", "claims.csv", "--write")

    assert (code, "No space left" in err) == (1, True)
    assert sources_of(root) == before


def test_what_is_no_sheet_says_so(run: Run, root: Path) -> None:
    """A picture, an old workbook, an empty file, one without headings, one that is not there: never a traceback."""
    (root / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    (root / "torn.xlsx").write_bytes(b"PK\x03\x04 no archive")
    (root / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (root / "empty.csv").write_bytes(b"\n")
    (root / "notes.csv").write_text("Dear colleague,\nhere is the list.\n", "utf-8")
    told = {name: run("import", name)[2] for name in ("old.xls", "torn.xlsx", "picture.csv", "empty.csv", "notes.csv")}

    assert "old format (.xls)" in told["old.xls"]
    assert "no spreadsheet that can be read" in told["torn.xlsx"]
    assert "no encoding that is known" in told["picture.csv"]
    assert "empty" in told["empty.csv"]
    assert "no row here has headings that are known" in told["notes.csv"]
    assert run("import", "none.xlsx")[0] == 2
    assert run("export", "places", "--to", "notes.csv")[0] == 1
    assert run("export", "places", "--to", "notes.csv", "--overwrite")[0] == 0
    assert run("export", "claims", "1999")[0] == 2
    assert run("export", "places", "2009")[0] == 2
    assert run("export", "places", "--to", "places.ods")[0] == 2


def test_cells_become_a_table_of_markdown(run: Run, root: Path) -> None:
    """As they are pasted: tabs between them, quotes around what breaks a line, figures to the right."""
    (root / "cells.txt").write_text('Year\tVisitors\tNote\n2009\t1,200\ta|b\n2010\t\t"two\nlines"\n', "utf-8")

    assert run("new", "table", "cells.txt")[1].splitlines() == [
        "| Year | Visitors | Note |",
        "| ---: | ---: | --- |",
        r"| 2009 | 1,200 | a\|b |",
        "| 2010 |  | two lines |",
    ]
    assert run("new", "table", "none.txt")[0] == 2
    assert run("new", "article")[0] == 2


def test_a_vocabulary_of_the_archives_own_goes_out_and_in(run: Run, root: Path) -> None:
    """It is called what the configuration calls it; a name that is none has the nearest told."""
    config = root / "site_config.yaml"
    words = "name: {en: Prize, fr: Prix}, title: {en: Prizes, fr: Prix}, lead: {en: Won., fr: Remis.}"
    config.write_text(f"{config.read_text('utf-8')}vocabularies: {{prizes: {{one: prize, {words}}}}}\n", "utf-8")
    (root / "content/vocabularies/prizes.yaml").write_text("gull: {name: {en: Gull, fr: Mouette}}\n", "utf-8")

    assert run("export", "prizes", "--to", "prizes.csv")[0] == 0
    rows = sheet_of(root / "prizes.csv")
    put(rows, "gull", "Name (English)", "Golden Gull")
    (root / "prizes.csv").write_text(written(rows), "utf-8")
    assert run("import", "prizes.csv", "--write")[0] == 0
    assert "en: Golden Gull" in (root / "content/vocabularies/prizes.yaml").read_text("utf-8")
    assert "did you mean “prizes”" in run("export", "prices")[2]
