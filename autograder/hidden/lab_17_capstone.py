"""Lab 17 after submission: a rotation, a storm on Spot, a lost zone, a busier day, a faulty release; and the week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.capstone.plan import PER_TASK, WEEK_HOURS
from autograder.checks.labs.capstone.site import (
    REST_MINUTES,
    Site,
    by_provider,
    must_answer,
    must_be_whole,
    must_run,
    paid_for_fargate,
    release,
    set_count,
    site,
    standing,
    started,
)
from autograder.checks.labs.lab_17_capstone import DAY, LAB, PROMISED, RELEASE_MINUTES
from simcloud.cloud.asking import Asking

NEW_PASSWORD = "kittiwake-63"
BAD_MINUTES = 45
NOON = 12
MOST_HURT = 0.02
"""Of the requests of 45 minutes with a faulty release: a canary's share of them, until the alarm."""


def _rotate(here: Site) -> None:
    secrets = boto3.client("secretsmanager")
    what = f"the secret {here.plan.secret} can be rotated"
    asked(secrets.put_secret_value, what, SecretId=here.plan.secret, SecretString=NEW_PASSWORD)


def _until_noon(here: Site) -> None:
    """Let the night pass: the pipeline releases by day."""
    here.cloud.advance(hours=(NOON - here.cloud.now.hour) % DAY or DAY)


@LAB.check("not-plain", question="the-ground", points=1, rows=["P10"], after="password")
def the_password_stands_nowhere(cloud: Any, variant: Mapping[str, Any]) -> None:
    """No ACTIVE definition has the password in plain text; after a rotation a new task has the new one."""
    here = site(cloud, variant)
    ecs = boto3.client("ecs")
    for arn in ecs.list_task_definitions(status="ACTIVE")["taskDefinitionArns"]:
        text = str(ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]["containerDefinitions"])
        expect(
            here.plan.password not in text,
            expected="no password in a task definition",
            got=f"{arn.rsplit('/', 1)[-1]} shows it to everybody who may describe it",
            hint="under `secrets` stands the ARN; deregister the revision",
        )
    _rotate(here)
    seen = started(here).containers[0].environment
    hint = f"valueFrom names the secret {here.plan.secret}, without a version"
    expect(seen.get(here.plan.variable) == NEW_PASSWORD, expected="the new password", got="the old one", hint=hint)


@LAB.check("narrow", question="the-ground", points=1, rows=["P10"], after="starts")
def the_execution_role_reads_one_secret(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The execution role bears the service's name in front, and reads this secret and no other one of the account."""
    here = site(cloud, variant)
    role = started(here).execution_role
    other = f"arn:aws:secretsmanager:{cloud.region}:{cloud.account}:secret:payments-AbCdEf"
    for action in ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"):
        found = Asking(cloud._live).may(role, "check", action, other)
        got = f"it may {action} on {other}"
        expect(not found.allowed, expected="one secret, to read", got=got, hint=f"{found.why}; name its ARN")
    here.must_bear_its_name(role.rsplit("/", 1)[-1])


@LAB.check("storm", question="bring-it-up", points=1, rows=["P08"], after="whole")
def the_base_outlives_a_storm(cloud: Any, variant: Mapping[str, Any]) -> None:
    """All of Spot is taken and for half an hour there is none: the base serves what it can answer, all the while."""
    here = site(cloud, variant)
    plan = here.plan
    here.rest()
    set_count(here, plan.base + plan.of)
    cloud.advance(minutes=REST_MINUTES)
    here.customers(0.8 * PER_TASK * plan.base)
    cloud.reclaim_spot(1.0, drought=1800)
    cloud.advance(minutes=30)
    on_demand, _ = by_provider(here)
    hint = "base in the strategy, on FARGATE"
    expect(on_demand >= plan.base, expected=f"{plan.base} tasks on demand", got=on_demand, hint=hint)
    must_answer(here, 30, PROMISED, "while there is no Spot")


@LAB.check("loses-a-zone", question="bring-it-up", points=1, rows=["P01"], after="whole")
def it_outlives_a_kill_and_a_zone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task is killed, then a zone is lost; twenty minutes later the count is there again, healthy."""
    here = site(cloud, variant)
    here.rest()
    first = here.tasks()
    must_be_whole(here, "before")
    cloud.kill_task(first[0].arn)
    cloud.advance(minutes=REST_MINUTES)
    must_be_whole(here, "after a task was killed")
    cloud.lose_zone(here.tasks()[0].zone)
    cloud.advance(minutes=20)
    must_be_whole(here, "after a zone was lost")


@LAB.check("busier-day", question="follow-the-load", points=1, rows=["F17"], after="follows")
def it_lives_a_busier_day(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A day with a quarter more customers: 99.5 % of its requests are answered."""
    here = site(cloud, variant)
    here.rest()
    here.days(1.25)
    cloud.advance(hours=DAY)
    must_answer(here, DAY * 60, PROMISED, "on a day with a quarter more customers")


@LAB.check("goes-back", question="by-canary", points=1, rows=["P09"], after="first-few")
def a_faulty_release_hurts_few(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A version is released that is healthy and fails 3 of 10: 45 minutes later 1.1 runs, and 98 % were answered."""
    here = site(cloud, variant)
    here.rest(RELEASE_MINUTES)
    here.customers(here.plan.high / 3)
    cloud.advance(minutes=30)
    release(here, "2.0")
    cloud.advance(minutes=BAD_MINUTES)
    must_run(here, "1.1", f"{BAD_MINUTES} minutes after the bad version came")
    must_answer(here, BAD_MINUTES, MOST_HURT, "meanwhile")


@LAB.check("week", question="live-a-week", points=2, rows=["P01", "P08", "P09", "F17", "P10", "P04"])
def it_lives_a_week(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A week: a release, a rotation, a storm, a lost zone, busier days, a faulty release. What is promised holds."""
    here = site(cloud, variant)
    here.rest(RELEASE_MINUTES)
    must_be_whole(here, "before the week")
    since = cloud.world.now
    here.days()
    _until_noon(here)
    release(here, "1.2")
    cloud.advance(hours=DAY)
    must_run(here, "1.2", "a day after its release")
    _rotate(here)
    cloud.reclaim_spot(1.0)
    cloud.advance(hours=DAY)
    zone = here.tasks()[0].zone
    cloud.lose_zone(zone)
    cloud.advance(hours=6)
    cloud.restore_zone(zone)
    here.days(1.25)
    cloud.advance(hours=DAY)
    _until_noon(here)
    release(here, "2.0")
    cloud.advance(hours=WEEK_HOURS - (cloud.world.now - since) / 3600)
    must_run(here, "1.2", "at the end of the week")
    must_be_whole(here, "at the end of the week")
    must_answer(here, WEEK_HOURS * 60, PROMISED, "in the week")
    newest = max(here.tasks(), key=lambda task: task.created_at).containers[0].environment
    expect(newest.get(here.plan.variable) == NEW_PASSWORD, expected="the rotated password", got="another one")
    paid, full = paid_for_fargate(here, since), standing(here.plan, WEEK_HOURS)
    expect(
        paid <= 0.6 * full,
        expected=f"Fargate costs at most 60 % of ${full:.2f}, the price of tasks for the peak on demand all week",
        got=f"${paid:.2f}",
        hint="fewer tasks at night, Spot beyond the base, tasks of a quarter vCPU and 512 MiB",
    )
