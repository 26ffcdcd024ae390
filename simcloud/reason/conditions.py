"""The Condition element of a policy: does it hold for this request?

Operators, IfExists, ForAnyValue and ForAllValues, and policy variables, as in
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html. An operator that
is not known here never holds, so that a condition is never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

Context = Mapping[str, str | Sequence[str]]
Test = Callable[[str, str], bool]
"""(what the policy says, what the request has) -> does it hold?"""


@lru_cache(maxsize=4096)
def glob(pattern: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """`*` for any run of characters, `?` for one, everything else as it is."""
    body = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.compile(body, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def like(pattern: str, value: str) -> bool:
    """Does the value fit the pattern with `*` and `?`?"""
    return glob(pattern).fullmatch(value) is not None


def arn_like(pattern: str, value: str) -> bool:
    """The six parts of an ARN, each by itself: a `*` in one part does not reach into the next."""
    wanted, found = pattern.split(":", 5), value.split(":", 5)
    return len(wanted) == len(found) and all(map(like, wanted, found))


def _number(compare: Callable[[float, float], bool]) -> Test:
    return lambda wanted, found: compare(float(found), float(wanted))


def _instant(text: str) -> float:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _date(compare: Callable[[float, float], bool]) -> Test:
    return lambda wanted, found: compare(_instant(found), _instant(wanted))


def _in_block(wanted: str, found: str) -> bool:
    return ip_address(found) in ip_network(wanted, strict=False)


TESTS: dict[str, Test] = {
    "StringEquals": lambda wanted, found: wanted == found,
    "StringEqualsIgnoreCase": lambda wanted, found: wanted.lower() == found.lower(),
    "StringLike": like,
    "NumericEquals": _number(lambda found, wanted: found == wanted),
    "NumericLessThan": _number(lambda found, wanted: found < wanted),
    "NumericLessThanEquals": _number(lambda found, wanted: found <= wanted),
    "NumericGreaterThan": _number(lambda found, wanted: found > wanted),
    "NumericGreaterThanEquals": _number(lambda found, wanted: found >= wanted),
    "DateEquals": _date(lambda found, wanted: found == wanted),
    "DateLessThan": _date(lambda found, wanted: found < wanted),
    "DateLessThanEquals": _date(lambda found, wanted: found <= wanted),
    "DateGreaterThan": _date(lambda found, wanted: found > wanted),
    "DateGreaterThanEquals": _date(lambda found, wanted: found >= wanted),
    "Bool": lambda wanted, found: wanted.lower() == found.lower(),
    "BinaryEquals": lambda wanted, found: wanted == found,
    "IpAddress": _in_block,
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
}
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


def listed(value: Any) -> list[str]:
    """A policy may give one value or a list of them; truth values may stand unquoted."""
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]


def holds(condition: Mapping[str, Any], context: Context) -> bool:
    """Every operator and every key of the Condition element must hold. No condition holds always."""
    if not isinstance(condition, Mapping):
        return False
    return all(
        isinstance(keys, Mapping) and all(_one(operator, key, value, context) for key, value in keys.items())
        for operator, keys in condition.items()
    )


def _one(operator: str, key: str, wanted: Any, context: Context) -> bool:
    quantifier, _, name = operator.rpartition(":")
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    found = _value(key, context)
    if name == "Null":
        return (found is None) == (listed(wanted) == ["true"])
    negated = name in NEGATED
    test = TESTS.get(NEGATED.get(name, name))
    if test is None or quantifier not in ("", "ForAnyValue", "ForAllValues"):
        return False
    if found is None:
        return if_exists or quantifier == "ForAllValues" or (negated and not quantifier)
    policy = [text for text in (fill(text, context) for text in listed(wanted)) if text is not None]
    fits = [any(_safe(test, one, value) for one in policy) != negated for value in found]
    return any(fits) if quantifier == "ForAnyValue" else all(fits)


def _safe(test: Test, wanted: str, found: str) -> bool:
    """A value of the wrong form (a word where a number should be) does not fit."""
    try:
        return test(wanted, found)
    except ValueError:
        return False


def _value(key: str, context: Context) -> list[str] | None:
    """The request's values for a condition key, whose letter case does not matter; None where it has none."""
    for name, value in context.items():
        if name.lower() == key.lower():
            return [value] if isinstance(value, str) else list(value)
    return None


def fill(text: str, context: Context) -> str | None:
    """Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`. None where one has no value."""
    missing = False

    def one(found: re.Match[str]) -> str:
        nonlocal missing
        name, _, default = found[1].partition(",")
        if name in ("*", "?", "$"):
            return name
        value = _value(name.strip(), context)
        if value is not None and len(value) == 1:
            return value[0]
        missing = missing or not default
        return default.strip().strip("'")

    filled = re.sub(r"\$\{([^}]*)\}", one, text)
    return None if missing else filled
