"""What editors write is data: it never becomes script, style or template."""

import re
from collections.abc import Callable

import pytest

from tests.sites import Site, build_small

Build = Callable[..., Site]
HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


def test_a_records_text_is_escaped_everywhere(build_site: Build) -> None:
    """A remark with markup in it is shown as the characters it is made of."""
    import json

    text = json.dumps(HOSTILE)
    edition = f"year: 2011\nremarks:\n  - {{id: a, what: {{en: {text}, fr: {text}}}, sources: [gazette-2009]}}\n"
    edition += "figures: {visitors: {value: 1, sources: [gazette-2009]}}\n"
    html = build_site({"content/editions/2011.yaml": edition, "content/exhibitors/2011.csv": None}).pages(
        "en/editions/2011/"
    )

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "{{ 7*7 }}" in html


PROSE = dict(
    enumerate(
        [
            "<script>alert(1)</script>",
            "<img src=media/mark.svg onerror=alert(1) alt=x>",
            '<a href="https://a.example/" onclick="javascript:alert(1)">x</a>',
            '<p style="position:fixed">x</p>',
            "<iframe src=https://evil.example></iframe>",
            "<svg onload=alert(1)>",
            "{{ 7*7 }} {% raw %}",
        ]
    )
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An article of each of these texts."""
    files: dict[str, str | None] = {}
    for number, prose in PROSE.items():
        files[f"content/articles/hostile-{number}/article.yaml"] = "date: 2012-01-15\n"
        files[f"content/articles/hostile-{number}/en.md"] = f"---\ntitle: T{number}\nsummary: S\n---\n{prose}\n"
    return build_small(tmp_path_factory.mktemp("hostile") / "site", files)


@pytest.mark.parametrize("number", PROSE)
def test_prose_passes_an_allow_list(hostile: Site, number: int) -> None:
    """No script, handler, style or frame of an article reaches the page; template syntax stays text."""
    html = hostile.pages(f"en/articles/hostile-{number}/")
    main = html[html.index("<main") : html.index("</main>")]

    assert not re.search(r"<script|onerror=|onload=|javascript:|style=|<iframe", main)
    assert "49" not in main
