"""The first half of a build: from the sources to what pages are rendered from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from expoarchive.build.ahead import make_ahead
from expoarchive.build.collector import nothing_to_collect
from expoarchive.build.ids import site_ids
from expoarchive.build.photographs import make_photographs, photograph_files
from expoarchive.build.reported import Reported
from expoarchive.build.settings import Settings
from expoarchive.config import Config
from expoarchive.load import load_content
from expoarchive.load.media import DOCUMENT
from expoarchive.records import Records, read_records, reading_jobs
from expoarchive.records.draft import media_of_drafts
from expoarchive.render.assets import make_assets
from expoarchive.render.charts import ChartBoard, read_style
from expoarchive.render.contrast import check_contrast
from expoarchive.render.environment import digest_templates, make_templates
from expoarchive.render.pages import count_archive
from expoarchive.render.strings import read_strings
from expoarchive.render.studio import Studio
from expoarchive.render.theme import theme_of
from expoarchive.render.unused import unused_files
from expoarchive.site import make_site
from expoarchive.site.address import media_file
from expoarchive.site.kinds import check_vocabularies
from expoarchive.site.recall import Recall
from expoarchive.write import Kept, read_manifest


@dataclass(frozen=True, slots=True)
class Sources:
    """What the sources hold, drafts included. ``media`` are the files below content/media/, by name."""

    config: Config
    records: Records
    media: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What pages are rendered from, what earlier builds rendered, and the files that are published as they are.

    ``kept`` are those whose bytes the output folder or the store has.
    """

    studio: Studio
    recall: Recall
    files: dict[str, bytes]
    kept: Kept
    sources: Sources


@nothing_to_collect()
def gather(root: Path, config: Config, output: Path | None, settings: Settings, problems: Reported) -> Gathered:
    """Read the sources at ``root`` and put the site together.

    ``output`` is a folder that may have some of the site already.
    """
    store, drafts = settings["store"], settings["drafts"]
    problems += check_vocabularies(config)
    problems.stop()
    content = problems.of(load_content(root))
    make_ahead(settings, "read", reading_jobs(content, config, store))
    records = problems.of(read_records(content, config, site_ids, store))
    theme = theme_of(root)
    strings = problems.of(read_strings(theme, config, store.memory))
    digest = problems.of(digest_templates(theme))
    templates = make_templates(theme, digest, store.memory)
    style, faults = read_style(theme)
    problems += faults
    problems += unused_files(templates, config)
    assets, files, faults = make_assets(theme, config, content)
    problems += [*faults, *check_contrast(theme, config)]
    problems.stop()
    assert style is not None
    photographs = problems.of(make_photographs(content, records, settings))
    documents = {name: len(content.media[name]) for name in content.media if name.lower().endswith(DOCUMENT)}
    site = problems.of(make_site(config, records, drafts=drafts, photographs=photographs, documents=documents))
    problems.stop()
    if not drafts:
        for name in media_of_drafts(records, site.records, content.media, config):
            files.pop(media_file(name), None)
    shown, kept = photograph_files(site, content, settings)
    studio = Studio(site, templates, strings, assets, ChartBoard(store, style), count_archive(site))
    recall = Recall(site, store, (config, assets, digest), read_manifest(output) if output else None)
    return Gathered(studio, recall, files | shown, kept, Sources(config, records, content.media))
