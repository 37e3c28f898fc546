"""The archive as its editors' own: read without drawing a page, and looked over for what no build stops at."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from expoarchive.build.build import Outcome
from expoarchive.build.gather import Sources
from expoarchive.build.ids import site_ids
from expoarchive.cache import Store
from expoarchive.check import check_orphans, check_pictures, check_translations
from expoarchive.config import read_config
from expoarchive.load import load_content
from expoarchive.load.content import MEDIA
from expoarchive.nodes import list_files, read_file, read_text
from expoarchive.problem import WARNING, Place, Problem, errors, in_order
from expoarchive.records import read_records
from expoarchive.records.schema import FOLDER, schemas_with_ids
from expoarchive.site import Site, make_site

_NONE: Mapping[str, bytes] = MappingProxyType({})


def survey(
    root: Path, store: Store | None = None, changed: Mapping[str, bytes] = _NONE
) -> tuple[Site | None, list[Problem]]:
    """The site's graph with its drafts, without its pages' HTML; None where the sources have errors.

    With ``changed`` texts, as it would be if they stood in the content.
    """
    config, problems = read_config(root)
    if config is None:
        return None, in_order(problems)
    content, found = load_content(root, changed)
    problems += found
    records, found = read_records(content, config, site_ids, store)
    problems += found
    if errors(problems):
        return None, in_order(problems)
    site, found = make_site(config, records, drafts=True)
    problems += found
    return (None if errors(problems) else site), in_order(problems)


def media_of(root: Path) -> dict[str, bytes]:
    """The files of content/media/ by their names below it."""
    files = list_files(root, MEDIA.removesuffix("/"))[0]
    return {file.removeprefix(MEDIA): read_file(root, file)[0] for file in files}


def _stale_schemas(root: Path, sources: Sources) -> list[Problem]:
    """Warn of ``schemas-stale`` where an archive has schemas with its ids, and they are of other ids."""
    if not (root / FOLDER).is_dir():
        return []
    made = schemas_with_ids(
        sources.records, sources.config, {"media": sources.media, **site_ids(sources.config, sources.records)}
    )
    stale = [name for name, text in made.items() if differs(root, name, text)]
    return [Problem("schemas-stale", Place(stale[0]), severity=WARNING)] if stale else []


def differs(root: Path, file: str, text: str) -> bool:
    """Whether a file is not there with this very text."""
    source, _ = read_text(root, file)
    return source is None or source.text != text


def review(root: Path, outcome: Outcome) -> Outcome:
    """The outcome of a check, with warnings of what readers miss but no page is wrong for."""
    site, sources = outcome.site, outcome.sources
    if site is None or sources is None:
        return outcome
    found = [
        *_stale_schemas(root, sources),
        *check_translations(site.records, site.config.language_ids),
        *check_orphans(site, outcome.pages, sources.media),
        *check_pictures(site.records, sources.media),
    ]
    return replace(outcome, problems=in_order([*outcome.problems, *found]))
