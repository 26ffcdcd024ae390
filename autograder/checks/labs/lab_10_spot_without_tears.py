"""Lab 10: a service and a job on Spot, with nothing lost that matters. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import must_be_stable
from autograder.checks.labs.spot_without_tears import hints
from autograder.checks.labs.spot_without_tears.lives import must_go_on, must_not_begin, taken_back
from autograder.checks.labs.spot_without_tears.plan import make_variant
from autograder.checks.labs.spot_without_tears.site import (
    OVER_MINUTES,
    REST_MINUTES,
    job_of,
    must_be_split,
    must_have_ended_well,
    must_hold,
    site,
)
from autograder.checks.labs.spot_without_tears.world import build_world

LESSON = "10-spot.ipynb"
DROUGHT_MINUTES = 20

LAB = Lab(
    id="10-spot-without-tears",
    title="Spot without tears",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "efs", "events", "iam", "logs"),
    questions=(
        Question("split-it", "Split it", 5, rows=("F19", "P08"), hints=hints.SPLIT_IT, lesson=LESSON),
        Question("leave-in-time", "Leave in time", 4, rows=("F04", "M07"), hints=hints.LEAVE_IN_TIME, lesson=LESSON),
        Question("keep-the-work", "Keep the work", 4, rows=("T07",), hints=hints.KEEP_THE_WORK, lesson=LESSON),
        Question("go-on", "Go on by itself", 4, rows=("F04", "T07"), hints=hints.GO_ON, lesson=LESSON),
        Question(
            "add-it-up", "Add it up", 3, needs=("left", "saving", "loses"), rows=("F19", "P08", "T07"),
            hints=hints.ADD_IT_UP, lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("split", question="split-it", points=1, rows=["F19"])
def the_tasks_are_split(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Ten minutes after your code ran, the service has its count of tasks: so many on demand and so many on Spot."""
    here = site(cloud, variant)
    here.rest()
    must_be_split(here, here.plan.count, "then")


@LAB.check("settled", question="split-it", points=1, rows=["F19"], after="split")
def your_code_waits_until_it_is_split(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has ended the service is stable: its count of tasks runs, and one deployment is left."""
    plan = site(cloud, variant).plan
    must_be_stable(plan.cluster, plan.service)


@LAB.check("base-holds", question="split-it", points=1, rows=["P08", "F04"], after="split")
def the_base_holds(cloud: Any, variant: Mapping[str, Any]) -> None:
    """AWS takes all of Spot back, and for twenty minutes there is none; every request is answered all the same."""
    here = site(cloud, variant)
    here.rest()
    least = here.plan.on_demand(here.plan.count)
    here.offer(least)
    cloud.advance(minutes=OVER_MINUTES)
    here.wave(1.0, drought=60 * DROUGHT_MINUTES)
    cloud.advance(minutes=DROUGHT_MINUTES)
    must_hold(here, least, cloud.served(here.plan.service, here.plan.cluster), "while there is no Spot")


@LAB.check("drains", question="leave-in-time", points=1, rows=["F04"])
def each_task_leaves_in_time(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Half of the Spot tasks are taken back; the program of each ends by itself, before it would be killed."""
    here = site(cloud, variant)
    here.rest()
    taken = here.wave(0.5)
    cloud.advance(minutes=OVER_MINUTES)
    must_have_ended_well(here, taken)


@LAB.check("released", question="leave-in-time", points=1, rows=["F04"], after="drains")
def your_code_waits_until_it_is_released(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has ended no task of the old definition is left: the service is stable."""
    plan = site(cloud, variant).plan
    must_be_stable(plan.cluster, plan.service)


@LAB.check("replaced", question="leave-in-time", points=1, rows=["F04", "F19"], after="drains")
def the_tasks_come_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Ten minutes after all of Spot was taken back, the service is split as before."""
    here = site(cloud, variant)
    here.rest()
    here.wave(1.0)
    cloud.advance(minutes=REST_MINUTES)
    must_be_split(here, here.plan.count, "ten minutes after the wave")


@LAB.check("keeps", question="keep-the-work", points=2, rows=["T07"])
def an_interruption_costs_little(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Started on Spot, taken back after 18 minutes and started again, the job goes on: `desk.may_lose` minutes of work
    are lost at most."""
    here = site(cloud, variant)
    taken_back(job_of(here), (18,))


@LAB.check("goes-on", question="go-on", points=2, rows=["F04", "T07"])
def the_job_goes_on_by_itself(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Started once and taken back twice, the job is started again by itself each time, on Spot, never twice at once,
    until its work is done."""
    here = site(cloud, variant)
    must_go_on(job_of(here), (20, 25))


@LAB.check("leaves-off", question="go-on", points=1, rows=["F04"], after="goes-on")
def nothing_else_starts_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Nothing else starts the job: not the end of its work, not somebody who stops it, not the service's lost tasks."""
    here = site(cloud, variant)
    must_not_begin(job_of(here))


@LAB.check("left", question="add-it-up", points=1, rows=["F19", "P08"])
def what_is_left_is_known(answers: Mapping[str, Any], cloud: Any, variant: Mapping[str, Any]) -> None:
    """`left` is the number of the season's tasks that serve when all of Spot is taken back."""
    plan, told = site(cloud, variant).plan, answers["left"]
    expect(
        _number(told) == plan.on_demand(plan.season),
        expected=f"the tasks on demand of {plan.season}",
        got=told,
        hint=f"{plan.base} of the base, and one of {plan.of} of the other {plan.season - plan.base}",
    )


@LAB.check("saving", question="add-it-up", points=1, rows=["P08"])
def the_saving_is_known(answers: Mapping[str, Any], cloud: Any, variant: Mapping[str, Any]) -> None:
    """`saving` is the saving in per cent, to a point, on the season's tasks against all of them on demand."""
    plan, told = site(cloud, variant).plan, answers["saving"]
    expect(
        abs(_number(told) - plan.saving) <= 1,
        expected="what the tasks on Spot save, as per cent of what all would cost on demand",
        got=told,
        hint="Spot saves 70 % on the tasks that are on Spot, and nothing on the others",
    )


@LAB.check("loses", question="add-it-up", points=1, rows=["T07"])
def the_loss_is_known(answers: Mapping[str, Any], cloud: Any, variant: Mapping[str, Any]) -> None:
    """`loses` is the number of minutes of work that an interruption costs the job at the most, to a minute."""
    plan, told = site(cloud, variant).plan, answers["loses"]
    expect(
        abs(_number(told) - plan.longest_loss) <= 1,
        expected="the longest time whose work is not written when the task must go",
        got=told,
        hint="a version that writes every so often loses what it did since; one that writes when told to stop, nothing",
    )


def _number(told: Any) -> float:
    """The answer as a number; one that is none equals nothing."""
    try:
        return float("nan") if isinstance(told, bool) else float(told)
    except (TypeError, ValueError):
        return float("nan")
