"""Lifecycle hooks of deployments of ECS itself: pauses that await an answer, and Lambda functions (R-232, R-233).

No function runs in this simulation: a Lambda hook is taken to succeed at once, which the story says of the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import Hook, ServiceDeployment
from simcloud.sim.service_tasks import review_in

if TYPE_CHECKING:
    from simcloud.sim.world import World

MINUTE = 60.0
USUAL_TIMEOUT = 1440
"""Minutes."""


def ask(world: World, service: Service, ongoing: ServiceDeployment, at: str) -> None:
    """A pause for each PAUSE hook of the stage; other hooks succeed."""
    for given in ongoing.configuration.get("lifecycleHooks") or ():
        if at not in (given.get("lifecycleStages") or ()):
            continue
        kind = given.get("targetType") or "AWS_LAMBDA"
        timeout = given.get("timeoutConfiguration") or {}
        seconds = MINUTE * float(timeout.get("timeoutInMinutes", USUAL_TIMEOUT))
        hook = Hook(
            id=f"ecs-{'pause' if kind == 'PAUSE' else 'lambda'}-{world.fresh('hook', 32)}",
            kind=kind,
            target=str(given.get("hookTargetArn") or ""),
            expires_at=world.now + seconds,
            action=str(timeout.get("action") or "ROLLBACK"),
            status="AWAITING_ACTION" if kind == "PAUSE" else "SUCCEEDED",
        )
        ongoing.hooks.append(hook)
        if kind == "PAUSE":
            world.tell_service(service, f"its deployment is paused at {at}", f"the hook {hook.id} awaits an action")


def awaited(world: World, service: Service, ongoing: ServiceDeployment) -> float | None:
    """When the first hook that awaits an answer gives up waiting; None where none does. One whose time is over lets the
    deployment go on, or asks for a rollback."""
    for hook in ongoing.hooks:
        if hook.status == "AWAITING_ACTION" and world.now < hook.expires_at:
            return hook.expires_at
        if hook.status == "AWAITING_ACTION":
            _time_out(world, service, ongoing, hook)
    return None


def _time_out(world: World, service: Service, ongoing: ServiceDeployment, hook: Hook) -> None:
    hook.status = "TIMED_OUT"
    world.tell_service(service, f"nobody answered the hook {hook.id}", f"its timeout action is {hook.action}")
    if hook.action == "ROLLBACK":
        ongoing.become("ROLLBACK_REQUESTED", world.now, str(words.HOOK_TIMED_OUT))


@after(e.HookAnswered)
def answer(world: World, event: e.HookAnswered) -> Iterator[Effect]:
    """ContinueServiceDeployment: on to the next stage, or back to the revision before."""
    service = world.services[event.service]
    ongoing = service.ongoing
    hook = next((each for each in ongoing.hooks if each.id == event.hook), None) if ongoing else None
    if ongoing is None or hook is None or hook.status != "AWAITING_ACTION":
        return
    hook.status = "SUCCEEDED" if event.action == "CONTINUE" else "FAILED"
    world.tell_service(service, f"the hook {hook.id} is answered: {event.action}", event.why)
    if event.action == "ROLLBACK":
        ongoing.become("ROLLBACK_REQUESTED", world.now)
    yield from review_in(world, service, 0.0)
