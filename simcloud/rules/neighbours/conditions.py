"""Laws on the conditions of rules: each has a field and what that field needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import listening as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.actions import CONDITIONS
from simcloud.rules.neighbours.forwarding import RULES
from simcloud.rules.reading import mapping, structures, text, texts
from simcloud.rules.refusal import Refusal

INVALID = "ValidationError"
CONFIGS = {
    "host-header": "HostHeaderConfig",
    "http-header": "HttpHeaderConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "path-pattern": "PathPatternConfig",
    "query-string": "QueryStringConfig",
    "source-ip": "SourceIpConfig",
}
SHORT = ("host-header", "path-pattern")
"""Fields whose values a condition can also name outside a configuration."""
_HOST = re.compile(r"[A-Za-z0-9.*?-]+")


def _conditions(request: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Place, field and what is said of it."""
    for index, condition in enumerate(structures(request, "Conditions")):
        yield f"Conditions[{index}]", text(condition, "Field"), condition


def _named(condition: Mapping[str, Any], field: str, member: str) -> tuple[str, ...]:
    return texts(condition, member) + texts(mapping(condition, CONFIGS[field]), member)


@rule("FG1523", on=RULES, source=ELB + "API_RuleCondition.html", status="observed")
def a_condition_says_what_its_field_must_be(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A condition has a field, that field's own configuration, and values in it; host-header and path-pattern take
    values without a configuration too."""
    for at, field, condition in _conditions(request):
        if not field:
            yield Refusal(f"{at}.Field", words.NO_FIELD, "a condition on what?", INVALID)
        if field not in CONDITIONS:
            continue
        own = CONFIGS[field]
        wanted = ("Values", "RegexValues", own) if field in SHORT else (own,)
        config = mapping(condition, own)
        if not any(member in condition for member in wanted):
            aws = words.CONDITION_FIELDS.format(kind=field, fields=" or ".join(wanted))
            yield Refusal(at, aws, f"nothing is said of {field}", INVALID)
        elif config and not (config.get("Values") or config.get("RegexValues")):
            yield Refusal(f"{at}.{own}.Values", words.CONDITION_VALUE, f"no value of {field} is named", INVALID)


@rule("FG1524", on=RULES, source=ELB + "API_HostHeaderConditionConfig.html", status="observed")
def a_host_is_a_name(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A host of a condition has letters, digits, hyphens, dots and the wildcards * and ?, and at least one dot."""
    for at, field, condition in _conditions(request):
        for value in _named(condition, field, "Values") if field == "host-header" else ():
            if not _HOST.fullmatch(value) or "." not in value:
                aws = words.CONDITION_CHARACTER.format(value=value)
                yield Refusal(f"{at}.HostHeaderConfig.Values", aws, f"{value!r} is the name of no host", INVALID)


@rule("FG1525", on=RULES, source=ELB + "API_HttpHeaderConditionConfig.html", status="observed")
def a_header_is_named(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A condition on a header names it, in at most 40 characters."""
    for at, field, condition in _conditions(request):
        config = mapping(condition, "HttpHeaderConfig")
        if field != "http-header" or not config:
            continue
        name = text(config, "HttpHeaderName")
        most = words.HEADER_LENGTH.value
        where = f"{at}.HttpHeaderConfig.HttpHeaderName"
        if not name:
            yield Refusal(where, words.NO_HEADER, "values of which header?", INVALID)
        elif len(name) > most:
            aws = words.HEADER_LONG.format(most=most)
            yield Refusal(where, aws, f"its name has {len(name)}", INVALID)
