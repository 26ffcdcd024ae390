"""Lab 04: one role for everything becomes two that may do what they are used for. Questions, and the visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import active_service, asked
from autograder.checks.labs.two_roles import hints
from autograder.checks.labs.two_roles.needs import Ask, never_by_execution, never_by_task
from autograder.checks.labs.two_roles.plan import make_variant
from autograder.checks.labs.two_roles.site import (
    Site,
    as_deployer,
    must_be_allowed_all_it_calls,
    must_be_for_tasks_alone,
    must_be_refused,
    must_only,
    must_start,
    running,
    same_again,
    short,
    site,
)
from autograder.checks.labs.two_roles.world import at_start_ask, build_world

LESSON = "04-two-roles.ipynb"
ANEW = "and the waiter services_stable waits for it: update_service(..., forceNewDeployment=True)"

LAB = Lab(
    id="04-two-roles",
    title="Two roles",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "logs", "iam", "sts", "s3", "sqs", "sns", "secretsmanager", "ssm", "kms"),
    questions=(
        Question(
            "read-the-denials", "Read the denials", 2, needs=("denied",), rows=("T04", "N02"),
            hints=hints.READ_THE_DENIALS, lesson=LESSON,
        ),
        Question("mend-both", "Mend both", 4, rows=("T04", "M05", "F15"), hints=hints.MEND_BOTH, lesson=LESSON),
        Question(
            "split-the-role", "Split the role", 4, rows=("F15", "M05", "N02"), hints=hints.SPLIT_THE_ROLE, lesson=LESSON
        ),
        Question(
            "keep-it-narrow", "Keep it narrow", 5, rows=("F15", "F22", "M05"), hints=hints.KEEP_IT_NARROW, lesson=LESSON
        ),
        Question("hand-over", "Let the colleague deploy", 3, rows=("T04",), hints=hints.HAND_OVER, lesson=LESSON),
        Question("retire-it", "Retire the old role", 2, rows=("F15", "F22"), hints=hints.RETIRE_IT, lesson=LESSON),
    ),
)  # fmt: skip


@LAB.check("at-start", question="read-the-denials", points=1, rows=["T04", "N02"])
def the_denial_at_the_start_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`denied` names the role and the action that were denied before the program of one service could run."""
    here = site(cloud, variant)
    plan = here.plan
    _must_be_told(answers["denied"], plan.at_start_service, plan.roles[1], at_start_ask(plan, here.things, "").action)


@LAB.check("in-app", question="read-the-denials", points=1, rows=["T04", "N02"])
def the_denial_inside_the_program_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`denied` names the role and the action that were denied to the running program of the other service."""
    plan = site(cloud, variant).plan
    _must_be_told(answers["denied"], plan.in_app_service, plan.roles[4], plan.in_app)


def _must_be_told(given: Any, service: str, role: str, action: str) -> None:
    form = "a dict with each service of desk.sick as a key, and [role name, action] for each"
    expect(isinstance(given, dict), expected=form, got=given, hint="write denied = {service: [role, action], ...}")
    expect(service in given, expected=form, got=list(given), hint=f"there is nothing about {service}")
    told = given[service]
    expect(isinstance(told, list) and len(told) == 2, expected=f"[role name, action] for {service}", got=told)
    where = f"the text that tells why {service} does not work has assumed-role/, then the role's name"
    names = str(told[0]).split("/")
    expect(role in names, expected=f"the role that was denied something for {service}", got=told[0], hint=where)
    expect(
        str(told[1]).strip().lower() == action.lower(),
        expected=f"the action that {role} was denied, as a policy would write it",
        got=told[1],
        hint="it stands behind `is not authorized to perform:`",
    )


@LAB.check("starts-again", question="mend-both", points=1, rows=["T04", "M05"])
def the_service_that_did_not_start_starts(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has run the service that did not start has its tasks, and another one is RUNNING a few minutes
    after you start it."""
    here = site(cloud, variant)
    name = here.plan.at_start_service
    there = running(here, name)
    must_start(here, name)
    wanted = active_service(here.plan.cluster, name)["desiredCount"]
    expect(
        there and len(there) >= wanted,
        expected=f"{wanted} running tasks of {name} when your code has run",
        got=len(there),
        hint=f"a new deployment begins at once, {ANEW}",
    )


@LAB.check("works-again", question="mend-both", points=1, rows=["T04", "F15"])
def the_service_that_did_nothing_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every call that the program of the other service makes is allowed, in a task that is started now and in those
    that run when your code has run."""
    here = site(cloud, variant)
    name = here.plan.in_app_service
    there = running(here, name)
    must_be_allowed_all_it_calls(must_start(here, name), name)
    denied = [f"{call.action}: {call.outcome}" for task in there for call in task.calls if call.outcome != "ok"]
    expect(
        there and not denied,
        expected=f"when your code has run, tasks of {name} run, and none of them was denied anything",
        got=denied or "no running task",
        hint=f"a program that was denied does not try again; a new deployment brings new tasks, {ANEW}",
    )


@LAB.check("two-roles", question="split-the-role", points=1, rows=["M05", "F15"])
def the_service_has_two_roles(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The definition that your service runs names an execution role and a task role, and neither is the old one."""
    here = site(cloud, variant)
    execution, task = here.roles()
    got = f"executionRoleArn {short(execution)}, taskRoleArn {short(task)}"
    expected = "two different roles, both new"
    expect(execution and task, expected=expected, got=got, hint="name both in register_task_definition")
    expect(execution != task, expected=expected, got=got, hint="one role for both is what the auditor sent back")
    expect(
        here.old_role not in (execution, task),
        expected=expected,
        got=got,
        hint=f"{here.plan.old_role} is the old one; after a new revision the service must be told: update_service",
    )


