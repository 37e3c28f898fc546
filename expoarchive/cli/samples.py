"""The samples in a new edition's file: in the words of this archive, so that they work once their # is taken away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from expoarchive.records import Records
from expoarchive.records.claim import slug

# Measure and stage.
Series = tuple[str, str]
_NOTES = (
    "Several claims are a list, from the second on with an id: those that differ are shown side by side.",
    "多条记述写成列表，第二条起要写 id；不一致的并列显示。",
)


@dataclass(frozen=True, slots=True)
class Samples:
    """What the samples of one edition name; the defaults stand for an archive that has no such thing yet."""

    source: str = "source-id"
    ordinal: int = 1
    series: tuple[Series, ...] = field(default=(("measure-id", ""),))

    def figures(self) -> str:
        """The samples of figures, as comments."""
        lines = ["figures:"]
        for number, (measure, stage) in enumerate(self.series[:2]):
            said = f"stage: {stage}, " if stage else ""
            if number:
                lines.append(f"  {measure}: {{{said}value: 150, sources: [{self.source}]}}")
                continue
            lines += [
                f"  # {_NOTES[0]}",
                f"  # {_NOTES[1]}",
                f"  {measure}:",
                f"    - {{{said}value: 145, sources: [{self.source}]}}",
                f"    - {{id: {slug(measure, stage, 'other')}, {said}value: 150, qualifier: over, sources: "
                f"[{self.source}]}}   # about, over, nearly · 约、逾、近",
            ]
        return "\n".join(f"# {line}" for line in lines)


def samples_for(records: Records, year: int) -> Samples:
    """Samples in the words of an archive, for the edition of this year."""
    series = tuple(_series(records)) or Samples().series
    return Samples(_source(records), _ordinal(records, year), series)


def _source(records: Records) -> str:
    """The source that was published last, as a new edition's will be of its kind."""
    dated = sorted(records.sources, key=lambda name: str(records.sources[name].published or ""))
    return dated[-1] if dated else Samples().source


def _ordinal(records: Records, year: int) -> int:
    """One that no edition has, after that of the edition before if there is one."""
    known = [(other, one.value) for other, edition in records.editions.items() for one in edition.ordinal]
    taken = {value for _, value in known}
    before = [value for other, value in known if other < year]
    wanted = max(before, default=0) + 1
    return wanted if wanted not in taken else max(taken) + 1


def _series(records: Records) -> Iterator[Series]:
    """The measures that editions report most often, each at its usual stage; those of the vocabulary that none does."""
    claims = records.claims.by_address.values()
    counts = Counter(claim.key.series[:2] for claim in claims if claim.year is not None and claim.field == "figure")
    used: dict[str, str] = {}
    for (measure, stage), _ in counts.most_common():
        used.setdefault(measure, stage)
    for measure in records.vocabularies.measures:
        used.setdefault(measure, "")
    yield from used.items()
