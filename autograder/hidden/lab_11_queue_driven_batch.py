"""Lab 11 after submission: more messages, an empty queue, a second rush, the nights after, another failure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks.asking import asked
from autograder.checks.check import expect
from autograder.checks.labs.lab_11_queue_driven_batch import LAB
from autograder.checks.labs.queue_driven_batch.lives import night, rush
from autograder.checks.labs.queue_driven_batch.site import (
    START_MINUTES,
    kill_with_a_message,
    minutes_for,
    must_be_done,
    must_be_over,
    site,
)


@LAB.check("many", question="end-with-it", points=2, rows=["P06"], after="once-each")
def more_messages_are_done_once(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Thirty messages and five tasks; then two tasks and an empty queue: each message done once, no task left."""
    here = site(cloud, variant)
    here.send(*(f"crew {number}" for number in range(30)))
    here.start(5)
    cloud.advance(minutes=minutes_for(here, 30, 5))
    must_be_done(here, here.messages(), "then")
    must_be_over(here, "then")
    here.start(2)
    cloud.advance(minutes=START_MINUTES + 2)
    must_be_over(here, "where the queue is empty from the start")


@LAB.check("not-too-soon", question="lose-nothing", points=1, rows=["P06"], after="killed")
def a_message_has_all_its_tries(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A good message whose workers were killed, one fewer than `desk.tries`, is done by the next one."""
    here = site(cloud, variant)
    here.send("crew 1")
    for times in range(1, here.plan.tries):
        kill_with_a_message(here, times)
        cloud.advance(minutes=here.plan.patience)
    here.start()
    cloud.advance(minutes=minutes_for(here, 1, 1))
    must_be_done(here, here.messages(), f"after {here.plan.tries - 1} killed workers")


@LAB.check("next-rush", question="meet-the-rush", points=1, rows=["P06"], after="rush")
def the_next_rush_is_met_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Two rushes of other sizes, one after the other: tasks come for both, and go."""
    here = site(cloud, variant)
    rush(here, here.plan.depth + 3, 1)
    rush(here, here.plan.depth + 25, 2)


@LAB.check("each-night", question="every-night", points=1, rows=["P06"], after="tonight")
def every_night_has_its_task(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Three nights, one of them with an empty queue: one task each, and none at any other time."""
    here = site(cloud, variant)
    for number, messages in enumerate((3, 0, 5), start=1):
        night(here, messages, number)


@LAB.check("heard-again", question="hear-of-it", points=1, rows=["P06"], after="heard")
def only_failures_are_told(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task that a person stops is not told of; two that fail are told of in a message each."""
    here = site(cloud, variant)
    stopped, *_ = here.start()
    cloud.advance(seconds=40)
    given = {"cluster": here.plan.cluster, "task": stopped}
    asked(boto3.client("ecs").stop_task, "a task can be stopped", **given)
    cloud.advance(minutes=5)
    here.send(f"{here.plan.unreadable} 1", f"{here.plan.unreadable} 2")
    failing = here.start(2)
    cloud.advance(minutes=minutes_for(here, 1, 1))
    told = here.told()
    named = {task for task in failing if sum(task.rsplit("/", 1)[-1] in text for text in told) == 1}
    expect(
        len(told) == 2 and len(named) == 2,
        expected="a message for each of the two that failed, and none for the one that was stopped",
        got=f"{len(told)} messages, about {len(named)} of the two",
        hint=here.rule_says() or "no rule did anything",
    )
