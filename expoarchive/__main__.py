"""``python -m expoarchive COMMAND``, and the command ``expoarchive`` of an installed generator."""

import sys

from expoarchive.cli import start


def run() -> int:
    """``python build.py``, by its own name."""
    return start(program="expoarchive")


if __name__ == "__main__":
    sys.exit(run())
