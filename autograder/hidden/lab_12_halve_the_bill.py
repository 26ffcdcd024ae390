"""Lab 12 after submission: tasks killed, the busiest day, Spot taken back, and the whole bill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import expect
from autograder.checks.labs.lab_12_halve_the_bill import LAB, SPOT, must_save
from autograder.checks.labs.wasteful_estate.plan import MONTH_HOURS
from autograder.checks.labs.wasteful_estate.site import (
    estate_an_hour,
    must_be_whole,
    must_keep_the_rules,
    site,
)


@LAB.check("replaced", question="take-it-away", points=1, rows=["F21"], after="gone")
def killed_tasks_are_replaced(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of each service is killed; half an hour later each has its count again."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "before")
    for service in here.plan.needed:
        cloud.kill_task(here.running(service)[0].arn)
    here.rest()
    must_be_whole(here, "half an hour after a task was killed")


@LAB.check("nearly-all", question="right-size", points=2, rows=["T10", "F21"], after="in-bounds")
def nearly_all_is_saved(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Of what right sizes can save 98 % are saved."""
    must_save(site(cloud, variant), 0.98)


@LAB.check("busiest-day", question="right-size", points=2, rows=["T10"], after="in-bounds")
def the_rules_are_kept_on_the_busiest_day(cloud: Any, variant: Mapping[str, Any]) -> None:
    """During the busiest day, too, each service keeps its count of tasks, its latency and its memory."""
    here = site(cloud, variant)
    here.day(busiest=True)
    must_keep_the_rules(here, "on the busiest day")


@LAB.check("taken-back", question="price-it-lower", points=1, rows=["F21"], after="spot")
def spot_is_taken_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """All Spot capacity is taken back: the other services notice nothing, and half an hour later all is whole."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "before")
    steady = {task.id for one in here.plan.needed if not one.spot for task in here.running(one)}
    cloud.reclaim_spot(1.0)
    here.rest()
    left = {task.id for one in here.plan.needed if not one.spot for task in here.running(one)}
    expect(
        steady <= left,
        expected="no task of what may not be interrupted ends",
        got=f"{len(steady - left)} have ended",
        hint=f"only what desk.rules allows belongs on {SPOT}",
    )
    must_be_whole(here, "half an hour after Spot was taken back")


@LAB.check("halved", question="price-it-lower", points=1, rows=["F21"], after="arm")
def the_bill_reaches_its_goal(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A day is lived through in which all rules are kept; by the month it costs no more than `desk.goal`."""
    here = site(cloud, variant)
    here.day()
    must_keep_the_rules(here, "on that day")
    spent = estate_an_hour(here) * MONTH_HOURS
    expect(
        spent <= here.plan.goal,
        expected=f"tasks, NAT gateways and addresses for ${here.plan.goal} a month at most",
        got=f"${spent:.2f}",
        hint="sizes first, then the processor, then Spot, and what stands beside the tasks",
    )
