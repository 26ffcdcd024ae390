"""Health checks of containers: the command of the definition, and the image that it finds (R-053, R-112, R-146)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import command
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.container_plan import HealthPlan
from simcloud.sim.dependencies import start_dependents
from simcloud.sim.effects import After, Effect
from simcloud.sim.image import Image
from simcloud.sim.task import RUNNING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1)(?::(\d+))?(/[^\s\"'|;]*)?")
WEB = 80
FAILS_FROM = 400
"""HTTP status from which `curl -f` and wget fail."""


def failing(plan: HealthPlan, image: Image) -> str:
    """Why the command fails however well the process is; '' where its health decides."""
    words = ("sh", "-c", *plan.command[1:]) if plan.command[:1] == ("CMD-SHELL",) else plan.command[1:]
    known = command.read(words)
    if known.forever or (known.seconds or 0.0) > plan.timeout:
        return f"its health check takes more than {plan.timeout:g} s"
    if known.code:
        return f"its health check ends with {known.code}"
    asked = LOCAL.search(" ".join(plan.command))
    if asked is None:
        return ""
    port, path = int(asked[1] or WEB), asked[2] or "/"
    if image.ports and port not in image.ports:
        return f"its health check asks port {port}, and it listens on {', '.join(map(str, image.ports))}"
    if image.paths and dict(image.paths).get(path, FAILS_FROM) >= FAILS_FROM:
        return f"its health check asks for {path}, which it does not have"
    return ""


def changes(plan: HealthPlan, image: Image) -> Iterator[tuple[float, str, str]]:
    """What the checks of one run of the process find: (seconds from its start, HEALTHY or UNHEALTHY, why).

    A check every interval; so many failures in a row as the definition says, not counted within the start period.
    """
    broken = failing(plan, image)
    well_from = math.inf if broken else image.start_seconds
    ill_from = math.inf if image.unhealthy_after is None else image.unhealthy_after
    first_well = _check_from(plan, well_from)
    first_counted = _check_after(plan, plan.start_period)
    gives_up = first_counted + (plan.retries - 1) * plan.interval
    if gives_up < first_well or first_well >= ill_from:
        yield gives_up, "UNHEALTHY", broken or "it does not answer its health check"
    if first_well < ill_from:
        yield first_well, "HEALTHY", ""
        if ill_from < math.inf:
            last = _check_from(plan, ill_from) + (plan.retries - 1) * plan.interval
            yield last, "UNHEALTHY", "it does not answer its health check any more"


def _check_from(plan: HealthPlan, seconds: float) -> float:
    """The first check at this time or later."""
    return seconds if seconds == math.inf else max(1, math.ceil(seconds / plan.interval)) * plan.interval


def _check_after(plan: HealthPlan, seconds: float) -> float:
    return (math.floor(seconds / plan.interval) + 1) * plan.interval


def begin_checks(task: Task, container: Container, image: Image) -> Iterator[Effect]:
    """Checks of a process that has started."""
    plan = task.definition.container(container.name).health
    if plan is None:
        return
    for seconds, health, why in changes(plan, image):
        if health == "HEALTHY":
            yield After(seconds, e.ContainerHealthy(task.arn, container.name, container.runs))
        else:
            yield After(seconds, e.ContainerUnhealthy(task.arn, container.name, container.runs, why))


@after(e.ContainerHealthy)
def become_healthy(world: World, event: e.ContainerHealthy) -> Iterator[Effect]:
    """Its health check succeeded."""
    task = world.tasks[event.task]
    if _turn(world, task, event.container, event.run, "HEALTHY", ""):
        yield from start_dependents(task)


@after(e.ContainerUnhealthy)
def become_unhealthy(world: World, event: e.ContainerUnhealthy) -> Iterator[Effect]:
    """So many health checks failed in a row. What follows for a task of a service is its scheduler's business."""
    _turn(world, world.tasks[event.task], event.container, event.run, "UNHEALTHY", event.why)
    yield from ()


def _turn(world: World, task: Task, name: str, run: int, health: str, why: str) -> bool:
    container = task.containers[name]
    if container.status != RUNNING or (run and run != container.runs):
        return False
    container.health = health
    task.version += 1
    world.tell(task, f"container {name} is {health}", why)
    return True
