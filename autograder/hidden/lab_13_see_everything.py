"""Lab 13 after submission: tasks that come later, a sidecar that dies, a short peak and a long one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import expect
from autograder.checks.labs.lab_13_see_everything import ABOVE, BELOW, LAB, LATE_MINUTES
from autograder.checks.labs.see_everything.site import (
    REST_MINUTES,
    delivered,
    must_be_routed,
    must_have_lines,
    sidecar_of,
    site,
)


@LAB.check("later-lines", question="lines", points=2, rows=["P04"], after="written")
def later_tasks_leave_their_lines(cloud: Any, variant: Mapping[str, Any]) -> None:
    """All tasks are killed, twice; the lines of those in their places are in the group."""
    here = site(cloud, variant)
    here.rest()
    for _ in range(2):
        must_have_lines(here, here.renew(here.plan.service))


@LAB.check("routed-again", question="routes", points=2, rows=["P04"], after="routed")
def later_lines_come_into_the_bucket(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The tasks are killed twice, a day apart; each time new lines come into the bucket."""
    here = site(cloud, variant)
    here.rest(here.plan.ledger)
    for _ in range(2):
        before = delivered(here)
        must_be_routed(here, before, here.renew(here.plan.ledger))
        cloud.advance(days=1)


@LAB.check("sidecar-dies", question="traces", points=1, rows=["F14"], after="traced")
def the_service_outlives_its_sidecar(cloud: Any, variant: Mapping[str, Any]) -> None:
    """In each task the sidecar dies; ten minutes later the same tasks run: what only watches stops nobody."""
    here = site(cloud, variant)
    here.rest()
    before = here.tasks(here.plan.service)
    for task in before:
        cloud.kill_task(task.arn, container=sidecar_of(here, task))
    here.rest()
    left = {task.id for task in here.tasks(here.plan.service)}
    expect(
        {task.id for task in before} <= left,
        expected="the tasks run on without their sidecars",
        got=f"{len({task.id for task in before} & left)} of {len(before)} do",
        hint="a task ends with any of its essential containers; essential is true unless told otherwise",
    )


@LAB.check("short-peak", question="figures", points=1, rows=["F13"], after="fires")
def a_short_peak_calls_nobody(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A peak that is over after a minute or so calls nobody; one that stays does, and only once."""
    here = site(cloud, variant)
    here.rest()
    here.offer(here.plan.limit - BELOW)
    cloud.advance(minutes=REST_MINUTES)
    here.calls()
    here.offer(here.plan.limit + ABOVE)
    cloud.advance(minutes=here.plan.minutes - 2)
    here.offer(here.plan.limit - BELOW)
    cloud.advance(minutes=REST_MINUTES)
    called = here.calls()
    short = f"nobody is called for a peak of {here.plan.minutes - 2} min"
    expect(not called, expected=short, got=f"{len(called)} calls", hint=here.alarms())
    here.offer(here.plan.limit + ABOVE)
    cloud.advance(minutes=here.plan.minutes + LATE_MINUTES + 30)
    called = here.calls()
    expect(len(called) == 1, expected="one call for a peak that stays", got=f"{len(called)} calls", hint=here.alarms())
