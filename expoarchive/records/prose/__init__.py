"""What the records stage reads in Markdown: front matter, headings, and the references that prose makes.

Found in the source text itself, so that every place is exact. The render stage replaces the very spans found
here: what was checked and what is shown cannot differ. This package makes no HTML, and does not know what exists.
"""

from expoarchive.records.prose.front import front_matter
from expoarchive.records.prose.heading import Heading
from expoarchive.records.prose.mention import Mention, Reference
from expoarchive.records.prose.scan import Scan, headings, references, scan
from expoarchive.records.prose.uncited import uncited

__all__ = ["Heading", "Mention", "Reference", "Scan", "front_matter", "headings", "references", "scan", "uncited"]
