"""Failures that can be read."""

from collections.abc import Sequence

import pytest


def expect_none(found: Sequence[str], what: str) -> None:
    """Fail with one line for each thing found that should not be there."""
    if found:
        pytest.fail(f"{len(found)} {what}:\n" + "\n".join(f"  {line}" for line in found), pytrace=False)
