"""A proof that is made over many variants: `make test` has those that stand for their class, `make verify` has all."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def swept(variants: Iterable[Any], standing: Collection[Any]) -> list[Any]:
    """The variants for ``parametrize``, in order; those that are not ``standing`` for others are long proofs."""
    found = list(variants)
    assert all(one in found for one in standing), [one for one in standing if one not in found]
    return [one if one in standing else _long(one) for one in found]


def _long(variant: Any) -> Any:
    values = variant if isinstance(variant, tuple) else (variant,)
    return pytest.param(*values, marks=pytest.mark.long)
