"""The words of this archive's own records are in its content and nowhere else."""

from tests.archive.fair import words_of_the_fair
from tests.links import html_files
from tests.sites import ROOT, Site

BINARY = {".otf", ".ttf", ".woff", ".woff2", ".png", ".ico", ".pyc"}


def test_the_generator_and_the_templates_know_no_fair() -> None:
    """Whatever is about one fair lives in content/ and site_config.yaml."""
    words = words_of_the_fair()
    files = [
        path
        for folder in (ROOT / "expoarchive", ROOT / "templates")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in BINARY
    ]
    found = []
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate([name, *path.read_text("utf-8").splitlines()]):
            found += [f"{name}:{number}: {word}" for word in words.found_in(line)]

    assert len(files) > 50
    assert found == []


def test_another_expo_says_no_word_of_this_fair(tiny_site: Site) -> None:
    """Not in any page or file that it publishes."""
    words = words_of_the_fair()
    pages = list(html_files(tiny_site.output))
    found = [
        f"{page.relative_to(tiny_site.output)}: {word}"
        for page in pages
        for word in words.found_in(page.read_text("utf-8"))
    ]

    assert len(pages) > 10
    assert found == []
