"""A learner's world as the checks of lab 15 see it: what was said of a service, and whether it works when asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks.asking import active_service, asked
from autograder.checks.check import expect
from autograder.checks.labs.incidents.plan import Plan, Planted, plan_of
from simcloud.reason import symptoms

START_MINUTES, FRONT_MINUTES = 5, 8
"""In which a task of a service that is well is RUNNING and steady; behind a load balancer, beyond its grace period."""
STEADY_SECONDS = 150
"""So long it must have run by then: longer than a container's or a target's failing checks let it."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def service(self, one: Planted) -> dict[str, Any]:
        """Raises Miss where it is gone."""
        return active_service(self.plan.cluster, one.service)

    def tasks(self, one: Planted, status: str | None = None) -> list[Any]:
        """Its tasks that ECS still shows."""
        self.service(one)
        return list(self.cloud.tasks(self.plan.cluster, service=one.service, status=status))

    def said(self, one: Planted) -> list[str]:
        """All that AWS and the program say of a service, and what our story adds to it."""
        return [*self._of_tasks(one), *self.events(one), *self._of_log(one), *self._of_targets(one)]

    def _of_tasks(self, one: Planted) -> Iterator[str]:
        for task in self.tasks(one):
            yield from (task.stopped_reason, *(container.reason for container in task.containers))
        for line in self.cloud.story.about(one.service):
            yield from (line.what, line.why)

    def events(self, one: Planted) -> Iterator[str]:
        """What the service tells, newest first."""
        yield from (event["message"] for event in self.service(one)["events"])

    def _of_log(self, one: Planted) -> Iterator[str]:
        pages = boto3.client("logs").get_paginator("filter_log_events").paginate(logGroupName=one.group)
        try:
            yield from (event["message"] for page in pages for event in page["events"])
        except ClientError:
            return  # there is no such log group: that may be what is wrong

    def _of_targets(self, one: Planted) -> Iterator[str]:
        ask = boto3.client("elbv2").describe_target_health
        for group in self.groups(one):
            for target in asked(ask, f"the target group of {one.service}", TargetGroupArn=group)[
                "TargetHealthDescriptions"
            ]:
                yield target["TargetHealth"].get("Description", "")

    def groups(self, one: Planted) -> list[str]:
        """ARNs of the target groups that the service registers its tasks with."""
        held = self.service(one).get("loadBalancers", [])
        return [member["targetGroupArn"] for member in held if "targetGroupArn" in member]


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def tells(pattern: str, one: Planted, text: str) -> bool:
    """Does the text hold what the pattern says of this service?"""
    return re.search(pattern.replace("{name}", one.service), text, re.MULTILINE) is not None


def where_to_look(here: Site, one: Planted) -> str:
    """The place in which the clue about a service stands, computed from its world; not the clue itself."""
    tasks = here.tasks(one)
    ended = [task for task in tasks if task.stopped_reason]
    if not tasks:
        return f"{one.service} has no tasks at all: the service's events say why none could be launched"
    if not ended:
        return f"the tasks of {one.service} run: what does its program write to {one.group}?"
    last = ended[-1]
    if last.stop_code == "TaskFailedToStart":
        return f"{one.service} does not start: the stoppedReason of a stopped task says what it waited for"
    if "ELB" in last.stopped_reason:
        return (
            f"the program of {one.service} runs, and its load balancer finds it ill: DescribeTargetHealth, and the "
            "service's event that says `unhealthy`, tell how"
        )
    return f"the program of {one.service} ran and was ended: exit code and reason of the container, events, its log"


def family_of(here: Site, one: Planted) -> str:
    """The two questions of lesson 15 to the last stopped reason: which step, what went wrong; not the cause itself."""
    ended = [task.stopped_reason for task in here.tasks(one) if task.stopped_reason]
    if not ended:
        return where_to_look(here, one)
    read = symptoms.read(ended[-1])
    return f"its last task stopped where Fargate {read.step}, for: {read.kind}. Look at: {read.look}"


# --- does it work?


def must_work(here: Site, *every: Planted, passwords: Mapping[str, str] | None = None) -> None:
    """Raise Miss unless tasks that the services start now run, are well, and do what they are there for."""
    began = here.cloud.world.now
    for one in every:
        asked(
            boto3.client("ecs").update_service,
            f"{one.service} can be deployed again",
            cluster=here.plan.cluster,
            service=one.service,
            forceNewDeployment=True,
            desiredCount=1,
        )
    here.cloud.advance(minutes=patience(*every))
    for one in every:
        _must_have_started(here, one, began, (passwords or {}).get(one.service, one.password))


def patience(*every: Planted) -> float:
    """Minutes in which their tasks are RUNNING, healthy, and beyond the grace period of a load balancer."""
    return FRONT_MINUTES if any(one.cause.kind == "front" for one in every) else START_MINUTES


def _must_have_started(here: Site, one: Planted, began: float, password: str) -> None:
    cloud = here.cloud
    new = [task for task in here.tasks(one, "RUNNING") if task.started_at and task.created_at >= began]
    expected = f"a task of {one.service} that is started now runs and goes on running"
    ended = [task for task in here.tasks(one) if task.stopped_reason]
    got = ended[-1].stopped_reason if ended else next(here.events(one), "no task")
    expect(new, expected=expected, got=got, hint=family_of(here, one))
    task = new[-1]
    ran = cloud.world.now - task.started_at
    again = f"it has run for {ran:.0f} s, and another was ended before" + (f": {got}" if ended else "")
    expect(ran >= STEADY_SECONDS, expected=expected, got=again, hint=family_of(here, one))
    seen = task.containers[0].environment
    expect(
        password in seen.values(),
        expected=f"the task has the password in its environment, out of the secret {one.secret}",
        got=", ".join(f"{name}=..." for name in seen) or "no variables",
        hint="`secrets` in the definition: the secret's ARN, then :password::",
    )
    for call in task.calls:
        hint = f"the program calls with the task role, {one.task_role}"
        expect(call.outcome == "ok", expected="what the program does is allowed", got=call.outcome, hint=hint)
    _must_be_well(here, one, task)


def _must_be_well(here: Site, one: Planted, task: Any) -> None:
    health = boto3.client("ecs").describe_tasks(cluster=here.plan.cluster, tasks=[task.arn])["tasks"][0]["healthStatus"]
    expected = f"the container of {one.service} is HEALTHY"
    expect(health != "UNHEALTHY", expected=expected, got=health, hint=family_of(here, one))
    ask = boto3.client("elbv2").describe_target_health
    for group in here.groups(one):
        found = asked(ask, "the target group", TargetGroupArn=group)["TargetHealthDescriptions"]
        states = [target["TargetHealth"] for target in found if target["Target"]["Id"] == task.private_ip]
        expect(
            [state["State"] for state in states] == ["healthy"],
            expected=f"the task of {one.service} is a healthy target",
            got=[f"{state['State']}: {state.get('Description', '')}" for state in states],
            hint=task.why or "read what DescribeTargetHealth says: a code, a time-out, or nobody there",
        )


def rotate(one: Planted) -> str:
    """Give the secret another password; the new one. Raises Miss where AWS refuses."""
    new = f"{one.password}-rotated"
    asked(
        boto3.client("secretsmanager").put_secret_value,
        f"the secret {one.secret} can be rotated",
        SecretId=one.secret,
        SecretString=json.dumps({"user": one.service, "password": new}),
    )
    return new
