"""How the checks look at the learner's account: what somebody inside a task of the front reaches and may call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import Miss, expect
from autograder.checks.asking import active_service, asked, definition_of, network_of
from autograder.checks.labs.taken_task.plan import FRONT_PORT, Plan, plan_of
from simcloud.cloud.asking import Asking

REST_MINUTES = 20
"""In which a deployment of two tasks is over."""
FRONT_TASKS = 2


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def rest(self) -> None:
        """Let the copy come to rest."""
        active_service(self.plan.cluster, self.plan.front)
        self.cloud.advance(minutes=REST_MINUTES)

    def running(self, service: str) -> list[Any]:
        """The running tasks of a service. Raises Miss where there is none."""
        active_service(self.plan.cluster, service)
        found = list(self.cloud.tasks(self.plan.cluster, service=service, status="RUNNING"))
        if not found:
            stopped = self.cloud.tasks(self.plan.cluster, service=service)
            hint = (stopped[-1].why or stopped[-1].stopped_reason) if stopped else "read the service's events"
            raise Miss(f"running tasks of {service}", "none", hint)
        return found

    def front(self) -> list[Any]:
        """The running tasks of the front: as many as it has to have."""
        found = self.running(self.plan.front)
        stopped = [one for one in self.cloud.tasks(self.plan.cluster, service=self.plan.front) if one.stopped_reason]
        rollout = self.cloud.service(self.plan.front, self.plan.cluster).rollout
        expect(
            len(found) >= FRONT_TASKS and rollout == "COMPLETED",
            expected=f"{FRONT_TASKS} running tasks of {self.plan.front}, and its deployment COMPLETED",
            got=f"{len(found)}, and it is {rollout}",
            hint=(stopped[-1].why or stopped[-1].stopped_reason) if stopped else "read the service's events",
        )
        return found

    def may(self, task: Any, action: str, resource: str) -> Any:
        """IAM's answer to a call with the keys of a task: `allowed`, and `why` in our words."""
        expect(task.task_role, expected=f"a task role for {self.plan.front}", got="none", hint="taskRoleArn")
        return Asking(self.cloud._live).may(task.task_role, "check", action, resource)

    def inside(self, task: Any) -> Any:
        """Somebody who runs code in the task."""
        return self.cloud.inside(task.arn)


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


# --- calls


def must_do(here: Site, calls: Iterable[tuple[str, str]]) -> None:
    """Raise Miss unless the program's calls work from inside each task of the front."""
    for task in here.front():
        for action, resource in calls:
            found = here.may(task, action, resource)
            expect(
                found.allowed,
                expected=f"the program of {here.plan.front} may {action} on {resource}",
                got="it is denied",
                hint=found.why,
            )


def must_not_do(here: Site, calls: Iterable[tuple[str, str]]) -> None:
    """Raise Miss at the first of these calls that works from inside a task of the front."""
    task = here.front()[0]
    for action, resource in calls:
        expect(
            not here.may(task, action, resource).allowed,
            expected=f"who takes over a task of {here.plan.front} may do what its program does, and nothing else",
            got=f"{action} on {resource} works",
            hint="narrow the Action or the Resource of the task role's statements; the program never asks for that",
        )


def other_calls(plan: Plan) -> list[tuple[str, str]]:
    """What the program never asks for: other things, and more of its own."""
    own, mine = plan.own(), f"arn:aws:s3:::{plan.bucket}"
    unused = [action for action in ("s3:GetObject", "s3:DeleteObject") if (action, own) not in plan.program()]
    return [
        ("s3:GetObject", f"arn:aws:s3:::{plan.payroll_bucket}/november.csv"),
        ("s3:PutObject", f"arn:aws:s3:::{plan.payroll_bucket}/{plan.front}/1.pdf"),
        ("secretsmanager:GetSecretValue", payroll_secret()),
        ("ecr:GetAuthorizationToken", "*"),
        ("iam:CreateUser", "*"),
        ("s3:PutObject", f"{mine}/contracts/1.pdf"),
        ("s3:DeleteBucket", mine),
        *((action, own) for action in unused),
    ]


def payroll_secret() -> str:
    """ARN of the secret that is none of the front's business."""
    describe = boto3.client("secretsmanager").describe_secret
    return str(asked(describe, "the secret payroll-login", SecretId="payroll-login")["ARN"])


