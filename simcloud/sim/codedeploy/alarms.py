"""An alarm that goes off, or goes already, stops a deployment of CodeDeploy, which is rolled back where asked for.

CodeDeploy polls the alarms as long as the deployment is under way, its wait for the termination of the original task
set included. A deployment that rolls another one back is not watched: the alarm still stands. Unlike ECS's own
deployments one that begins while an alarm is in ALARM is stopped (field reports of 2026 show both).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.deploying import CODEDEPLOY_POLL_SECONDS
from simcloud.facts.words import deployment as words
from simcloud.sim.after import after
from simcloud.sim.codedeploy import events as e
from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.codedeploy.ending import fail
from simcloud.sim.effects import After, Effect
from simcloud.sim.watching.events import AlarmChanged
from simcloud.sim.watching.verdict import ALARM

if TYPE_CHECKING:
    from simcloud.sim.world import World


def poll_soon(deployment: Deployment) -> Iterator[Effect]:
    """Look at its alarms at the next poll, if any watch it."""
    if deployment.alarms:
        yield After(CODEDEPLOY_POLL_SECONDS.value, e.AlarmsPolled(deployment.id))


@after(AlarmChanged)
def notice(world: World, event: AlarmChanged) -> Iterator[Effect]:
    """Whom the alarm watches hears of it."""
    if event.state != ALARM:
        return
    for deployment in world.codedeploy.deployments.values():
        if not deployment.over and deployment.started_at is not None and event.alarm in deployment.alarms:
            yield from poll_soon(deployment)


@after(e.AlarmsPolled)
def poll(world: World, event: e.AlarmsPolled) -> Iterator[Effect]:
    """Stopped, where one of them is in ALARM now."""
    deployment = world.codedeploy.deployments[event.deployment]
    known = world.watching.alarms
    going = [name for name in deployment.alarms if name in known and known[name].state == ALARM]
    if going and not deployment.over:
        message = words.ALARM_ACTIVE.format(names=" ".join(f"<{name}>" for name in sorted(going)))
        yield from fail(world, deployment, "ALARM_ACTIVE", message, "Stopped", back_on="DEPLOYMENT_STOP_ON_ALARM")
