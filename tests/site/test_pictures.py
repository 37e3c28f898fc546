"""Pictures, scans and recordings as readers get them, and what an editor is told who forgets something."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zlib import compress

import pytest
from PIL import Image

from expoarchive.build import build, check, survey
from expoarchive.cache.store import Store
from expoarchive.cli.main import main
from expoarchive.load import load_content, photograph
from expoarchive.load.pdf import count_pages
from expoarchive.problem import errors
from expoarchive.problem.catalogue import wording
from tests.photographs import from_a_camera, put, record, saved, scene
from tests.sites import ROOT, Site, kept_of_tiny, lay_site, lay_sources

CRANE = "en/pictures/quay-crane/"
SMALL = saved(scene(120, 90))


def told(root: Path) -> set[tuple[str, str]]:
    """The errors of a check: kind, and file with its line."""
    problems = errors(check(root, store=kept_of_tiny().copy()).problems)
    return {(one.kind, f"{one.place.file}:{one.place.line}:{one.place.column}") for one in problems}


def laid(root: Path, files: dict[str, str | None], media: dict[str, bytes]) -> Path:
    """The tiny expo with these files over it."""
    lay_site(root, files)
    for name, data in media.items():
        put(root, name, data)
    return root


# --- what readers get


def test_a_picture_loads_what_the_screen_needs_and_moves_nothing(tiny_site: Site) -> None:
    """Widths, a file for any browser, its size; the first of a page at once, any other when it is near."""
    page = tiny_site.pages("en/editions/2009/")
    first, second = re.findall(r"<picture>.*?</picture>", page)

    assert 'srcset="../../../pictures/quay-crane-480.webp 480w, ../../../pictures/quay-crane-800.webp 800w"' in first
    assert '<img src="../../../pictures/quay-crane-800.jpg" alt="A red crane' in first
    assert 'width="800" height="533"' in first
    assert ("loading" in first, "loading" in second) == (False, True)
    assert tiny_site.exists("pictures/quay-crane-480.webp")
    assert not tiny_site.exists("media/quay-crane.jpg")


def test_under_a_picture_stands_whose_it_is(tiny_site: Site) -> None:
    """Its words, maker, holder, date and right, in the page's language; it leads to its own page."""
    page = tiny_site.pages("fr/editions/2009/")
    crane, crowd = re.findall(r'<figure class="picture">.*?</figure>', page)

    assert '<a href="../../pictures/quay-crane/"><picture>' in crane
    assert "La première grue sur le quai, 1er juin 2009" in crane
    assert 'Ada Lune · Musée du port · 1 juin 2009 · <a href="https://creativecommons.org/licenses/by/4.0/"' in crane
    assert "Photographe inconnu · Musée du port · date inconnue · Montrée avec l’accord du musée" in crowd


def test_a_picture_has_a_page_that_says_all(tiny_site: Site) -> None:
    """With the way to the next, to where it is shown, and to its file; search engines get the same."""
    page = tiny_site.pages(CRANE)
    node = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"][0]  # type: ignore[index]

    assert "A red crane lifts a crate over the harbour." in re.search(r"<dl.*?</dl>", page, re.DOTALL)[0]  # type: ignore[index]
    assert 'rel="next" href="../quay-crowd/"' in page
    assert 'href="../../articles/first-crane/"' in page
    assert 'href="../../editions/2009/"' in page
    assert 'href="../../../pictures/quay-crane-800.webp"' in page
    assert (node["@type"], node["license"]) == ("ImageObject", "https://creativecommons.org/licenses/by/4.0/")
    assert node["contentUrl"] == "https://fair.example/harbour/pictures/quay-crane-800.webp"


def test_texts_show_pictures_where_they_stand_alone(build_site: Callable[..., Site]) -> None:
    """One as wide as the text, several as a gallery, each within a sentence as a link; also as a cover."""
    site = build_site(
        {
            "content/articles/first-crane/en.md": (
                "---\ntitle: A\nsummary: B\n---\n\n[[picture:quay-crane]]\n\n"
                "[[picture:quay-crane]]\n[[picture:quay-crowd]]\n\n"
                "See [[picture:quay-crowd|the crowd]] and [[picture:quay-crane]].\n"
            ),
            "content/articles/first-crane/article.yaml": "date: 2012-01-15\ncover: quay-crowd.jpg\nfeatured: true\n",
        }
    )
    page = site.pages("en/articles/first-crane/")
    prose = page[page.index('<div class="prose">') :]

    assert prose.startswith('<div class="prose"><figure class="picture">')
    assert len(re.findall(r'<ul class="pictures"><li><figure class="picture">.*?</ul>', prose)) == 1
    assert (
        '<p>See <a href="../../pictures/quay-crowd/">the crowd</a> and <a href="../../pictures/quay-crane/">' in prose
    )
    assert page.count("<picture>") == 4
    assert page.count('loading="lazy"') == 3
    assert 'class="article-cover"' in page[: page.index('<div class="prose">')]
    assert "Photographer not known" in page[: page.index('<div class="prose">')]
    assert 'class="card-cover"' in site.pages("en/")


