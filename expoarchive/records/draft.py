"""Drafts: read and checked like everything else, and removed before any page is made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from expoarchive.config import Config
from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Article, Records
from expoarchive.records.claim import Claims
from expoarchive.records.reference import known_ids, references_of

K = TypeVar("K")
V = TypeVar("V")


def drafts_of(records: Records) -> Iterator[tuple[str, str, Place]]:
    """The sort, id and place of everything that is a draft."""
    for sort, entries in (
        ("edition", records.editions),
        ("article", records.articles),
        ("page", records.pages),
        ("picture", records.pictures),
        ("recording", records.recordings),
    ):
        for entry_id, entry in entries.items():
            if (record := _record_of(entry)).draft:
                yield sort, str(entry_id), record.found_at


def _record_of(entry: Any) -> Any:
    """What says of an entry of the archive whether it is a draft."""
    return entry.record if isinstance(entry, Article) else entry


def _public(entries: Mapping[K, V]) -> dict[K, V]:
    return {key: entry for key, entry in entries.items() if not _record_of(entry).draft}


def media_of_drafts(records: Records, public: Records, media: Iterable[str], config: Config) -> frozenset[str]:
    """The files of content/media/ that drafts mention and ``public`` records do not. Prose has them as addresses."""
    drafts = [
        article
        for every, published in ((records.articles, public.articles), (records.pages, public.pages))
        for article_id, article in every.items()
        if article_id not in published
    ]
    if not drafts:
        return frozenset()
    in_drafts, in_public = _text_of(drafts), _text_of([*public.articles.values(), *public.pages.values()])
    in_records = {name for target, name, _ in references_of(public, config) if target == "media"}
    return frozenset(name for name in media if name in in_drafts and name not in in_public and name not in in_records)


def _text_of(articles: Iterable[Article]) -> str:
    """Everything that these articles say, to search for the names of files."""
    texts = [text.body.text for article in articles for text in article.translations.values()]
    return "\n".join([*(str(article.record.cover or "") for article in articles), *texts])


def without_drafts(records: Records, config: Config) -> tuple[Records, list[Problem]]:
    """The records that readers may see, so that no later stage needs to know of the others.

    Reports ``names-a-draft`` where a public record refers to a draft.
    """
    if not any(drafts_of(records)):
        return records, []
    editions = _public(records.editions)
    claims = records.claims.by_address.items()
    public = replace(
        records,
        editions=editions,
        exhibitors={year: table for year, table in records.exhibitors.items() if year in editions},
        articles=_public(records.articles),
        pages=_public(records.pages),
        pictures=_public(records.pictures),
        recordings=_public(records.recordings),
        claims=Claims({address: claim for address, claim in claims if claim.year is None or claim.year in editions}),
    )
    all_ids, public_ids = known_ids(records, {}), known_ids(public, {})
    problems = [
        Problem("names-a-draft", place, {"name": name})
        for target, name, place in references_of(public, config)
        if name in all_ids[target] and name not in public_ids[target]
    ]
    return public, problems
