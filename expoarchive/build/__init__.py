"""The whole way from sources to site."""

from expoarchive.build.build import Outcome, build, check

__all__ = ["Outcome", "build", "check"]
