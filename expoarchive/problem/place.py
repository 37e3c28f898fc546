"""Where something stands in a source file."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position made when the bytes were read, never won back later.

    ``file`` is relative to the site's root, with ``/``. ``line`` and ``column`` are 1-based and count
    characters, not bytes. ``excerpt`` is the whole line as it was read, for showing with a caret.
    """

    file: str
    line: int = 1
    column: int = 1
    excerpt: str = field(default="", compare=False, repr=False)
