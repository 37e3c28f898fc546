"""From the sources to all that pages are made of: the first half of a build, which makes no page yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from expoarchive.build.ahead import make_ahead, workers
from expoarchive.build.collector import nothing_to_collect
from expoarchive.build.ids import site_ids
from expoarchive.build.settings import Settings
from expoarchive.config import Config
from expoarchive.load import load_content
from expoarchive.problem import Problem, errors
from expoarchive.records import Records, read_records, reading_jobs
from expoarchive.records.draft import media_of_drafts
from expoarchive.render.assets import make_assets
from expoarchive.render.charts import ChartBoard
from expoarchive.render.environment import digest_templates, make_templates
from expoarchive.render.pages import count_archive
from expoarchive.render.strings import read_strings
from expoarchive.render.studio import Studio
from expoarchive.site import make_site
from expoarchive.site.recall import Recall
from expoarchive.write import read_manifest


@dataclass(frozen=True, slots=True)
class Sources:
    """What the sources hold, drafts included. ``media`` are the files of content/media/ by their names below it."""

    config: Config
    records: Records
    media: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What pages are made of, what earlier builds made of it, and the files that are published as they are."""

    studio: Studio
    recall: Recall
    files: dict[str, bytes]
    sources: Sources


@nothing_to_collect()
def gather(
    root: Path, config: Config, output: Path | None, settings: Settings
) -> tuple[Gathered | None, list[Problem]]:
    """Read the sources at ``root`` and put the site together; None where they have errors.

    ``output`` is a folder that may have some of the site already.
    """
    store, drafts, processes = settings["store"], settings["drafts"], settings["processes"]
    tell = partial(settings["tell"], "read")
    content, problems = load_content(root)
    reading = reading_jobs(content, config, store)
    make_ahead(store, reading, processes or workers(len(reading)), tell)
    records, found = read_records(content, config, site_ids, store)
    problems += found
    strings, found = read_strings(root, config, store.memory)
    problems += found
    digest, found = digest_templates(root)
    problems += found
    assets, files, found = make_assets(root, config, content)
    problems += found
    if errors(problems):
        return None, problems
    site, found = make_site(config, records, drafts=drafts)
    problems += found
    if errors(problems):
        return None, problems
    if not drafts:
        for name in media_of_drafts(records, site.records, content.media, config):
            del files[f"media/{name}"]
    sources = Sources(config, records, content.media)
    studio = Studio(
        site, make_templates(root, digest, store.memory), strings, assets, ChartBoard(store), count_archive(site)
    )
    standing = read_manifest(output) if output else None
    return Gathered(studio, Recall(site, store, (config, assets, digest), standing), files, sources), problems
