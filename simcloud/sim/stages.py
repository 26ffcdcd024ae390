"""Blue/green, linear and canary deployments of ECS itself: both revisions run until the last stage (R-230 to R-233).

The new revision is scaled up whole; then traffic shifts, at once or in steps, with pauses where the service asks for
them; after the bake time the old revision is cleaned up. A Lambda hook is taken to succeed at once: no function runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.facts import words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import Hook, ServiceDeployment
from simcloud.sim.service_tasks import review_in, whole

if TYPE_CHECKING:
    from simcloud.sim.world import World

PRE_SHIFT = "PRE_PRODUCTION_TRAFFIC_SHIFT"
SHIFT = "PRODUCTION_TRAFFIC_SHIFT"
CLEAN_UP = "CLEAN_UP"
STAGES = (
    "PRE_SCALE_UP",
    "SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    SHIFT,
    "POST_PRODUCTION_TRAFFIC_SHIFT",
    "BAKE_TIME",
    CLEAN_UP,
)
"""In order. RECONCILE_SERVICE comes only where more than one revision is active at the start."""
MINUTE = 60.0
USUAL_TIMEOUT = 1440


def in_stages(service: Service) -> ServiceDeployment | None:
    """The service deployment in progress, where its strategy is one of stages and it replaces something."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "IN_PROGRESS" or not ongoing.sources or len(service.deployments) < 2:
        return None
    return ongoing if ongoing.configuration.get("strategy", "ROLLING") != "ROLLING" else None


def advance(world: World, service: Service, ongoing: ServiceDeployment) -> Iterator[Effect]:
    """Go as many stages further as there is nothing to wait for. Where a hook's time is over and it asks for it, the
    deployment is to be rolled back."""
    if not ongoing.stage:
        _enter(world, service, ongoing, STAGES[0])
    while ongoing.stage != CLEAN_UP and ongoing.status == "IN_PROGRESS":
        due = _waits_until(world, service, ongoing)
        if due is None or ongoing.status != "IN_PROGRESS":
            return
        if due > world.now:
            yield from review_in(world, service, due - world.now)
            return
        _enter(world, service, ongoing, STAGES[STAGES.index(ongoing.stage) + 1])


def _enter(world: World, service: Service, ongoing: ServiceDeployment, stage: str) -> None:
    ongoing.stage, ongoing.stage_since, ongoing.updated_at = stage, world.now, world.now
    if stage == "TEST_TRAFFIC_SHIFT":
        ongoing.test_weight = 100.0
    if stage == SHIFT:
        ongoing.steps = 0
    _ask_hooks(world, service, ongoing, PRE_SHIFT if stage == SHIFT else stage)
    world.tell_service(service, f"its deployment is at the stage {stage}")


def _ask_hooks(world: World, service: Service, ongoing: ServiceDeployment, at: str) -> None:
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


def _waits_until(world: World, service: Service, ongoing: ServiceDeployment) -> float | None:
    """When the stage may be left; None where something else than time must happen."""
    for hook in ongoing.hooks:
        if hook.status == "AWAITING_ACTION" and world.now < hook.expires_at:
            return hook.expires_at
        if hook.status == "AWAITING_ACTION":
            _time_out(world, service, ongoing, hook)
    if ongoing.stage == "SCALE_UP":
        return world.now if whole(world, service, service.primary) else None
    if ongoing.stage == SHIFT:
        return _shift(world, service, ongoing)
    if ongoing.stage == "BAKE_TIME":
        return ongoing.stage_since + MINUTE * float(ongoing.configuration.get("bakeTimeInMinutes") or 0)
    return world.now


def _time_out(world: World, service: Service, ongoing: ServiceDeployment, hook: Hook) -> None:
    hook.status = "TIMED_OUT"
    world.tell_service(service, f"nobody answered the hook {hook.id}", f"its timeout action is {hook.action}")
    if hook.action == "ROLLBACK":
        ongoing.become("ROLLBACK_REQUESTED", world.now, str(words.HOOK_TIMED_OUT))


def _shift(world: World, service: Service, ongoing: ServiceDeployment) -> float:
    """Give the new revision its next share of production traffic; when the next one is due."""
    shares, pause = steps_of(ongoing.configuration)
    if ongoing.steps == len(shares):
        return world.now
    due = ongoing.stage_since + pause * ongoing.steps
    if due <= world.now:
        ongoing.weight, ongoing.updated_at = shares[ongoing.steps], world.now
        ongoing.steps += 1
        world.tell_service(service, f"{ongoing.weight:g} % of its production traffic goes to the new revision")
        if ongoing.steps < len(shares):
            _ask_hooks(world, service, ongoing, PRE_SHIFT)
            due = ongoing.stage_since + pause * ongoing.steps
    return due


def steps_of(configuration: dict[str, Any]) -> tuple[list[float], float]:
    """The shares of production traffic, one after the other, and the seconds between two of them (R-231)."""
    strategy = configuration.get("strategy")
    if strategy == "CANARY":
        canary = configuration["canaryConfiguration"]
        return [float(canary["canaryPercent"]), 100.0], MINUTE * float(canary["canaryBakeTimeInMinutes"])
    if strategy == "LINEAR":
        linear = configuration["linearConfiguration"]
        step = float(linear["stepPercent"])
        count = -(-1000 // round(step * 10))
        shares = [min(100.0, round(step * number, 1)) for number in range(1, count + 1)]
        return shares, MINUTE * float(linear["stepBakeTimeInMinutes"])
    return [100.0], 0.0


@after(e.HookAnswered)
def answer_hook(world: World, event: e.HookAnswered) -> Iterator[Effect]:
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
