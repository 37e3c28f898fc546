#!/usr/bin/env python3
"""Build, check or serve the archive: see ``python build.py --help``."""

import sys

if __name__ == "__main__":
    try:
        from expoarchive.cli import main

        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
