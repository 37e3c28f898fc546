"""From any page, whatever the archive knows by name is two steps away."""

import re
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import urlsplit

from expoarchive.site.kinds import KINDS
from tests.expected import expect_none
from tests.links import html_files
from tests.sites import Site

LINK = re.compile(r'<a [^>]*?href="([^"#:]+)[^":]*"')


def links_of(site: Site) -> dict[str, set[str]]:
    """For each page, by its folder, the folders of the pages that it links to."""
    found: dict[str, set[str]] = {}
    for file in html_files(site.output):
        folder = file.relative_to(site.output).parent.as_posix()
        targets = (urlsplit(href).path for href in LINK.findall(file.read_text("utf-8")))
        found.setdefault(folder, set()).update(normpath(PurePosixPath(folder) / target) for target in targets)
    return found


def test_every_page_leads_to_every_list_of_names_and_on_to_each_name(tiny_site: Site) -> None:
    """One step to a list, one more to a term; from a page of no language, a home page is one step and a list two."""
    links = links_of(tiny_site)
    lists = [page for page in links if len(parts := page.split("/")) == 2 and parts[1] in KINDS.lists]
    terms = [page for page in links if len(parts := page.split("/")) == 3 and parts[1] in KINDS.lists]
    far = [term for term in terms if term not in links[term.rpartition("/")[0]]]
    for page, targets in links.items():
        language = page.partition("/")[0]
        if language in ("en", "fr"):
            wanted = {name for name in lists if name.startswith(f"{language}/")} - {page}
            far += [f"{page} → {name}" for name in wanted - targets]
        else:
            far += [f"{page} → {home}" for home in {"en", "fr"} - targets]

    assert {"en/industries", "en/places", "en/companies", "en/people"} <= set(lists)
    assert terms
    expect_none(far, "ways that are longer")


def test_the_head_of_a_page_leads_to_the_lists_of_names(tiny_site: Site) -> None:
    """However long the page, they are one menu away, which needs no scripts, and stand at its foot."""
    page = tiny_site.pages("en/editions/2009/")
    header, _, rest = page.partition("</header>")

    menu = header.partition('popovertarget="names-menu"')[2].partition("</ul>")[0]
    assert 'id="names-menu" popover' in menu
    assert 'href="../../places/"' in menu
    assert 'href="../../places/"' in rest.partition("<footer")[2]
