"""Positions in source files and the faults at them: plain values that any stage may create.

This package prints nothing and decides nothing: ``cli`` words each problem and picks the exit code.
"""

from expoarchive.problem.problem import ERROR, WARNING, Place, Problem, errors, in_order, nearest, shortened

__all__ = ["ERROR", "WARNING", "Place", "Problem", "errors", "in_order", "nearest", "shortened"]
