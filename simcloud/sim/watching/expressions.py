"""Metric math, as far as a backlog per task needs it: arithmetic, comparisons and a few functions, period by period.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html. Where a value is missing, so is
the result, except for FILL.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

Number = float | None
WORDS = ((re.compile(r"\bAND\b|&&", re.IGNORECASE), " and "), (re.compile(r"\bOR\b|\|\|", re.IGNORECASE), " or "))
"""How CloudWatch writes its logical operators, and how Python does."""

OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.BitXor: operator.pow,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
OF_ONE: dict[str, Callable[[float], float]] = {"ABS": abs, "CEIL": math.ceil, "FLOOR": math.floor}
OF_MANY: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "MAX": max,
    "MIN": min,
    "AVG": lambda values: sum(values) / len(values),
}

KNOWN = {"FILL", "IF", *OF_ONE, *OF_MANY}
"""Its functions."""
FORMS = (
    *(ast.BinOp, ast.BoolOp, ast.Compare, ast.Constant, ast.List, ast.UnaryOp),
    *(ast.operator, ast.boolop, ast.cmpop, ast.USub, ast.expr_context),
)
"""What else an expression is made of."""


class Unread(ValueError):
    """An expression with something in it that is not simulated."""


def evaluate(expression: str, values: Mapping[str, Number]) -> Number:
    """The value for one period, from those of the other queries by id. Raises Unread."""
    try:
        return _value(_read(expression), values)
    except ZeroDivisionError:
        return None


def unread(expression: str, ids: Iterable[str]) -> str:
    """What of the expression is not simulated, where only queries of these ids are there; '' where all of it is."""
    try:
        tree = _read(expression)
    except Unread as error:
        return str(error)
    called = {id(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            known = isinstance(node.func, ast.Name) and node.func.id.upper() in KNOWN
        elif isinstance(node, ast.Name):
            if id(node) not in called and node.id not in ids:
                return f"no query has the id {node.id}"
            continue
        else:
            known = isinstance(node, FORMS)
        if not known:
            return f"{ast.unparse(node)} is not simulated in metric math"
    return ""


@lru_cache(maxsize=64)
def _read(expression: str) -> ast.expr:
    """The expression as a tree, which nobody changes; an alarm asks for the same one each minute."""
    text = expression.strip()
    for written, python in WORDS:
        text = written.sub(python, text)
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        raise Unread(f"the expression {expression!r} cannot be read") from None


def _value(node: ast.expr, values: Mapping[str, Number]) -> Number:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise Unread(f"no query has the id {node.id}")
        return values[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found = _value(node.operand, values)
        return None if found is None else -found
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return _pair(OPERATORS[type(node.op)], node.left, node.right, values)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        return _pair(COMPARISONS[type(node.ops[0])], node.left, node.comparators[0], values)
    if isinstance(node, ast.BoolOp):
        return _logical(node, values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call(node.func.id.upper(), node.args, values)
    raise Unread(f"{ast.unparse(node)} is not simulated in metric math")


def _pair(do: Callable[[float, float], Any], left: ast.expr, right: ast.expr, values: Mapping[str, Number]) -> Number:
    first, second = _value(left, values), _value(right, values)
    return None if first is None or second is None else float(do(first, second))


def _logical(node: ast.BoolOp, values: Mapping[str, Number]) -> Number:
    given = [_value(each, values) for each in node.values]
    if None in given:
        return None
    return float(all(given) if isinstance(node.op, ast.And) else any(given))


def _call(name: str, given: list[ast.expr], values: Mapping[str, Number]) -> Number:
    if name == "FILL" and len(given) == 2:
        found = _value(given[0], values)
        return _value(given[1], values) if found is None else found
    if name == "IF" and len(given) == 3:
        condition = _value(given[0], values)
        return None if condition is None else _value(given[1 if condition else 2], values)
    if name in OF_ONE and len(given) == 1:
        found = _value(given[0], values)
        return None if found is None else float(OF_ONE[name](found))
    if name in OF_MANY and given:
        inside = given[0].elts if len(given) == 1 and isinstance(given[0], ast.List) else given
        known = [each for each in (_value(one, values) for one in inside) if each is not None]
        return float(OF_MANY[name](known)) if known else None
    raise Unread(f"{name} is not simulated in metric math")
