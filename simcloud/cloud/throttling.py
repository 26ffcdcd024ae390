"""API throttling as a commanded fault: AWS refuses calls of an operation for a while (R-095)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simcloud.cloud.live import Live
from simcloud.cloud.places import SERVICES
from simcloud.facts.words.capacity import RATE_EXCEEDED
from simcloud.sim.events import Event
from simcloud.sim.throttling import Throttled

if TYPE_CHECKING:
    from simcloud.cloud.wire import Answer

THROTTLING = "ThrottlingException"
CODES = {"query": "Throttling", "ec2": "RequestLimitExceeded"}
"""What services of the older protocols call it: the common errors of their APIs, and
https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html."""
LEFT_OUT = ("s3",)
"""S3 says it in a protocol of its own."""


def throttle(live: Live, *, operation: str, minutes: float) -> list[Event]:
    """From now on, for so many minutes."""
    service, _, name = operation.partition(":")
    if service not in SERVICES or service in LEFT_OUT:
        raise LookupError(f"calls of {service or 'nothing'} cannot be throttled here; write `ecs` or `ecs:RunTask`")
    if name and name not in _operations(service):
        raise LookupError(f"{service} has no operation {name}")
    if not 0 < float(minutes) < math.inf:
        raise ValueError(f"calls are throttled for a number of minutes above 0, not {minutes!r}")
    return [Throttled(operation, live.world.now + 60.0 * float(minutes))]


def _operations(service: str) -> Any:
    from simcloud.cloud.routes import model

    return model(service).operation_names


def throttled(live: Live, service: str, operation: str) -> bool:
    """Does AWS refuse this call now?"""
    held = live.world.faults.throttled
    return f"{service}:{operation}" in held or service in held


def answer(service: str, operation: str, request: Any) -> Answer | None:
    """What the service answers. botocore knows the code, waits and calls again. None: the request cannot be read."""
    from simcloud.cloud.neighbours import answered, asked

    understood = asked.read(service, operation, request)
    if understood is None:
        return None
    code = CODES.get(understood.protocol, THROTTLING)
    return answered.error(service, understood.protocol, (code, str(RATE_EXCEEDED)))
