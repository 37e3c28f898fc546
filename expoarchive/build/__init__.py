"""From the sources to the written site."""

from expoarchive.build.amend import amend, faults_with
from expoarchive.build.build import Outcome, build, check
from expoarchive.build.collector import sweep
from expoarchive.build.restyle import restyle
from expoarchive.build.review import review, survey
from expoarchive.build.settings import STAGES, Tell

__all__ = [
    "STAGES",
    "Outcome",
    "Tell",
    "amend",
    "build",
    "check",
    "faults_with",
    "restyle",
    "review",
    "survey",
    "sweep",
]
