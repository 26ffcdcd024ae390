"""Deployment alarms: an alarm of CloudWatch that goes off while ECS deploys a service fails the deployment (R-226).

Where an alarm is in ALARM as a deployment begins, none is watched as long as that deployment lasts: it may be the one
that mends things. ECS polls the alarms, so what goes off is noticed a little later, if it still stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import deploying as facts
from simcloud.facts.words import shift as words
from simcloud.sim import service_history
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import ServiceEvent
from simcloud.sim.rollback import roll_back
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import ServiceDeployment
from simcloud.sim.service_tasks import review_in
from simcloud.sim.stages import CLEAN_UP, shifts
from simcloud.sim.watching.events import AlarmChanged
from simcloud.sim.watching.verdict import ALARM

if TYPE_CHECKING:
    from simcloud.sim.world import World


class DeploymentAlarmSeen(ServiceEvent, frozen=True):
    """ECS polls the alarms that watch a deployment, after one of them changed."""

    deployment: str
    alarm: str


def begin(world: World, service: Service) -> None:
    """Decide which alarms watch a deployment that has just begun."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "IN_PROGRESS" or ongoing.alarms is not None:
        return
    given = ongoing.configuration.get("alarms") or {}
    names = tuple(given.get("alarmNames") or ()) if given.get("enable") else ()
    going = [name for name in names if _goes(world, name)]
    ongoing.alarms = () if going else names
    if going:
        why = f"{' and '.join(going)} {'is' if len(going) == 1 else 'are'} in ALARM as it begins"
        world.tell_service(service, "no alarm watches its deployment", why)


def _goes(world: World, name: str) -> bool:
    alarm = world.watching.alarms.get(name)
    return alarm is not None and alarm.state == ALARM


def watched(service: Service) -> ServiceDeployment | None:
    """The deployment that alarms watch now; None where none do."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "IN_PROGRESS" or not ongoing.alarms or ongoing.stage == CLEAN_UP:
        return None
    return ongoing


def bake_left(world: World, service: Service) -> float:
    """Seconds for which a rolling deployment that is whole has to be watched still. One of stages has its own bake
    time."""
    ongoing = watched(service)
    if ongoing is None or shifts(ongoing.configuration):
        return 0.0
    alarms = [world.watching.alarms[name] for name in ongoing.alarms or () if name in world.watching.alarms]
    length = max((facts.BAKE_WINDOWS.value * each.period * each.periods for each in alarms), default=0.0)
    if ongoing.baking_since is None:
        ongoing.baking_since = world.now
        world.tell_service(service, f"its deployment bakes for {length:.0f} s", "its alarms watch it that long")
    return max(0.0, ongoing.baking_since + length - world.now)


@after(AlarmChanged)
def notice(world: World, event: AlarmChanged) -> Iterator[Effect]:
    """Whose deployment the alarm watches hears of it at the next poll."""
    if event.state != ALARM:
        return
    for service in world.services.values():
        ongoing = watched(service)
        if ongoing is not None and event.alarm in (ongoing.alarms or ()):
            yield After(facts.ALARM_POLL_SECONDS.value, DeploymentAlarmSeen(service.arn, ongoing.arn, event.alarm))


@after(DeploymentAlarmSeen)
def trip(world: World, event: DeploymentAlarmSeen) -> Iterator[Effect]:
    """The deployment has failed, and goes back where the service asks for it."""
    service = world.services[event.service]
    ongoing = watched(service)
    if ongoing is None or ongoing.arn != event.deployment or not _goes(world, event.alarm):
        return
    primary = service.primary
    ongoing.triggered_alarms = tuple(name for name in ongoing.alarms or () if _goes(world, name))
    primary.rollout, primary.rollout_reason, primary.updated_at = "FAILED", str(words.ROLLOUT_ALARM), world.now
    announce(world, service, words.ALARM_DETECTED, deployment=primary.id)
    world.tell_service(
        service, f"deployment {primary.id} failed", f"the alarm {' and '.join(ongoing.triggered_alarms)} went off"
    )
    if (ongoing.configuration.get("alarms") or {}).get("rollback"):
        roll_back(world, service, str(words.ROLLED_BACK_BY_ALARM), words.ROLLOUT_BACK_BY_ALARM)
    else:
        service_history.stop(world, service, str(words.ROLLOUT_ALARM))
    yield from review_in(world, service, 0.0)
