"""From the sources to the written site."""

from expoarchive.build.ahead import OF_OTHERS
from expoarchive.build.amend import amend, faults_with
from expoarchive.build.build import Outcome, build, check
from expoarchive.build.collector import sweep
from expoarchive.build.restyle import restyle
from expoarchive.build.review import review, survey
from expoarchive.build.settings import STAGES, Hire, Tell

__all__ = [
    "OF_OTHERS",
    "STAGES",
    "Hire",
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
