"""Make the one font that charts are measured and drawn with, from Debian's Noto Sans CJK.

    apt-get install fonts-noto-cjk
    python tools/subset_font.py

Charts must have the same bytes on every machine, so their text is measured and drawn with a font that
ships with the generator. It is cut down to what charts write: Latin, the whole of GB 2312 (both levels: a
name such as that of lithium is of the second), punctuation of both scripts and common symbols. Features
(kerning, vertical forms) are left out, so that a text is as wide as the sum of its glyphs' advances.

The licence (SIL OFL 1.1) allows this under another name; ``OFL.txt`` is written beside the font. The same
input and version of fonttools give the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

COLLECTION = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
DEBIAN_COPYRIGHT = Path("/usr/share/doc/fonts-noto-cjk/copyright")
FONT_FOLDER = Path(__file__).resolve().parent.parent / "expoarchive/render/charts/font"

SOURCE_FAMILY = "Noto Sans CJK SC"
FAMILY = "Archive Sans"
POSTSCRIPT_NAME = "ArchiveSans-Regular"
# The font's own records that stay: copyright, version, trademark, makers, licence.
KEPT_NAMES = (0, 5, 7, 8, 9, 10, 13, 14)
# Seconds since 1904, a fixed moment: the font must not carry the time at which it was cut.
MODIFIED = 3_724_272_000


def gb2312() -> set[str]:
    """Every character of GB 2312: rows 1 and 3 (symbols, full-width forms) and 16 to 87 (hanzi)."""
    found: set[str] = set()
    for row in (1, 3, *range(16, 88)):
        for cell in range(1, 95):
            found.update(bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore"))
    return found


def characters() -> set[str]:
    """What charts may write."""
    ranges = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x3000, 0x3011), (0x2460, 0x2473))
    listed = {chr(point) for first, last in ranges for point in range(first, last + 1)}
    return listed | gb2312() | set("‰′″€№™←↑→↓−≈≠≤≥√∞■□▲△◆◇○●★☆億萬")


def rename(font: TTFont) -> None:
    """Give it its own name everywhere a program may read one."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES and record.langID == 0x409]
    version = names.getDebugName(5)
    named = {1: FAMILY, 2: "Regular", 3: f"{version};{POSTSCRIPT_NAME}", 4: FAMILY, 6: POSTSCRIPT_NAME}
    for name_id, text in named.items():
        names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT_NAME]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = FAMILY, FAMILY
    # The names of a CID font's parts are only for debugging, and bear the old name.
    for part in top.FDArray:
        part.FontName = POSTSCRIPT_NAME


def cut(font: TTFont) -> TTFont:
    """The subset, renamed."""
    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    options.name_IDs, options.name_languages = ["*"], ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters()])
    cutter.subset(font)
    for table in font["cmap"].tables:
        # The locale data sets thin spaces around dashes; the original has none of its own.
        if table.isUnicode() and table.format != 14:
            for thin in (0x2009, 0x202F):
                table.cmap.setdefault(thin, table.cmap[0x20])
    rename(font)
    font["head"].modified = MODIFIED
    return font


def licence(copyright_line: str) -> str:
    """The copyright notice and the licence, from Debian's own copy of it."""
    text = DEBIAN_COPYRIGHT.read_text(encoding="utf-8")
    body = text.split("\nLicense: SIL-1.1\n -----", 1)[1].split("\nLicense: GPL-3+", 1)[0]
    lines = ("-----" + body).rstrip().split("\n")
    plain = "\n".join("" if line.strip() == "." else line.removeprefix(" ") for line in lines)
    return (
        f"{copyright_line}\n\n"
        f"{FAMILY} is a Modified Version: a subset of {SOURCE_FAMILY} Regular under another name.\n"
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
        "This license is copied below.\n\n"
        f"{plain}\n"
    )


def main() -> int:
    """Write the font and its licence."""
    if not COLLECTION.exists():
        print(f"{COLLECTION} is not there: apt-get install fonts-noto-cjk", file=sys.stderr)
        return 1
    fonts = TTCollection(str(COLLECTION)).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == SOURCE_FAMILY)
    copyright_line = font["name"].getDebugName(0)
    font.recalcTimestamp = False
    cut(font)
    FONT_FOLDER.mkdir(parents=True, exist_ok=True)
    target = FONT_FOLDER / f"{POSTSCRIPT_NAME}.otf"
    font.save(str(target))
    (FONT_FOLDER / "OFL.txt").write_text(licence(copyright_line), encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
