"""JSON as scripts and pages carry it: without white space, every character as itself."""

import json


def compact_json(value: object) -> str:
    """The value in as few characters as JSON allows."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
