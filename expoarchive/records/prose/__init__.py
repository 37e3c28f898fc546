"""What the records stage reads in Markdown: front matter, headings, and the references in prose.

They are read from the source text itself, so every place is exact. The render stage replaces the same spans, so what
was checked and what is shown cannot differ. This package makes no HTML, and does not know which ids exist.
"""

from expoarchive.records.prose.front import front_matter
from expoarchive.records.prose.heading import Heading
from expoarchive.records.prose.language import language_problems
from expoarchive.records.prose.mention import Mention, Reference, linked_sorts
from expoarchive.records.prose.scan import Scan, headings, references, scan
from expoarchive.records.prose.uncited import counts_in, paragraphs, uncited

__all__ = [
    "Heading",
    "Mention",
    "Reference",
    "Scan",
    "counts_in",
    "front_matter",
    "headings",
    "language_problems",
    "linked_sorts",
    "paragraphs",
    "references",
    "scan",
    "uncited",
]
