"""Each invariant notices the world that it is there to notice, and none objects to a world that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from scaling_bench import target_tracking
from stand_in import Bench

from simcloud.sim import events as e
from simcloud.sim.invariants import INVARIANTS, broken
from simcloud.sim.load.curve import Constant
from simcloud.sim.load.events import LoadSet
from simcloud.sim.load.state import Queue
from simcloud.sim.task import STOPPED, Task
from simcloud.sim.world import World

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BALANCED = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]
Break = Callable[[World, list[Task]], None]


@pytest.fixture
def lived(bench: Bench) -> Bench:
    """A service of three behind a balancer, scaled, loaded, one task stopped; and a task of its own."""
    service = bench.create_service(3, loadBalancers=BALANCED)
    bench.wait(400)
    target_tracking(bench, service, 60.0, 2, 6)
    bench.happen(LoadSet(service.arn, Constant(60.0), "60"))
    bench.wait(400)
    bench.stop(bench.tasks("RUNNING")[0])
    bench.run_task()
    bench.wait(600)
    assert service.desired > 3
    assert bench.tasks(STOPPED)
    assert broken(bench.world) == []
    return bench


def one(world: World) -> Any:
    return next(iter(world.services.values()))


def share_an_interface(world: World, tasks: list[Task]) -> None:
    tasks[1].interface = replace(tasks[1].interface, id=tasks[0].interface.id)


def attach(world: World, tasks: list[Task]) -> None:
    volume: Any = SimpleNamespace(status="ATTACHED", id="")
    tasks[0].volumes = [volume]


def overfill(world: World, tasks: list[Task]) -> None:
    service = one(world)
    service.desired, service.steady, service.review_due = 1, True, None
    service.asked["deploymentConfiguration"] = {"maximumPercent": 100, "minimumHealthyPercent": 0}


def forget_the_story(world: World, tasks: list[Task]) -> None:
    world.story.lines[:] = [line for line in world.story.lines if tasks[0].id not in line.about]


def scale_beyond(world: World, tasks: list[Task]) -> None:
    target = next(iter(world.scaling.targets.values()))
    target.maximum = world.scaling.activities[0].count - 1  # type: ignore[operator]


def two_wait(world: World, tasks: list[Task]) -> None:
    first = world.scaling.activities[0]
    world.scaling.activities.insert(0, replace(first, id="another", status="InProgress"))
    first.status = "InProgress"


def turn_back_time(world: World, tasks: list[Task]) -> None:
    world.story.lines.insert(0, replace(world.story.lines[-1]))


def empty_a_queue(world: World, tasks: list[Task]) -> None:
    world.loads.queues["work"] = Queue("work", "nobody", marks=[(world.now, -3.0)])


def oversleep(world: World, tasks: list[Task]) -> None:
    next(iter(world.watching.alarms.values())).due = world.now - 1


def stick(world: World, tasks: list[Task]) -> None:
    tasks[0].status, tasks[0].desired, tasks[0].stop_code = "DEACTIVATING", STOPPED, "UserInitiated"
    world._queue.clear()


def outlive(world: World, tasks: list[Task]) -> None:
    tasks[0].containers["web"].status = STOPPED
    world._queue.clear()


def overdue(world: World, tasks: list[Task]) -> None:
    world._queue.append((world.now - 5, 5, 0, e.Event(), None))


def health_of_nothing(world: World, tasks: list[Task]) -> None:
    held = tasks[0].containers["web"]
    held.health, held.runs = "HEALTHY", 0


def meter_twice(world: World, tasks: list[Task]) -> None:
    world.meter.tasks.append(world.meter.tasks[0])


WRONG: dict[str, tuple[Break, str]] = {
    "statuses_and_wishes_agree": (lambda world, tasks: setattr(tasks[0], "desired", STOPPED), "but desired STOPPED"),
    "containers_follow_their_task": (
        lambda world, tasks: setattr(tasks[0].containers["web"], "runtime_id", ""),
        "a container that never started",
    ),
    "every_task_has_an_interface_of_its_own": (share_an_interface, " share eni-"),
    "times_are_in_order": (lambda world, tasks: setattr(tasks[0], "started_at", 1.0), "timestamps out of order"),
    "nothing_is_stuck": (stick, "nothing will ever happen to it"),
    "no_task_outlives_its_program": (outlive, "its essential container has ended"),
    "nothing_is_overdue": (overdue, "Event was due at"),
    "services_keep_within_their_bounds": (lambda world, tasks: one(world).deployments.clear(), "no PRIMARY deployment"),
    "stopped_tasks_hold_nothing": (
        lambda world, tasks: setattr(tasks[-1].interface, "status", "ATTACHED"),
        "is STOPPED and its interface",
    ),
    "every_volume_has_one_task": (attach, "an EBS volume attached that nobody made"),
    "ephemeral_files_go_with_their_task": (
        lambda world, tasks: world.files.update({"gone/data": {"/a": "x"}}),
        "files of task gone are there",
    ),
    "health_is_of_running_containers": (health_of_nothing, "is HEALTHY and never ran"),
    "billed_once": (meter_twice, "on the meter twice"),
    "the_roster_is_of_the_tasks": (
        lambda world, tasks: world.roster.crew(one(world).arn).leave(tasks[0]),
        "tasks that are to run, the world",
    ),
    "counts_are_of_the_tasks": (
        lambda world, tasks: world.loads.tallies[one(world).arn].places.pop(tasks[0].arn) and None,
        "adds its tasks up to",
    ),
    "running_tasks_never_pass_the_maximum": (overfill, "may have 1 tasks and has"),
    "no_task_is_without_a_story": (forget_the_story, "nothing is told of task"),
    "targets_belong_to_running_tasks": (
        lambda world, tasks: setattr(tasks[-1], "registered", True),
        "and is registered with its target groups",
    ),
    "desired_counts_make_sense": (lambda world, tasks: setattr(one(world), "desired", -1), "wants -1 tasks"),
    "scaling_keeps_within_its_bounds": (scale_beyond, "was scaled to"),
    "one_activity_waits": (two_wait, "is in progress, and was overtaken"),
    "what_is_told_is_in_order": (turn_back_time, "the story is out of order"),
    "counts_of_load_make_sense": (empty_a_queue, "is shorter than empty"),
    "an_alarm_has_a_next_look_or_a_reason": (oversleep, "was due at"),
}
"""By invariant: how to make a world that it objects to, and a part of what it says."""


@pytest.mark.parametrize("name", WRONG)
def test_an_invariant_notices_the_world_that_is_wrong(lived: Bench, name: str) -> None:
    make, says = WRONG[name]
    living = [task for task in lived.world.tasks.values() if task.service and task.wanted]
    stopped = [task for task in lived.world.tasks.values() if task.service and task.status == STOPPED]
    make(lived.world, [*living, *stopped])
    (invariant,) = [each for each in INVARIANTS if each.__name__ == name]
    assert any(says in sentence for sentence in invariant(lived.world))
    with pytest.raises(AssertionError, match="The story:"):
        lived.world.check()


def test_every_invariant_has_a_wrong_world() -> None:
    assert {each.__name__ for each in INVARIANTS} == set(WRONG)
