"""``figure``: how to cite a claim in prose, what readers will see, who says it, what speaks against it."""

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.problem import Problem, errors, nearest
from expoarchive.records import EXPO, Claim, in_conflict
from expoarchive.render.specimen import Specimen, specimens
from expoarchive.render.strings import Strings, read_strings
from expoarchive.site import Site

WORDS = {
    "en": {
        "about": "{language}: {label}",
        "shows": "  {written}  →  {text}",
        "notes": "    with notes on: {sources}",
        "nocite": "without the notes",
        "link": "a link to the claim",
        "recorded": "recorded at {file}:{line}",
        "sources": "sources:",
        "source": "  [@{id}]  {name} ({grade})",
        "derived": "derived by the archive from:",
        "conflict": "in conflict with:",
        "agrees": "also said as:",
        "disputed": "disputed by:",
        "other": "  {address}  {text}",
        "unknown": "there is no claim “{name}”",
        "nearest": "; did you mean “{nearest}”?",
        "record": "{record}: {count} claims",
        "hint": "python build.py figure {record} lists the addresses of one record.",
        "none": "{record} has no claims",
    },
    "zh": {
        "about": "{language}：{label}",
        "shows": "  {written}  →  {text}",
        "notes": "    附注指向：{sources}",
        "nocite": "不带附注",
        "link": "链到这条记述",
        "recorded": "记录在 {file}:{line}",
        "sources": "来源：",
        "source": "  [@{id}]  {name}（{grade}）",
        "derived": "本档案由以下各项推得：",
        "conflict": "与以下记述不一致：",
        "agrees": "另有相同的记述：",
        "disputed": "以下记述或来源与之相左：",
        "other": "  {address}  {text}",
        "unknown": "没有名为“{name}”的记述",
        "nearest": "；您是不是想写“{nearest}”？",
        "record": "{record}：{count} 条记述",
        "hint": "python build.py figure {record} 列出其中一份记录的全部地址。",
        "none": "{record} 没有记述",
    },
}


def run_figure(root: Path, options: argparse.Namespace, language: str) -> int:
    """Show one claim, the addresses of a record, or the records."""
    site, problems = survey(root)
    strings: Mapping[str, Strings] = {}
    if site is not None:
        strings, found = read_strings(root, site.config)
        problems = [*problems, *found]
    if site is None or errors(problems):
        return _failed(problems, language)
    said = WORDS[language]
    name = asked(options.address or "")
    claims = site.records.claims
    records = [str(year) for year in site.records.editions] + [EXPO]
    if not name:
        say("\n".join(said["record"].format(record=one, count=len(claims.of_record(one))) for one in records))
        say(said["hint"].format(record=records[-2] if len(records) > 1 else EXPO))
        return 0
    if name in records:
        say("\n".join(listing(site, strings, name, language)) or said["none"].format(record=name))
        return 0
    claim = claims.by_address.get(name)
    if claim is None:
        close = nearest(name, [*claims.by_address, *records])
        complain(said["unknown"].format(name=name) + (said["nearest"].format(nearest=close) if close else ""))
        return 2
    say("\n".join(shown(site, strings, claim, said)))
    return 0


def asked(text: str) -> str:
    """The address in what somebody typed or pasted: as it stands in prose, or from a browser."""
    bare = text.strip().removeprefix("[[claim:").removeprefix("[=").rstrip("]").partition("|")[0]
    link = re.search(r"/editions/([0-9]{4})/(#[\w-]+)?$", bare)
    return link.group(1) + (link.group(2) or "") if link else bare.rstrip("#")


def listing(site: Site, strings: Mapping[str, Strings], record: str, language: str) -> list[str]:
    """The claims of a record by address, each with its value in the editor's language where the site has it."""
    at = site.config.language_ids.index(language) if language in site.config.language_ids else 0
    claims = site.records.claims.of_record(record)
    widest = max((len(claim.address) for claim in claims), default=0)
    found = ((claim, specimens(site, strings, claim)[at]) for claim in claims)
    return [f"{claim.address:{widest}}  {one.label}: {one.text}" for claim, one in found]


def shown(site: Site, strings: Mapping[str, Strings], claim: Claim, said: Mapping[str, str]) -> list[str]:
    """Everything about one claim, line by line."""
    address = claim.address
    lines = [address]
    for one in specimens(site, strings, claim):
        lines += ["", said["about"].format(language=one.language, label=one.label), *_forms(address, one, said)]
    lines += ["", f"[={address}|nocite]  {said['nocite']}", f"[[claim:{address}]]  {said['link']}", ""]
    place = claim.statement.found_at
    lines.append(said["recorded"].format(file=place.file, line=place.line))
    if claim.statement.sources:
        lines.append(said["sources"])
    for citation in claim.statement.sources:
        source = site.records.sources[citation.source]
        names = source.title or source.publisher or {"": str(citation.source)}
        name = next(iter(names.values()))
        lines.append(said["source"].format(id=citation.source, name=name, grade=source.grade))
    return lines + _beside(site, strings, claim, said)


def _forms(address: str, one: Specimen, said: Mapping[str, str]) -> list[str]:
    lines = [said["shows"].format(written=f"[={address}]", text=one.text)]
    if one.note:
        lines.append(said["notes"].format(sources=" · ".join(one.note)))
    if one.bare:
        lines.append(said["shows"].format(written=f"[={address}|bare]", text=one.bare))
    return lines


def _beside(site: Site, strings: Mapping[str, Strings], claim: Claim, said: Mapping[str, str]) -> list[str]:
    """Claims of the same key that differ or agree, what it is derived from, what disputes it."""
    lines = []
    others = [other for other in site.records.claims.group_of(claim) if other is not claim]
    derived = claim.statement.derived
    inputs = [site.records.claims.by_address[ref] for ref in derived.inputs.values()] if derived else []
    disputes = claim.statement.disputed_by
    against = [site.records.claims.by_address[dispute.claim] for dispute in disputes if dispute.claim]
    groups = {
        "conflict": [other for other in others if in_conflict([claim, other])],
        "agrees": [other for other in others if not in_conflict([claim, other])],
        "derived": inputs,
        "disputed": against,
    }
    for name, group in groups.items():
        lines += [said[name]] if group else []
        for other in group:
            text = specimens(site, strings, other)[0].text
            lines.append(said["other"].format(address=other.address, text=text))
    cited = [str(citation.source) for dispute in disputes for citation in dispute.sources]
    if cited:
        lines += [said["disputed"], *(f"  [@{source}]" for source in cited)]
    return lines


def _failed(problems: list[Problem], language: str) -> int:
    complain(report(problems, language, colour=colour_wanted()))
    return 1
