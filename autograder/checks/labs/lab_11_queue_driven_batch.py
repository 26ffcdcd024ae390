"""Lab 11: tasks that come when there is work and go when there is none. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.queue_driven_batch import hints
from autograder.checks.labs.queue_driven_batch.lives import come_and_go, night, rush, set_aside
from autograder.checks.labs.queue_driven_batch.plan import make_variant
from autograder.checks.labs.queue_driven_batch.site import (
    kill_with_a_message,
    minutes_for,
    must_be_done,
    must_be_over,
    must_have_started,
    site,
)
from autograder.checks.labs.queue_driven_batch.world import build_world

LESSON = "11-queues.ipynb"
MORE = 10
"""Messages beyond desk.depth."""

LAB = Lab(
    id="11-queue-driven-batch",
    title="Queue-driven batch",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("cloudwatch", "ec2", "ecs", "ecr", "events", "iam", "logs", "scheduler", "sns", "sqs"),
    questions=(
        Question("end-with-it", "End with the work", 5, rows=("P06",), hints=hints.END_WITH_IT, lesson=LESSON),
        Question("lose-nothing", "Lose nothing", 5, rows=("P06",), hints=hints.LOSE_NOTHING, lesson=LESSON),
        Question("meet-the-rush", "Meet the rush", 4, rows=("P06",), hints=hints.MEET_THE_RUSH, lesson=LESSON),
        Question("every-night", "Every night", 3, rows=("P06",), hints=hints.EVERY_NIGHT, lesson=LESSON),
        Question("hear-of-it", "Hear of it", 3, rows=("P06",), hints=hints.HEAR_OF_IT, lesson=LESSON),
    ),
)


@LAB.check("once-each", question="end-with-it", points=2, rows=["P06"])
def each_message_is_done_once(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Twelve messages, and a task every quarter of a minute: each message is worked off once, and deleted."""
    here = site(cloud, variant)
    here.send(*(f"passenger {number}" for number in range(12)))
    come_and_go(here)
    must_be_done(here, here.messages(), "then")


@LAB.check("all-gone", question="end-with-it", points=1, rows=["P06"], after="once-each")
def every_task_ends(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When the work is done no task is left running, and each has ended with exit code 0."""
    here = site(cloud, variant)
    here.send("passenger 1", "passenger 2")
    tasks = here.start(2)
    cloud.advance(minutes=minutes_for(here, 2, 2))
    must_be_over(here, "when the work is done")
    codes = [cloud.task(task).exit_code for task in tasks]
    expect(codes == [0, 0], expected="exit code 0 of both tasks", got=codes, hint="read the tasks' stoppedReason")


@LAB.check("killed", question="lose-nothing", points=2, rows=["P06"])
def a_killed_worker_loses_nothing(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task is killed at its work; `desk.patience` minutes later another one gets the message, and it is done once."""
    here = site(cloud, variant)
    here.send("passenger 7")
    kill_with_a_message(here, 1)
    cloud.advance(minutes=here.plan.patience)
    here.start()
    cloud.advance(minutes=minutes_for(here, 1, 1))
    must_be_done(here, here.messages(), f"{here.plan.patience} minutes after its worker died, to the next one:")


@LAB.check("set-aside", question="lose-nothing", points=2, rows=["P06"])
def the_unreadable_is_set_aside(cloud: Any, variant: Mapping[str, Any]) -> None:
    """An unreadable message ends `desk.tries` workers and is set aside then, in another queue; all others are done."""
    set_aside(site(cloud, variant))


@LAB.check("rush", question="meet-the-rush", points=2, rows=["P06"])
def tasks_come_for_a_rush(cloud: Any, variant: Mapping[str, Any]) -> None:
    """More than `desk.depth` messages come: ten minutes later `desk.rush` tasks are started. They do it all and go."""
    here = site(cloud, variant)
    rush(here, here.plan.depth + MORE, 1)


@LAB.check("calm", question="meet-the-rush", points=1, rows=["P06"])
def nobody_comes_for_less(cloud: Any, variant: Mapping[str, Any]) -> None:
    """`desk.depth` messages that wait for half an hour start nothing."""
    here = site(cloud, variant)
    here.send(*(f"passenger {number}" for number in range(here.plan.depth)))
    cloud.advance(minutes=30)
    must_have_started(here, 0, f"with {here.plan.depth} messages waiting")


@LAB.check("tonight", question="every-night", points=2, rows=["P06"])
def the_night_has_its_task(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Until `desk.hour` in `desk.zone` nothing is started; then one task is, does what waits in the queue, and ends."""
    here = site(cloud, variant)
    night(here, 4, 1)


@LAB.check("heard", question="hear-of-it", points=2, rows=["P06"])
def a_failure_is_told(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task that ends well is not told of; one that fails is told of in the queue `desk.failed`, in one message."""
    here = site(cloud, variant)
    here.send("passenger 1")
    here.start()
    cloud.advance(minutes=minutes_for(here, 1, 1))
    told = here.told()
    expect(
        not told, expected="no message about a task that ended well", got=f"{len(told)}", hint="ask for its exit code"
    )
    here.send(f"{here.plan.unreadable} 2")
    task, *_ = here.start()
    cloud.advance(minutes=minutes_for(here, 1, 1))
    told = here.told()
    mine = [text for text in told if task.rsplit("/", 1)[-1] in text]
    expect(
        len(told) == len(mine) == 1,
        expected=f"one message in {here.plan.failed} that names the task",
        got=f"{len(told)} messages, {len(mine)} of them about it",
        hint=here.rule_says() or "no rule did anything: what does its pattern ask for?",
    )
