"""Places in source files and the problems found there: plain values that every stage may make.

This package prints nothing and decides nothing: ``cli`` words a problem and picks the exit code.
"""

from expoarchive.problem.nearest import nearest
from expoarchive.problem.place import Place
from expoarchive.problem.problem import ERROR, WARNING, Problem, errors, in_order

__all__ = ["ERROR", "WARNING", "Place", "Problem", "errors", "in_order", "nearest"]
