"""The glossary and prose: in each language one name for a thing, which the glossary's page explains."""

import re
from collections.abc import Iterator
from functools import partial

from expoarchive.cache.memory import Memory
from expoarchive.problem import WARNING, Problem
from expoarchive.records.archive import Records, Translation
from expoarchive.records.prose import scan

# The page of content/pages/ that explains the terms, and an id as Markdown or HTML gives it to an element there.
GLOSSARY = "glossary"
_PLACE = r"\{{[^{{}}\n]*#{0}[\s}}]|\sid=[\"']?{0}[\s\"'>]"


def check_glossary(records: Records) -> Iterator[Problem]:
    """Report ``term-unexplained`` for a term with a meaning that a text of the glossary's page has no place for."""
    page = records.pages.get(GLOSSARY)
    texts = {text.file: text.body.text for text in page.translations.values()} if page else {}
    texts = texts or {f"content/pages/{GLOSSARY}/": ""}
    for term_id, entry in records.glossary.items():
        place = re.compile(_PLACE.format(re.escape(term_id)))
        for file, text in texts.items() if entry.means else ():
            if not place.search(text):
                yield Problem("term-unexplained", entry.found_at, {"id": term_id, "file": file})


def check_departures(records: Records, memory: Memory) -> list[Problem]:
    """Warn of each wording in articles and pages that the glossary says to avoid."""
    avoided = [
        (language, wording, entry.name.get(language, term_id))
        for term_id, entry in records.glossary.items()
        for language, wordings in entry.avoid.items()
        for wording in wordings
    ]
    problems: list[Problem] = []
    for language, text in records.texts():
        here = [(word, term) for its_language, word, term in avoided if its_language == language]
        if not here:
            continue
        look = partial(_departures, text, here)
        problems += memory.recall(("departures", text.file), (text, here), look)
    return problems


def _departures(translation: Translation, avoided: list[tuple[str, str]]) -> list[Problem]:
    problems: list[Problem] = []
    body = translation.body
    # The target of a link or citation is not the text's own wording.
    spans = [(mention.start, mention.end) for mention in scan(body).mentions]
    for wording, term in avoided:
        # Chinese has no word boundaries; in other scripts only a whole word is a departure.
        bound = r"\b" if wording.isascii() else ""
        for match in re.finditer(bound + re.escape(wording) + bound, body.text, re.IGNORECASE):
            if not any(start <= match.start() < end for start, end in spans):
                details = {"found": match.group(), "term": term}
                place = body.place_at(match.start())
                problems.append(Problem("glossary-departure", place, details, term, WARNING))
    return problems
