"""The command line: the only part that prints and picks exit codes."""

from expoarchive.cli.main import main

__all__ = ["main"]
