"""Log groups as targets: a resource policy of CloudWatch Logs must let events.amazonaws.com write
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html)."""

from __future__ import annotations

import json
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.events.delivering import EVENTS, Delivery, failed, service_may
from simcloud.cloud.events.queues import spoken
from simcloud.facts.words import bus as words
from simcloud.reason.policy import Policy
from simcloud.sim.bus.state import Outcome

ACTIONS = ("logs:CreateLogStream", "logs:PutLogEvents")


def deliver(delivery: Delivery) -> Outcome:
    """The text as a line of a new stream."""
    from moto.logs.models import logs_backends

    group = delivery.arn.split(":log-group:", 1)[-1].removesuffix(":*")
    says = f"cannot write to log group {group}"
    logs = logs_backends[delivery.account][delivery.region]
    if group not in logs.groups:
        message = "The specified log group does not exist."
        return failed(delivery, says, words.NO_RESOURCE, message, f"there is no log group {group}")
    for action in ACTIONS:
        why = _refused(delivery, logs, group, action)
        if why:
            message = f"{EVENTS} is not authorized to perform: {action}"
            return failed(delivery, says, words.NO_PERMISSIONS, message, why)
    stream = delivery.invocation.id
    logs.ensure_log_stream(group, stream)
    line = {"timestamp": int(delivery.live.world.now * 1000), "message": _line(delivery.invocation.text)}
    logs.groups[group].streams[stream].put_log_events([line])
    return Outcome(True, f"writes {spoken(delivery)} to log group {group}")


def _refused(delivery: Delivery, logs: Any, group: str, action: str) -> str:
    """Why no resource policy lets EventBridge do it; '' where one does."""
    arn = f"arn:aws:logs:{delivery.region}:{delivery.account}:log-group:{group}:log-stream:{delivery.invocation.id}"
    held = [(name, one.policy_document) for name, one in logs.resource_policies.items()]
    if not held:
        return f"CloudWatch Logs has no resource policy that lets {EVENTS} do {action}"
    reasons = []
    for name, text in held:
        found = service_may(delivery, action, arn, Policy(f"resource policy {name}", identity.document(text)))
        if found.allowed:
            return ""
        reasons.append(found.why)
    return "; ".join(reasons)


def _line(text: str) -> str:
    """A template for a log group is {"timestamp": ..., "message": ...}: the message is written."""
    try:
        read = json.loads(text)
    except ValueError:
        return text
    if isinstance(read, dict) and set(read) == {"timestamp", "message"}:
        return read["message"] if isinstance(read["message"], str) else json.dumps(read["message"])
    return text
