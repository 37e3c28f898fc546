"""Prose as a page shows it, with its citations, live figures and links by meaning resolved."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial

from markupsafe import Markup, escape

from expoarchive.nodes import SourceText
from expoarchive.problem import Problem
from expoarchive.records import Article
from expoarchive.records.article import FrontMatter
from expoarchive.records.departure import GLOSSARY
from expoarchive.records.statement import Citation
from expoarchive.render import words
from expoarchive.render.desk import Desk
from expoarchive.render.markdown import Term, UnreadableText, mark_terms, render_markdown
from expoarchive.render.marks import marked
from expoarchive.render.pictures import figures
from expoarchive.render.strings import Strings
from expoarchive.render.values import Link, Prose, SourceMark
from expoarchive.site import graph
from expoarchive.site.address import relative

# A sign for the eye, and what it says for those who do not see it.
_DISPUTE = (
    '<sup class="note dispute"><a href="{}" title="{}">'
    '<span class="hidden">{}</span><span aria-hidden="true">≠</span></a></sup>'
)
# Marks of absences that stand side by side and lead to one place: a reader wants one of them.
_REPEATED = re.compile(
    r'(<sup class="absence"><a href="[^"]*" title="[^"]*" aria-label="[^"]*">[^<]*</a></sup>)(?:\1)+'
)


class UnreadableProse(Exception):
    """A text that Markdown cannot convert."""

    def __init__(self, body: SourceText, line: int) -> None:
        self.problem = Problem("text-unreadable", body.place(line))
        super().__init__(self.problem.kind)


def prose_view(desk: Desk, article: Article, language: str, prefix: str = "") -> Prose:
    """An article's text in ``language``; marked with that language where the page's is another.

    Raises ``UnreadableProse`` where Markdown gives up on it.
    """
    source = article.translations[language].body
    try:
        body = render_markdown(source, PageResolver(desk, language), prefix=prefix)
    except UnreadableText as fault:
        raise UnreadableProse(source, fault.line) from None
    html = _with_terms(desk, _REPEATED.sub(r"\1", body.html), language)
    toc = tuple(Link(heading.text, f"#{heading.id}") for heading in body.headings if heading.level == 2)
    return Prose(Markup(html), toc, desk.tag(language) if language != desk.language.id else None)


def label_view(desk: Desk, label: str) -> Markup:
    """A label in the page's language, in which a term that the page has not explained is a link to its meaning."""
    return Markup(_with_terms(desk, str(escape(label)), desk.language.id))


def _with_terms(desk: Desk, html: str, language: str) -> str:
    return mark_terms(html, _glossary(desk, language), partial(_term_link, desk), desk.explained)


def _glossary(desk: Desk, language: str) -> tuple[Term, ...]:
    """The glossary's terms as texts in ``language`` write them; none on its own page, or where it has no page."""
    records, page = desk.site.records, desk.page
    if GLOSSARY not in records.pages or (page.kind, page.id) == ("page", GLOSSARY):
        return ()
    return tuple(
        Term(
            term_id,
            (entry.name[language], *entry.forms.get(language, ())),
            entry.means[language] if entry.means else None,
        )
        for term_id, entry in records.glossary.items()
    )


def _term_link(desk: Desk, term: Term, text: str) -> str:
    """A term's place in the glossary, with what the panel shows of it."""
    link = Markup('<a class="gloss" href="{}" data-term="{}" data-means="{}">{}</a>')
    href = desk.href("page", GLOSSARY, term.id)
    return str(link.format(href, term.wordings[0], term.means, Markup(text)))


def lead_view(desk: Desk, kind: str) -> Prose | None:
    """The text of content/pages/ that opens a page of this kind, if there is one."""
    article = desk.site.records.pages.get(kind)
    return prose_view(desk, article, text_language(desk, article)) if article else None


def text_language(desk: Desk, article: Article) -> str:
    """The page's language, or the first of the site's languages that the article has."""
    return graph.text_language(desk.site.config, article, desk.language.id)


def front_of(desk: Desk, article: Article) -> FrontMatter:
    """The front matter of the article's text in ``text_language``."""
    return article.translations[text_language(desk, article)].front


def title_of(desk: Desk, article: Article) -> str:
    """The title of that text, with the mark of its language where that is not the page's."""
    language, title = text_language(desk, article), front_of(desk, article).title
    return marked(title, desk.tag(language)) if desk.marks and language != desk.language.id else title


