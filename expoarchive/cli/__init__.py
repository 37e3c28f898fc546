"""The command line: the only part that prints and picks exit codes."""

from expoarchive.cli.main import main, start

__all__ = ["main", "start"]
