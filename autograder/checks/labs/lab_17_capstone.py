"""Lab 17: a production service from an empty account to a canary release. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import asked, strategy_of
from autograder.checks.labs.blue_green.told import told_by_ecs
from autograder.checks.labs.capstone import hints
from autograder.checks.labs.capstone.plan import PER_TASK, WEEK_HOURS, make_variant
from autograder.checks.labs.capstone.site import (
    START_MINUTES,
    by_provider,
    first_share,
    must_answer,
    must_be_whole,
    must_run,
    paid_for_fargate,
    release,
    revisions,
    set_count,
    site,
    started,
)
from autograder.checks.labs.capstone.world import build_world

LESSON = "17-putting-it-together.ipynb"
PROMISED = 0.005
"""The share of the requests that may fail: in an hour of load, and in a week."""
RAMP = 1800
"""Seconds in which a quiet hour becomes a busy one."""
LATE = 3.0
"""Minutes by which a part of a release may last longer than it is to: AWS publishes no seconds between two stages."""
TOLERANCE = 0.1
RELEASE_MINUTES = 45
"""In which the release of version 1.1 is over."""
DAY = 24
FLOOD = 4
"""Times what comes at 14 o'clock of a usual day."""
QUIET_HOURS = 2

LAB = Lab(
    id="17-capstone",
    title="Capstone",
    version=1,
    variant=make_variant,
    world=build_world,
    services=(
        "application-autoscaling", "cloudwatch", "ec2", "ecr", "ecs", "elbv2", "iam", "logs", "secretsmanager", "ssm",
        "sts",
    ),
    questions=(
        Question("the-ground", "The ground", 5, rows=("P10", "P04"), hints=hints.THE_GROUND, lesson=LESSON),
        Question("bring-it-up", "Bring it up", 5, rows=("P01", "P08"), hints=hints.BRING_IT_UP, lesson=LESSON),
        Question("follow-the-load", "Follow the load", 3, rows=("F17",), hints=hints.FOLLOW, lesson=LESSON),
        Question("by-canary", "Release by canary", 4, rows=("P09",), hints=hints.BY_CANARY, lesson=LESSON),
        Question(
            "live-a-week", "Live a week", 3, needs=("bill",), rows=("P01", "P08", "P09", "F17"),
            hints=hints.LIVE_A_WEEK, lesson=LESSON,
        ),
    ),
)  # fmt: skip


# --- 1. the ground


