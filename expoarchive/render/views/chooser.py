"""The pages without a language: the choice of one, and the answer to an unknown address."""

from expoarchive.render.desk import Desk
from expoarchive.render.studio import PageContent, Studio, page_view
from expoarchive.render.values import Link
from expoarchive.site import permalink


@page_view("chooser")
def chooser_page(desk: Desk, studio: Studio) -> PageContent:
    """Each language, what the archive is called in it, and its home page."""
    config, t = desk.site.config, desk.strings
    titles = desk.listed(config.title[language] for language in config.language_ids)
    return PageContent(_homes(desk), t("chooser.title"), t("chooser.description", titles=titles))


@page_view("404")
def not_found_page(desk: Desk, studio: Studio) -> PageContent:
    """The same home pages, for readers who followed a dead link."""
    return PageContent(_homes(desk), desk.strings("errors.title"), desk.strings("errors.lead"))


def _homes(desk: Desk) -> list[tuple[str, str, Link]]:
    """For each language its tag, the archive's title, and its home page by the language's name."""
    config = desk.site.config
    return [
        (language.tag, config.title[language.id], Link(language.name, desk.address(permalink(language.id, "home"))))
        for language in config.languages
    ]
