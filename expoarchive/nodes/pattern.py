"""Fields of records whose texts are patterns, with a name in braces: ``{number} 亿元``."""

from pydantic import AfterValidator

from expoarchive.nodes.fields import LocalTexts, fault
from expoarchive.problem.pattern import names_in


def fills(name: str, *, needed: bool = True) -> AfterValidator:
    """Marks texts by language as patterns in which ``name``, and no other, stands in braces; a ``needed`` one must."""

    def check(texts: LocalTexts) -> LocalTexts:
        for language, text in texts.items():
            names = names_in(text)
            if names is None or names - {name} or (needed and not names):
                raise fault("wrong-braces", language=language, found=text, wanted=f"{{{name}}}")
        return texts

    return AfterValidator(check)
