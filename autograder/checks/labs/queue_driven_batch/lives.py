"""The evenings and nights that the checks of lab 11 let pass."""

from __future__ import annotations

from datetime import timedelta

from autograder.checks.check import expect
from autograder.checks.labs.queue_driven_batch.site import (
    Site,
    minutes_for,
    must_be_done,
    must_be_over,
    must_have_started,
)

GAP_SECONDS = 15
"""Shorter than a worker's long poll: there is always one that would take what can be taken."""
RUSH_MINUTES = 10
"""In which an alarm has looked, and its rule has started the tasks."""


def come_and_go(here: Site) -> None:
    """A task every quarter of a minute, until the messages are long done."""
    for _ in range(16):
        here.start()
        here.cloud.advance(seconds=GAP_SECONDS)
    here.cloud.advance(minutes=minutes_for(here, 12, 3))


def rush(here: Site, messages: int, number: int) -> None:
    """The `number`-th rush since the copy was empty. Raises Miss where it is not met and over in the end."""
    plan = here.plan
    here.send(*(f"rush {number}, passenger {each}" for each in range(messages)))
    here.cloud.advance(minutes=RUSH_MINUTES)
    must_have_started(here, number * plan.rush, f"{RUSH_MINUTES} minutes after {messages} messages")
    here.cloud.advance(minutes=minutes_for(here, messages, plan.rush))
    must_be_done(here, here.messages(), "after the rush")
    must_be_over(here, "after the rush")
    must_have_started(here, number * plan.rush, "in the end")


def night(here: Site, messages: int, number: int) -> None:
    """The `number`-th night since the copy was empty. Raises Miss where it has not its one task."""
    plan = here.plan
    at = plan.next_night(here.cloud.now)
    here.cloud.advance(seconds=(at - here.cloud.now - timedelta(minutes=10)).total_seconds())
    here.send(*(f"night {number}, passenger {each}" for each in range(messages)))
    here.cloud.advance(minutes=9)
    must_have_started(here, number - 1, f"until {plan.hour} in {plan.zone} of night {number}")
    here.cloud.advance(minutes=3)
    must_have_started(here, number, f"two minutes after {plan.hour} in {plan.zone} of night {number}")
    here.cloud.advance(minutes=minutes_for(here, messages, 1))
    must_be_done(here, here.messages(), "in the morning")
    must_be_over(here, "in the morning")


def set_aside(here: Site) -> None:
    """One worker after the other meets a message that no worker can read. Raises Miss where it is not set aside when
    it has been tried as often as was asked for, or another message is."""
    plan = here.plan
    here.send(f"{plan.unreadable} 1", "passenger 2", "passenger 3")
    for _ in range(plan.tries):
        here.start()
        here.cloud.advance(minutes=plan.patience + minutes_for(here, 1, 1))
    here.start(2)
    here.cloud.advance(minutes=minutes_for(here, 3, 1))
    bad, *others = here.messages()
    expect(
        bad.moved_to and not bad.deleted,
        expected=f"the {plan.unreadable} message is in another queue in the end",
        got=f"it was taken {bad.taken} times, and " + ("is gone" if bad.deleted else "is still in the queue"),
        hint="RedrivePolicy of the queue: deadLetterTargetArn and maxReceiveCount",
    )
    expect(
        bad.taken == plan.tries,
        expected=f"{plan.tries} workers try it before it is set aside",
        got=bad.taken,
        hint="maxReceiveCount counts how often a message may be taken",
    )
    must_be_done(here, others, "in the end")
