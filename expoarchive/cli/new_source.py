"""``new source ADDRESS``: a file in ``content/sources/``, its id made of the host and a date."""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from expoarchive.cli.amend import amend_whole, quoted, refuse_links
from expoarchive.cli.archetypes import archetype
from expoarchive.cli.links import bare
from expoarchive.cli.terminal import Faulty, Slip, Stop, Terminal
from expoarchive.config import read_config
from expoarchive.nodes import Scalar, list_files, parse_yaml, read_text
from expoarchive.nodes.fields import PartialDate, is_id
from expoarchive.nodes.host import parts_of
from expoarchive.nodes.names import counted
from expoarchive.nodes.node import MappingNode
from expoarchive.problem import Problem, errors
from expoarchive.problem.pattern import fill

FOLDER = "content/sources"
PUBLISHED = "published: {date}   # from the address: check it · 取自网址，请核对"
UNPUBLISHED = "# published: 2026-01-31   # as far as known: a year, a month, a day · 可只写年或年月"
# Parts of a host's name that say nothing of who it is.
_COMMON = ("www", "m", "h5", "wap", "en", "news", "com", "net", "org", "gov", "edu", "ac", "co")
_DATES = (
    r"(20[0-9]{2}|19[0-9]{2})[-/_.](0[1-9]|1[0-2])[-/_.](0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/]?(0[1-9]|1[0-2])[-/](0[1-9]|[12][0-9]|3[01])",
    r"(20[0-9]{2}|19[0-9]{2})[-/]?(0[1-9]|1[0-2])(?=/)",
)


def add_source(root: Path, url: str, entry_id: str | None, terminal: Terminal) -> None:
    """Write the file of the source. What is there already is never changed."""
    if parts_of(url) is None:
        raise Slip("new.bad-url", url=url)
    if entry_id and not is_id(entry_id):
        raise Slip("new.bad-id", name=entry_id)
    refuse_links(root, [FOLDER])
    known = addresses(root)
    for other_id, address in known.items():
        if address and bare(address) == bare(url):
            raise Stop("new.known-url", id=other_id, file=file_of(other_id))
        if other_id == entry_id:
            raise Stop("new.known-id", id=other_id, file=file_of(other_id))
    entry_id = entry_id or proposed_id(url, known)
    file = file_of(entry_id)
    refuse_links(root, [file])
    amend_whole(root, {file: entry_of(entry_id, url, languages_of(root))}, {file: None}, terminal)
    terminal.say("new.source", id=entry_id, file=file)


def file_of(source_id: str) -> str:
    """The file of a source."""
    return f"{FOLDER}/{source_id}.yaml"


def entry_of(entry_id: str, url: str, languages: tuple[str, ...]) -> str:
    """The entry as YAML, with what is still to fill in as comments."""
    date = date_in(url)
    return archetype(
        "source.yaml",
        id=entry_id,
        url=quoted(url),
        texts=blanks(languages),
        first=languages[0],
        published=fill(PUBLISHED, {"date": date}) if date else UNPUBLISHED,
    )


def languages_of(root: Path) -> tuple[str, ...]:
    """The site's languages; English where its configuration cannot be read."""
    config, _ = read_config(root)
    return config.language_ids if config else ("en",)


def blanks(languages: tuple[str, ...]) -> str:
    """A text in each language as YAML has it, without the texts."""
    return ", ".join(f"{language}: …" for language in languages)


def proposed_id(url: str, taken: Collection[str]) -> str:
    """The host's own name and the date in the address: ``gazette-2009-06-02``; counted on where that is taken."""
    parts = parts_of(url)
    host = (parts.hostname or "").lower() if parts else ""
    names = [part for part in host.split(".")[:-1] if part not in _COMMON]
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(names[-1:]) or host).strip("-") or "source"
    proposed = f"{name}-{date}" if (date := date_in(url)) else name
    return next(one for one in counted(proposed) if one not in taken)


def date_in(url: str) -> str | None:
    """A date that the path spells, as ``2009-06-02`` or ``2009-06``."""
    for pattern in _DATES:
        for match in re.finditer(rf"(?<![0-9]){pattern}(?![0-9])", urlsplit(url).path):
            date = "-".join(match.groups())
            try:
                PartialDate.parse(date)
            except ValueError:
                continue
            return date
    return None


def addresses(root: Path) -> dict[str, str]:
    """The address of each source by its id, empty where it has none. Raises ``Faulty`` where one is unreadable."""
    known: dict[str, str] = {}
    faults: list[Problem] = []
    for file in list_files(root, FOLDER)[0]:
        if not file.endswith(".yaml"):
            continue
        source, problems = read_text(root, file)
        node, more = parse_yaml(source) if source else (None, [])
        faults += errors([*problems, *more])
        url = node.get("url") if isinstance(node, MappingNode) else None
        name = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        known[name] = (url.text or "") if isinstance(url, Scalar) else ""
    if faults:
        raise Faulty(faults)
    return known
