"""Where readers say that something is wrong or what is not known: a form of the repository's, a page, or a letter.

All three ask for the same fields, in the words of the page's language. ``new from-report`` reads them back.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from expoarchive.config import NOTHING, Config
from expoarchive.records import EXPO
from expoarchive.render.desk import Desk
from expoarchive.render.strings import Strings
from expoarchive.render.values import ReportView
from expoarchive.site.address import home_of

# In the order of the form; those that are due.
FIELDS = ("edition", "item", "value", "source", "published", "place", "printed", "comment")
DUE = frozenset({"edition", "item", "value", "source"})
# What an address leaves to be filled in.
_BLANKS = ("edition", "item")
_ISSUES = re.compile(r"(https://github\.com/[^/?#]+/[^/?#]+)/issues(?:/new(?:/choose)?)?/?")
_GITHUB = re.compile(r"https://github\.com/[^/?#]+/[^/?#]+")


@dataclass(frozen=True, slots=True)
class Reports:
    """How readers of a page reach the archive: an address with the blanks ``{edition}`` and ``{item}``.

    ``subject`` is what in it makes the title of a report, ``general`` that of one that is of no item.
    """

    pattern: str
    subject: str = ""
    general: str = ""

    def href(self, edition: str = "", item: str = "") -> str:
        """The address with its blanks filled in."""
        if not item and self.subject:
            subject = quote(f"{edition} {self.general}".strip(), safe="")
            return replace(self, pattern=self.pattern.replace(self.subject, subject), subject="").href(edition)
        filled = {"{edition}": quote(edition, safe=""), "{item}": quote(item, safe="")}
        return re.sub("|".join(map(re.escape, filled)), lambda blank: filled[blank[0]], self.pattern)


def reports_of(desk: Desk) -> Reports | None:
    """The configured contact, or else the repository's form in the page's language; None where there is neither."""
    config, t = desk.site.config, desk.strings
    contact = config.contact if config.contact != NOTHING else None
    repository = forms_of(config)
    subject = t("report.subject", **_blank())
    titled = quote(subject, safe="{}"), t("report.form")
    if repository:
        query = {"template": form_name(desk.language.id), "title": subject} | _blank()
        return Reports(f"{repository}/issues/new?{urlencode(query, quote_via=quote, safe='{}')}", *titled)
    if contact is None:
        return None
    if "://" in contact:
        return Reports(contact.replace("{language}", desk.language.id))
    query = {"subject": subject, "body": _letter(t)}
    return Reports(f"mailto:{contact}?{urlencode(query, quote_via=quote, safe='{}')}", *titled)


def forms_of(config: Config) -> str | None:
    """The repository whose forms readers are led to; None where they write elsewhere, or nowhere.

    Only GitHub's forms can be filled in by an address.
    """
    if config.contact and config.contact != NOTHING:
        named = _ISSUES.fullmatch(config.contact)
        return named[1] if named else None
    repository = (config.repository or "").rstrip("/").removesuffix(".git")
    return repository if _GITHUB.fullmatch(repository) else None


def form_name(language: str) -> str:
    """The file of a language's form."""
    return f"report.{language}.yml"


def item_text(name: str, item: str) -> str:
    """What a claim, or an empty place for one, is called in a report: in words, and by its id."""
    return f"{name} [{item}]"


def report_view(desk: Desk) -> ReportView | None:
    """The way from the page, with its edition filled in if it is an edition's."""
    if (reports := reports_of(desk)) is None:
        return None
    kind, page_id = desk.page.kind, desk.page.id
    edition = page_id if kind in ("edition", "record") else EXPO if kind == home_of(EXPO)[0] else ""
    return ReportView(reports.href(edition), reports.pattern)


def _blank() -> dict[str, str]:
    return {name: f"{{{name}}}" for name in _BLANKS}


def _letter(t: Strings) -> str:
    """The fields as lines to be completed."""
    lines = [f"{t(f'report.{field}')}: {_blank().get(field, '')}" for field in FIELDS]
    return "\r\n".join([*lines, ""])
