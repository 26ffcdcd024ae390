"""The grammar of policy documents, as IAM checks it before it looks at what they mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import identity as words
from simcloud.rules.refusal import Refusal

MALFORMED = "MalformedPolicyDocument"
VERSIONS = ("2012-10-17", "2008-10-17")
TOP = frozenset({"Version", "Id", "Statement"})
ELEMENTS = frozenset(
    {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
)
_OPERATOR = re.compile(
    r"(ForAllValues:|ForAnyValue:)?"
    r"(Null|(String(Not)?(Equals|EqualsIgnoreCase|Like)|Arn(Not)?(Equals|Like)|Bool|BinaryEquals|(Not)?IpAddress"
    r"|(Numeric|Date)(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals))(IfExists)?)"
)
_SID = re.compile(r"[0-9A-Za-z]*")


def read(document: str) -> dict[str, Any] | None:
    """The document as a mapping; None where it is none."""
    try:
        value = json.loads(document)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def statements(document: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Its statements: one alone need not stand in a list."""
    held = document.get("Statement")
    listed = held if isinstance(held, list) else [held]
    return tuple(one for one in listed if isinstance(one, Mapping))


def listed(value: Any) -> tuple[str, ...]:
    """The strings of an element that is a string or a list of them."""
    each = value if isinstance(value, list) else [value]
    return tuple(one for one in each if isinstance(one, str))


def malformed(member: str, document: Mapping[str, Any]) -> Iterator[Refusal]:
    """What is wrong with the form of a document that is JSON: the first thing."""
    held = document.get("Statement")
    each = held if isinstance(held, list) else [held]
    why = _wrong_form(document, each)
    if why:
        yield Refusal(member, words.SYNTAX, why, MALFORMED)
        return
    for index, one in enumerate(statements(document)):
        at = f"{member}.Statement[{index}]"
        if one.get("Effect") not in ("Allow", "Deny"):
            yield Refusal(f"{at}.Effect", words.PARSING, f"Effect is Allow or Deny, not {one['Effect']}", MALFORMED)
            return
    for index, one in enumerate(statements(document)):
        at = f"{member}.Statement[{index}]"
        if not listed(one.get("Action")) and not listed(one.get("NotAction")):
            yield Refusal(f"{at}.Action", words.NO_ACTIONS, "the statement names no action", MALFORMED)
            return
    yield from _sids(member, [one["Sid"] for one in statements(document) if "Sid" in one])


def _wrong_form(document: Mapping[str, Any], each: list[Any]) -> str:
    """Why it is not in the grammar of policies; '' where it is."""
    if unknown := sorted(set(document) - TOP):
        return f"a policy has no element {unknown[0]}; it has Version, Id and Statement"
    if "Version" in document and document["Version"] not in VERSIONS:
        return f"the version of the policy language is 2012-10-17, not {document['Version']}"
    if not each or not all(isinstance(one, Mapping) for one in each):
        return "a policy has at least one statement"
    return next((why for why in map(_wrong_statement, each) if why), "")


def _wrong_statement(one: Mapping[str, Any]) -> str:
    if unknown := sorted(set(one) - ELEMENTS):
        return f"a statement has no element {unknown[0]}"
    if not isinstance(one.get("Effect"), str):
        return "a statement says whether it allows or denies: Effect"
    for element in ("Action", "Resource", "Principal"):
        if element in one and f"Not{element}" in one:
            return f"a statement has {element} or Not{element}, never both"
    condition = one.get("Condition", {})
    if not isinstance(condition, Mapping):
        return "Condition is a mapping of operators"
    for operator, tests in condition.items():
        if not _OPERATOR.fullmatch(operator):
            return f"there is no condition operator {operator}"
        if not isinstance(tests, Mapping) or not all(_is_test(value) for value in tests.values()):
            return f"{operator} compares keys with texts or lists of texts"
    return ""


def _is_test(value: Any) -> bool:
    each = value if isinstance(value, list) else [value]
    return all(isinstance(one, str | int | float | bool) for one in each)


def _sids(member: str, sids: list[Any]) -> Iterator[Refusal]:
    texts = [sid for sid in sids if isinstance(sid, str)]
    if any(not _SID.fullmatch(sid) for sid in texts):
        yield Refusal(f"{member}.Statement", words.SID, "a Sid holds letters and digits alone", MALFORMED)
    elif len(set(texts)) < len(texts):
        yield Refusal(f"{member}.Statement", words.SID_TWICE, "two statements have the same Sid", MALFORMED)
