"""``python -m expoarchive COMMAND``, and the command ``expoarchive`` of an installed generator."""

import sys

from expoarchive.cli import main


def run() -> int:
    """``python build.py``, by its own name."""
    return main(program="expoarchive")


if __name__ == "__main__":
    sys.exit(run())