@LAB.check("starts", question="split-the-role", points=1, rows=["M05", "N02"], after="two-roles")
def the_service_starts(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of your service is RUNNING a few minutes after it is started."""
    must_start(site(cloud, variant))


@LAB.check("works", question="split-the-role", points=1, rows=["F15"], after="starts")
def the_program_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every call that its program makes is allowed."""
    here = site(cloud, variant)
    must_be_allowed_all_it_calls(must_start(here), here.plan.service)


@LAB.check("execution-narrow", question="keep-it-narrow", points=1, rows=["M05", "F22"])
def the_execution_role_is_narrow(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The execution role reaches no other service's password, image or log, and does nothing that the program does."""
    here = site(cloud, variant)
    execution, _ = here.own_roles()
    must_only(here, execution, never_by_execution(here.things), "the start of a task")


@LAB.check("task-narrow", question="keep-it-narrow", points=1, rows=["F15", "F22"])
def the_task_role_is_narrow(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The task role reaches no other bucket, folder, queue or topic, and does nothing that the start of a task does."""
    here = site(cloud, variant)
    _, task = here.own_roles()
    must_only(here, task, never_by_task(here.things), "the program")


@LAB.check("trust", question="keep-it-narrow", points=1, rows=["F22"])
def nobody_else_assumes_the_roles(cloud: Any, variant: Mapping[str, Any]) -> None:
    """ECS tasks can assume the two roles, and nobody else can: no other service and no person."""
    here = site(cloud, variant)
    for role in here.own_roles():
        must_be_for_tasks_alone(here, role)


@LAB.check("passes-only", question="hand-over", points=1, rows=["T04"])
def the_colleague_hands_out_no_other_role(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The colleague cannot register a definition that names a role of another service."""
    here = site(cloud, variant)
    other = here.things.role(here.plan.roles[4])
    ecs = as_deployer(here)
    what = f"hand out {short(other)}"
    must_be_refused(here, ecs.register_task_definition, what, **same_again(here, taskRoleArn=other))


@LAB.check("deploys", question="hand-over", points=1, rows=["T04"], after="passes-only")
def the_colleague_deploys(cloud: Any, variant: Mapping[str, Any]) -> None:
    """With a key of their own the colleague registers your service's definition once more, updates the service, and
    looks at it."""
    here = site(cloud, variant)
    here.own_roles()
    ecs, who = as_deployer(here), here.plan.deployer
    made = asked(ecs.register_task_definition, f"{who} registers {here.plan.service}", **same_again(here))
    arn = made["taskDefinition"]["taskDefinitionArn"]
    what = f"{who} updates the service {here.plan.service}"
    asked(ecs.update_service, what, cluster=here.plan.cluster, service=here.plan.service, taskDefinition=arn)
    what = f"{who} looks at the service {here.plan.service}"
    asked(ecs.describe_services, what, cluster=here.plan.cluster, services=[here.plan.service])


@LAB.check("gone", question="retire-it", points=1, rows=["F15", "F22"])
def the_old_role_is_gone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """No ACTIVE definition and no running task names the old role, and it is deleted or may do nothing."""
    here = site(cloud, variant)
    old = here.old_role
    naming = [arn.rsplit("/", 1)[-1] for arn in _naming(old)]
    expected = f"nothing uses {here.plan.old_role}"
    expect(not naming, expected=expected, got=naming, hint="deregister_task_definition makes a revision INACTIVE")
    tasks = [
        task.id
        for task in cloud.tasks(here.plan.cluster)
        if old in (task.execution_role, task.task_role) and task.status not in ("STOPPED", "DEPROVISIONING")
    ]
    expect(not tasks, expected=expected, got=tasks, hint="let the deployment end: the waiter services_stable")
    _must_be_powerless(here, old)


def _naming(role: str) -> list[str]:
    ecs = boto3.client("ecs")
    pages = ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE")
    arns = [arn for page in pages for arn in page["taskDefinitionArns"]]
    held = [(arn, ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]) for arn in arns]
    return [arn for arn, one in held if role in (one.get("executionRoleArn"), one.get("taskRoleArn"))]


def _must_be_powerless(here: Site, role: str) -> None:
    try:
        boto3.client("iam").get_role(RoleName=here.plan.old_role)
    except ClientError:
        return
    asks = [*never_by_task(here.things), *never_by_execution(here.things), Ask("iam:CreateUser", "*")]
    may = [f"{ask.action} on {ask.resource}" for ask in asks if here.may(role, ask).allowed]
    hint = "take its policies off, then delete_role"
    expect(not may, expected=f"{here.plan.old_role} is deleted, or may do nothing", got=may, hint=hint)
