"""CodeDeploy shifts the traffic of a service in its listeners: those of production, and the one for tests (R-237)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.effects import Effect
from simcloud.sim.release import TaskSet
from simcloud.sim.traffic.effects import LookAtRules, SetWeights
from simcloud.sim.traffic.pairs import group_of

if TYPE_CHECKING:
    from simcloud.sim.world import World

WHOLE = 100


def _pair(deployment: Deployment) -> dict[str, Any]:
    pairs = (deployment.settings.get("loadBalancerInfo") or {}).get("targetGroupPairInfoList") or [{}]
    found: dict[str, Any] = pairs[0]
    return found


def listeners(deployment: Deployment, route: str) -> tuple[str, ...]:
    """ARNs of the listeners of `prodTrafficRoute` or `testTrafficRoute`."""
    return tuple((_pair(deployment).get(route) or {}).get("listenerArns") or ())


def look(world: World, deployment: Deployment) -> Iterator[Effect]:
    """From now on the requests of the service go by its production listeners, as they stand."""
    production = listeners(deployment, "prodTrafficRoute")
    world.loads.routes[deployment.service] = production
    groups = tuple(arn for arn in deployment.groups.values() if arn)
    yield LookAtRules(deployment.service, production, groups)


def shift(deployment: Deployment, route: str, percent: float) -> Iterator[Effect]:
    """Give the replacement so much of this traffic, the original the rest."""
    green, blue = _group(deployment.green), _group(deployment.blue)
    for listener in listeners(deployment, route):
        weights = ((blue, WHOLE - round(percent)), (green, round(percent)))
        yield SetWeights(deployment.service, listener, weights)


def _group(task_set: TaskSet | None) -> str:
    assert task_set is not None, "Install found the original and made the replacement"
    return group_of(task_set)
