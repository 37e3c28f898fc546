"""What cites a source, and which articles are about an edition or a term."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.nodes.references import references_in
from expoarchive.records import Article, Claim, Records
from expoarchive.records.vocabulary import Term


@dataclass(frozen=True, slots=True)
class CitedBy:
    """What cites a source: claims, and articles and pages by id."""

    claims: tuple[Claim, ...] = ()
    articles: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.claims) + len(self.articles) + len(self.pages)


@dataclass(frozen=True, slots=True)
class Backlinks:
    sources: Mapping[str, CitedBy]
    # Ids of the articles that name a (sort, id), those that refer to it most first; else in the archive's order.
    articles: Mapping[tuple[str, str], tuple[str, ...]]


def find_backlinks(records: Records) -> Backlinks:
    """All backlinks of the archive."""
    claims: dict[str, list[Claim]] = {}
    for claim in records.claims.by_address.values():
        for ref in dict.fromkeys(str(r) for r in claim.references if r.target == "source"):
            claims.setdefault(ref, []).append(claim)
    articles, pages = _citing(records, records.articles), _citing(records, records.pages)
    sources = {
        source_id: CitedBy(
            tuple(claims.get(source_id, ())), tuple(articles.get(source_id, ())), tuple(pages.get(source_id, ()))
        )
        for source_id in records.sources
    }
    mentions: dict[tuple[str, str], Counter[str]] = {}
    pictures = {str(picture.file): picture_id for picture_id, picture in records.pictures.items()}
    for article_id, article in records.articles.items():
        for mention, times in _mentioned(records, article, pictures).items():
            mentions.setdefault(mention, Counter())[article_id] = times
    return Backlinks(
        sources, {mention: tuple(name for name, _ in times.most_common()) for mention, times in mentions.items()}
    )


def _citing(records: Records, articles: Mapping[str, Article]) -> dict[str, list[str]]:
    """The ids of those articles that cite a source, by the source, in the archive's order."""
    citing: dict[str, list[str]] = {}
    for article_id, article in articles.items():
        for source_id in _cited(records, article):
            citing.setdefault(source_id, []).append(article_id)
    return citing


def _cited(records: Records, article: Article) -> set[str]:
    """The sources that an article cites itself, or by the figures that it shows."""
    cited = {str(source) for source in article.record.sources}
    for translation in article.translations.values():
        for mention in translation.references:
            if mention.kind == "citation":
                cited.add(mention.target)
            elif mention.kind == "figure" and "nocite" not in mention.options:
                statement = records.claims.by_address[mention.target].statement
                cited |= {str(citation.source) for citation in statement.sources}
    return cited


def _mentioned(records: Records, article: Article, pictures: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """What an article names, and how often: in its record, by reference, or, of terms, by name in its texts.

    Its cover is the picture whose file it is: ``pictures`` has their ids by file.
    """
    paged = records.vocabularies.sorts.paged
    refs = list(references_in(article.record))
    named = Counter((ref.target, str(ref)) for ref in refs if ref.target == "edition" or ref.target in paged)
    named.update(("picture", pictures[ref]) for ref in refs if ref.target == "media" and ref in pictures)
    for translation in article.translations.values():
        for mention in translation.references:
            if mention.kind == "link":
                named[mention.sort, mention.target] += 1
            elif mention.kind == "figure":
                named["edition", mention.target.partition("#")[0]] += 1
    texts = {language: text.body.text.lower() for language, text in article.translations.items()}
    for (sort, term_id), times in named.items():
        if sort in paged:
            named[sort, term_id] = times + _spoken_of(texts, records.vocabularies.terms(sort)[term_id])
    return named


def _spoken_of(texts: Mapping[str, str], term: Term) -> int:
    """How often the texts, in small letters and by language, have the term's name in their language."""
    return sum(text.count(term.name.get(language, "\0").lower()) for language, text in texts.items())