# --- connections


def must_reach(here: Site, task: Any) -> None:
    """Raise Miss unless the task reaches the database."""
    plan = here.plan
    host = here.running(plan.database)[0].private_ip
    found = here.inside(task).reach(host, plan.port)
    expect(
        found.open,
        expected=f"a task of {plan.front} reaches {plan.database} at port {plan.port}",
        got="it does not",
        hint=found.why,
    )


def must_be_served(here: Site, customer: Any) -> None:
    """Raise Miss unless the customer reaches each task of the front at the port where it serves."""
    for task in here.front():
        found = here.inside(customer).reach(task.private_ip, FRONT_PORT)
        expect(
            found.open,
            expected=f"{here.plan.front} still serves everybody at port {FRONT_PORT}",
            got="a customer does not reach it",
            hint=found.why,
        )


def must_not_reach(here: Site, task: Any, who: str, *targets: tuple[str, int]) -> None:
    """Raise Miss at the first of these hosts, or services, that the task reaches."""
    for target, port in targets:
        is_service = target in (here.plan.database, "payroll")
        host = here.running(target)[0].private_ip if is_service else target
        found = here.inside(task).reach(host, port)
        expect(
            not found.open,
            expected=f"{who} does not reach {target} at port {port}",
            got="it does",
            hint=f"{found.why}; a rule can name a port, and another group in place of addresses",
        )


def task_elsewhere(here: Site, group: str) -> Any:
    """A task of the front's own definition, in another security group, in this copy."""
    held = active_service(here.plan.cluster, here.plan.front)
    place = {**network_of(held), "securityGroups": [group]}
    made = asked(
        boto3.client("ecs").run_task,
        f"a task of {here.plan.front} can be started",
        cluster=here.plan.cluster,
        taskDefinition=held["taskDefinition"],
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": place},
    )
    here.rest()
    return here.cloud.task(made["tasks"][0]["taskArn"])


# --- the password


def must_hold_no_password(here: Site) -> None:
    """Raise Miss at an ACTIVE definition in which the password stands."""
    ecs = boto3.client("ecs")
    definition_of(here.plan.cluster, here.plan.front)
    for page in ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE"):
        for arn in page["taskDefinitionArns"]:
            held = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
            expect(
                here.plan.password not in json.dumps(held, default=str),
                expected="no ACTIVE definition holds the password",
                got=f"{arn.rsplit('/', 1)[-1]} does",
                hint="a new revision with `secrets` in place of `environment`, and the old one deregistered",
            )


def must_see(here: Site, tasks: Iterable[Any], value: str, when: str) -> None:
    """Raise Miss unless the program finds this password in its variable."""
    for task in tasks:
        seen = here.inside(task).environment
        expect(
            seen.get(here.plan.variable) == value,
            expected=f"{when} the program finds the password in {here.plan.variable}",
            got="another value" if here.plan.variable in seen else f"only {', '.join(sorted(seen)) or 'no variables'}",
            hint="`secrets` in the container definition: name and valueFrom; a task reads them when it starts",
        )


def source_of(here: Site) -> str:
    """Where the front's variable comes from: an ARN, or a parameter's name."""
    for container in definition_of(here.plan.cluster, here.plan.front)["containerDefinitions"]:
        for secret in container.get("secrets", []):
            if secret["name"] == here.plan.variable:
                return str(secret["valueFrom"])
    raise Miss(
        f"{here.plan.variable} under `secrets`", "it is not there", "secrets=[{'name': ..., 'valueFrom': <ARN>}]"
    )


def rotate(source: str, value: str) -> None:
    """Put another value where the variable comes from. Raises Miss where it cannot be found."""
    what = f"what {source} names can be changed"
    if ":secretsmanager:" in source:
        parts = source.split(":")
        key = parts[7] if len(parts) > 7 else ""
        text = json.dumps({key: value}) if key else value
        put = boto3.client("secretsmanager").put_secret_value
        asked(put, what, SecretId=":".join(parts[:7]), SecretString=text)
        return
    ssm, name = boto3.client("ssm"), source.split(":parameter", 1)[-1]
    try:
        ssm.get_parameter(Name=name)
    except ClientError:
        name = name.lstrip("/")
    asked(ssm.put_parameter, what, Name=name, Value=value, Type="SecureString", Overwrite=True)