def test_a_source_leads_to_its_scan_and_a_claim_to_the_page_in_it(tiny_site: Site) -> None:
    """Counted as the paper does, whose page 2 is the first of the file; with its weight and its right."""
    scan = "../../../media/gazette-2009.pdf"
    source = tiny_site.pages("en/sources/gazette-2009/")

    assert f'<a href="{scan}#page=2">page 3</a>' in tiny_site.pages("en/editions/2009/")
    assert f'<a href="{scan}#page=1">page 2</a>' in tiny_site.pages("en/articles/first-crane/")
    assert f'<a href="{scan}">Scan (PDF, 0.1 MB)</a> Shown with the paper’s leave' in source
    assert f'<a href="{scan}#page=2">page 3</a>' in source


def test_a_scan_may_be_a_picture_or_lie_elsewhere(build_site: Callable[..., Site]) -> None:
    """A picture has its record and its own page; an address elsewhere is a link."""
    site = build_site(
        {
            "content/sources/gazette-2009.yaml": (
                "title: {en: The fair opens}\nlanguage: en\ngrade: newspaper\nfile: quay-crowd.jpg\n"
            ),
            "content/sources/port-office-2011.yaml": (
                "title: {fr: Bilan}\nlanguage: fr\ngrade: official\nfile: {url: https://port.example/a.pdf}\n"
            ),
        }
    )

    assert '<figure class="picture"><a href="../../pictures/quay-crowd/">' in site.pages("en/sources/gazette-2009/")
    assert '<a href="../../pictures/quay-crowd/">page 3</a>' in site.pages("en/editions/2009/")
    assert '<a href="https://port.example/a.pdf">Scan</a>' in site.pages("en/sources/port-office-2011/")


def test_a_recording_is_a_link_with_its_length_and_transcript(tiny_site: Site) -> None:
    """Nothing of another host is loaded."""
    page = tiny_site.pages("fr/recordings/harbour-radio/")

    assert '<a href="https://radio.example/2009/fair" rel="external noopener">Son sur radio.example</a>' in page
    assert "4:05" in page
    assert (
        '<div class="prose" lang="en"><p>Good morning from the quay.</p><p>The gates have just been opened.</p>' in page
    )
    assert not re.search(r"<(iframe|video|audio|embed|object)\b", page)
    assert re.search(
        r'<a href="../../recordings/harbour-radio/"><span lang="en">The fair opens</span></a> \(son, 4:05\)',
        tiny_site.pages("fr/articles/first-crane/"),
    )
    assert 'href="../../recordings/harbour-radio/"' in tiny_site.pages("fr/editions/2009/")


def test_search_and_data_have_them(tiny_site: Site) -> None:
    """The words under a picture, the words of a recording, and whose they are."""
    index = tiny_site.pages("search/en.js")
    rows = json.loads(tiny_site.pages("data/pictures.json"))
    recordings = json.loads(tiny_site.pages("data/recordings.json"))
    sources = {row["source"]: row for row in json.loads(tiny_site.pages("data/sources.json"))}

    assert "A red crane lifts a crate over the harbour." in index
    assert "The gates have just been opened." in index
    assert [(row["picture"], row.get("licence"), row.get("taken")) for row in rows] == [
        ("quay-crane", "CC-BY-4.0", "2009-06-01"),
        ("quay-crowd", None, None),
    ]
    assert rows[0]["image"] == "https://fair.example/harbour/pictures/quay-crane-800.webp"
    assert recordings[0]["transcript"].startswith("Good morning")
    assert sources["gazette-2009"]["url_scan"] == "https://fair.example/harbour/media/gazette-2009.pdf"


