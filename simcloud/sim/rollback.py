"""Going back to the release that last completed (R-219)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.facts import deploying, words
from simcloud.facts.fact import Words
from simcloud.sim import service_history
from simcloud.sim.bulletin import announce
from simcloud.sim.release import Deployment
from simcloud.sim.service import Service
from simcloud.sim.stages import shifts

if TYPE_CHECKING:
    from simcloud.sim.world import World


def roll_back(world: World, service: Service, reason: str, template: Words) -> None:
    """Make the last completed deployment the wanted one again, under its own id: a rollback makes no revision.

    `reason` is why, for the service deployment; `template` is what the deployment says of its state. Where no
    deployment ever completed, there is nothing to go back to: the rollback fails and nothing more is launched.
    """
    leaving, back = service.primary, service.revisions.get(service.completed)
    if leaving.rollout != "FAILED":
        leaving.rollout, leaving.rollout_reason = "FAILED", reason
    leaving.updated_at = world.now
    if not isinstance(back, Deployment) or back is leaving:
        world.tell_service(service, "cannot roll back", "no deployment of it ever completed")
        service_history.fail_rollback(world, service, reason)
        return
    leaving.status = "ACTIVE"
    back.status, back.rollout, back.updated_at = "PRIMARY", "IN_PROGRESS", world.now
    back.rollout_reason = template.format(deployment=back.id)
    back.failed_tasks = 0
    service.deployments = [back, *(each for each in service.deployments if each is not back)]
    for member in service_history.RECORDED:
        service.asked.pop(member, None)
    service.asked.update(back.configuration)
    service.steady, service.failed_rounds, service.next_launch = False, 0, 0.0
    service.said.clear()
    announce(world, service, words.ROLLING_BACK, deployment=back.id)
    world.tell_service(service, f"rolls back to deployment {back.id}", reason)
    service_history.go_back(world, service, reason, back.number)


def left(world: World, service: Service) -> float:
    """Seconds for which a rollback that has what it wants is not COMPLETED yet. One of a deployment in stages is there
    when its traffic is back."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "ROLLBACK_IN_PROGRESS" or shifts(ongoing.configuration):
        return 0.0
    return max(0.0, float(ongoing.rollback["startedAt"]) + deploying.ROLLBACK_SECONDS.value - world.now)
