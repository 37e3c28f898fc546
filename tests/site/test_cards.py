"""What a shared link shows: a picture of the page's own, traceable to the archive."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

from tests.expected import expect_none
from tests.links import html_files
from tests.sites import ADDRESS, BASE_PATH, ROOT, Site

IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)">')


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the file's first chunk has them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_every_page_names_a_picture_that_is_there(archive_output: Path) -> None:
    """By its full address, 1200 by 630; each edition and article has one that no other page has."""
    wrong = []
    named: dict[str, list[str]] = {}
    for file in html_files(archive_output):
        link = file.relative_to(archive_output).as_posix()
        (image,) = IMAGE.findall(file.read_text("utf-8"))
        picture = archive_output / image.removeprefix(ADDRESS + BASE_PATH)
        named.setdefault(image, []).append(link)
        if size_of(picture.read_bytes()) != (1200, 630):
            wrong.append(link)
    own = [links for image, links in named.items() if "/edition-" in image or "/article-" in image]

    expect_none(wrong, "pages with a picture of another size")
    assert len(own) > 50
    assert [links for links in own if len(links) > 1] == []


def test_a_picture_says_whose_it_is(tiny_site: Site) -> None:
    """Title, years, the archive and its address: what the picture is drawn from."""
    from expoarchive.render.cards import card_of
    from expoarchive.render.desk import Desk
    from expoarchive.render.strings import read_strings
    from expoarchive.render.theme import theme_of

    site = tiny_site.outcome.site
    assert site is not None
    strings, _ = read_strings(theme_of(tiny_site.root), site.config)
    cards = {
        page.permalink: card_of(Desk(site, page, site.config.language("en"), strings["en"].for_page()))
        for page in site.pages
        if page.language == "en" and page.kind in ("edition", "article", "home")
    }
    edition, article = cards["en/editions/2009/"], cards["en/articles/first-crane/"]

    assert (edition.title, edition.line) == ("2009 · 1st edition", "1–3 June 2009")
    assert (article.title, set(article.years)) == ("The first crane", {2009})
    for card in cards.values():
        assert card.site_title == "The Port Lune Archive"
        assert card.address == "https://fair.example/harbour/"


def test_a_picture_has_the_same_bytes_each_time(build_site: Callable[..., Site]) -> None:
    """And others once its title changes."""
    first = build_site().file("cards/en/article-first-crane.png").read_bytes()
    again = build_site().file("cards/en/article-first-crane.png").read_bytes()
    text = (ROOT / "tests" / "expo" / "content" / "articles" / "first-crane" / "en.md").read_text("utf-8")
    other = build_site({"content/articles/first-crane/en.md": re.sub("title: .*", "title: Another", text, count=1)})

    assert first == again != other.file("cards/en/article-first-crane.png").read_bytes()


def test_a_title_that_no_font_can_draw_is_named_at_its_text(build_site: Callable[..., Site]) -> None:
    """Nothing is left out of a picture in silence, and no title stops a build."""
    text = (ROOT / "tests" / "expo" / "content" / "articles" / "first-crane" / "en.md").read_text("utf-8")
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    site = build_site(
        {
            "content/articles/first-crane/en.md": re.sub("title: .*", "title: A 🏗", text, count=1),
            # A name on every card is told once, where it stands.
            "site_config.yaml": config.replace("expo: {en: the", "expo: {en: the ⚓"),
        }
    )
    told = [problem for problem in site.problems if problem.kind == "card-glyph-missing"]

    assert [(one.place.file, one.details["characters"]) for one in told] == [
        ("content/articles/first-crane/en.md", "🏗 (U+1F3D7)"),
        ("site_config.yaml", "⚓ (U+2693)"),
    ]
    assert site.outcome.ok
    assert site.file("cards/en/article-first-crane.png").is_file()
