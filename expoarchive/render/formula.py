"""A derivation in the numbers themselves: 12 − 2 = 10, 281.5亿元 ÷ 19.32% ≈ 1457亿元."""

import ast
from collections.abc import Collection, Mapping

_SIGNS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("−", 1),
    ast.Mult: ("×", 2),
    ast.Div: ("÷", 2),
}
_ATOM = 3


def formula_text(formula: str, texts: Mapping[str, str], percents: Collection[str], result: str) -> str:
    """The formula of a derivation, which the build has computed, with the ``texts`` of its inputs and its ``result``.

    ``percents`` are the inputs in per cent, whose text says so: dividing by one and taking it times 100 is dividing by
    that text.
    """
    body = ast.parse(formula, mode="eval").body
    rounded = isinstance(body, ast.Call)
    text, _ = _written(body.args[0] if isinstance(body, ast.Call) else body, texts, percents)
    return f"{text} {'≈' if rounded else '='} {result}"


def _written(node: ast.expr, texts: Mapping[str, str], percents: Collection[str]) -> tuple[str, int]:
    """A part of the formula, and how firmly it holds together."""
    match node:
        case ast.Name(id=name):
            return texts[name], _ATOM
        case ast.Constant(value=value):
            return str(value), _ATOM
        case ast.Call(args=[inner, *_]):
            return _written(inner, texts, percents)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return f"−{_bound(_written(inner, texts, percents), _ATOM)}", 2
        case ast.UnaryOp(operand=inner):
            return _written(inner, texts, percents)
        case ast.BinOp(
            left=ast.BinOp(op=ast.Div(), right=ast.Name(id=rate)) as share, op=ast.Mult(), right=ast.Constant(value=100)
        ) if rate in percents:
            return _written(share, texts, percents)
        case ast.BinOp(left=left, op=op, right=right):
            sign, firmness = _SIGNS[type(op)]
            # On the right of − and ÷, an equally firm part needs its brackets.
            least = firmness + isinstance(op, ast.Sub | ast.Div)
            before, after = _written(left, texts, percents), _written(right, texts, percents)
            return f"{_bound(before, firmness)} {sign} {_bound(after, least)}", firmness
    raise TypeError(type(node))


def _bound(part: tuple[str, int], least: int) -> str:
    text, firmness = part
    return text if firmness >= least else f"({text})"