def test_a_site_without_pictures_has_nothing_of_them(build_site: Callable[..., Site]) -> None:
    """No page, no link, no table."""
    site = build_site(
        {
            "content/pictures/quay-crane.yaml": None,
            "content/pictures/quay-crowd.yaml": None,
            "content/media/quay-crane.jpg": None,
            "content/media/quay-crowd.jpg": None,
            "content/recordings/harbour-radio.yaml": None,
            "content/articles/first-crane/en.md": "---\ntitle: A\nsummary: B\n---\n\nC\n",
            "content/articles/first-crane/fr.md": "---\ntitle: A\nsummary: B\n---\n\nC\n",
        }
    )

    assert not errors(site.problems)
    assert "pictures" not in site.pages("en/")
    assert not site.exists("en/pictures/")
    assert not site.exists("data/pictures.json")


# --- builds


def test_a_photograph_is_made_once_and_no_build_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else changes, and with however many processes; without its metadata, and the original stays at home."""
    data = from_a_camera(scene(700, 500))
    root = laid(tmp_path / "site", {"content/pictures/a.yaml": record("a.jpg")}, {"a.jpg": data})
    output, store = tmp_path / "output", kept_of_tiny().copy()
    assert build(root, output, store=store, processes=2).ok
    made = pictures_of(output)
    with monkeypatch.context() as patch:
        patch.setattr(photograph, "_made", None)
        config = root / "site_config.yaml"
        config.write_text(config.read_text("utf-8").replace("Port Lune Archive", "Lune Archive"), "utf-8")
        (output / "pictures" / "a-480.webp").unlink()
        assert build(root, output, store=store).ok
    assert build(root, tmp_path / "clean", store=Store(), processes=1).ok

    assert pictures_of(output) == pictures_of(tmp_path / "clean") == made
    assert not any(b"Lune Optical" in path.read_bytes() for path in (output / "pictures").iterdir())
    assert not list(output.rglob("a.jpg"))


def pictures_of(output: Path) -> dict[str, str]:
    """The digests of all that was made of photographs."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in (output / "pictures").iterdir()}


def test_the_original_is_published_where_it_is_wanted_and_tells_no_place(tmp_path: Path) -> None:
    """A file that says where it was taken stops the build."""
    files: dict[str, str | None] = {
        "content/pictures/a.yaml": record("a.jpg", original="true"),
        "content/pictures/b.yaml": record("b.jpg", original="true"),
    }
    root = laid(tmp_path / "site", files, {"a.jpg": SMALL, "b.jpg": from_a_camera(scene(120, 90))})

    assert told(root) == {("original-places", "content/pictures/b.yaml:1:7")}
    put(root, "b.jpg", SMALL)
    assert build(root, tmp_path / "output", store=kept_of_tiny().copy()).ok
    assert (tmp_path / "output/media/a.jpg").read_bytes() == SMALL
    assert 'href="../../../media/a.jpg"' in (tmp_path / "output/en/pictures/a/index.html").read_text("utf-8")


def test_a_draft_picture_is_not_published(tmp_path: Path) -> None:
    """Nor may a published text show it."""
    root = laid(tmp_path / "site", {"content/pictures/a.yaml": record("a.jpg", draft="true")}, {"a.jpg": SMALL})
    assert build(root, tmp_path / "output", store=kept_of_tiny().copy()).ok

    assert not list((tmp_path / "output").rglob("*a-120*"))
    (root / "content/articles/first-crane/en.md").write_text(
        "---\ntitle: A\nsummary: B\n---\n\n[[picture:a]]\n", "utf-8"
    )
    assert told(root) == {("names-a-draft", "content/articles/first-crane/en.md:6:11")}


# --- slips


@pytest.mark.parametrize("key", ["alt", "caption", "credit", "holder"])
def test_what_a_picture_must_have_stops_the_build(tmp_path: Path, key: str) -> None:
    """At the record; a text lacks none of the site's languages."""
    files: dict[str, str | None] = {
        "content/pictures/a.yaml": record("a.jpg", **{key: ""}),
        "content/pictures/b.yaml": record("b.jpg", **{key: "{en: Something}"}),
    }
    found = told(laid(tmp_path, files, {"a.jpg": SMALL, "b.jpg": SMALL}))

    assert ("missing-key", "content/pictures/a.yaml:1:1") in found
    assert {kind for kind, place in found if "b.yaml" in place} == {"missing-language"}
    assert len(found) == 2


