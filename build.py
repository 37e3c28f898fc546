#!/usr/bin/env python3
"""Build, check or serve the archive: see ``python build.py --help``."""

import sys

from expoarchive.cli import main

if __name__ == "__main__":
    sys.exit(main())
