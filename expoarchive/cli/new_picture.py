"""``new picture FILE``: a picture in ``content/media/`` under a name fit for addresses, and its record to fill in."""

from functools import partial
from hashlib import sha256
from pathlib import Path

from expoarchive.cache.store import store_of
from expoarchive.cli.amend import amend_whole, refuse_links
from expoarchive.cli.archetypes import archetype
from expoarchive.cli.new_source import blanks, languages_of
from expoarchive.cli.terminal import Faulty, Slip, Stop, Terminal
from expoarchive.load.media import IMAGES, MEDIA, is_media_name, is_photograph, read_media
from expoarchive.nodes.fields import is_id
from expoarchive.nodes.names import counted, plain_name
from expoarchive.problem import Place, Problem
from expoarchive.records.pictured import PICTURES, id_for


def add_picture(root: Path, given: str, entry_id: str | None, edition: str, terminal: Terminal) -> None:
    """Copy the file and begin its record, a draft. One that lies in ``content/media/`` stays, or gets a better name.

    Raises ``Faulty`` for what no page can show, and where the next build would stop.
    """
    path = root / given
    _refuse(root, path, given, entry_id, edition)
    inside = _inside(root, path)
    name = inside if inside and is_media_name(inside) else plain_name(path.name)
    data = _picture_in(root, path, name)
    if name != inside:
        name = _free_name(root, name, data)
    record = _record(entry_id or next(one for one in counted(id_for(name)) if not (root / _record(one)).exists()))
    if (root / record).exists():
        raise Stop("new.exists", file=record)
    editions = f"editions: [{edition}]" if edition else "# editions: [2022]"
    entry = archetype("picture.yaml", file=name, texts=blanks(languages_of(root)), editions=editions)
    texts: dict[str, str | bytes | None] = {record: entry}
    before: dict[str, bytes | None] = {record: None}
    if not (root / MEDIA / name).exists():
        texts[MEDIA + name], before[MEDIA + name] = data, None
    if inside not in ("", name):
        texts[MEDIA + inside], before[MEDIA + inside] = None, data
    refuse_links(root, texts)
    amend_whole(root, texts, before, terminal)
    for file, text in texts.items():
        if text is not None:
            terminal.say("new.file", file=file)
    terminal.say("new.next-picture", id=Path(record).stem, file=record)


def _refuse(root: Path, path: Path, given: str, entry_id: str | None, edition: str) -> None:
    """Raises ``Slip`` for an id, an edition or a file that is none."""
    if entry_id and not is_id(entry_id):
        raise Slip("new.bad-id", name=entry_id)
    if edition and not (root / f"content/editions/{edition}.yaml").is_file():
        raise Slip("export.unknown", name=edition)
    if not path.is_file():
        raise Slip("import.no-file", file=given)


def _record(entry_id: str) -> str:
    return f"{PICTURES}{entry_id}.yaml"


def _inside(root: Path, path: Path) -> str:
    """The name of a file below content/media/; empty for one that lies elsewhere."""
    media, real = (root / MEDIA).resolve(), path.resolve()
    return real.relative_to(media).as_posix() if real.is_relative_to(media) else ""


def _free_name(root: Path, name: str, data: bytes) -> str:
    """The name, or the first counted on from it, that no other picture has."""
    stem, ending = Path(name).stem, Path(name).suffix
    names = (f"{one}{ending}" for one in counted(stem))
    return next(one for one in names if not (file := root / MEDIA / one).exists() or file.read_bytes() == data)


def _picture_in(root: Path, path: Path, name: str) -> bytes:
    """The bytes of a picture that a page can show; ``Faulty`` with what is wrong with any other."""
    data, problems = read_media(path.parent, path.name, name)
    if not problems and not name.lower().endswith(IMAGES):
        problems = [Problem("not-a-picture", Place(path.name), {"name": path.name, "endings": " ".join(IMAGES)})]
    if data is not None and not problems and is_photograph(name):
        # Takes seconds, and is kept for the next build.
        from expoarchive.load.photograph import develop

        store = store_of(root)
        _, problems = develop(path.name, sha256(data).hexdigest(), partial(bytes, data), store)
        store.close()
    if data is None or problems:
        raise Faulty(problems)
    return data