def test_slips_with_pictures_are_told_at_their_place(tmp_path: Path) -> None:
    """All at once, each with what would do instead."""
    files: dict[str, str | None] = {
        "content/pictures/unlicensed.yaml": record("unlicensed.jpg", licence="", holder="", original="perhaps"),
        "content/pictures/gone.yaml": record("gone.jpg"),
        "content/pictures/misspelt.yaml": record("mark.svg", licence="", license="CC-BY-4.0"),
        "content/pictures/paper.yaml": record("gazette-2009.pdf"),
        "content/pictures/twice.yaml": record("quay-crane.jpg"),
        "content/recordings/long.yaml": "sort: sound\nlength: 4 minutes\n",
        "content/sources/copy-2010.yaml": "language: en\ngrade: reprint\nfile: {}\n",
        "content/sources/paper-2010.yaml": "language: en\ngrade: newspaper\nfile: gazette-2009.pdf\n",
        "content/sources/port-office-2011.yaml": "title: {fr: A}\nlanguage: fr\ngrade: official\nfile: mark.svg\n",
        "content/articles/first-crane/en.md": ("---\ntitle: A\nsummary: B\n---\n\n![A crane](media/quay-crane.jpg)\n"),
    }
    found = told(laid(tmp_path, files, {"unlicensed.jpg": SMALL}))

    assert {
        ("without-right", "content/pictures/unlicensed.yaml:1:1"),
        ("missing-key", "content/pictures/unlicensed.yaml:1:1"),
        ("not-true-or-false", "content/pictures/unlicensed.yaml:5:11"),
        ("missing-media", "content/pictures/gone.yaml:1:7"),
        ("not-a-picture", "content/pictures/paper.yaml:1:7"),
        ("picture-twice", "content/pictures/twice.yaml:1:7"),
        ("not-a-length", "content/recordings/long.yaml:2:9"),
        ("scan-place", "content/sources/copy-2010.yaml:3:7"),
        ("scan-without-right", "content/sources/paper-2010.yaml:3:7"),
        ("not-a-scan", "content/sources/port-office-2011.yaml:4:7"),
        ("picture-by-file", "content/articles/first-crane/en.md:6:12"),
    } <= found
    assert {kind for kind, place in found if "misspelt" in place} == {"unknown-key"}


def test_files_that_are_not_what_they_should_be_are_told(tmp_path: Path) -> None:
    """Where they lie, what they are, and what they are called."""
    lay_sources(tmp_path, {})
    heic = b"\0\0\0\x18ftypheic" + bytes(40)
    for name, data in {
        "telephone.HEIC": heic,
        "renamed.jpg": heic,
        "drawn.jpg": saved(Image.new("RGB", (70, 70)), "PNG"),
        "opening.mp4": b"film",
        "large.pdf": b"%PDF-" + bytes(25_000_000),
        "../articles/first-crane/beside.jpg": SMALL,
    }.items():
        put(tmp_path, name, data)
    problems = {Path(problem.place.file).name: problem for problem in load_content(tmp_path)[1]}

    assert {name: problem.kind for name, problem in problems.items()} == {
        "telephone.HEIC": "media-heic",
        "renamed.jpg": "media-heic",
        "drawn.jpg": "not-that-media",
        "opening.mp4": "media-recording",
        "large.pdf": "media-too-large",
        "beside.jpg": "media-elsewhere",
    }
    assert problems["drawn.jpg"].nearest == "content/media/drawn.png"
    assert problems["beside.jpg"].details["wanted"] == "content/media/beside.jpg"


