"""What holds in every world at every moment. Each invariant yields a sentence for what breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simcloud.sim import service_invariants
from simcloud.sim.dependencies import waits
from simcloud.sim.events import TaskEvent
from simcloud.sim.load.tally import place
from simcloud.sim.meter import billed_once
from simcloud.sim.service_tasks import healthy
from simcloud.sim.task import (
    ACTIVATING,
    DEACTIVATING,
    DEPROVISIONING,
    ORDER,
    PENDING,
    PROVISIONING,
    RUNNING,
    STOPPED,
    STOPPING,
    Task,
)

if TYPE_CHECKING:
    from simcloud.sim.world import World

MAY_HOLD_RUNNING_CONTAINERS = (PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING)


def broken(world: World) -> list[str]:
    """Sentences for all that does not hold; empty when the world makes sense."""
    return [sentence for invariant in INVARIANTS for sentence in invariant(world)]


def statuses_and_wishes_agree(world: World) -> Iterator[str]:
    """A task that is to run is on its way up; one that is to stop has a stop code and is on its way down."""
    for task in world.tasks.values():
        going_up = ORDER.index(task.status) <= ORDER.index(RUNNING)
        if task.wanted != going_up:
            yield f"task {task.id} is {task.status} but desired {task.desired}"
        if task.wanted == bool(task.stop_code):
            yield f"task {task.id} is desired {task.desired} with stop code '{task.stop_code}'"


def containers_follow_their_task(world: World) -> Iterator[str]:
    """No container runs in a task that is not yet or no longer up; all of them ran in a task that does."""
    for task in world.tasks.values():
        running = [each.name for each in task.containers.values() if each.status == RUNNING]
        if running and task.status not in MAY_HOLD_RUNNING_CONTAINERS:
            yield f"task {task.id} is {task.status} but {', '.join(running)} still run"
        if task.status == RUNNING and any(not each.runtime_id for each in task.containers.values()):
            yield f"task {task.id} is RUNNING with a container that never started"


def every_task_has_an_interface_of_its_own(world: World) -> Iterator[str]:
    """Two tasks never share a network interface; a task past PROVISIONING has one."""
    held: dict[str, Task] = {}
    for task in world.tasks.values():
        interface = task.interface.id
        if task.status == RUNNING and not (interface and task.interface.address):
            yield f"task {task.id} is RUNNING without a network interface"
        if interface and interface in held:
            yield f"tasks {task.id} and {held[interface].id} share {interface}"
        held[interface] = task


def times_are_in_order(world: World) -> Iterator[str]:
    """A life's timestamps never go back, and none lies ahead."""
    for task in world.tasks.values():
        moments = (
            task.created_at,
            task.connectivity_at,
            task.pull_started_at,
            task.pull_stopped_at,
            task.started_at,
            task.stopping_at,
            task.execution_stopped_at,
            task.stopped_at,
        )
        known = [moment for moment in moments if moment is not None]
        if known != sorted(known) or known[-1] > world.now:
            yield f"task {task.id} has timestamps out of order: {known} at {world.now}"


def nothing_is_stuck(world: World) -> Iterator[str]:
    """A task that is on its way has something that is going to happen to it."""
    waiting = {event.task for _, event in world.due() if isinstance(event, TaskEvent)}
    for task in world.tasks.values():
        on_its_way = task.status in (PROVISIONING, PENDING, ACTIVATING, DEACTIVATING, STOPPING, DEPROVISIONING)
        if on_its_way and task.arn not in waiting and not waits(task):
            yield f"task {task.id} is {task.status} and nothing will ever happen to it"


def no_task_outlives_its_program(world: World) -> Iterator[str]:
    """Where an essential container has ended, the task is about to end, or the process to start again."""
    waiting = {event.task for _, event in world.due() if isinstance(event, TaskEvent)}
    for task in world.tasks.values():
        ended = any(each.essential and each.status == STOPPED for each in task.containers.values())
        if task.status == RUNNING and ended and task.arn not in waiting:
            yield f"task {task.id} is RUNNING, its essential container has ended, and nothing will ever happen to it"


def nothing_is_overdue(world: World) -> Iterator[str]:
    """What should have happened has happened."""
    for at, event in world.due():
        if at < world.now:
            yield f"{type(event).__name__} was due at {at}, it is {world.now}"


def services_keep_within_their_bounds(world: World) -> Iterator[str]:
    """No deployment has more tasks than its service wants, unless it is about to be scaled in; counts make sense."""
    for service in world.services.values():
        if service.status == "INACTIVE":
            continue
        wanted = [
            task
            for task in world.tasks.values()
            if task.service == service.arn and task.wanted and task.protected_until is None
        ]
        most = (
            sum(each.computed(service.desired) for each in service.task_sets) if service.task_sets else service.desired
        )
        if service.steady and len(wanted) > most and service.review_due is None:
            yield f"service {service.name} wants {most} tasks, has {len(wanted)} and does nothing"
        if service.controller == "ECS" and (not service.deployments or service.deployments[0].status != "PRIMARY"):
            yield f"service {service.name} has no PRIMARY deployment"
        if sum(release.status == "PRIMARY" for release in service.releases) > 1:
            yield f"service {service.name} has more than one PRIMARY release"


