"""The archive as its editors' own: read without drawing a page, and looked over for what no build stops at."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from expoarchive.build.build import Outcome
from expoarchive.cache import Store
from expoarchive.check import check_orphans, check_pictures, check_translations
from expoarchive.config import read_config
from expoarchive.load import load_content
from expoarchive.load.content import MEDIA
from expoarchive.problem import WARNING, Place, Problem, errors, in_order
from expoarchive.records import read_records
from expoarchive.records.schema_ids import FOLDER, schemas_with_ids
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
    records, found = read_records(content, config, store)
    problems += found
    if errors(problems):
        return None, in_order(problems)
    site, found = make_site(config, records, drafts=True)
    problems += found
    return (None if errors(problems) else site), in_order(problems)


def media_of(root: Path) -> dict[str, bytes]:
    """The files of content/media/ by their names below it."""
    folder = root / MEDIA
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _stale_schemas(root: Path) -> list[Problem]:
    """Warn of ``schemas-stale`` where an archive has schemas with its ids, and they are of other ids."""
    if not (root / FOLDER).is_dir():
        return []
    # Of drafts too, which the site of a check may not have.
    site, _ = survey(root)
    made = schemas_with_ids(site.records, site.config, sorted(media_of(root))) if site else {}
    stale = [name for name, text in made.items() if differs(root / name, text)]
    return [Problem("schemas-stale", Place(stale[0]), severity=WARNING)] if stale else []


def differs(file: Path, text: str) -> bool:
    """Whether a file is not there with this very text."""
    return not file.is_file() or file.read_text("utf-8", "replace") != text


def review(root: Path, outcome: Outcome) -> Outcome:
    """The outcome of a check, with warnings of what readers miss but no page is wrong for."""
    site = outcome.site
    if site is None:
        return outcome
    media = media_of(root)
    found = [
        *_stale_schemas(root),
        *check_translations(site.records, site.config.language_ids),
        *check_orphans(site, outcome.pages, media),
        *check_pictures(site.records, media),
    ]
    return replace(outcome, problems=in_order([*outcome.problems, *found]))
