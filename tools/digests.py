"""What this code makes of another state of the content: ``python -m tools.digests FOLDER``, for tools/inspect.sh.

Prints the SHA-256 of each file of the site as JSON, by path; writes none. What the builds of this project keep is read,
as most of that site is what they have made.
"""

import argparse
import json
import sys
from pathlib import Path

from expoarchive.build import check
from expoarchive.cache.store import store_of

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """0 if the content is without errors; else nothing is printed."""
    grammar = argparse.ArgumentParser()
    grammar.add_argument("folder", type=Path)
    for option in ("--address", "--base-path", "--repository"):
        grammar.add_argument(option)
    options = vars(grammar.parse_args())
    outcome = check(options.pop("folder"), store=store_of(ROOT), **options)
    if outcome.ok:
        print(json.dumps(dict(outcome.files.digests)))
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main())
