"""Checks what is shown: every photograph has a record, and what a record shows can be shown."""

import re
from collections.abc import Collection, Iterable, Iterator

from expoarchive.load import CONTENT
from expoarchive.load.media import DOCUMENT, IMAGES, MEDIA, PHOTOGRAPHS, is_photograph
from expoarchive.nodes.fields import Ref
from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Records

PICTURES = f"{CONTENT}/pictures/"
_UNFIT = re.compile(r"[^a-z0-9]+")


def check_pictured(records: Records, media: Iterable[str], faulty: Collection[str]) -> Iterator[Problem]:
    """Report ``picture-unrecorded``, ``picture-twice``, ``picture-by-file``, ``not-a-picture`` and ``not-a-scan``.

    ``media`` are names below content/media/. While a picture's record is among the ``faulty`` files, no photograph is
    said to have none.
    """
    by_file: dict[str, str] = {}
    for picture_id, picture in records.pictures.items():
        name = str(picture.file)
        if name in by_file:
            yield Problem("picture-twice", picture.file.place, {"name": name, "other": by_file[name]})
        by_file.setdefault(name, picture_id)
    if not any(file.startswith(PICTURES) for file in faulty):
        for name in media:
            if is_photograph(name) and name not in by_file and MEDIA + name not in faulty:
                yield Problem("picture-unrecorded", Place(MEDIA + name), {"name": name, "id": id_for(name)})
    yield from _by_file(records, by_file)
    yield from _unfit(records)


def id_for(name: str) -> str:
    """An id for the record of a file of this name."""
    return _UNFIT.sub("-", name.rpartition(".")[0].lower()).strip("-") or "picture"


def _by_file(records: Records, by_file: dict[str, str]) -> Iterator[Problem]:
    """Photographs that prose shows by their file, which no page has."""
    photographs = "|".join(re.escape(name) for name in by_file if is_photograph(name))
    pattern = re.compile(rf"media/({photographs})(?![\w.-])") if photographs else None
    for _, text in records.texts() if pattern else ():
        for match in pattern.finditer(text.body.text) if pattern else ():
            details = {"name": match[1], "id": by_file[match[1]]}
            yield Problem("picture-by-file", text.body.place_at(match.start()), details)


def _unfit(records: Records) -> Iterator[Problem]:
    """Files that are no pictures where one is shown, or no scans."""
    shown: list[Ref | None] = [picture.file for picture in records.pictures.values()]
    shown += [article.record.cover for article in (*records.articles.values(), *records.pages.values())]
    for name in shown:
        if name is not None and not name.lower().endswith(IMAGES):
            yield Problem("not-a-picture", name.place, {"name": name, "endings": " ".join(IMAGES)})
    for source in records.sources.values():
        name = source.file.name if source.file else None
        if name is not None and not name.lower().endswith((DOCUMENT, *PHOTOGRAPHS)):
            yield Problem("not-a-scan", name.place, {"name": name, "endings": " ".join((DOCUMENT, *PHOTOGRAPHS))})