@LAB.check("starts", question="the-ground", points=1, rows=["P10"])
def a_task_of_it_starts(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the newest revision, which is registered for Fargate, is RUNNING four minutes after it is started."""
    here = site(cloud, variant)
    started(here)
    fits = here.newest().get("requiresCompatibilities", [])
    hint = "requiresCompatibilities: AWS holds it against Fargate's rules then, not when a task is to start"
    expect("FARGATE" in fits, expected="a definition that is registered for FARGATE", got=fits or "none", hint=hint)


@LAB.check("password", question="the-ground", points=1, rows=["P10"], after="starts")
def it_has_its_password(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The task finds the password in its environment, under `desk.variable`."""
    here = site(cloud, variant)
    seen = started(here).containers[0].environment
    expect(
        seen.get(here.plan.variable) == here.plan.password,
        expected=f"the password in {here.plan.variable}",
        got=", ".join(sorted(seen)) or "no variables",
        hint="`secrets`: name and valueFrom; the secret holds the password, and nothing around it",
    )


@LAB.check("logged", question="the-ground", points=1, rows=["P04"], after="starts")
def what_it_says_is_logged(cloud: Any, variant: Mapping[str, Any]) -> None:
    """What the program says stands in the log group `desk.group`."""
    here = site(cloud, variant)
    started(here)
    pages = asked(
        boto3.client("logs").filter_log_events, f"the log group {here.plan.group}", logGroupName=here.plan.group
    )
    lines = [event["message"] for event in pages["events"]]
    hint = "logConfiguration: awslogs, with group, region and stream prefix"
    expect(any("sells tickets" in line for line in lines), expected="the program's line", got=lines[-3:], hint=hint)


# --- 2. bring it up


@LAB.check("stands", question="bring-it-up", points=1, rows=["P01"])
def it_stands_when_the_cell_ends(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code had run, `desk.least` targets were healthy; what it made bears the service's name in front."""
    here = site(cloud, variant)
    healthy = here.healthy()
    hint = "a service is stable as soon as its tasks run; the load balancer asks them afterwards, and has a waiter too"
    expect(
        healthy >= here.plan.least,
        expected=f"{here.plan.least} healthy targets as soon as your code has run",
        got=healthy,
        hint=hint,
    )
    here.must_bear_its_name(*here.made_for_it())


@LAB.check("whole", question="bring-it-up", points=1, rows=["P01"])
def it_has_its_count(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Ten minutes after your code ran, `desk.least` tasks run, each a healthy target, and customers are answered."""
    here = site(cloud, variant)
    here.rest()
    must_be_whole(here, "then")
    here.customers(here.plan.low)
    cloud.advance(minutes=10)
    must_answer(here, 10, PROMISED, "then")


@LAB.check("blend", question="bring-it-up", points=1, rows=["P08"], after="whole")
def it_blends_on_demand_and_spot(cloud: Any, variant: Mapping[str, Any]) -> None:
    """With more tasks, `desk.base` are on demand, and of those beyond one in `desk.of`; the others are on Spot."""
    here = site(cloud, variant)
    plan = here.plan
    here.rest()
    count = plan.base + 2 * plan.of
    set_count(here, count)
    cloud.advance(minutes=START_MINUTES)
    on_demand, spot = by_provider(here)
    expect(
        on_demand == plan.base + 2 and spot == count - on_demand,
        expected=f"of {count} tasks {plan.base + 2} on demand and {count - plan.base - 2} on Spot",
        got=f"{on_demand} on demand and {spot} on Spot",
        hint=f"{strategy_of(here.service())}: the base comes first, the others are split by weight",
    )


# --- 3. follow the load


@LAB.check("follows", question="follow-the-load", points=1, rows=["F17"])
def it_follows_the_load(cloud: Any, variant: Mapping[str, Any]) -> None:
    """In half an hour `desk.low` requests a second become `desk.high`; in the two hours 99.5 % are answered."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    cloud.load(plan.service, cluster=plan.cluster, points=[(0, plan.low), (RAMP, plan.high)])
    cloud.advance(hours=2)
    must_answer(here, 120, PROMISED, "in these two hours")
    needed = plan.high / PER_TASK
    count = len(here.tasks())
    hint = "a scalable target and a policy of Application Auto Scaling"
    expect(count >= needed, expected=f"{needed:.0f} tasks or more for {plan.high} a second", got=count, hint=hint)


@LAB.check("comes-back", question="follow-the-load", points=1, rows=["F17"], after="follows")
def it_comes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """In a flood at most `desk.most` tasks run; four hours later, with `desk.low` requests a second, `desk.least`."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    here.customers(FLOOD * plan.high)
    cloud.advance(hours=1)
    count = len(here.tasks())
    flood = f"at most {plan.most} tasks in a flood of {FLOOD * plan.high} requests a second"
    expect(count <= plan.most, expected=flood, got=count, hint="MaxCapacity")
    here.customers(plan.low)
    cloud.advance(hours=4)
    count = len(here.tasks())
    hint = "MinCapacity; a policy that can also scale in"
    expect(count == plan.least, expected=f"{plan.least} tasks in the quiet hour", got=count, hint=hint)


# --- 4. by canary


@LAB.check("released", question="by-canary", points=1, rows=["P09"])
def the_next_version_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Three quarters of an hour after your code ran, version 1.1 runs, and no other."""
    here = site(cloud, variant)
    here.rest(RELEASE_MINUTES)
    must_run(here, "1.1", "then")
    must_be_whole(here, "then")


@LAB.check("first-few", question="by-canary", points=1, rows=["P09"], after="released")
def a_few_get_it_first(cloud: Any, variant: Mapping[str, Any]) -> None:
    """1.2 on a busy day: `desk.percent` of the customers first, for `desk.bake` minutes; 1.1 stays `desk.keep` more."""
    here = site(cloud, variant)
    plan = here.plan
    here.rest(RELEASE_MINUTES)
    here.customers(plan.high / 2)
    cloud.advance(minutes=30)
    old = revisions(here)
    release(here, "1.2")
    cloud.advance(minutes=60)
    share, lasted = first_share(here, 60, old)
    expect(
        abs(share - plan.percent) < 1 and plan.bake - 0.6 <= lasted <= plan.bake + LATE,
        expected=f"{plan.percent} % of the customers for {plan.bake} minutes, then all",
        got=f"{share:.0f} % for {lasted:.0f} minutes" if share else "no customer went over",
        hint=f"strategy CANARY, canaryPercent, canaryBakeTimeInMinutes; {told_by_ecs(plan.cluster, plan.service)}",
    )
    kept = here.service()["deploymentConfiguration"].get("bakeTimeInMinutes")
    expect(
        kept == plan.keep,
        expected=f"the old version stays for {plan.keep} minutes when all have the new one",
        got=f"for {kept}",
        hint="bakeTimeInMinutes, beside canaryConfiguration",
    )
    must_answer(here, 60, PROMISED, "meanwhile")
    must_run(here, "1.2", "an hour later")


@LAB.check("over", question="by-canary", points=1, rows=["P09"], after="released")
def it_is_over_and_watched(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code had run, 1.1 ran alone. Two hours without customers later the alarms, named as asked, say OK."""
    here = site(cloud, variant)
    must_run(here, "1.1", "as soon as your code has run")
    cloud.advance(hours=QUIET_HOURS)
    states = here.alarms()
    quiet = f"alarms of the deployment that say OK after {QUIET_HOURS} hours without customers"
    told = [f"{name} {state}" for name, state in states.items()]
    hint = "deploymentConfiguration names them under alarms; TreatMissingData says what a minute without a figure is"
    expect(states and set(states.values()) == {"OK"}, expected=quiet, got=told or "no alarm", hint=hint)
    here.must_bear_its_name(*states, *here.moved_by())


# --- 5. live a week


@LAB.check("estimate", question="live-a-week", points=1, rows=["F17", "P08"])
def the_bill_is_known(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`bill` is what Fargate costs in a week of usual days, to within 10 %; 99.5 % are answered."""
    here = site(cloud, variant)
    here.rest(RELEASE_MINUTES)
    must_be_whole(here, "before the week")
    here.days()
    since = cloud.world.now
    cloud.advance(hours=DAY)
    must_answer(here, DAY * 60, PROMISED, "on a usual day")
    paid = WEEK_HOURS / DAY * paid_for_fargate(here, since)
    given = answers["bill"]
    try:
        told = float(given)
    except (TypeError, ValueError):
        told = -1.0
    expect(
        abs(told - paid) <= TOLERANCE * paid,
        expected="dollars for Fargate in a week of usual days, as your own service lives it",
        got=given,
        hint=f"{'too high' if told > paid else 'too low, or no number'}: copy the world, load it, let seven days pass",
    )
