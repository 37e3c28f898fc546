"""``content/corrections.yaml``: what the archive has changed since it was published."""

from pydantic import Field

from expoarchive.nodes.fields import LocalText, PartialDate, Text
from expoarchive.nodes.model import Model
from expoarchive.records.statement import Citations


class Correction(Model):
    """One changed claim. Its id is its key in the file."""

    date: PartialDate = Field(description="When the archive changed it.")
    claim: Text = Field(description="The claim's address, as RECORD#ANCHOR; it may be gone.")
    was: Text = Field(description="What it said, as content/published.yaml has it.")
    now: Text | None = Field(None, description="What it says since; left out where the claim was withdrawn.")
    why: LocalText
    sources: Citations = Field((), description="What showed that it was wrong.")
