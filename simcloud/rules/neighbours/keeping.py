"""Laws on log groups, parameters and secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import operating as words
from simcloud.facts.words.neighbours import LOGS, SECRETS, SSM
from simcloud.rules.engine import rule
from simcloud.rules.reading import number, text
from simcloud.rules.refusal import Refusal

PUT = "ssm:PutParameter"
INVALID = "ValidationException"
_PATH = re.compile(r"/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
_SECRET = re.compile(r"[A-Za-z0-9/_+=.@!-]+")
_NESTED = re.compile(r"\{\{.*\}\}", re.DOTALL)


@rule("FG489", on="logs:PutRetentionPolicy", source=LOGS + "API_PutRetentionPolicy.html")
def logs_are_kept_for_one_of_some_times(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A log group keeps its events for one of 22 numbers of days, from 1 to 3653, or for ever where no retention is
    set."""
    days = number(request, "retentionInDays")
    known = words.RETENTION_DAYS.value
    if days is not None and days not in known:
        aws = words.RETENTION.format(days=days, values=", ".join(map(str, known)))
        near = min(known, key=lambda one: abs(one - days))
        yield Refusal("retentionInDays", aws, f"{days} is none of them; {near} is near", "InvalidParameterException")


@rule("FG490", on=PUT, source=SSM, status="observed")
def a_parameter_is_as_long_as_its_tier_allows(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A parameter of the standard tier, which is the default, has at most 4,096 characters, one of the advanced tier
    8,192."""
    size, tier = len(text(request, "Value")), text(request, "Tier") or "Standard"
    if size > words.ADVANCED_CHARACTERS.value and tier != "Standard":
        yield Refusal("Value", words.ADVANCED_SIZE, f"the value has {size} characters", INVALID)
    elif size > words.STANDARD_CHARACTERS.value and tier == "Standard":
        yield Refusal("Value", words.STANDARD_SIZE, f"the value has {size} characters", INVALID)


@rule("FG491", on=PUT, source=SSM, status="observed")
def a_parameters_value_fits_its_pattern(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A parameter's value names no other parameter in double braces, and matches the pattern that is asked with it."""
    value, pattern = text(request, "Value"), text(request, "AllowedPattern")
    if _NESTED.search(value):
        yield Refusal("Value", words.NESTED.format(value=value), "double braces would name a parameter", INVALID)
        return
    each = value.split(",") if text(request, "Type") == "StringList" else [value]
    if pattern and not all(_matches(pattern, one) for one in each):
        aws = words.PATTERN.format(pattern=pattern)
        yield Refusal("Value", aws, f"{value!r} does not match", "ParameterPatternMismatchException")


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.search(pattern, value) is not None
    except re.error:
        return True  # a pattern of another dialect is not ours to judge


@rule("FG492", on=PUT, source=SSM)
def a_parameter_is_named_by_a_path(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A parameter's name is one word, or a path of up to 15 levels that begins with a slash: letters, digits and . - _
    in each."""
    name = text(request, "Name")
    if re.match(r"/?(aws|ssm)", name, re.IGNORECASE) or name.startswith("arn:"):
        return  # Systems Manager says of its own names what they are
    if "/" in name and not name.startswith("/"):
        yield Refusal("Name", words.QUALIFIED, f"a path begins with a slash: /{name}", INVALID)
    elif not _PATH.fullmatch(name):
        yield Refusal("Name", words.SUB_PATHS.format(), f"{name!r} holds other characters or ends in a slash", INVALID)
    elif name.count("/") > words.HIERARCHY.value:
        why = f"it has {name.count('/')} levels"
        yield Refusal("Name", words.LEVELS, why, "HierarchyLevelLimitExceededException")


@rule("FG493", on="secretsmanager:CreateSecret", source=SECRETS + "API_CreateSecret.html", status="observed")
def a_secret_has_a_name_and_one_value(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A secret's name holds letters, digits and - / _ + = . @ !, and its value is a text or bytes, not both."""
    name = text(request, "Name")
    if not _SECRET.fullmatch(name):
        yield Refusal("Name", words.SECRET_NAME, f"{name!r} holds other characters", INVALID)
    if request.get("SecretString") is not None and request.get("SecretBinary") is not None:
        yield Refusal("SecretBinary", words.TWO_VALUES, "both are named", "InvalidParameterException")


@rule("FG494", on="secretsmanager:DeleteSecret", source=SECRETS + "API_DeleteSecret.html")
def a_deleted_secret_can_be_recovered_for_some_days(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A deleted secret can be brought back for 7 to 30 days."""
    days = number(request, "RecoveryWindowInDays")
    if days is not None and not 7 <= days <= 30:
        yield Refusal("RecoveryWindowInDays", words.WINDOW, f"{days} days are asked", "InvalidParameterException")
