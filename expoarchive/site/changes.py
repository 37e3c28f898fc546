"""What differs between two states of an archive, as those who approve a change want to know it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from expoarchive.records import Article, Claim, Records
from expoarchive.records.archive import Translation
from expoarchive.records.former import renewed
from expoarchive.records.ledger import Correction
from expoarchive.records.source import Source
from expoarchive.records.statement import Statement
from expoarchive.records.translation import Difference, Standing, standings
from expoarchive.site.graph import Page, Site

# A kind of page and an id.
Named = tuple[str, str]
# An empty line; the end of one before an item of a list, a row of a table or a heading, and after a heading.
_BETWEEN = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|[0-9]+\.)[ \t]|\||#)|(?<=\n)(#[^\n]*)\n")


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim as it was and as it is; None where it was not there, or is no more.

    ``filled``: nothing was known of it before, of an edition that was recorded.
    """

    old: Claim | None
    new: Claim | None
    filled: bool = False


@dataclass(frozen=True, slots=True)
class TextChange:
    """What is other in one text in one language: its title and summary, each as it was and as it is, and stretches of
    its blocks (paragraphs, headings, items of lists, rows of tables), those that went and those that came.
    """

    article: Article
    language: str
    head: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A page that has another address."""

    old: Named
    new: Named


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """Everything that differs. ``conflicts`` and ``settled`` are groups of claims, of the new state and of the old."""

    claims: tuple[ClaimChange, ...] = ()
    conflicts: tuple[tuple[Claim, ...], ...] = ()
    settled: tuple[tuple[Claim, ...], ...] = ()
    sources: tuple[tuple[str, Source | None, Source | None], ...] = ()
    stale: tuple[tuple[Standing, tuple[Difference, ...]], ...] = ()
    texts: tuple[TextChange, ...] = ()
    corrections: tuple[tuple[str, Correction], ...] = ()
    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, name) for name in self.__slots__)


def changes_between(old: Site, new: Site) -> SiteChanges:
    """What a reader of the new state finds otherwise than in the old."""
    moved = tuple(_moved(old, new))
    names = {one.old: one.new for one in moved}
    before, after = _pages(old), _pages(new)
    return SiteChanges(
        claims=tuple(_claims(old.records, new.records)),
        conflicts=_groups(new, old),
        settled=_groups(old, new),
        sources=tuple(_sources(old.records, new.records, names)),
        stale=tuple(_stale(old, new, names)),
        texts=tuple(_texts(old, new, names)),
        corrections=tuple(one for one in new.records.corrections.items() if one[0] not in old.records.corrections),
        added=tuple(name for name in after if name not in before and name not in names.values()),
        removed=tuple(name for name in before if name not in after and name not in names),
        moved=moved,
    )


def _pages(site: Site) -> dict[Named, Page]:
    """A page for each that has an address, in the first language that has it."""
    pages: dict[Named, Page] = {}
    for page in site.pages:
        if page.language:
            pages.setdefault((page.kind, page.id), page)
    return pages


def _moved(old: Site, new: Site) -> Iterator[Moved]:
    before = {page.permalink: (page.kind, page.id) for page in old.pages}
    now = {page.permalink: (page.kind, page.id) for page in new.pages}
    pairs = {Moved(before[one.permalink], now[one.target]): None for one in new.moved if one.permalink in before}
    yield from pairs


def _claims(old: Records, new: Records) -> Iterator[ClaimChange]:
    before, after = old.claims.by_address, new.claims.by_address
    known = {(claim.record, claim.key) for claim in before.values()}
    for address, claim in after.items():
        was = before.get(address)
        if was is None:
            there = claim.year is None or claim.year in old.editions
            yield ClaimChange(None, claim, there and (claim.record, claim.key) not in known)
        elif _content(renewed(was.statement, new.former)) != _content(claim.statement):
            yield ClaimChange(was, claim)
    yield from (ClaimChange(claim, None) for address, claim in before.items() if address not in after)


def _content(statement: Statement) -> object:
    """What it says, whatever its address is written like."""
    return statement.model_dump(exclude={"id"})


def _groups(site: Site, other: Site) -> tuple[tuple[Claim, ...], ...]:
    """The conflicts of a state that the other does not have."""
    there = {(group[0].record, group[0].key) for group in other.conflicts}
    return tuple(group for group in site.conflicts if (group[0].record, group[0].key) not in there)


def _sources(
    old: Records, new: Records, names: Mapping[Named, Named]
) -> Iterator[tuple[str, Source | None, Source | None]]:
    former = {now[1]: was[1] for was, now in names.items() if now[0] == "source"}
    for source_id, source in new.sources.items():
        was = old.sources.get(former.get(source_id, source_id))
        if was is None or _said(was) != _said(source):
            yield source_id, was, source
    kept = {former.get(source_id, source_id) for source_id in new.sources}
    yield from ((source_id, source, None) for source_id, source in old.sources.items() if source_id not in kept)


def _said(source: Source) -> object:
    return source.model_dump(exclude={"aliases", "checked"})


def _articles(site: Site) -> dict[Named, Article]:
    records = site.records
    articles = {("article", name): article for name, article in records.articles.items()}
    return articles | {("page", name): page for name, page in records.pages.items()}


def _stale(old: Site, new: Site, names: Mapping[Named, Named]) -> Iterator[tuple[Standing, tuple[Difference, ...]]]:
    """Translations that lag behind now and did not before, and the parts that they lag behind in since."""
    languages = new.config.language_ids
    before = {_name(one, old, names): one for one in standings(old.records, old.config.language_ids)}
    for standing in standings(new.records, languages):
        was = before.get(_name(standing, new, {}))
        if standing.state not in ("stale", "missing") or (was is not None and was.state == standing.state == "missing"):
            continue
        earlier = {(one.key, one.how) for one in was.differences} if was else set()
        later = tuple(one for one in standing.differences if (one.key, one.how) not in earlier)
        if later or standing.state == "missing":
            yield standing, later


def _name(standing: Standing, site: Site, names: Mapping[Named, Named]) -> tuple[Named, str]:
    kind = "article" if site.records.articles.get(standing.article.id) is standing.article else "page"
    named = (kind, standing.article.id)
    return names.get(named, named), str(standing.language)


def _texts(old: Site, new: Site, names: Mapping[Named, Named]) -> Iterator[TextChange]:
    before = {names.get(name, name): article for name, article in _articles(old).items()}
    for name, article in _articles(new).items():
        former = before.get(name)
        for language, text in article.translations.items():
            earlier = former.translations.get(language) if former else None
            if earlier is None:
                continue
            heads = zip(
                (earlier.front.title, earlier.front.summary), (text.front.title, text.front.summary), strict=True
            )
            head = tuple((was, now) for was, now in heads if was != now)
            blocks = tuple(_differing(_blocks(earlier), _blocks(text)))
            if head or blocks:
                yield TextChange(article, str(language), head, blocks)


def _blocks(text: Translation) -> list[str]:
    """The blocks of a text's body, each on one line."""
    return [" ".join(block.split()) for block in _BETWEEN.split(text.body.text) if block and block.strip()]


def _differing(old: list[str], new: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for how, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how != "equal":
            yield tuple(old[start:end]), tuple(new[first:last])
