"""Each claim has an address for ever, and a key that says what it speaks of: only claims of one key are compared."""

from pathlib import Path

from expoarchive.records import Claim
from tests.sites import read_small

CITED = "sources: [gazette-2009]"
FULL = f"""\
year: 2013
ordinal: {{value: 4, {CITED}}}
names:
  - {{text: {{en: Harbour Fair, fr: Foire}}, {CITED}}}
  - {{form: short, text: {{en: Fair, fr: Foire}}, {CITED}}}
themes: {{text: {{en: Ships, fr: Navires}}, {CITED}}}
held:
  opened:
    - {{date: 2013-06-01, {CITED}}}
    - {{date: 2013-05-30, stage: planned, part: night-market, {CITED}}}
  closed:
    - {{date: 2013-06-03, {CITED}}}
    - {{date: 2013-06-05, stage: planned, part: night-market, {CITED}}}
venues: {{venue: quay-hall, {CITED}}}
figures:
  visitors:
    - {{value: 10, {CITED}}}
    - {{value: 11, stage: in_place, part: night-market, as_of: 2013-07-01, last: 2, {CITED}}}
  takings: {{value: 0, last: 0, id: none-yet, {CITED}}}
participants:
  - {{role: guest, places: [port-lune], {CITED}}}
  - {{role: guest, stage: planned, places: [port-lune], {CITED}}}
firsts: {{id: crane, what: {{en: A crane., fr: Une grue.}}, {CITED}}}
events: {{event: night, name: {{en: A night, fr: Une nuit}}, {CITED}}}
remarks: {{id: rain, what: {{en: It rained., fr: Il a plu.}}, {CITED}}}
"""


def told(claims: list[Claim]) -> list[str]:
    """Address, field, and what else the key says, as one line each."""

    def line(claim: Claim) -> str:
        key = [f"{name}={value}" for name, value in claim.key._asdict().items() if value and name != "field"]
        return " ".join([claim.address, claim.field, *key])

    return [line(claim) for claim in claims]


def test_each_sort_of_claim_has_its_address_and_key(tmp_path: Path) -> None:
    """An id that is given takes the place of the address made up; what is left out leaves its place in the key."""
    events = "night: {name: {en: Night, fr: Nuit}}\n"
    files = {"content/editions/2013.yaml": FULL, "content/vocabularies/events.yaml": events}
    claims = read_small(tmp_path, files)[1].claims

    assert told(claims.of_record("2013")) == [
        "2013#ordinal ordinal",
        "2013#name name name=usual",
        "2013#name-short name name=short",
        "2013#theme theme name=usual",
        "2013#opened opened",
        "2013#opened-planned-night-market opened stage=planned part=night-market",
        "2013#closed closed",
        "2013#closed-planned-night-market closed stage=planned part=night-market",
        "2013#venue-quay-hall venue name=quay-hall",
        "2013#visitors figure measure=visitors",
        "2013#visitors-in-place-night-market-2013-07-01-last-2 figure "
        "measure=visitors stage=in_place part=night-market as_of=2013-07-01 last=last-2",
        "2013#none-yet figure measure=takings last=last-0",
        "2013#guest participant name=guest",
        "2013#guest-planned participant stage=planned name=guest",
        "2013#crane first id=crane",
        "2013#event-night event name=night",
        "2013#rain remark id=rain",
    ]


def test_claims_of_one_key_stand_together_the_preferred_first(tmp_path: Path) -> None:
    """Another's words for the same are in conflict in a language that both have, and only there."""
    other = (
        f"year: 2013\nfigures:\n  visitors:\n    - {{id: a, value: 1, {CITED}}}\n    - {{id: b, value: 2, {CITED}, "
        + (
            "preferred: {en: Counted., fr: Compté.}}\n"
            f"    - {{id: c, value: 1, stage: planned, {CITED}}}\n"
            f"  takings: [{{id: d, value: 3, {CITED}}}, {{id: e, value: 3, {CITED}}}]\n"
            f"themes:\n  - {{id: f, text: {{en: Ships}}, {CITED}}}\n  - {{id: g, text: {{fr: Navires}}, {CITED}}}\n"
            f"names:\n  - {{id: h, text: {{en: Fair}}, {CITED}}}\n  - {{id: i, text: {{en: Market}}, {CITED}}}\n"
        )
    )
    claims = read_small(tmp_path, {"content/editions/2013.yaml": other})[1].claims
    names = [claim.anchor for claim in claims.group_of(claims.by_address["2013#a"])]
    figures = [[claim.anchor for claim in group] for group in claims.grouped("2013", "figure").values()]
    differ = [[claim.anchor for claim in group] for group in claims.conflicting() if group[0].record == "2013"]

    assert names == ["b", "a"]
    assert figures == [["b", "a"], ["c"], ["d", "e"]]
    assert differ == [["h", "i"], ["b", "a"]]
    assert len(claims.grouped("2013")) == 5
    assert (claims.grouped("2099"), claims.of_record("2099")) == ({}, [])


def test_days_and_ordinals_that_differ_are_in_conflict(tmp_path: Path) -> None:
    """As figures are; those that agree are not."""
    text = (
        f"year: 2013\nordinal: [{{id: a, value: 4, {CITED}}}, {{id: b, value: 5, {CITED}}}]\nheld:\n"
        f"  opened: [{{id: c, date: 2013-06-01, {CITED}}}, {{id: d, date: 2013-06-02, {CITED}}}]\n"
        f"  closed: [{{id: e, date: 2013-06-03, {CITED}}}, {{id: f, date: 2013-06-03, {CITED}}}]\n"
    )
    claims = read_small(tmp_path, {"content/editions/2013.yaml": text})[1].claims

    assert [[claim.anchor for claim in group] for group in claims.conflicting() if group[0].record == "2013"] == [
        ["a", "b"],
        ["c", "d"],
    ]
