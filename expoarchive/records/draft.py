"""Drafts: read and checked with everything else, and taken out before anything is made of the records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from expoarchive.config import Config
from expoarchive.problem import Place, Problem
from expoarchive.records.archive import Article, Records
from expoarchive.records.claim import Claims
from expoarchive.records.reference import known_ids, references_of


def drafts_of(records: Records) -> Iterator[tuple[str, str, Place]]:
    """Sort, id and place of each edition, article and page that is a draft."""
    for year, edition in records.editions.items():
        if edition.draft:
            yield "edition", str(year), edition.found_at
    for sort, articles in (("article", records.articles), ("page", records.pages)):
        for article_id, article in articles.items():
            if article.record.draft:
                yield sort, article_id, article.record.found_at


def media_of_drafts(records: Records, kept: Records, media: Iterable[str], config: Config) -> frozenset[str]:
    """Files of content/media/ that drafts name, and nothing that is ``kept`` does. Prose writes them as addresses."""
    gone = [
        article
        for before, after in ((records.articles, kept.articles), (records.pages, kept.pages))
        for article_id, article in before.items()
        if article_id not in after
    ]
    if not gone:
        return frozenset()
    drafted, shown = _naming(gone), _naming([*kept.articles.values(), *kept.pages.values()])
    others = {name for target, name, _ in references_of(kept, config) if target == "media"}
    return frozenset(name for name in media if name in drafted and name not in shown and name not in others)


def _naming(articles: Iterable[Article]) -> str:
    """All that these say, in which the name of a file is looked for."""
    texts = [text.body.text for article in articles for text in article.translations.values()]
    return "\n".join([*(str(article.record.cover or "") for article in articles), *texts])


def without_drafts(records: Records, config: Config) -> tuple[Records, list[Problem]]:
    """The records that readers may see: no later stage needs to know that there are others.

    Reports ``names-a-draft`` where what stays refers to what goes.
    """
    if not any(drafts_of(records)):
        return records, []
    claims = {
        address: claim
        for address, claim in records.claims.by_address.items()
        if claim.year is None or not records.editions[claim.year].draft
    }
    kept = replace(
        records,
        editions={year: edition for year, edition in records.editions.items() if not edition.draft},
        articles={article_id: article for article_id, article in records.articles.items() if not article.record.draft},
        pages={page_id: page for page_id, page in records.pages.items() if not page.record.draft},
        claims=Claims(claims),
    )
    known, shown = known_ids(records, {}), known_ids(kept, {})
    problems = [
        Problem("names-a-draft", place, {"name": name})
        for target, name, place in references_of(kept, config)
        if name in known[target] and name not in shown[target]
    ]
    return kept, problems
