"""A learner's world as the checks of lab 05 see it: who knows which password, from where, and who may read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import active_service, asked, definition_of, start_one
from autograder.checks.check import Miss, NotAttempted, expect
from autograder.checks.labs.secret_rotation.plan import Plan, plan_of
from autograder.checks.labs.secret_rotation.world import STORED
from simcloud.cloud.asking import Asking

PATIENCE_MINUTES = 6
"""Of a task that starts, or fails to: a pull takes seconds here, and a missing way is given up after five minutes."""
ROLL_MINUTES = 15
"""Of a forced deployment of two or three tasks without a load balancer."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def definition(self, service: str = "") -> dict[str, Any]:
        return definition_of(self.plan.cluster, service or self.plan.service)

    def roles(self, service: str = "") -> tuple[str, str]:
        """Execution and task role that the service's definition names; '' for none."""
        named = self.definition(service)
        return str(named.get("executionRoleArn", "")), str(named.get("taskRoleArn", ""))

    def variable(self, service: str) -> str:
        """The environment variable in which the service's program looks for its password."""
        return self.plan.variable if service == self.plan.service else STORED

    def reference(self, service: str = "") -> str:
        """The `valueFrom` of the service's password; '' where it is not given by reference."""
        wanted = self.variable(service or self.plan.service)
        secrets = [one for each in self.definition(service)["containerDefinitions"] for one in each.get("secrets", [])]
        return next((str(one["valueFrom"]) for one in secrets if one["name"] == wanted), "")

    def own_reference(self) -> str:
        """That of your service. Raises NotAttempted while its password lies open."""
        if not (found := self.reference()):
            raise NotAttempted(f"{self.plan.service} has no reference to a secret yet: work on `close-it` first.")
        return found

    def stored(self) -> dict[str, Any]:
        """What the secret holds now. Raises Miss where that is no JSON object."""
        plan = self.plan
        what = f"the secret {plan.secret} holds a JSON object with the keys {', '.join(plan.keys)}"
        text = asked(boto3.client("secretsmanager").get_secret_value, what, SecretId=plan.secret).get(
            "SecretString", ""
        )
        try:
            held = json.loads(text)
        except ValueError:
            held = None
        if not isinstance(held, dict) or not set(plan.keys) <= set(held):
            raise Miss(what, "something else", "read it, change one value in the dict, write json.dumps of the dict")
        return held

    def password(self) -> str:
        """The password that your service is to use now."""
        return str(self.stored()[self.plan.key])

    def known(self, service: str) -> list[str]:
        """What each running task of the service finds in its variable."""
        active_service(self.plan.cluster, service)
        tasks = self.cloud.tasks(self.plan.cluster, service=service, status="RUNNING")
        return [found(task, self.variable(service)) for task in tasks if task.desired == "RUNNING"]

    def may(self, role: str, action: str, resource: str) -> Any:
        """IAM's answer for a role: `allowed`, and `why` in our words."""
        return Asking(self.cloud._live).may(role, "check", action, resource)


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def found(task: Any, variable: str) -> str:
    """What a task's program finds in a variable; '' where there is none."""
    held = [each.environment[variable] for each in task.containers if variable in each.environment]
    return str(held[0]) if held else ""


def active_definitions() -> Iterator[tuple[str, dict[str, Any]]]:
    """(family:revision, definition) of every ACTIVE revision."""
    ecs = boto3.client("ecs")
    pages = ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE")
    for name in (arn for page in pages for arn in page["taskDefinitionArns"]):
        yield name.rsplit("/", 1)[-1], ecs.describe_task_definition(taskDefinition=name)["taskDefinition"]


def holds(definition: Mapping[str, Any], passwords: Iterable[str]) -> bool:
    """Does one of these passwords stand anywhere in the containers of a definition?"""
    text = json.dumps(definition["containerDefinitions"])
    return any(password in text for password in passwords)


def must_find(here: Site, service: str, password: str, when: str) -> None:
    """Raise Miss unless a task of the service that is started now runs and finds this password."""
    task = must_start(here, service, when)
    variable = here.variable(service)
    got = found(task, variable)
    reference = here.reference(service) or "none"
    expect(
        got == password,
        expected=f"it finds the password in {variable}",
        got=f"{variable} holds something else" if got else f"no variable {variable}",
        hint=f"{task.definition} refers to `{reference}`: ARN, then the JSON key, the stage and the version, of "
        "which these two stay empty",
    )


def must_start(here: Site, service: str, when: str) -> Any:
    """A task of the service, started now. Raises Miss unless it runs."""
    task = start_one(here.cloud, here.plan.cluster, service, PATIENCE_MINUTES)
    expect(
        task.status == "RUNNING",
        expected=f"a task of {service} that is started {when} is RUNNING after {PATIENCE_MINUTES} minutes",
        got=f"{task.status}: {task.stopped_reason or 'no reason yet'}",
        hint=task.why or "read the task's stoppedReason from its end: who, what, why",
    )
    return task


def must_know(here: Site, service: str, password: str, when: str) -> None:
    """Raise Miss unless all that the service wants runs, and every task knows this password."""
    wanted = int(active_service(here.plan.cluster, service)["desiredCount"])
    known = here.known(service)
    count = here.plan.count if service == here.plan.service else 2
    expect(
        len(known) >= max(wanted, count),
        expected=f"{when} {count} tasks of {service} run",
        got=f"{len(known)}",
        hint="wait with the waiter services_stable, and leave the count as it was",
    )
    old = sum(one != password for one in known)
    pinned = here.reference(service).split(":")[8:]
    hint = "a running task keeps what it read at its start: update_service with forceNewDeployment=True replaces it"
    if any(pinned):
        hint = f"its definition names the version {pinned[-1] or pinned[0]}: take that out, in a new revision"
    expect(
        not old,
        expected=f"{when} every task of {service} has the newest password",
        got=f"{old} of {len(known)} have another one",
        hint=hint,
    )


def rotate(here: Site) -> str:
    """Put another value into the secret, on this copy; the new password."""
    held = here.stored()
    new = "guillemot-4711-" + str(len(str(held)))
    here.cloud.rotate_secret(here.plan.secret, json.dumps({**held, here.plan.key: new}))
    return new


def short(role: str) -> str:
    """The role's name, as a learner says it."""
    return role.rsplit("/", 1)[-1] or "no role"


def must_not(here: Site, role: str, asks: Iterable[tuple[str, str]], who: str) -> None:
    """Raise Miss at the first (action, resource) that the role is allowed and never used for."""
    for action, resource in asks:
        answer = here.may(role, action, resource)
        expect(
            not answer.allowed,
            expected=f"{short(role)} may do what {who} needs, and nothing else",
            got=f"it may {action} on {resource}",
            hint=f"{answer.why}; narrow the Action or the Resource of that statement",
        )


def secret_arns() -> dict[str, str]:
    """Name -> ARN of every secret of the account."""
    pages = boto3.client("secretsmanager").get_paginator("list_secrets").paginate()
    return {str(one["Name"]): str(one["ARN"]) for page in pages for one in page["SecretList"]}
