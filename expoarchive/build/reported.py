"""The problems that the stages of a build report. A stage with errors is the last to run."""

from collections.abc import Iterable
from typing import TypeVar

from expoarchive.problem import Problem, errors

T = TypeVar("T")


class Stopped(Exception):
    """A stage ended with errors."""


class Reported(list[Problem]):
    """What the stages so far have reported."""

    def of(self, result: tuple[T | None, Iterable[Problem]]) -> T:
        """The value of a stage's result, its problems added. Raises Stopped where there is no value."""
        value, problems = result
        self.extend(problems)
        if value is None:
            raise Stopped
        return value

    def stop(self) -> None:
        """Raises Stopped where one of the problems is an error."""
        if errors(self):
            raise Stopped
