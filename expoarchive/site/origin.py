"""Which source file a page is made of: what an editor opens to change it."""

from expoarchive.problem import Place
from expoarchive.records.sorts import PAGED
from expoarchive.site.graph import Page, Site


def origin_of(site: Site, page: Page) -> Place | None:
    """Where the record or the text stands that the page shows; None for lists and other pages made of many."""
    records = site.records
    if page.kind == "edition":
        return records.editions[int(page.id)].found_at
    if page.kind == "source":
        return records.sources[page.id].found_at
    if page.kind in PAGED:
        return records.vocabularies.terms(page.kind)[page.id].found_at
    if page.kind in ("article", "page"):
        texts = records.articles if page.kind == "article" else records.pages
        return Place(texts[page.id].translations[page.text_language].file)
    return None


def opening_of(site: Site, page: Page) -> Place | None:
    """Where the text stands that opens a list, in the page's language; None where nobody wrote one."""
    article = site.records.pages.get(page.kind)
    translation = article.translations.get(page.language) if article else None
    return Place(translation.file) if translation else None
