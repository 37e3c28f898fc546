"""Make the two fonts that pictures are measured and drawn with, from Debian's Noto Sans CJK.

    apt-get install fonts-noto-cjk
    python tools/subset_font.py

Pictures must have the same bytes on every machine, so their text is measured and drawn with fonts that ship
with the generator. The first has what most pictures write: Latin, the whole of GB 2312 (both levels: a name
such as that of lithium is of the second), punctuation of both scripts and common symbols. The second is for
what the first lacks: the other ideographs of Unicode's first block (traditional and Japanese forms, rare
letters of names), kana, hangul, and what the original has of Vietnamese, Greek and Cyrillic. Scripts whose
letters change with their neighbours or run from right to left are in neither. Features (kerning, vertical
forms) are left out, so that a text is as wide as the sum of its glyphs' advances.

The licence (SIL OFL 1.1) allows this under other names; ``OFL.txt`` is written beside the fonts. The same
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


def between(*ranges: tuple[int, int]) -> set[str]:
    """The characters of these ranges, ends included."""
    return {chr(point) for first, last in ranges for point in range(first, last + 1)}


def usual() -> set[str]:
    """What most pictures write."""
    ranges = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x3000, 0x3011), (0x2460, 0x2473))
    return between(*ranges) | gb2312() | set("‰′″€№™←↑→↓−≈≠≤≥√∞■□▲△◆◇○●★☆億萬")


def others() -> set[str]:
    """What others write besides."""
    letters = ((0x180, 0x24F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAD9))
    signs = ((0x2010, 0x2BFF), (0x3000, 0x33FF), (0xFF00, 0xFFEF))
    return between(*letters, *signs) - usual()


# The characters of each font, by the end of its name.
FONTS = {"": usual, " More": others}


def rename(font: TTFont, family: str) -> str:
    """Give it its own name everywhere a program may read one. Returns the one that is also its file's."""
    postscript_name = f"{family.replace(' ', '')}-Regular"
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES and record.langID == 0x409]
    version = names.getDebugName(5)
    named = {1: family, 2: "Regular", 3: f"{version};{postscript_name}", 4: family, 6: postscript_name}
    for name_id, text in named.items():
        names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript_name]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = family, family
    # The names of a CID font's parts are only for debugging, and bear the old name.
    for part in top.FDArray:
        part.FontName = postscript_name
    return postscript_name


def cut(font: TTFont, characters: set[str]) -> None:
    """Leave these characters in it, and no others."""
    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    options.name_IDs, options.name_languages = ["*"], ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    for table in font["cmap"].tables:
        # The locale data sets thin spaces around dashes; the original has none of its own.
        if table.isUnicode() and table.format != 14:
            for thin in (0x2009, 0x202F) if 0x20 in table.cmap else ():
                table.cmap.setdefault(thin, table.cmap[0x20])
    font["head"].modified = MODIFIED


def licence(copyright_line: str) -> str:
    """The copyright notice and the licence, from Debian's own copy of it."""
    text = DEBIAN_COPYRIGHT.read_text(encoding="utf-8")
    body = text.split("\nLicense: SIL-1.1\n -----", 1)[1].split("\nLicense: GPL-3+", 1)[0]
    lines = ("-----" + body).rstrip().split("\n")
    plain = "\n".join("" if line.strip() == "." else line.removeprefix(" ") for line in lines)
    return (
        f"{copyright_line}\n\n"
        f"{' and '.join(FAMILY + end for end in FONTS)} are Modified Versions: subsets of {SOURCE_FAMILY} Regular"
        " under other names.\n"
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
        "This license is copied below.\n\n"
        f"{plain}\n"
    )


def main() -> int:
    """Write the fonts and their licence."""
    if not COLLECTION.exists():
        print(f"{COLLECTION} is not there: apt-get install fonts-noto-cjk", file=sys.stderr)
        return 1
    FONT_FOLDER.mkdir(parents=True, exist_ok=True)
    for end, characters in FONTS.items():
        fonts = TTCollection(str(COLLECTION)).fonts
        font = next(font for font in fonts if font["name"].getDebugName(1) == SOURCE_FAMILY)
        copyright_line = font["name"].getDebugName(0)
        font.recalcTimestamp = False
        cut(font, characters())
        target = FONT_FOLDER / f"{rename(font, FAMILY + end)}.otf"
        font.save(str(target))
        (FONT_FOLDER / "OFL.txt").write_text(licence(copyright_line), encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
