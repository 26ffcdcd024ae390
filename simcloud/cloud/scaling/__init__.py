"""Application Auto Scaling over `sim.World`: one file a noun, one function an operation.

A noun's file is imported when one of its operations is called for the first time.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

BY_NAME: dict[str, str] = {
    "RegisterScalableTarget": "targets.register",
    "DeregisterScalableTarget": "targets.deregister",
    "DescribeScalableTargets": "targets.describe",
    "PutScalingPolicy": "policies.put",
    "DeleteScalingPolicy": "policies.delete",
    "DescribeScalingPolicies": "policies.describe",
    "GetPredictiveScalingForecast": "policies.forecast",
    "PutScheduledAction": "actions.put",
    "DeleteScheduledAction": "actions.delete",
    "DescribeScheduledActions": "actions.describe",
    "DescribeScalingActivities": "activities.describe",
    "TagResource": "tags.tag",
    "UntagResource": "tags.untag",
    "ListTagsForResource": "tags.list_tags",
}
"""Where the handler of an operation stands: file and function."""


def _handler(name: str, place: str) -> Handler:
    module, _, function = place.partition(".")

    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        world = call.world
        if (call.region, call.account) != (world.region, world.account):
            where = f"Scaling is simulated in {world.region} of account {world.account}."
            raise NotSimulated("application-autoscaling", name, where)
        from simcloud.cloud.scaling.seeing import demand_lawful  # late: laws are read with the first call

        demand_lawful(name, request, call)
        handler: Handler = getattr(import_module(f"{__name__}.{module}"), function)
        return handler(request, call)

    return answer


OPERATIONS: dict[str, Handler] = {name: _handler(name, place) for name, place in BY_NAME.items()}
"""By the API's operation name."""
