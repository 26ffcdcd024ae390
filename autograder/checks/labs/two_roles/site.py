"""A learner's world as the checks of lab 04 see it: which roles the service has, and what each of them may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import people
from autograder.checks.asking import active_service, asked, definition_of, start_one
from autograder.checks.check import Miss, NotAttempted, expect
from autograder.checks.labs.two_roles.needs import Ask, Things
from autograder.checks.labs.two_roles.plan import Plan, plan_of
from simcloud.cloud import identity
from simcloud.cloud.asking import Asking
from simcloud.reason.iam import Policies, decide
from simcloud.reason.policy import Policy, Request

TASKS = "ecs-tasks.amazonaws.com"
PATIENCE_MINUTES = 6
"""Of a task that starts, or fails to: pulls here take seconds, and a denial is told at once."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan
    things: Things

    @property
    def old_role(self) -> str:
        return self.things.role(self.plan.old_role)

    def definition(self, service: str = "") -> dict[str, Any]:
        return definition_of(self.plan.cluster, service or self.plan.service)

    def roles(self, service: str = "") -> tuple[str, str]:
        """Execution and task role that the service's definition names; '' for none."""
        named = self.definition(service)
        return str(named.get("executionRoleArn", "")), str(named.get("taskRoleArn", ""))

    def own_roles(self) -> tuple[str, str]:
        """The two roles of the service. Raises NotAttempted while it still runs with one for everything."""
        execution, task = self.roles()
        if not (execution and task) or execution == task or self.old_role in (execution, task):
            raise NotAttempted("The service has no two roles of its own yet: work on `split-the-role` first.")
        return execution, task

    def may(self, role: str, ask: Ask) -> Any:
        """IAM's answer for a role: `allowed`, and `why` in our words."""
        return Asking(self.cloud._live).may(role, "check", ask.action, ask.resource)


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    plan = plan_of(variant["ticket"])
    return Site(cloud, plan, Things(plan, cloud.account, cloud.region))


def short(role: str) -> str:
    """The role's name, as a learner says it."""
    return role.rsplit("/", 1)[-1] or "no role"


def must_only(here: Site, role: str, never: Iterable[Ask], who: str) -> None:
    """Raise Miss at the first request that the role is allowed and never used for."""
    for ask in never:
        found = here.may(role, ask)
        expect(
            not found.allowed,
            expected=f"{short(role)} may do what {who} does, and nothing else",
            got=f"it may {ask.action} on {ask.resource}",
            hint=f"{found.why}; {who} never asks for that: narrow the Action or the Resource of that statement",
        )


def must_start(here: Site, service: str = "") -> Any:
    """A task of the service, started now. Raises Miss unless it runs."""
    name = service or here.plan.service
    task = start_one(here.cloud, here.plan.cluster, name, PATIENCE_MINUTES)
    expect(
        task.status == "RUNNING",
        expected=f"a task of {name} that is started now is RUNNING after {PATIENCE_MINUTES} minutes",
        got=f"{task.status}: {task.stopped_reason or 'no reason yet'}",
        hint=task.why or "read the task's stoppedReason from its end: who, what, why",
    )
    return task


def must_be_allowed_all_it_calls(task: Any, service: str) -> None:
    """Raise Miss at the first call of the task's program that did not work."""
    expect(task.calls, expected=f"{service} has made its calls", got="none yet", hint="put its own image back")
    for call in task.calls:
        expect(
            call.outcome == "ok",
            expected=f"each call that {service} makes is allowed: its log says ok",
            got=f"{call.action} on {call.resource}: {call.outcome}",
            hint=f"the program calls with the task role, {short(task.task_role)}: its policy must allow this action on "
            "this resource",
        )


def must_be_for_tasks_alone(here: Site, role: str) -> None:
    """Raise Miss where somebody else than ECS tasks can assume the role, or where they cannot."""
    asks = Asking(here.cloud._live)
    found = asks.assumable(role)
    expect(
        found.allowed,
        expected=f"{short(role)} trusts {TASKS}",
        got="it does not",
        hint=f"{found.why}; update_assume_role_policy",
    )
    for service in ("ec2.amazonaws.com", "lambda.amazonaws.com", "codedeploy.amazonaws.com"):
        expect(
            not asks.assumable(role, service).allowed,
            expected=f"{short(role)} trusts {TASKS} and nobody else",
            got=f"{service} may assume it",
            hint="take the other principals out of its trust policy: update_assume_role_policy",
        )
    try:
        boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="check")
    except ClientError:
        return
    raise Miss(
        f"{short(role)} trusts {TASKS} and nobody else",
        "you, a person, may assume it",
        "take the principal AWS, or the star, out of its trust policy: update_assume_role_policy",
    )


# --- the colleague who deploys


def as_deployer(here: Site) -> Any:
    """An ECS client with a key of the colleague's, made on the copy. Raises Miss where the user is gone."""
    return people.as_user(here.plan.deployer)


def same_again(here: Site, service: str = "", **changes: Any) -> dict[str, Any]:
    """The arguments that register the service's definition once more, with changes."""
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "containerDefinitions")
    held = here.definition(service)
    roles: dict[str, Any] = {name: held[name] for name in ("executionRoleArn", "taskRoleArn") if name in held}
    return {**{name: held[name] for name in kept}, **roles, **changes}


def must_be_refused(here: Site, call: Any, what: str, **parameters: Any) -> None:
    """Raise Miss unless AWS refuses this call of the colleague's for want of a permission."""
    hint = "name the actions one by one, and the resources that they are for: iam:PassRole too has a Resource"
    people.must_be_refused(here.plan.deployer, call, what, hint, **parameters)


def may_pass(here: Site, role: str, service: str) -> bool:
    """Do the colleague's own policies allow to hand the role to this service?"""
    name = here.plan.deployer
    principal = f"arn:aws:iam::{here.cloud.account}:user/{name}"
    request = Request("iam:PassRole", role, principal, {"iam:PassedToService": service})
    return decide(request, Policies(identity=list(_policies_of_user(name)))).allowed


def _policies_of_user(name: str) -> Iterator[Policy]:
    iam, what = boto3.client("iam"), f"the user {name}"
    for inline in asked(iam.list_user_policies, what, UserName=name)["PolicyNames"]:
        held = iam.get_user_policy(UserName=name, PolicyName=inline)["PolicyDocument"]
        yield Policy(inline, identity.document(held))
    for attached in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
        version = iam.get_policy(PolicyArn=attached["PolicyArn"])["Policy"]["DefaultVersionId"]
        held = iam.get_policy_version(PolicyArn=attached["PolicyArn"], VersionId=version)["PolicyVersion"]["Document"]
        yield Policy(attached["PolicyName"], identity.document(held))


def running(here: Site, service: str = "") -> list[Any]:
    """The running tasks of the service, or of this other one."""
    name = service or here.plan.service
    active_service(here.plan.cluster, name)
    return list(here.cloud.tasks(here.plan.cluster, service=name, status="RUNNING"))
