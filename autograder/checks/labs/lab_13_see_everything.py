"""Lab 13: lines, figures and traces that leave a task in time, and an alarm that fires. Its questions and checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.see_everything import hints
from autograder.checks.labs.see_everything.plan import make_variant
from autograder.checks.labs.see_everything.site import (
    REST_MINUTES,
    delivered,
    figures,
    must_be_kept,
    must_be_routed,
    must_be_traced,
    must_have_lines,
    site,
    traces,
)
from autograder.checks.labs.see_everything.world import build_world

LESSON = "13-watching.ipynb"
ABOVE, BELOW, QUIET = 15, 10, 35
"""Per cent of CPU beyond desk.limit, short of it, and far short of it."""
LATE_MINUTES = 4
"""For the figures of a minute to be there, and for an alarm to look."""

LAB = Lab(
    id="13-see-everything",
    title="See everything",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("cloudwatch", "ec2", "ecs", "ecr", "iam", "logs", "s3", "sns", "sqs", "xray"),
    questions=(
        Question("lines", "Keep the lines", 5, rows=("P04",), hints=hints.LINES, lesson=LESSON),
        Question("routes", "Route the lines", 5, rows=("P04",), hints=hints.ROUTES, lesson=LESSON),
        Question("traces", "Follow a request", 4, rows=("F14",), hints=hints.TRACES, lesson=LESSON),
        Question("figures", "Figures, and an alarm that fires", 6, rows=("F13",), hints=hints.FIGURES, lesson=LESSON),
    ),
)


@LAB.check("written", question="lines", points=2, rows=["P04"])
def every_task_leaves_its_lines(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code had run, the lines of every running task of the service were in the group `desk.group`."""
    here = site(cloud, variant)
    must_have_lines(here, here.tasks(here.plan.service))


@LAB.check("kept", question="lines", points=1, rows=["P04"], after="written")
def the_lines_are_kept(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The group keeps its lines for `desk.days` days."""
    must_be_kept(site(cloud, variant))


@LAB.check("routed", question="routes", points=3, rows=["P04"])
def the_lines_come_into_the_bucket(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The tasks of `desk.ledger` are killed; ten minutes later the lines of the new ones are in the bucket."""
    here = site(cloud, variant)
    here.rest(here.plan.ledger)
    before = delivered(here)
    must_be_routed(here, before, here.renew(here.plan.ledger))


@LAB.check("traced", question="traces", points=2, rows=["F14"])
def each_task_sends_its_trace(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The tasks of `desk.service` are killed; ten minutes later X-Ray has a trace of each of the new ones."""
    here = site(cloud, variant)
    here.rest()
    tasks = here.renew(here.plan.service)
    must_be_traced(here, tasks, traces(here, REST_MINUTES))


@LAB.check("still-written", question="traces", points=1, rows=["P04"], after="traced")
def the_lines_are_still_there(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The lines of these tasks are in the group, as before."""
    here = site(cloud, variant)
    here.rest()
    must_have_lines(here, here.tasks(here.plan.service))


@LAB.check("counted", question="figures", points=2, rows=["F13"])
def the_cluster_counts_its_tasks(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A quarter of an hour later CloudWatch has the figures of Container Insights for the service."""
    here = site(cloud, variant)
    here.rest()
    here.offer(here.plan.limit - BELOW)
    cloud.advance(minutes=15)
    counts = figures(here, "RunningTaskCount")
    expect(
        counts and max(counts) >= len(here.tasks(here.plan.service)),
        expected=f"RunningTaskCount of {here.plan.service}, each minute",
        got=f"{len(counts)} figures in ten minutes",
        hint="containerInsights is a setting of the cluster; its metrics are in ECS/ContainerInsights",
    )


@LAB.check("fires", question="figures", points=2, rows=["F13"])
def the_alarm_fires(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The CPU is busier than `desk.limit` per cent; `desk.minutes` minutes and a few later the topic has been told."""
    here = site(cloud, variant)
    here.rest()
    here.offer(here.plan.limit - QUIET)
    cloud.advance(minutes=REST_MINUTES)
    here.calls()
    here.offer(here.plan.limit + ABOVE)
    cloud.advance(minutes=here.plan.minutes + LATE_MINUTES)
    late = here.plan.minutes + LATE_MINUTES
    expect(
        here.calls(),
        expected=f"somebody is called {late} minutes after the CPU went above {here.plan.limit} %",
        got="nobody was",
        hint=here.alarms(),
    )


@LAB.check("calm", question="figures", points=1, rows=["F13"], after="fires")
def nobody_is_called_for_nothing(cloud: Any, variant: Mapping[str, Any]) -> None:
    """An hour of a CPU that is busy, and less than `desk.limit` per cent: nobody is called."""
    here = site(cloud, variant)
    here.rest()
    here.calls()
    here.offer(here.plan.limit - BELOW)
    cloud.advance(hours=1)
    called = here.calls()
    expect(not called, expected="nobody is called", got=f"{len(called)} calls", hint=here.alarms())
