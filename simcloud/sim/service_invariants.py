"""What holds of services, their scaling, their load and of all that is told, in every world at every moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from simcloud.sim.service import Service
from simcloud.sim.service_tasks import tasks_of
from simcloud.sim.task import ACTIVATING, RUNNING, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

HAVE_TARGETS = (ACTIVATING, RUNNING)
SET_ASIDE = ("Overridden", "Failed")


def running_tasks_never_pass_the_maximum(world: World) -> Iterator[str]:
    """A service at rest has no more tasks than its maximum; in a deployment of stages each revision has no more than is
    wanted (R-200, R-230). One that the scheduler looks at in a moment may be about to stop some."""
    for service in world.services.values():
        if service.status != "ACTIVE" or not service.deployments or _is_looked_at(world, service):
            continue
        here = [task for task in tasks_of(world, service) if task.protected_until is None and not task.lost]
        if len(service.deployments) == 1 and service.steady and len(here) > max(service.desired, service.most):
            yield f"service {service.name} may have {service.most} tasks and has {len(here)}"
        for deployment in service.deployments:
            mine = [task for task in here if task.deployment == deployment.id]
            if deployment is service.primary and len(mine) > max(service.desired, service.most):
                yield f"deployment {deployment.id} of {service.name} has {len(mine)} tasks, {service.desired} wanted"


def _is_looked_at(world: World, service: Service) -> bool:
    return service.review_due is not None and service.review_due <= world.now + 60.0


def no_task_is_without_a_story(world: World) -> Iterator[str]:
    """Every task that is shown is told of."""
    told = {name for line in world.story for name in line.about}
    for task in world.tasks.values():
        if task.id not in told:
            yield f"nothing is told of task {task.id}"
    for service in world.services.values():
        if service.arn not in told:
            yield f"nothing is told of service {service.name}"


def targets_belong_to_running_tasks(world: World) -> Iterator[str]:
    """What a load balancer sends to is a task on its way to RUNNING, or RUNNING, with an address of its own."""
    held: dict[tuple[str, str, int], Task] = {}
    for task in world.tasks.values():
        if task.registered and not (task.wanted and task.status in HAVE_TARGETS):
            yield f"task {task.id} is {task.status}, to be {task.desired}, and is registered with its target groups"
        if task.registered and not task.targets:
            yield f"task {task.id} is registered and has no target group"
        if extra := set(task.target_health) - {group for group, _ in task.targets}:
            yield f"task {task.id} has health in target groups that are not its own: {', '.join(sorted(extra))}"
        for group, port in task.targets if task.registered else ():
            if other := held.get((group, task.interface.address, port)):
                yield f"tasks {task.id} and {other.id} are one target of {group}"
            held[group, task.interface.address, port] = task


def desired_counts_make_sense(world: World) -> Iterator[str]:
    """A count is never negative; a deployment asks for no more than its service; a task belongs to a release."""
    for service in world.services.values():
        if service.desired < 0:
            yield f"service {service.name} wants {service.desired} tasks"
        if service.status == "INACTIVE" and (left := tasks_of(world, service)):
            yield f"service {service.name} is INACTIVE and keeps {len(left)} tasks"
        releases = {each.id for each in service.releases}
        for task in tasks_of(world, service):
            if service.status == "ACTIVE" and task.deployment not in releases:
                yield f"task {task.id} is of {task.deployment}, which service {service.name} does not have"
        at_rest = bool(service.deployments) and not _is_looked_at(world, service)
        if at_rest and service.primary.requested > max(service.desired, service.most):
            yield f"service {service.name} wants {service.desired} tasks, its deployment {service.primary.requested}"


def scaling_keeps_within_its_bounds(world: World) -> Iterator[str]:
    """What scaling set lies between the bounds, unless somebody set another count by hand since (R-244)."""
    for target in world.scaling.targets.values():
        if target.minimum > target.maximum:
            yield f"{target.resource} is to keep between {target.minimum} and {target.maximum} tasks"
        newest = next((each for each in world.scaling.activities if each.service == target.service), None)
        service = world.services.get(target.service)
        if newest is None or service is None or newest.status in SET_ASIDE or service.status != "ACTIVE":
            continue
        outside = newest.count is not None and not target.minimum <= newest.count <= target.maximum
        if outside and service.desired == newest.count and newest.started_at >= target.created_at:
            yield f"{target.resource} was scaled to {newest.count}, outside {target.minimum} to {target.maximum}"
    for alarm in world.watching.alarms.values():
        if alarm.name.startswith("TargetTracking-") and not any(
            alarm.name in policy.alarms
            for target in world.scaling.targets.values()
            for policy in target.policies.values()
        ):
            yield f"alarm {alarm.name} is there, and the policy that made it is not"


def one_activity_waits(world: World) -> Iterator[str]:
    """Of the scaling activities of a service only the newest may be in progress."""
    seen: set[str] = set()
    for activity in world.scaling.activities:
        if activity.service and activity.open and activity.service in seen:
            yield f"activity {activity.id} is in progress, and was overtaken"
        seen.add(activity.service)


def what_is_told_is_in_order(world: World) -> Iterator[str]:
    """The story, events, histories and counts go forward in time, and none lies ahead."""
    rows: list[tuple[str, Iterable[float]]] = [("the story", (line.at for line in world.story))]
    for service in world.services.values():
        rows.append((f"the events of {service.name}", (each.at for each in reversed(service.events))))
        rows.append((f"the deployments of {service.name}", (each.created_at for each in service.history)))
    rows += [(f"the census of {arn}", (each.at for each in held)) for arn, held in world.loads.census.items()]
    rows += [
        (f"the history of alarm {each.name}", (item.at for item in reversed(each.history)))
        for each in world.watching.alarms.values()
    ]
    rows.append(("scaling", (each.started_at for each in reversed(world.scaling.activities))))
    for name, moments in rows:
        held = [*moments]
        if any(later < earlier for earlier, later in pairwise(held)) or (held and held[-1] > world.now):
            yield f"{name} is out of order"


def counts_of_load_make_sense(world: World) -> Iterator[str]:
    """Who serves runs; a share of requests is between none and all; no queue is shorter than empty."""
    for arn, held in world.loads.census.items():
        for sample in held[-1:]:
            if not 0 <= sample.serving <= sample.running:
                yield f"{sample.serving} of {sample.running} tasks of {arn} serve"
            if not -1e-9 <= sample.lost <= 1 + 1e-9:
                yield f"{sample.lost} of the requests of {arn} are lost"
    for queue in world.loads.queues.values():
        if any(waiting < 0 for _, waiting in queue.marks):
            yield f"queue {queue.name} is shorter than empty"


def an_alarm_has_a_next_look_or_a_reason(world: World) -> Iterator[str]:
    """An alarm is evaluated again at the end of a period, or nothing can change it before something else does."""
    for alarm in world.watching.alarms.values():
        if alarm.due < world.now:
            yield f"alarm {alarm.name} was due at {alarm.due}, it is {world.now}"
        if alarm.state not in ("OK", "ALARM", "INSUFFICIENT_DATA"):
            yield f"alarm {alarm.name} is {alarm.state}"


INVARIANTS: tuple[Callable[[World], Iterator[str]], ...] = (
    running_tasks_never_pass_the_maximum,
    no_task_is_without_a_story,
    targets_belong_to_running_tasks,
    desired_counts_make_sense,
    scaling_keeps_within_its_bounds,
    one_activity_waits,
    what_is_told_is_in_order,
    counts_of_load_make_sense,
    an_alarm_has_a_next_look_or_a_reason,
)
