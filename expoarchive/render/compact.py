"""JSON as scripts and pages carry it: without white space, every character as itself."""

import json

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def compact_json(value: object) -> str:
    """The value in as few characters as JSON allows."""
    return _JSON.encode(value)
