"""The archive for its editors: read without rendering a page, and reviewed for what stops no build."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from expoarchive.build.build import Outcome
from expoarchive.build.gather import Sources
from expoarchive.build.ids import site_ids
from expoarchive.build.reported import Reported, Stopped
from expoarchive.cache.store import Store
from expoarchive.check import check_orphans, check_pictures, check_translations
from expoarchive.config import CONFIG_FILE, Config, read_config
from expoarchive.config.model import TO_WRITE
from expoarchive.load import load_content
from expoarchive.load.media import MEDIA
from expoarchive.nodes import list_files, read_text
from expoarchive.problem import WARNING, Place, Problem, in_order
from expoarchive.records import Records, read_records
from expoarchive.records.schema import FOLDER, files_of, schemas_with_ids
from expoarchive.records.style import check_styles
from expoarchive.render.forms import FOLDER as FORMS
from expoarchive.render.forms import report_forms
from expoarchive.render.lacking import Lacking
from expoarchive.render.strings import read_strings
from expoarchive.render.theme import theme_of
from expoarchive.site import Site, make_site
from expoarchive.site.kinds import check_vocabularies

_NONE: Mapping[str, bytes | None] = MappingProxyType({})


def survey(
    root: Path, store: Store | None = None, changed: Mapping[str, bytes | None] = _NONE
) -> tuple[Site | None, list[Problem]]:
    """The site's graph with its drafts and without HTML; None where the sources have errors.

    With ``changed`` texts, the graph as if they stood in the sources; None stands for one that is removed.
    """
    problems = Reported()
    try:
        config = problems.of(read_config(root, changed.get(CONFIG_FILE)))
        problems += check_vocabularies(config)
        problems.stop()
        content = problems.of(load_content(root, changed))
        records = problems.of(read_records(content, config, site_ids, store))
        problems.stop()
        site = problems.of(make_site(config, records, drafts=True))
        problems.stop()
    except Stopped:
        return None, in_order(problems)
    return site, in_order(problems)


def media_of(root: Path) -> list[str]:
    """The names of the files below content/media/."""
    return [file.removeprefix(MEDIA) for file in list_files(root, MEDIA.removesuffix("/"))[0]]


def _stale_schemas(root: Path, sources: Sources) -> list[Problem]:
    """Warn of ``schemas-stale`` where the archive has schemas with its ids, and other ids by now."""
    if not (root / FOLDER).is_dir():
        return []
    config, records = sources.config, sources.records
    schemas = schemas_with_ids(records, config, {"media": sources.media, **site_ids(config, records)})
    stale = [one for one in files_of(config) if differs(root, file := FOLDER + one.schema, schemas[file])]
    if not stale:
        return []
    details = {"count": str(len(stale)), "of": stale[0].path}
    return [Problem("schemas-stale", Place(FOLDER + stale[0].schema), details, severity=WARNING)]


def forms_of(root: Path, config: Config, records: Records) -> tuple[dict[str, str], list[Problem]]:
    """The forms in which readers report, by their paths, in the site's words, and what is wrong with these."""
    strings, problems = read_strings(theme_of(root), config)
    return report_forms(records, strings), problems


def _stale_forms(root: Path, sources: Sources) -> list[Problem]:
    """Warn of ``forms-stale`` where the repository has forms for readers that say something else by now."""
    if not any((root / FORMS).glob("report.*.yml")):
        return []
    forms, _ = forms_of(root, sources.config, sources.records)
    stale = [name for name, text in forms.items() if differs(root, name, text)]
    return [Problem("forms-stale", Place(stale[0]), severity=WARNING)] if stale else []


def _unsettled(config: Config) -> list[Problem]:
    """Warn of what the owner has not settled, and what that costs.

    ``text-to-write`` for what `new site` has left open, ``address-unknown``, ``contact-missing``.
    """
    place = Place(CONFIG_FILE)
    open_ = [key for key in ("title", "expo", "description") if TO_WRITE in getattr(config, key).values()]
    found = [Problem("text-to-write", place, {"keys": ", ".join(open_)}, severity=WARNING)] if open_ else []
    found += [] if config.address else [Problem("address-unknown", place, severity=WARNING)]
    return found if config.contact else [*found, Problem("contact-missing", place, severity=WARNING)]


def _incomplete(lacking: Iterable[Lacking]) -> Iterator[Problem]:
    """Warn of ``language-incomplete`` for each language that lacks something, at its entry in the configuration."""
    for one in lacking:
        yield Problem("language-incomplete", one.language.found_at, one.counts, severity=WARNING)


def differs(root: Path, file: str, text: str) -> bool:
    """Whether a file is missing or has another text."""
    source, _ = read_text(root, file)
    return source is None or source.text != text


def review(root: Path, outcome: Outcome) -> Outcome:
    """The outcome of a check or build, with warnings of what readers would miss though no page is wrong.

    Every command that says how many warnings there are asks for this, so that all of them say the same.
    """
    site, sources = outcome.site, outcome.sources
    if site is None or sources is None:
        return outcome
    warnings = [
        *_stale_schemas(root, sources),
        *_stale_forms(root, sources),
        *_unsettled(site.config),
        *_incomplete(outcome.lacking),
        *check_translations(site.records, site.config.language_ids),
        *check_orphans(site, outcome.pages, sources.media),
        *check_pictures(site.records, sources.media),
        *check_styles(site.records),
    ]
    return replace(outcome, problems=in_order([*outcome.problems, *warnings]))
