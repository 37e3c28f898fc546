"""The photographs that the records show, made light; what was made of a file before is not made again."""

import os
from collections.abc import Callable, Sequence
from functools import partial

from expoarchive.build.ahead import make_ahead
from expoarchive.build.settings import Settings
from expoarchive.load.content import Content
from expoarchive.load.media import MEDIA, is_photograph
from expoarchive.load.rendition import Photograph, Rendition
from expoarchive.problem import Problem
from expoarchive.records import Records
from expoarchive.site import Site
from expoarchive.site.address import media_file, rendition_file
from expoarchive.write import Kept


def make_photographs(
    content: Content, records: Records, settings: Settings
) -> tuple[dict[str, Photograph], list[Problem]]:
    """The photographs by the names of their files. Reports what ``develop`` does, and ``original-places``."""
    store = settings["store"]
    shown = {str(picture.file): picture for picture in records.pictures.values()}
    names = [name for name in shown if is_photograph(name) and name in content.media]
    if not names:
        return {}, []
    # Not imported where there are none: it takes longer than reading a small archive.
    from expoarchive.load.photograph import develop, is_developed

    media = content.media
    jobs = {
        name: partial(develop, MEDIA + name, media.digest(name), partial(media.__getitem__, name), store)
        for name in names
    }
    _share([job for name, job in jobs.items() if not is_developed(media.digest(name), store)], settings)
    photographs: dict[str, Photograph] = {}
    problems: list[Problem] = []
    for name, job in jobs.items():
        photograph, faults = job()
        problems += faults
        if photograph is None:
            continue
        photographs[name] = photograph
        if photograph.places and shown[name].original:
            problems.append(Problem("original-places", shown[name].file.place, {"name": name}))
    return photographs, problems


def _share(undone: Sequence[Callable[[], object]], settings: Settings) -> None:
    """One takes seconds, so that another process pays for two of them."""
    if undone:
        processes = settings["processes"] or min(len(undone), os.cpu_count() or 1)
        make_ahead({**settings, "processes": processes}, "pictures", undone)


def photograph_files(site: Site, content: Content, settings: Settings) -> tuple[dict[str, bytes], Kept]:
    """The files of the site's pictures by permalink: those that are published as they are, and renditions."""
    files: dict[str, bytes] = {}
    kept: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for picture_id, picture in site.records.pictures.items():
        name = str(picture.file)
        photograph = site.photographs.get(name)
        if photograph is None:
            files[media_file(name)] = content.media[name]
            continue
        read = partial(content.media.__getitem__, name)
        if picture.original:
            kept[media_file(name)] = (content.media.digest(name), read)
        for one in photograph.renditions:
            load = partial(_bytes, photograph, one, read, settings)
            kept[rendition_file(picture_id, one.width, one.form)] = (one.digest, load)
    return files, kept


def _bytes(photograph: Photograph, rendition: Rendition, read: Callable[[], bytes], settings: Settings) -> bytes:
    from expoarchive.load.photograph import bytes_of

    return bytes_of(photograph, rendition, read, settings["store"])
