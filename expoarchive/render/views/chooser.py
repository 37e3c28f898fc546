"""The pages of no language: the choice of one, and what stands in for a page that is not there."""

from dataclasses import dataclass, field

from expoarchive.render.desk import Desk
from expoarchive.render.studio import Shown, Studio, makes
from expoarchive.render.values import Link
from expoarchive.site import permalink


@dataclass(frozen=True, slots=True)
class ChooserView:
    """The first page of the host and the page for addresses that do not exist, in all languages at once."""

    languages: tuple[tuple[str, str, Link], ...] = field(default=())


@makes("chooser")
def chooser_page(desk: Desk, studio: Studio) -> Shown:
    """Each language's name, what the archive is called in it, and the way to its first page."""
    config, t = desk.site.config, desk.strings
    titles = desk.listed(config.title[language] for language in config.language_ids)
    return Shown(_chooser_view(desk), t("chooser.title"), t("chooser.description", titles=titles))


@makes("404")
def not_found_page(desk: Desk, studio: Studio) -> Shown:
    """The same ways in, for whoever followed a link to nowhere."""
    return Shown(_chooser_view(desk), desk.strings("errors.title"), desk.strings("errors.lead"))


def _chooser_view(desk: Desk) -> ChooserView:
    config = desk.site.config
    entries = [
        (language.tag, config.title[language.id], Link(language.name, desk.address(permalink(language.id, "home"))))
        for language in config.languages
    ]
    return ChooserView(tuple(entries))
