"""The jobs of rendering: numbered alike wherever the same studio is."""

from functools import partial

from expoarchive.render.outputs import outputs_of
from expoarchive.render.pages import make_page
from expoarchive.render.studio import Job, Studio
from expoarchive.site import Page, Site
from expoarchive.site.recall import Recall


def in_turn(site: Site) -> tuple[list[Page], list[Page]]:
    """The site's pages: those that come first, and those that are made of all others."""
    last = [page for page in site.pages if site.table[page.kind].last]
    return [page for page in site.pages if not site.table[page.kind].last], last


def jobs_of(studio: Studio, recall: Recall) -> list[Job]:
    """Everything that takes long, the longest first. What is made of a page's text is made beside the page."""
    outputs = outputs_of(studio.site.config)
    beside = [output.page_jobs(studio, recall) for output in outputs]

    def page_and_files(page: Page) -> None:
        make_page(studio, recall, page)
        for jobs in beside:
            if page in jobs:
                jobs[page]()

    apart = [job for output in outputs for job in output.jobs(studio, recall).values()]
    return [*apart, *(partial(page_and_files, page) for page in in_turn(studio.site)[0])]
