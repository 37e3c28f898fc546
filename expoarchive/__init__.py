"""A static-site generator for the history of an exhibition.

The stages, left to right; no module imports from its right::

    problem -> cache -> nodes -> config -> load -> records -> sheets -> site -> render -> check -> write -> build -> cli
"""

__version__ = "0.3.0"
