"""The source file behind a page, for an editor to open."""

from expoarchive.problem import Place
from expoarchive.records import Article
from expoarchive.site.graph import Page, Site


def origin_of(site: Site, page: Page) -> Place | None:
    """The place of the record or text that the page shows; None for lists and other pages about many records."""
    record = site.table[page.kind].record(site.records, page.id)
    if isinstance(record, Article):
        return Place(record.translations[page.text_language].file)
    return record.found_at if record is not None else None


def opening_of(site: Site, page: Page) -> Place | None:
    """The place of the text that opens a list, in the page's language; None if there is none."""
    article = site.records.pages.get(page.kind)
    translation = article.translations.get(page.language) if article else None
    return Place(translation.file) if translation else None
