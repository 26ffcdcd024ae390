"""moto hands an event to every rule without a pattern, schedules and disabled rules included, breaks where a target is
neither a queue nor a log group, and fills a target's template with a library that it does not bring along.

Here a rule that looks for events and is enabled hands them to queues, log groups, archives and buses, as they are, or
as InputPath, Input or InputTransformer say. Other targets get nothing: what they would do is not simulated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\['([^']+)'\]")
_PLACE = re.compile(r"<([^<>]+)>")
_KEPT = ("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail")


def mend(module: ModuleType) -> None:
    """Hand over as EventBridge does."""

    def send_to_targets(self: Any, original_event: dict[str, Any], transform_input: bool = True) -> None:
        looks = self.event_pattern._pattern and self.state != "DISABLED"
        if looks and self.event_pattern.matches_event(original_event):
            for target in self.targets:
                _hand(module, self, target, original_event)

    module.Rule.send_to_targets = send_to_targets


def _hand(module: ModuleType, rule: Any, target: Mapping[str, Any], event: dict[str, Any]) -> None:
    arn = module.parse_arn(target["Arn"])
    body = written(target, event, module.iso_8601_datetime_without_milliseconds, module.utcfromtimestamp)
    if arn.service == "sqs":
        _into_queue(rule, arn.resource_id, body, (target.get("SqsParameters") or {}).get("MessageGroupId"))
    elif arn.service == "logs" and arn.resource_type == "log-group":
        _into_log(module, rule, arn.resource_id.removesuffix(":*"), body)
    elif arn.service == "events" and arn.resource_type == "event-bus":
        sent = {"Source": event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}
        module.events_backends[arn.account][arn.region].put_events([{**sent, "EventBusName": arn.resource_id}])
    elif arn.service == "events" and not arn.resource_type:
        rule._send_to_events_archive(module.parse_arn(json.loads(body)["archive-arn"]).resource_id, event)


def _into_queue(rule: Any, name: str, body: str, group: str | None) -> None:
    """A queue that does not exist gets nothing, and who put the event does not hear of it."""
    from moto.sqs.models import sqs_backends

    queues = sqs_backends[rule.account_id][rule.region_name]
    if name in queues.queues:
        queues.send_message(queue_name=name, message_body=body, group_id=group)


def _into_log(module: ModuleType, rule: Any, name: str, body: str) -> None:
    from moto.logs.models import logs_backends

    logs = logs_backends[rule.account_id][rule.region_name]
    if name in logs.groups:
        stream = str(module.random.uuid4())
        logs.create_log_stream(name, stream)
        logs.put_log_events(name, stream, [{"timestamp": module.unix_time_millis(), "message": body}])


def written(target: Mapping[str, Any], event: Mapping[str, Any], iso: Any, moment: Any) -> str:
    """What the target gets, as text: the event, a part of it, a constant, or a template filled from it."""
    time = event["time"]
    whole = {**event, "time": time if isinstance(time, str) else iso(moment(float(time)))}
    told = {key: whole[key] for key in _KEPT if key in whole}
    if transformer := target.get("InputTransformer"):
        paths = transformer.get("InputPathsMap") or {}
        values = {name: part(told, path) for name, path in paths.items()}
        values |= {"aws.events.event.json": told, "aws.events.event.ingestion-time": told["time"]}
        return filled(transformer["InputTemplate"], values)
    if "Input" in target:
        return str(target["Input"])
    return json.dumps(part(told, target["InputPath"]) if "InputPath" in target else told)


def part(event: Any, path: str) -> Any:
    """What a path such as `$.detail.items[0]` leads to; None where it leads nowhere."""
    for name, index, quoted in _STEP.findall(path):
        try:
            event = event[int(index)] if index else event[name or quoted]
        except (KeyError, IndexError, TypeError):
            return None
    return event


def filled(template: str, values: Mapping[str, Any]) -> str:
    """The template with each <name> filled in: inside quotation marks as text, outside of them as JSON."""

    def fill(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        value = values[match[1]]
        quoted = len(re.findall(r'(?<!\\)"', template[: match.start()])) % 2
        return value if quoted and isinstance(value, str) else json.dumps(value)

    return _PLACE.sub(fill, template)
