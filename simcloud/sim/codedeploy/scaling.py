"""A service that is scaled while CodeDeploy shifts its traffic has five minutes to be steady again (R-241)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import codedeploy as facts
from simcloud.facts.words import deployment as words
from simcloud.sim.after import after
from simcloud.sim.codedeploy import events as e
from simcloud.sim.codedeploy.deployment import ALLOW_TRAFFIC, Deployment
from simcloud.sim.codedeploy.ending import fail, tell
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import ServiceUpdated

if TYPE_CHECKING:
    from simcloud.sim.world import World


def _shifts(deployment: Deployment) -> bool:
    return not deployment.over and deployment.at >= 0 and deployment.event.name == ALLOW_TRAFFIC


@after(ServiceUpdated)
def notice(world: World, event: ServiceUpdated) -> Iterator[Effect]:
    """Traffic goes on shifting meanwhile."""
    service = world.services[event.service]
    if all(each.requested == each.computed(service.desired) for each in service.task_sets if each.status != "DRAINING"):
        return
    for deployment in world.codedeploy.deployments.values():
        if deployment.service == event.service and _shifts(deployment) and not deployment.rolls_back:
            tell(world, deployment, "the service is scaled while its traffic shifts", "it has 5 minutes to be steady")
            yield After(facts.SCALING_SECONDS.value, e.ScalingJudged(deployment.id))


@after(e.ScalingJudged)
def judge(world: World, event: e.ScalingJudged) -> Iterator[Effect]:
    """Stopped and marked as failed, where a task set is not steady yet."""
    deployment = world.codedeploy.deployments[event.deployment]
    if not _shifts(deployment):
        return
    service = world.services[deployment.service]
    if any(not each.steady for each in service.task_sets if each.status != "DRAINING"):
        yield from fail(world, deployment, "AUTOSCALING_VALIDATION_ERROR", str(words.NOT_STEADY))
