"""The designers' gallery: every example of every partial, drawn in the site's own frame and styles."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from expoarchive.render.desk import Desk
from expoarchive.render.environment import Templates
from expoarchive.render.examples import Example, Partial, read_partials
from expoarchive.render.outline import outline
from expoarchive.render.strings import Strings
from expoarchive.render.studio import Shown, Studio, makes

_POINTING = re.compile(
    r'(?<=\s)(id|for|href|aria-labelledby|aria-describedby|aria-controls|data-filter|data-index)="([^"]*)"'
)
_WAITING = re.compile(r"(<form\b[^>]*?) hidden>")


@dataclass(frozen=True, slots=True)
class GalleryCase:
    """One example of a partial, drawn. ``language`` is the name of the language it is in, ``lang`` its tag."""

    id: str
    name: str
    language: str
    lang: str
    html: Markup


@dataclass(frozen=True, slots=True)
class GalleryPartial:
    """A partial, what its template says of it, how its macro is called, and its cases."""

    name: str
    says: str
    call: str
    cases: tuple[GalleryCase, ...]


@dataclass(frozen=True, slots=True)
class GalleryView:
    """The designers' gallery."""

    partials: tuple[GalleryPartial, ...]


@makes("gallery")
def gallery_page(desk: Desk, studio: Studio) -> Shown:
    """All partials; an example in a language that the site does not have is left out. Raises ``Undrawn``."""
    templates, strings = studio.templates, studio.strings
    view = GalleryView(
        tuple(
            GalleryPartial(
                name=partial.name,
                says=partial.says,
                call=f"{partial.macro}({', '.join([*(['t'] if partial.speaks else []), *partial.takes])})",
                cases=tuple(
                    _case(desk, partial, example, templates, strings[example.language])
                    for example in partial.examples
                    if example.language in strings
                ),
            )
            for partial in read_partials(templates.root)
        )
    )
    return Shown(view)


def _case(desk: Desk, partial: Partial, example: Example, templates: Templates, strings: Strings) -> GalleryCase:
    case_id = f"{partial.name}-{example.name}"
    html = partial.draw(example, templates, strings.for_page())
    language = desk.site.config.language(example.language)
    return GalleryCase(case_id, example.name, language.name, language.tag, Markup(_settled(html, case_id)))


def _settled(html: str, case_id: str) -> str:
    """A case as it can stand beside others: ids of its own, links that lead no further than to itself.

    A form that its script would show is shown.
    """
    ids = frozenset(outline(html).ids)

    def own(name: str) -> str:
        return f"{case_id}--{name}"

    def settled(match: re.Match[str]) -> str:
        attribute, value = match.groups()
        if attribute in ("href", "data-index"):
            target = value.removeprefix("#")
            if not value.startswith(("http:", "https:")):
                value = f"#{own(target) if target in ids else case_id}"
        else:
            value = " ".join(own(word) if word in ids else word for word in value.split())
        return f'{attribute}="{value}"'

    html = _WAITING.sub(r"\1>", _POINTING.sub(settled, html))
    return f'<ul class="gallery-items">{html}</ul>' if html.lstrip().startswith("<li") else html
