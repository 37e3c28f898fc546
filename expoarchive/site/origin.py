"""Which source file a page is made of: what an editor opens to change it."""

from expoarchive.problem import Place
from expoarchive.records import Article
from expoarchive.site.graph import Page, Site
from expoarchive.site.kinds import KINDS


def origin_of(site: Site, page: Page) -> Place | None:
    """Where the record or the text stands that the page shows; None for lists and other pages made of many."""
    record = KINDS[page.kind].entry(site.records, page.id)
    if isinstance(record, Article):
        return Place(record.translations[page.text_language].file)
    return record.found_at if record is not None else None


def opening_of(site: Site, page: Page) -> Place | None:
    """Where the text stands that opens a list, in the page's language; None where nobody wrote one."""
    article = site.records.pages.get(page.kind)
    translation = article.translations.get(page.language) if article else None
    return Place(translation.file) if translation else None
