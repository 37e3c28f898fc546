"""Pictures as HTML, in prose and on every page: an element that loads what the screen needs, and the words under it."""

from collections.abc import Iterable

from markupsafe import Markup

from expoarchive.records.picture import Shown, deed_of
from expoarchive.render.desk import Desk
from expoarchive.render.format import day
from expoarchive.render.values import Link
from expoarchive.site import Site
from expoarchive.site.address import media_file, rendition_file

# How wide a picture is drawn, for the browser to choose a file before it knows the style sheet.
# A telephone of more than two pixels a point would show no more of it, and load three times as much.
_NARROW = "(min-resolution: 2.1dppx) 60vw, calc(100vw - 2rem)"
COLUMN = f"(min-width: 48rem) 44rem, {_NARROW}"
TILE = f"(min-width: 40rem) 20rem, {_NARROW}"
WHOLE = f"(min-width: 76rem) 74rem, {_NARROW}"

_IMAGE = Markup('<img{} src="{}" alt="{}"{}{} decoding="async">')
_PICTURE = Markup('<picture><source type="image/webp" srcset="{}" sizes="{}">{}</picture>')
_FIGURE = Markup('<figure class="picture"{}><a href="{}">{}</a><figcaption>{}</figcaption></figure>')
_CAPTION = Markup('<span class="picture-caption">{}</span> <span class="picture-credit">{}</span>')


def image(desk: Desk, name: str, alt: str, sizes: str, style: str = "") -> Markup:
    """A file of content/media/, whose photograph is the page's lightest that will do; the page's first is not lazy."""
    picture_id = desk.site.pictures_by_file.get(name)
    photograph = desk.site.photographs.get(name)
    classes = Markup(' class="{}"').format(style) if style else ""
    lazy = Markup(' loading="lazy"') if desk.has_picture() else ""
    if picture_id is None or photograph is None:
        return _IMAGE.format(classes, desk.address(media_file(name)), alt, "", lazy)
    fallback = photograph.renditions[-1]
    size = Markup(' width="{}" height="{}"').format(fallback.width, fallback.height)
    address = desk.address(rendition_file(picture_id, fallback.width, fallback.form))
    srcset = ", ".join(
        f"{desk.address(rendition_file(picture_id, one.width, one.form))} {one.width}w"
        for one in photograph.renditions[:-1]
    )
    return _PICTURE.format(srcset, sizes, _IMAGE.format(classes, address, alt, size, lazy))


def figure(desk: Desk, picture_id: str, sizes: str, language: str = "") -> Markup:
    """A picture that leads to its page, and what stands under it; marked with its language in a text of another."""
    picture = desk.site.records.pictures[picture_id]
    shown = image(desk, str(picture.file), desk.local(picture.alt), sizes)
    lang = Markup(' lang="{}"').format(desk.language.tag) if language not in ("", desk.language.id) else ""
    return _FIGURE.format(lang, desk.href("picture", picture_id), shown, caption(desk, picture_id))


def figures(desk: Desk, picture_ids: Iterable[str], language: str = "") -> Markup:
    """One picture as wide as the text; several as a gallery."""
    ids = list(dict.fromkeys(picture_ids))
    if len(ids) == 1:
        return figure(desk, ids[0], COLUMN, language)
    items = Markup("").join(Markup("<li>{}</li>").format(figure(desk, one, TILE, language)) for one in ids)
    return Markup('<ul class="pictures">{}</ul>').format(items)


def caption(desk: Desk, picture_id: str) -> Markup:
    """What stands under a picture: its words, then whose it is and by what right it is shown."""
    picture = desk.site.records.pictures[picture_id]
    parts = [Markup("{}").format(part) for part in (desk.local(picture.credit), desk.local(picture.holder))]
    parts.append(Markup("{}").format(date_of(desk, picture)))
    parts.append(_linked(right_of(desk, picture)))
    # The same body may have made it and keep it.
    return _CAPTION.format(desk.local(picture.caption), Markup(" · ").join(dict.fromkeys(parts)))


def date_of(desk: Desk, shown: Shown) -> str:
    """When a picture was taken or a recording made."""
    return day(shown.date, desk.language) if shown.date else desk.strings("picture.date_unknown")


def right_of(desk: Desk, shown: Shown) -> Link:
    """The licence of a picture or recording, else the right by which it is shown, without an address."""
    if shown.licence is None:
        return Link(desk.local(shown.right or {}), "")
    name = shown.licence.replace("CC-", "CC ").replace("CC0-", "CC0 ").replace("PDM-", "Public Domain Mark ")
    stem, _, version = name.rpartition("-" if "-" in name else " ")
    return Link(f"{stem} {version}", deed_of(shown.licence))


def largest(site: Site, picture_id: str) -> str:
    """The permalink of the largest file of a picture that the site has."""
    picture = site.records.pictures[picture_id]
    photograph = site.photographs.get(str(picture.file))
    if photograph is None or picture.original:
        return media_file(str(picture.file))
    one = photograph.renditions[-2]
    return rendition_file(picture_id, one.width, one.form)


def _linked(link: Link) -> Markup:
    if not link.href:
        return Markup("{}").format(link.text)
    return Markup('<a href="{}" rel="license external noopener">{}</a>').format(link.href, link.text)
