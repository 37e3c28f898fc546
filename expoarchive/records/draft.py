"""Drafts: read and checked like everything else, and removed before any page is made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from expoarchive.config import Config
from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Article, Records
from expoarchive.records.claim import Claims
from expoarchive.records.reference import known_ids, references_of


def drafts_of(records: Records) -> Iterator[tuple[str, str, Place]]:
    """The sort, id and place of everything that is a draft."""
    for year, edition in records.editions.items():
        if edition.draft:
            yield "edition", str(year), edition.found_at
    for sort, articles in (("article", records.articles), ("page", records.pages)):
        for article_id, article in articles.items():
            if article.record.draft:
                yield sort, article_id, article.record.found_at
    for sort, shown in (("picture", records.pictures), ("recording", records.recordings)):
        for shown_id, record in shown.items():
            if record.draft:
                yield sort, shown_id, record.found_at


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
    claims = {
        address: claim
        for address, claim in records.claims.by_address.items()
        if claim.year is None or not records.editions[claim.year].draft
    }
    public = replace(
        records,
        editions={year: edition for year, edition in records.editions.items() if not edition.draft},
        exhibitors={year: table for year, table in records.exhibitors.items() if not records.editions[year].draft},
        articles={article_id: article for article_id, article in records.articles.items() if not article.record.draft},
        pages={page_id: page for page_id, page in records.pages.items() if not page.record.draft},
        pictures={name: picture for name, picture in records.pictures.items() if not picture.draft},
        recordings={name: recording for name, recording in records.recordings.items() if not recording.draft},
        claims=Claims(claims),
    )
    all_ids, public_ids = known_ids(records, {}), known_ids(public, {})
    problems = [
        Problem("names-a-draft", place, {"name": name})
        for target, name, place in references_of(public, config)
        if name in all_ids[target] and name not in public_ids[target]
    ]
    return public, problems
