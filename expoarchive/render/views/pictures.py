"""Pictures and recordings: their list, and a page for each with whose it is, and where the archive shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from expoarchive.problem import shortened
from expoarchive.records.picture import Shown
from expoarchive.render.desk import Desk
from expoarchive.render.format import language_name
from expoarchive.render.linked import picture_node
from expoarchive.render.pictures import TILE, WHOLE, date_of, figure, image, largest, right_of
from expoarchive.render.search_entry import SearchEntry, every_name
from expoarchive.render.studio import PageContent, Studio, Title, page_view
from expoarchive.render.values import Link, Provenance
from expoarchive.render.views.articles import article_link
from expoarchive.render.words import recording_link, year_link
from expoarchive.site import Page

# What programs show of a page's title and description, with room to spare for the archive's name.
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 120, 300


@dataclass(frozen=True, slots=True)
class PicturesView:
    """All pictures, the earliest first, and links to all recordings."""

    pictures: tuple[Markup, ...]
    recordings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as large as it is published; ``file`` leads to that file alone, untouched if ``original``."""

    image: Markup
    caption: str
    alt: str
    file: str
    original: bool
    provenance: Provenance
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class RecordingView:
    """A recording, which lies elsewhere. The transcript is in paragraphs."""

    title: str
    lang: str | None
    sort: str
    url: str
    host: str
    length: str
    language: str
    transcript: tuple[str, ...]
    transcript_lang: str | None
    provenance: Provenance


@page_view("pictures")
def pictures_page(desk: Desk, studio: Studio) -> PageContent:
    """Everything that the archive shows and did not draw itself."""
    pictures = tuple(figure(desk, picture_id, TILE) for picture_id in desk.site.picture_order)
    recordings = tuple(recording_link(desk, name) for name in desk.site.records.recordings)
    return PageContent(PicturesView(pictures, recordings))


def _picture_title(desk: Desk, page: Page) -> Title:
    return desk.local(desk.site.records.pictures[page.id].caption), None


def _picture_entry(desk: Desk, page: Page) -> SearchEntry:
    picture = desk.site.records.pictures[page.id]
    return SearchEntry(text=[desk.local(picture.alt), *_said(desk, picture)], years=_years(picture))


def _said(desk: Desk, shown: Shown) -> Iterator[str]:
    yield from (desk.local(shown.credit), desk.local(shown.holder), date_of(desk, shown), right_of(desk, shown).text)


def _years(shown: Shown) -> set[int]:
    return {int(year) for year in shown.editions}


@page_view("picture", title=_picture_title, entry=_picture_entry)
def picture_page(desk: Desk, studio: Studio) -> PageContent:
    """One picture, large, with the ones before and after it."""
    picture = desk.site.records.pictures[desk.page.id]
    order = desk.site.picture_order
    at = order.index(desk.page.id)
    file = largest(desk.site, desk.page.id)
    words, alt = desk.local(picture.caption), desk.local(picture.alt)
    view = PictureView(
        image=image(desk, str(picture.file), alt, WHOLE),
        caption=words,
        alt=alt,
        file=desk.address(file),
        original=picture.original,
        provenance=_provenance(desk, "picture", picture),
        previous=_beside(desk, order[at - 1]) if at else None,
        next=_beside(desk, order[at + 1]) if at + 1 < len(order) else None,
    )
    description, node = shortened(alt, _LONGEST_DESCRIPTION), picture_node(desk, picture, file)
    return PageContent(view, shortened(words, _LONGEST_TITLE), description, (node,))


def _beside(desk: Desk, picture_id: str) -> Link:
    return Link(desk.local(desk.site.records.pictures[picture_id].caption), desk.href("picture", picture_id))


def _provenance(desk: Desk, sort: str, shown: Shown) -> Provenance:
    for source in shown.sources:
        desk.mark_source(str(source))
    articles = [desk.site.records.articles[name] for name in desk.site.naming(sort, desk.page.id)]
    return Provenance(
        credit=desk.local(shown.credit),
        holder=desk.local(shown.holder),
        date=date_of(desk, shown),
        right=right_of(desk, shown),
        editions=tuple(year_link(desk, int(year)) for year in shown.editions),
        articles=tuple(article_link(desk, article) for article in articles),
    )


def _recording_title(desk: Desk, page: Page) -> Title:
    return desk.words(desk.site.records.recordings[page.id].title)


def _recording_entry(desk: Desk, page: Page) -> SearchEntry:
    recording = desk.site.records.recordings[page.id]
    text = [desk.strings(f"recording.{recording.sort}"), *_said(desk, recording)]
    text += desk.words(recording.transcript)[0].split("\n")
    return SearchEntry(every_name(desk, recording.title), text, _years(recording))


@page_view("recording", title=_recording_title, entry=_recording_entry)
def recording_page(desk: Desk, studio: Studio) -> PageContent:
    """One recording: where it lies, how long it is, and what is said in it."""
    recording = desk.site.records.recordings[desk.page.id]
    title, lang = desk.words(recording.title)
    transcript, transcript_lang = desk.words(recording.transcript)
    view = RecordingView(
        title=title,
        lang=lang,
        sort=desk.strings(f"recording.{recording.sort}"),
        url=recording.url,
        host=recording.url.split("/")[2],
        length=recording.length,
        language=language_name(recording.language, desk.language),
        transcript=tuple(filter(None, (" ".join(part.split()) for part in transcript.split("\n")))),
        transcript_lang=transcript_lang,
        provenance=_provenance(desk, "recording", recording),
    )
    description = desk.strings("recording.description", title=title, sort=view.sort, length=recording.length)
    return PageContent(view, shortened(title, _LONGEST_TITLE), shortened(description, _LONGEST_DESCRIPTION))
