"""Recomputes the archive's own arithmetic: a derived value that does not follow from its inputs stops the build."""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from itertools import dropwhile

from expoarchive.nodes.fields import PartialDate, Ref
from expoarchive.problem import Problem
from expoarchive.records.claim import Claim, Claims
from expoarchive.records.statement import DateClaim, Figure, Ordinal

Amount = Decimal | date
_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
LONGEST_FORMULA = 200


class _Unfit(Exception):
    """The formula is not arithmetic over its inputs."""


def check_derivations(claims: Claims) -> list[Problem]:
    """Recompute every derived claim that has a formula, and check that none rests on itself.

    Reports ``derivation-ring``, ``bad-formula`` for one that cannot be computed, ``derivation-input`` for an input
    without a single value, ``derivation-of-nothing``, and ``derivation-differs`` if the record states another result.
    """
    problems = list(_rings(claims))
    for claim in claims.by_address.values():
        derived = claim.statement.derived
        if derived is None or derived.formula is None:
            continue
        inputs: dict[str, Amount] = {}
        for name, address in derived.inputs.items():
            premise = claims.by_address.get(address)
            amount = _amount(premise) if premise else None
            if amount is None:
                if premise:
                    problems.append(Problem("derivation-input", address.place, {"name": str(address)}))
                break
            inputs[name] = amount
        else:
            problems += _recomputed(claim, derived.formula, inputs)
    return problems


def _recomputed(claim: Claim, formula: str, inputs: Mapping[str, Amount]) -> list[Problem]:
    derived = claim.statement.derived
    assert derived is not None
    stated = _amount(claim)
    try:
        result = compute(formula, inputs)
    except _Unfit as unfit:
        return [Problem("bad-formula", derived.found_at, {"formula": formula, "reason": str(unfit)})]
    if stated != result:
        details = {"formula": formula, "stated": str(stated), "computed": str(result)}
        return [Problem("derivation-differs", claim.statement.found_at, details)]
    if all(_ignores(name, formula, inputs, result) for name in inputs):
        details = {"formula": formula, "computed": str(result)}
        return [Problem("derivation-of-nothing", derived.found_at, details)]
    return []


def _ignores(name: str, formula: str, inputs: Mapping[str, Amount], result: Amount) -> bool:
    """Whether the result stays the same with another value of this input: ``0 * a + 5`` rests on nothing."""
    amount = inputs[name]
    other = amount - timedelta(days=1) if isinstance(amount, date) else amount * 1000 + 7
    try:
        return compute(formula, {**inputs, name: other}) == result
    except _Unfit:
        return False


def _rings(claims: Claims) -> Iterator[Problem]:
    """Report ``derivation-ring`` at each input that leads back to a claim on the path to it."""
    done: set[str] = set()
    for start in claims.by_address:
        # The path to the current claim, and the inputs still to visit of each claim on it. Not recursive, because a
        # path may be as long as there are claims.
        path: dict[str, None] = {start: None}
        pending = [_inputs(claims, start)] if start not in done else []
        while pending:
            address = next(pending[-1], None)
            if address is None:
                pending.pop()
                done.add(path.popitem()[0])
            elif address in path:
                ring = [*dropwhile(str(address).__ne__, path), str(address)]
                yield Problem("derivation-ring", address.place, {"ring": " → ".join(ring)})
            elif address not in done:
                path[str(address)] = None
                pending.append(_inputs(claims, address))


def _inputs(claims: Claims, address: str) -> Iterator[Ref]:
    claim = claims.by_address.get(address)
    derived = claim.statement.derived if claim else None
    return iter(dict.fromkeys(derived.inputs.values() if derived else ()))


def _amount(claim: Claim) -> Amount | None:
    match claim.statement:
        case Figure():
            return claim.statement.number
        case Ordinal(value=value):
            return Decimal(value)
        case DateClaim(date=PartialDate(day=int()) as day):
            return day.earliest
    return None


def compute(formula: str, inputs: Mapping[str, Amount]) -> Amount:
    """The value of ``formula`` over ``inputs``; a date plus or minus a number moves it by days."""
    if len(formula) > LONGEST_FORMULA:
        raise _Unfit("too long")
    try:
        tree = ast.parse(formula, mode="eval")
        return _value(tree.body, inputs)
    except (SyntaxError, ValueError, RecursionError):
        raise _Unfit("not arithmetic") from None
    except (DivisionByZero, InvalidOperation, OverflowError):
        raise _Unfit("no result") from None


def _value(node: ast.expr, inputs: Mapping[str, Amount]) -> Amount:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Decimal(str(value))
        case ast.Name(id=name):
            if name not in inputs:
                raise _Unfit(name)
            return inputs[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(_value(operand, inputs))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            one, other = _value(left, inputs), _value(right, inputs)
            if isinstance(one, date) and isinstance(op, ast.Add | ast.Sub):
                days = timedelta(days=int(_number(other)))
                return one + days if isinstance(op, ast.Add) else one - days
            return _OPERATORS[type(op)](_number(one), _number(other))
        case ast.Call(func=ast.Name(id="round"), args=[what, ast.Constant(value=int(digits))]) if 0 <= digits <= 9:
            return _number(_value(what, inputs)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    raise _Unfit(ast.unparse(node))


def _number(amount: Amount) -> Decimal:
    if isinstance(amount, date):
        raise _Unfit("a date")
    return amount
