"""A derivation is shown in the numbers themselves, as somebody would write it on paper."""

import pytest

from expoarchive.render.formula import formula_text

TEXTS = {"a": "12", "b": "281.5亿元", "rate": "19.32%", "day": "3 June"}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("a - 2", "12 − 2 = R"),
        ("a + 2 * a", "12 + 2 × 12 = R"),
        ("(a + 2) * a", "(12 + 2) × 12 = R"),
        ("a - (2 - a)", "12 − (2 − 12) = R"),
        ("a / (2 * a)", "12 ÷ (2 × 12) = R"),
        ("-a + 1", "−12 + 1 = R"),
        ("round(b / rate * 100, 0)", "281.5亿元 ÷ 19.32% ≈ R"),
        ("b / rate", "281.5亿元 ÷ 19.32% = R"),
        ("day - 2", "3 June − 2 = R"),
    ],
)
def test_a_formula_in_numbers(formula: str, shown: str) -> None:
    """With the signs of arithmetic, brackets only where they are needed, and ≈ where the result is rounded."""
    assert formula_text(formula, TEXTS, ["rate"], "R") == shown
