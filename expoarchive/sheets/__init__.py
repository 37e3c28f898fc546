"""Records as rows of a spreadsheet: out in editors' words, and back in as changes of the sources.

This stage must not know pages or HTML. What a sheet does not show of a record stays as it is.
"""
