"""Lab 07 after submission: other releases, other failures, a task and a zone lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks import expect
from autograder.checks.labs.lab_07_rolling_service import LAB
from autograder.checks.labs.rolling_service.site import (
    REST_MINUTES,
    must_answer_all,
    must_be_whole,
    must_keep_its_capacity,
    must_not_crowd,
    must_run,
    site,
    watched,
)

LOST_ZONE_MINUTES = 20


def must_have_one(tasks: Sequence[Any]) -> None:
    """Raise Miss where there is no task."""
    expect(tasks, expected="a task that runs", got="none", hint="the events of the service say why none was started")


@LAB.check("replaced", question="stand-up", points=1, rows=["P01"], after="whole")
def a_killed_task_is_replaced(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task is killed; ten minutes later another is a healthy target in its place."""
    here = site(cloud, variant)
    here.rest()
    before = here.tasks()
    must_have_one(before)
    cloud.kill_task(before[0].arn)
    cloud.advance(minutes=REST_MINUTES)
    must_be_whole(here, "ten minutes after a task was killed")
    new = {task.id for task in here.tasks()} - {task.id for task in before}
    expect(new, expected="a new task", got="none", hint="tasks of a service are replaced")


@LAB.check("each-zone", question="stand-up", points=1, rows=["F12", "P01"], after="whole")
def the_tasks_stand_in_two_zones(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The tasks stand in two zones at least, each with an interface of its own."""
    here = site(cloud, variant)
    here.rest()
    tasks = here.tasks()
    zones = sorted({task.zone for task in tasks})
    expect(len(zones) >= 2, expected="tasks in two zones", got=zones, hint="give the service subnets of two zones")
    interfaces = {task.interface for task in tasks}
    expect(len(interfaces) == len(tasks), expected="an interface for each task", got=f"{len(interfaces)}")


@LAB.check("loses-a-zone", question="stand-up", points=1, rows=["P01"], after="whole")
def it_outlives_a_zone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A zone is lost; twenty minutes later the service has its count of healthy targets in what is left."""
    here = site(cloud, variant)
    here.rest()
    tasks = here.tasks()
    must_have_one(tasks)
    zone = tasks[0].zone
    cloud.lose_zone(zone)
    cloud.advance(minutes=LOST_ZONE_MINUTES)
    must_be_whole(here, f"twenty minutes after {zone} was lost")


@LAB.check("next-release", question="roll-it", points=2, rows=["P01"], after="rolled")
def the_next_release_rolls_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A version 1.3, as slow as 1.1, is released under load: no request is lost, and none of the rules is broken."""
    here = site(cloud, variant)
    cloud.advance(minutes=30)
    image = cloud.push_image(f"ferryline/{here.plan.service}", "1.3", **here.plan.behaviour("1.3"))
    seen = watched(here, image)
    must_keep_its_capacity(here, seen)
    must_not_crowd(here, seen)
    must_answer_all(seen, "while version 1.3 is rolled out")
    expect(here.image() == image, expected="version 1.3 runs", got=here.image(), hint="its tasks need time to answer")
    must_be_whole(here, "then")


@LAB.check("other-failure", question="go-back", points=1, rows=["P01"], after="goes-back")
def another_broken_version_goes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A version that is broken in another way is released; the service goes back from it too."""
    here = site(cloud, variant)
    here.rest()
    image = cloud.push_image(f"ferryline/{here.plan.service}", "bad", **here.plan.behaviour("bad"))
    seen = watched(here, image)
    must_run(here, "1.1", "then")
    must_be_whole(here, "then")
    must_keep_its_capacity(here, seen)
