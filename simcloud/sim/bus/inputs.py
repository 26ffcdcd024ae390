"""What a target gets of an event: the whole, a part of it, a constant, or a template that is filled from it.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

KEPT = ("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")
"""The members of an event, in AWS's order."""
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\['([^']+)'\]")
_PLACE = re.compile(r"<([^<>]+)>")
_NOWHERE = object()


def whole(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event as targets see it."""
    return {name: event[name] for name in KEPT if name in event}


def written(target: Mapping[str, Any], event: Mapping[str, Any], rule_arn: str, ingested: str) -> str:
    """The text that the target gets. `ingested`: when EventBridge got the event."""
    told = whole(event)
    if transformer := target.get("InputTransformer"):
        paths = transformer.get("InputPathsMap") or {}
        values = {name: part(told, path, "") for name, path in paths.items()}
        values |= {
            "aws.events.rule-arn": rule_arn,
            "aws.events.rule-name": rule_arn.rpartition("/")[2],
            "aws.events.event.ingestion-time": ingested,
            "aws.events.event": {name: value for name, value in told.items() if name != "detail"},
            "aws.events.event.json": told,
        }
        return filled(transformer["InputTemplate"], values)
    if "Input" in target:
        return str(target["Input"])
    return json.dumps(part(told, target["InputPath"]) if target.get("InputPath") else told)


def part(event: Any, path: str, missing: Any = None) -> Any:
    """What a path such as `$.detail.items[0]` leads to; `missing` where it leads nowhere."""
    for name, index, quoted in _STEP.findall(path):
        try:
            event = event[int(index)] if index else event[name or quoted]
        except (KeyError, IndexError, TypeError):
            return missing
    return event


def filled(template: str, values: Mapping[str, Any]) -> str:
    """The template with each <name> filled in: inside quotation marks as text, outside of them as JSON. A path that
    leads nowhere leaves nothing."""

    def fill(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        value = values[match[1]]
        quoted = len(re.findall(r'(?<!\\)"', template[: match.start()])) % 2
        return value if quoted and isinstance(value, str) else json.dumps(value)

    return _PLACE.sub(fill, template)


def resolved(parameters: Any, event: Mapping[str, Any]) -> Any:
    """Parameters of a target whose texts may be paths into the event ("dynamic path parameters",
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html)."""
    if isinstance(parameters, Mapping):
        return {name: resolved(one, event) for name, one in parameters.items()}
    if isinstance(parameters, list | tuple):
        return [resolved(one, event) for one in parameters]
    if isinstance(parameters, str) and parameters.startswith("$."):
        found = part(whole(event), parameters, _NOWHERE)
        return parameters if found is _NOWHERE else found
    return parameters
