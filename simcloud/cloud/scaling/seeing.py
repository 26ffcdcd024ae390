"""What the laws of scaling see of the world, and the judgement by them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.routes import model
from simcloud.cloud.scaling import finding, shapes
from simcloud.cloud.scaling.constraints import unfit
from simcloud.rules.scaling.seen import Seen
from simcloud.sim.scaling import laws
from simcloud.sim.scaling.state import Target

SERVICE = "application-autoscaling"
FOLLOWING = laws.LAWS
"""From the first call on, the world follows the laws of scaling."""
NOT_OF_IANA = ("Factory", "localtime")
"""Names that a machine's time zone database has beside those of IANA's zones."""


def demand_lawful(operation: str, request: Mapping[str, Any], call: Call) -> None:
    """Raise the first refusal of the laws on this operation."""
    named = {"ResourceName": request["ResourceARN"]} if "ResourceARN" in request else None
    demand(f"{SERVICE}:{operation}", request, seen(operation, request, call), fields=named)


def seen(operation: str, request: Mapping[str, Any], call: Call) -> Seen:
    """The view for this request."""
    held = finding.target(request, call)
    service = finding.service(call, str(request.get("ResourceId", "")))
    arn = request.get("ResourceARN")
    tagged = held if arn is None else finding.tagged(call, str(arn))
    return Seen(
        unfit=tuple(unfit(model(SERVICE).operation_model(operation).input_shape, request)),
        service=None if service is None else service.asked,
        target=None if held is None else shapes.target(held),
        policies=_policies(held),
        actions={} if held is None else {name: shapes.action(held, each) for name, each in held.actions.items()},
        tags=None if tagged is None else call.world.tags.get(tagged.arn, {}),
        zones=zones() if "Timezone" in request else frozenset(),
    )


def _policies(held: Target | None) -> dict[str, dict[str, Any]]:
    return {} if held is None else {name: shapes.policy(held, each, []) for name, each in held.policies.items()}


@functools.cache
def zones() -> frozenset[str]:
    """Names of the time zones that a schedule may be in."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones() - set(NOT_OF_IANA))
