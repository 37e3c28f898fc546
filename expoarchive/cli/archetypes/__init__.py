"""What ``new`` begins records with: valid as they are, with comments in both languages on what to fill in."""

from pathlib import Path

from expoarchive.problem.pattern import fill

FOLDER = Path(__file__).parent


def archetype(name: str, /, **values: object) -> str:
    """One of the files beside this one, with values in its braces."""
    return fill((FOLDER / name).read_text("utf-8"), values)


def text_archetype(language: str) -> str:
    """The file of an article's text: in the site's language where there is one, else in English."""
    name = f"text.{language}.md"
    return name if (FOLDER / name).is_file() else "text.md"