def stopped_tasks_hold_nothing(world: World) -> Iterator[str]:
    """A stopped task has given back its network interface."""
    for task in world.tasks.values():
        if task.status == STOPPED and task.interface.status != "DELETED":
            yield f"task {task.id} is STOPPED and its interface {task.interface.id} is {task.interface.status}"
        if task.status == STOPPED and any(volume.status == "ATTACHED" for volume in task.volumes):
            yield f"task {task.id} is STOPPED and has an EBS volume attached"


def every_volume_has_one_task(world: World) -> Iterator[str]:
    """An EBS volume is attached to one task, and to none before it was made."""
    held: dict[str, Task] = {}
    for task in world.tasks.values():
        for volume in task.volumes:
            if volume.status == "ATTACHED" and not volume.id:
                yield f"task {task.id} has an EBS volume attached that nobody made"
            if volume.status == "ATTACHED" and volume.id in held:
                yield f"tasks {task.id} and {held[volume.id].id} share {volume.id}"
            held[volume.id] = task


def ephemeral_files_go_with_their_task(world: World) -> Iterator[str]:
    """No file outlives the ephemeral storage on which it lay."""
    alive = {task.id for task in world.tasks.values() if task.status != STOPPED}
    for key in world.files:
        owner = key.partition("/")[0]
        if "/" in key and owner not in alive:
            yield f"files of task {owner} are there, and the task is not"


def health_is_of_running_containers(world: World) -> Iterator[str]:
    """Only a container that ran has been healthy or unhealthy; a restart is counted."""
    for task in world.tasks.values():
        for each in task.containers.values():
            if each.health != "UNKNOWN" and not each.runs:
                yield f"container {each.name} of task {task.id} is {each.health} and never ran"
            if each.runs > 1 and task.definition.container(each.name).restart is None:
                yield f"container {each.name} of task {task.id} was started {each.runs} times without a restart policy"


def the_roster_is_of_the_tasks(world: World) -> Iterator[str]:
    """What is kept beside the tasks for speed says what a look through all of them would."""
    tasks = list(world.tasks.values())
    for arn in {*world.roster.crews, *(task.service for task in tasks if task.service)}:
        crew = world.roster.crew(arn)
        wanted = [task for task in tasks if task.service == arn and task.wanted]
        left = {task.arn for task in tasks if task.service == arn and not task.wanted}
        if list(crew.wanted.values()) != wanted:
            yield f"the roster of {arn} has {len(crew.wanted)} tasks that are to run, the world {len(wanted)}"
        if {key: list(held) for key, held in crew.of.items()} != _by_release(wanted):
            yield f"the roster of {arn} has its tasks under the wrong releases"
        if {each for held in crew.left.values() for each in held} != left:
            yield f"the roster of {arn} and the world do not agree on who has left"
        if crew.subnets != Counter(task.interface.subnet for task in wanted):
            yield f"the roster of {arn} counts the wrong tasks in its subnets"
        for task in wanted:
            if task.arn not in crew.unproven and not healthy(world, task):
                yield f"the roster of {arn} takes task {task.id} for healthy, and it is not"


def counts_are_of_the_tasks(world: World) -> Iterator[str]:
    """What a service's tasks count for, in metrics and under load, is what a look at each of them finds."""
    for arn, tally in world.loads.tallies.items():
        crew = world.roster.crew(arn)
        for key, task in crew.wanted.items():
            if key not in crew.uncounted and tally.places.get(key) != place(task):
                yield f"task {task.id} counts as {tally.places.get(key)}, and is {place(task)}"
        if over := set(tally.places) - set(crew.wanted) - set(crew.uncounted):
            yield f"service {arn} counts tasks that are not to run: {', '.join(sorted(over))}"
        kinds = Counter(each.kind for each in tally.places.values())
        if tally.pending != kinds.pop(None, 0) or sorted(kinds.values()) != sorted(k.running for k in tally.kinds):
            yield f"service {arn} adds its tasks up to {tally.kinds}, which they are not"


def _by_release(tasks: list[Task]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for task in tasks:
        held.setdefault(task.deployment, []).append(task.arn)
    return held


INVARIANTS: tuple[Callable[[World], Iterator[str]], ...] = (
    statuses_and_wishes_agree,
    containers_follow_their_task,
    every_task_has_an_interface_of_its_own,
    times_are_in_order,
    nothing_is_stuck,
    no_task_outlives_its_program,
    nothing_is_overdue,
    services_keep_within_their_bounds,
    stopped_tasks_hold_nothing,
    every_volume_has_one_task,
    ephemeral_files_go_with_their_task,
    health_is_of_running_containers,
    billed_once,
    the_roster_is_of_the_tasks,
    counts_are_of_the_tasks,
    *service_invariants.INVARIANTS,
)
