"""Blue/green, linear and canary deployments of ECS itself: both revisions run until the last stage (R-230 to R-233).

The new revision is scaled up whole; then traffic shifts, at once or in steps, with pauses where the service asks for
them; after the bake time the old revision is cleaned up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim import stage_hooks
from simcloud.sim.effects import Effect
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import ServiceDeployment
from simcloud.sim.service_tasks import number_of, review_in, whole
from simcloud.sim.traffic.pairs import WHOLE, pairs, serving
from simcloud.sim.traffic.shifting import look, shift_production, shift_test

if TYPE_CHECKING:
    from simcloud.sim.world import World

RECONCILE = "RECONCILE_SERVICE"
PRE_SCALE_UP = "PRE_SCALE_UP"
TEST_SHIFT = "TEST_TRAFFIC_SHIFT"
PRE_SHIFT = "PRE_PRODUCTION_TRAFFIC_SHIFT"
SHIFT = "PRODUCTION_TRAFFIC_SHIFT"
CLEAN_UP = "CLEAN_UP"
STAGES = (
    RECONCILE,
    PRE_SCALE_UP,
    "SCALE_UP",
    "POST_SCALE_UP",
    TEST_SHIFT,
    "POST_TEST_TRAFFIC_SHIFT",
    SHIFT,
    "POST_PRODUCTION_TRAFFIC_SHIFT",
    "BAKE_TIME",
    CLEAN_UP,
)
"""In order. RECONCILE_SERVICE comes only where more than one revision is active at the start."""
BEFORE_TASKS = ("", RECONCILE, PRE_SCALE_UP)
"""Stages at which the new revision has no task yet."""
MINUTE = 60.0


def shifts(configuration: dict[str, Any]) -> bool:
    """Is its strategy one of stages?"""
    return bool(configuration.get("strategy", "ROLLING") != "ROLLING")


def in_stages(service: Service) -> ServiceDeployment | None:
    """The service deployment in progress, where its strategy is one of stages and it replaces something."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "IN_PROGRESS" or not ongoing.sources or len(service.deployments) < 2:
        return None
    return ongoing if shifts(ongoing.configuration) else None


def advance(world: World, service: Service, ongoing: ServiceDeployment) -> Iterator[Effect]:
    """Go as many stages further as there is nothing to wait for. Where a hook's time is over and it asks for it, the
    deployment is to be rolled back."""
    if not ongoing.stage:
        yield from _enter(world, service, ongoing, RECONCILE if len(ongoing.sources) > 1 else PRE_SCALE_UP)
        ongoing.looked = not any(pairs(service.asked))
        yield from look(world, service)
    while ongoing.looked and ongoing.stage != CLEAN_UP and ongoing.status == "IN_PROGRESS":
        made = ongoing.steps
        due = yield from _waits_until(world, service, ongoing)
        if due is None or ongoing.status != "IN_PROGRESS":
            return
        if due > world.now:
            yield from review_in(world, service, due - world.now)
            return
        if ongoing.steps == made:
            yield from _enter(world, service, ongoing, STAGES[STAGES.index(ongoing.stage) + 1])
        if ongoing.stage in (TEST_SHIFT, SHIFT) and any(pairs(service.asked)):
            yield from review_in(world, service, 0.0)  # once the load balancers have answered
            return


def _enter(world: World, service: Service, ongoing: ServiceDeployment, stage: str) -> Iterator[Effect]:
    ongoing.stage, ongoing.stage_since, ongoing.updated_at = stage, world.now, world.now
    world.tell_service(service, f"its deployment is at the stage {stage}")
    if stage == RECONCILE and (blue := serving(service)) is not None:
        yield from shift_production(service, blue, WHOLE, stage)
    if stage == TEST_SHIFT:
        ongoing.test_weight = WHOLE
        yield from shift_test(service, service.primary, WHOLE, stage)
    stage_hooks.ask(world, service, ongoing, stage)


def _waits_until(world: World, service: Service, ongoing: ServiceDeployment) -> Generator[Effect, None, float | None]:
    """When the stage may be left, or has more to do; None where something else than time must happen."""
    if (awaited := stage_hooks.awaited(world, service, ongoing)) is not None:
        return awaited
    if ongoing.stage == RECONCILE:
        return None if _stale(world, service) else world.now
    if ongoing.stage == "SCALE_UP":
        return world.now if whole(world, service, service.primary) else None
    if ongoing.stage == SHIFT:
        return (yield from _shift(world, service, ongoing))
    if ongoing.stage == "BAKE_TIME":
        return ongoing.stage_since + MINUTE * float(ongoing.configuration.get("bakeTimeInMinutes") or 0)
    return world.now


def _stale(world: World, service: Service) -> bool:
    """Has a revision tasks that neither serves nor is wanted?"""
    blue = serving(service)
    return any(number_of(world, service, each) for each in service.deployments[1:] if each is not blue)


def _shift(world: World, service: Service, ongoing: ServiceDeployment) -> Generator[Effect, None, float | None]:
    """Give the new revision its next share of production traffic, once the hooks before it are done; when there is more
    to do."""
    shares, pause = steps_of(ongoing.configuration)
    if ongoing.steps == len(shares):
        return world.now
    due = ongoing.shifted_at + pause if ongoing.steps else world.now
    if due > world.now:
        return due
    if ongoing.asked == ongoing.steps:
        ongoing.asked += 1
        stage_hooks.ask(world, service, ongoing, PRE_SHIFT)
        if (awaited := stage_hooks.awaited(world, service, ongoing)) is not None:
            return awaited
    ongoing.weight, ongoing.updated_at, ongoing.shifted_at = shares[ongoing.steps], world.now, world.now
    ongoing.steps += 1
    world.tell_service(service, f"{ongoing.weight:g} % of its production traffic goes to the new revision")
    yield from shift_production(service, service.primary, ongoing.weight, SHIFT)
    return world.now


def give_back(world: World, service: Service) -> Iterator[Effect]:
    """A deployment that is rolled back returns its traffic at once: the revision before still runs."""
    ongoing = service.ongoing
    if ongoing is None or ongoing.status != "ROLLBACK_IN_PROGRESS" or not (ongoing.weight or ongoing.test_weight):
        return
    leaving = service.revisions[ongoing.target]
    if ongoing.weight:
        world.tell_service(service, "all of its production traffic goes back to the revision before")
        yield from shift_production(service, leaving, 0.0, ongoing.stage)
    if ongoing.test_weight:
        yield from shift_test(service, leaving, 0.0, ongoing.stage)
    ongoing.weight = ongoing.test_weight = 0.0


def steps_of(configuration: dict[str, Any]) -> tuple[list[float], float]:
    """The shares of production traffic, one after the other, and the seconds between two of them (R-231)."""
    strategy = configuration.get("strategy")
    if strategy == "CANARY":
        canary = configuration["canaryConfiguration"]
        return [float(canary["canaryPercent"]), WHOLE], MINUTE * float(canary["canaryBakeTimeInMinutes"])
    if strategy == "LINEAR":
        linear = configuration["linearConfiguration"]
        step = float(linear["stepPercent"])
        count = -(-1000 // round(step * 10))
        shares = [min(WHOLE, round(step * number, 1)) for number in range(1, count + 1)]
        return shares, MINUTE * float(linear["stepBakeTimeInMinutes"])
    return [WHOLE], 0.0
