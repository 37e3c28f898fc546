"""How far a language is that may be incomplete: what of the interface and of the records it does not have yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from expoarchive.config import Config, Language
from expoarchive.records import Records
from expoarchive.records.lacking import LocalPlace, local_texts
from expoarchive.render.strings import Strings


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a language lacks of ``all_words`` words of the interface, and of ``all_texts`` texts of records."""

    language: Language
    words: int
    all_words: int
    texts: tuple[LocalPlace, ...]
    all_texts: int

    @property
    def counts(self) -> dict[str, str]:
        """What is to be said of it, for messages: how much is there, of how much."""
        return {
            "name": self.language.name,
            "words": str(self.all_words - self.words),
            "all_words": str(self.all_words),
            "texts": str(self.all_texts - len(self.texts)),
            "all_texts": str(self.all_texts),
        }


def find_lacking(config: Config, records: Records, strings: Mapping[str, Strings]) -> tuple[Lacking, ...]:
    """The languages that lack something, in order. None of them has to be complete."""
    languages = [language for language in config.languages if not language.complete]
    texts = local_texts(config, records) if languages else []
    found = []
    for language in languages:
        own, missing = strings[language.id], tuple(text for text in texts if language.id not in text.texts)
        words = len(own.texts.keys() - own.places.keys() - own.given)
        if missing or words:
            found.append(Lacking(language, words, len(own.texts.keys() - own.given), missing, len(texts)))
    return tuple(found)
