"""The designers' gallery: every example of every partial, drawn in the site's own frame and styles."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from expoarchive.render.desk import Desk
from expoarchive.render.examples import Example, Partial, read_partials
from expoarchive.render.outline import outline
from expoarchive.render.studio import PageContent, Studio, page_view

# Attributes that set an id or refer to one.
_REFERENCES = re.compile(
    r'(?<=\s)(id|for|href|aria-labelledby|aria-describedby|aria-controls|data-filter|data-index)="([^"]*)"'
)
_HIDDEN_FORM = re.compile(r"(<form\b[^>]*?) hidden>")


@dataclass(frozen=True, slots=True)
class GalleryCase:
    """One example of a partial. ``language`` is its language's name, ``lang`` its tag."""

    id: str
    name: str
    language: str
    lang: str
    html: Markup


@dataclass(frozen=True, slots=True)
class GalleryPartial:
    """A partial, its template's description, how to call its macro, and its cases."""

    name: str
    says: str
    call: str
    cases: tuple[GalleryCase, ...]


@page_view("gallery")
def gallery_page(desk: Desk, studio: Studio) -> PageContent:
    """All partials, with their examples in the site's languages. Raises ``Undrawn``."""
    return PageContent(
        [
            GalleryPartial(
                name=partial.name,
                says=partial.says,
                call=f"{partial.macro}({', '.join([*(['t'] if partial.speaks else []), *partial.takes])})",
                cases=tuple(
                    _case(desk, studio, partial, example)
                    for example in partial.examples
                    if example.language in studio.strings
                ),
            )
            for partial in read_partials(studio.templates.theme)
        ]
    )


def _case(desk: Desk, studio: Studio, partial: Partial, example: Example) -> GalleryCase:
    case_id = f"{partial.name}-{example.name}"
    html = partial.draw(example, studio.templates, studio.strings[example.language].for_page())
    language = desk.site.config.language(example.language)
    return GalleryCase(case_id, example.name, language.name, language.tag, Markup(_isolated(html, case_id)))


def _isolated(html: str, case_id: str) -> str:
    """A case that can stand beside others: its ids are its own, and its links stay within it.

    A form that waits for its script to show it is shown.
    """
    ids = frozenset(outline(html).ids)

    def own(name: str) -> str:
        return f"{case_id}--{name}"

    def isolated(match: re.Match[str]) -> str:
        attribute, value = match.groups()
        if attribute in ("href", "data-index"):
            target = value.removeprefix("#")
            if not value.startswith(("http:", "https:")):
                value = f"#{own(target) if target in ids else case_id}"
        else:
            value = " ".join(own(word) if word in ids else word for word in value.split())
        return f'{attribute}="{value}"'

    html = _HIDDEN_FORM.sub(r"\1>", _REFERENCES.sub(isolated, html))
    return f'<ul class="gallery-items">{html}</ul>' if html.lstrip().startswith("<li") else html
