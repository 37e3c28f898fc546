"""What the head of every page says: a strict policy, the colours of the browser's own frame."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.expected import expect_none
from tests.links import html_files, moved_files
from tests.sites import ROOT, Site

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# Only these may be asked for, and only of the site itself (the search form leads to the site's own page);
# a picture may be written into the style sheet.
ALLOWED = {
    "default-src 'none'",
    "connect-src 'self'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
}
INLINE = re.compile(r"<[a-z][^<>]* (?:style|on[a-z]+)=|<style|<script(?![^>]* src=)(?![^>]*json)")


def test_every_page_has_the_strict_policy_and_nothing_it_forbids(archive_output: Path) -> None:
    """Before anything is loaded; no inline style, script or handler that it would stop."""
    found = []
    for page in html_files(archive_output):
        text = page.read_text("utf-8")
        head = text.partition("<link")[0]
        policies = [set(policy.split("; ")) for policy in POLICY.findall(head)]
        if policies != [ALLOWED] or INLINE.search(text):
            found.append(page.relative_to(archive_output).as_posix())

    expect_none(found, "pages with another policy, or something inline")


def test_a_page_that_leads_on_may_do_still_less(archive_output: Path) -> None:
    """It needs its script, and nothing else."""
    for page in moved_files(archive_output):
        (policy,) = POLICY.findall(page.read_text("utf-8"))

        assert "default-src 'none'" in policy
        assert set(policy.split("; ")) < ALLOWED | {"form-action 'none'"}


def test_the_browsers_frame_takes_the_identitys_colours(build_site: Callable[..., Site]) -> None:
    """One for each scheme, as the configuration has them; so do the files of charts, and what follows the accent."""
    config = (ROOT / "tests" / "expo" / "site_config.yaml").read_text("utf-8")
    config = config.replace('{accent: "#1f5f8b"}', '{accent: "#3f7a3a", lake-pale: "#ddeeff"}').replace(
        '{accent: "#8fc7ee"}', '{accent: "#8fc7ee", paper: "#001122"}'
    )
    site = build_site({"site_config.yaml": config})
    head = site.pages("en/")

    assert '<meta name="theme-color" content="#ddeeff" media="(prefers-color-scheme: light)">' in head
    assert '<meta name="theme-color" content="#11273a" media="(prefers-color-scheme: dark)">' in head
    drawn = site.pages("charts/en/visitors.svg")
    assert 'fill="#3f7a3a"' in drawn
    assert "#1f5f8b" not in drawn
    assert "--lake:#3f7a3a;" in site.pages("assets/site.css").partition("@media")[0]


def test_a_site_without_an_address_claims_none(build_site: Callable[..., Site]) -> None:
    """No canonical address, alternates, data for search engines, feeds, sitemaps or cards; all else is there."""
    config = Path("tests/expo/site_config.yaml").read_text("utf-8").replace("https://fair.example", "none")
    site = build_site({"site_config.yaml": config})
    page = site.pages("en/editions/2009/")

    assert not re.search('rel="canonical"|rel="alternate"|og:url|og:image|application/ld', page)
    assert not any(site.exists(name) for name in ("sitemap.xml", "en/articles/feed.xml", "cards"))
    assert "“2009 · 1st edition”. The Port Lune Archive. /harbour/en/editions/2009/ (accessed YYYY-MM-DD)." in page
    assert site.exists("data/claims.csv")