def test_a_picture_is_begun_with_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copied under a name for addresses, or renamed where it lies; a draft with all keys, which builds as it is."""
    root = tmp_path / "site"
    lay_sources(root, {})
    monkeypatch.chdir(root)
    (tmp_path / "码头 1.JPG").write_bytes(SMALL)
    put(root, "码头 2.JPG", saved(scene(90, 120)))
    commands = [
        (["../码头 1.JPG", "--edition", "2009"], "matou-1"),
        (["content/media/码头 2.JPG", "--id", "quay"], "quay"),
        (["content/media/quay-crane.jpg"], None),
    ]
    for words, made in commands:
        assert main(["new", "picture", *words, "--messages", "zh"]) == (0 if made else 1)
        said = capsys.readouterr()
        assert f"[[picture:{made}]]" in said.out if made else "已有记录：quay-crane" in said.err
    pictures = survey(root)[0].records.pictures  # type: ignore[union-attr]

    assert survey(root)[1] == []
    assert (root / "content/media/matou-1.jpg").read_bytes() == (tmp_path / "码头 1.JPG").read_bytes()
    assert not (root / "content/media/码头 2.JPG").exists()
    assert str(pictures["quay"].file) == "matou-2.jpg"
    assert (pictures["matou-1"].draft, [*map(str, pictures["matou-1"].editions)]) == (True, ["2009"])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("telephone.jpg", b"\0\0\0\x18ftypheic" + bytes(40), "export it as JPEG"),
        ("moving.gif", (ROOT / "tests/site/media/moving.gif").read_bytes(), "this picture is only 9 × 7 pixels"),
        ("gazette.pdf", (ROOT / "tests/site/media/document.pdf").read_bytes(), "“gazette.pdf” is no picture"),
        ("notes.docx", b"PK", "a page cannot show this kind of file"),
        ("cut.jpg", SMALL[:-50], "error: "),
        ("none.jpg", None, "there is no file"),
    ],
)
def test_what_no_page_can_show_is_no_picture(
    name: str,
    data: bytes | None,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Told with what to do; nothing is written."""
    (tmp_path / "site_config.yaml").write_text("title: {en: A}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    if data is not None:
        (tmp_path / name).write_bytes(data)

    assert main(["new", "picture", name, "--messages", "en"]) in (1, 2)
    assert told in capsys.readouterr().err
    assert not (tmp_path / "content").exists()


def test_a_page_that_a_scan_does_not_have_is_warned_of(tmp_path: Path) -> None:
    """Of a claim and of a text, before its first page and after its last, with how many there are."""
    lay_sources(tmp_path, {})
    for file, old, new in (
        ("content/editions/2009.yaml", "locator: page 3", "locator: pages 4-5"),
        ("content/articles/first-crane/en.md", "p. 2", "p. 1"),
    ):
        text = (tmp_path / file).read_text("utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    site, problems = survey(tmp_path)

    assert site is not None
    assert [(one.kind, f"{one.place.file}:{one.place.line}:{one.place.column}", one.severity) for one in problems] == [
        ("page-not-scanned", "content/articles/first-crane/en.md:6:48", "warning"),
        ("page-not-scanned", "content/editions/2009.yaml:6:72", "warning"),
    ]
    assert wording(problems[1], "en").says == "gazette-2009.pdf has no page 5: it has 3, numbered 2 to 4"


@pytest.mark.parametrize(
    "pdf",
    [
        b"1 0 obj<</Type/Catalog /Pages 2 0 R>>endobj 2 0 obj<</Count 9>>endobj 2 0 obj<</Count 2>>endobj",
        b"3 0 obj<</Type/ObjStm /N 2 /First 8 /Length 0>>stream\n"
        + compress(b"1 0 2 14<</Pages 2 0 R><</Kids[]/Count 2>>")
        + b"\nendstream endobj",
    ],
    ids=["added to", "compressed"],
)
def test_the_pages_of_a_pdf_are_counted(pdf: bytes) -> None:
    """In each of its forms; what does not say it plainly has no number."""
    assert count_pages(b"%PDF-1.7\n" + pdf + b"\ntrailer<</Root 1 0 R>>") == 2
    assert count_pages(pdf) is None
    assert count_pages(b"3 0 obj<</Type/ObjStm/First 8>>stream\nendobj /Root 1 0 R") is None


def test_a_photograph_that_cannot_be_shown_stops_the_build(tmp_path: Path) -> None:
    """One without a record too, and a name that no record has; of one that is damaged, nothing else is said."""
    files: dict[str, str | None] = {"content/pictures/tiny.yaml": record("tiny.png")}
    root = laid(tmp_path, files, {"tiny.png": saved(Image.new("RGB", (1, 1)), "PNG"), "new/gate.jpg": SMALL})

    article = root / "content/articles/first-crane/en.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("quay-crane", "quay-crain"), "utf-8")

    assert told(root) == {
        ("picture-unrecorded", "content/media/new/gate.jpg:1:1"),
        ("unknown-id", "content/articles/first-crane/en.md:12:11"),
    }
    article.write_text(text, "utf-8")
    (root / "content/media/new/gate.jpg").unlink()
    assert told(root) == {("picture-small", "content/media/tiny.png:1:1")}
    put(root, "tiny.png", b"\x89PNG\r\n\x1a\n")
    assert told(root) == {("media-incomplete", "content/media/tiny.png:1:1")}