class PageResolver:
    """Answers the Markdown renderer for one page."""

    def __init__(self, desk: Desk, language: str = "") -> None:
        self.desk = desk
        self.language = language

    def citation(self, source_id: str, locator: str | None) -> str:
        _, now = self._now("source", source_id)
        place = self.desk.worded_place(locator) if locator else None
        return self._marks([self.desk.mark_source(now, place, steps_to=locator)])

    def figure(self, target: str, options: Collection[str]) -> str:
        """The claim's value for a sentence, linked to the claim, with its notes."""
        desk = self.desk
        claim = desk.site.records.claims.by_address[target]
        statement = claim.statement
        text, lang = words.sentence_text(desk, claim, bare="bare" in options, in_words="words" in options)
        basis = ' data-basis="derived"' if statement.derived else ""
        spoken = Markup(' lang="{}"').format(lang) if lang else ""
        html = Markup('<a class="figure"{} href="{}"{}>{}</a>').format(
            Markup(basis), desk.claim_href(claim), spoken, text
        )
        if dispute := words.dispute_word(desk, claim):
            html += Markup(_DISPUTE).format(desk.claim_href(claim), dispute, dispute)
        if "nocite" in options:
            return str(html)
        return str(html) + self._marks([desk.mark(citation) for citation in _first_two(statement.sources)])

    def link(self, sort: str, target: str, text: str | None) -> str:
        desk = self.desk
        records = desk.site.records
        sort, target = self._now(sort, target)
        if sort == "claim":
            claim = records.claims.by_address[target]
            name, href = words.value_text(desk, claim)[0], desk.claim_href(claim)
        elif sort == "edition":
            name, href = words.edition_name(desk, int(target)), desk.href("edition", target)
        elif sort == "source":
            name, href = desk.source_name(target).text, desk.href("source", target)
        elif sort == "picture":
            name, href = desk.local(records.pictures[target].caption), desk.href("picture", target)
        elif sort == "recording":
            link = words.recording_link(desk, target)
            named = Markup('<span lang="{}">{}</span>').format(link.lang, link.text) if link.lang else link.text
            return str(Markup('<a href="{}">{}</a> ({})').format(link.href, text or named, link.note))
        elif sort == "page" and target in desk.site.table and desk.site.table[target].linked:
            name, href = desk.strings(f"nav.{target}"), desk.href(target)
        elif sort in ("article", "page"):
            articles = records.articles if sort == "article" else records.pages
            name, href = title_of(desk, articles[target]), desk.href(sort, target)
        else:
            term = words.term_link(desk, sort, target)
            name, href = term.text, term.href
        return str(Markup('<a href="{}">{}</a>').format(href, text or name))

    def pictures(self, picture_ids: Sequence[str]) -> str:
        """A paragraph of pictures alone: one as wide as the text, or a gallery."""
        return str(figures(self.desk, picture_ids, self.language))

    def absence(self, target: str) -> str:
        """A mark that leads to what is said of the absence: its entry, the edition's gaps, or the table of all."""
        desk = self.desk
        years, is_address, _ = target.partition("#")
        if not is_address:
            href = desk.href("coverage", "", target)
        elif years.isdecimal() and int(years) in desk.site.records.editions:
            href = desk.href("edition", years)
        else:
            href = desk.href("coverage")
        said, mark = desk.strings("prose.absence"), desk.strings("prose.absence_mark")
        html = Markup('<sup class="absence"><a href="{href}" title="{said}" aria-label="{said}">{mark}</a></sup>')
        return str(html.format(href=href, said=said, mark=mark))

    def address(self, href: str) -> str:
        """Media of the content relative to the page; any other address as it was typed."""
        return relative(self.desk.page.permalink, href) if href.startswith("media/") else href

    def string(self, name: str) -> str:
        return self.desk.strings(f"prose.{name}")

    def _now(self, sort: str, target: str) -> tuple[str, str]:
        """What an id means that the text may have from before its entry was renamed."""
        return self.desk.site.records.former.get((sort, target), (sort, target))

    def _marks(self, marks: list[SourceMark]) -> str:
        return "".join(note_html(mark, self.desk.strings) for mark in marks)


def _first_two(citations: Iterable[Citation]) -> list[Citation]:
    """The first citation of each source, of two at most: a sentence with more is hard to read."""
    cited: dict[str, Citation] = {}
    for citation in citations:
        cited.setdefault(str(citation.source), citation)
    return list(cited.values())[:2]


def note_html(mark: SourceMark, t: Strings) -> str:
    """A numbered note as the partial of notes draws it."""
    slip = t("claim.misprint", reason=mark.misprint) if mark.misprint else None
    told = {"at": mark.locator, "print": mark.printed, "slip": slip}
    data = Markup("").join(Markup(' data-{}="{}"').format(name, text) for name, text in told.items() if text)
    note = Markup('<sup class="note"><a href="{}"{}><span class="hidden">{} </span>{}</a></sup>')
    return str(note.format(mark.href, data, t("source.note"), mark.number))
