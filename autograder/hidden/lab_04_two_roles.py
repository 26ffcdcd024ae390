"""Lab 04 after submission: the same requirements for other requests, another day, and after a rotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.lab_04_two_roles import LAB
from autograder.checks.labs.two_roles.needs import (
    Ask,
    never_by_execution_either,
    never_by_task_either,
    the_program_calls,
)
from autograder.checks.labs.two_roles.site import (
    Site,
    as_deployer,
    may_pass,
    must_be_allowed_all_it_calls,
    must_be_refused,
    must_only,
    must_start,
    running,
    short,
    site,
)
from autograder.checks.labs.two_roles.world import at_start_ask

NEW_PASSWORD = "kittiwake-63"
REPLACE_MINUTES = 8
LOGS = ("CreateLogStream", "PutLogEvents")


@LAB.check("start-no-wider", question="mend-both", points=1, rows=["T04", "M05"], after="starts-again")
def the_start_was_mended_no_wider_than_needed(cloud: Any, variant: Mapping[str, Any]) -> None:
    """What was missing at the start was given to the execution role alone, for that action on that thing alone."""
    here = site(cloud, variant)
    plan, things = here.plan, here.things
    execution, task = here.roles(plan.at_start_service)
    stored = str(here.definition(plan.at_start_service)["containerDefinitions"][0]["secrets"][0]["valueFrom"])
    missing = at_start_ask(plan, things, stored)
    other = plan.service
    never = [
        Ask("ecr:BatchGetImage", things.repository(other)),
        Ask("ecr:PutImage", things.repository(plan.at_start_service)),
        Ask("logs:CreateLogStream", things.stream(other)),
        Ask("logs:DeleteLogGroup", things.arn("logs", f"log-group:/ferryline/{plan.at_start_service}")),
        Ask(things.reading, things.stored(plan.secret)),
        Ask("secretsmanager:PutSecretValue", stored),
        Ask("ssm:PutParameter", stored),
        Ask("s3:PutObject", things.object(f"{plan.at_start_service}/1.pdf")),
        Ask("iam:PassRole", things.role(plan.old_role)),
    ]
    must_only(here, execution, never, "the start of a task")
    must_only(here, task, [missing], "the program")


@LAB.check("app-no-wider", question="mend-both", points=1, rows=["T04", "F15"], after="works-again")
def the_program_was_mended_no_wider_than_needed(cloud: Any, variant: Mapping[str, Any]) -> None:
    """What was missing in the program was given to the task role alone, for that action on that thing: all of it."""
    here = site(cloud, variant)
    plan, things = here.plan, here.things
    execution, task = here.roles(plan.in_app_service)
    mine, theirs = {
        "s3:PutObject": (things.object(f"{plan.in_app_service}/1.pdf"), things.object("contracts/1.pdf")),
        "sqs:SendMessage": (things.arn("sqs", plan.queue), things.arn("sqs", f"{plan.queue}-dead")),
        "sns:Publish": (things.arn("sns", plan.topic), things.arn("sns", f"{plan.topic}-dead")),
    }[plan.in_app]
    if plan.in_app == "s3:PutObject":
        another = Ask(plan.in_app, things.object(f"{plan.in_app_service}/2027/other.pdf"))
        expect(
            here.may(task, another).allowed,
            expected=f"{short(task)} may do it for each object in the folder {plan.in_app_service}/",
            got=f"it may not {another.action} on {another.resource}",
            hint="the Resource is the service's own folder: a star behind its last slash",
        )
    others = {"s3": ("GetObject", "DeleteObject"), "sqs": ("ReceiveMessage", "PurgeQueue"), "sns": ("Subscribe",)}
    service = plan.in_app.split(":")[0]
    never = [Ask(plan.in_app, theirs), *(Ask(f"{service}:{action}", mine) for action in others[service])]
    must_only(here, task, [*never, Ask("iam:PassRole", things.role(plan.old_role))], "the program")
    must_only(here, execution, [Ask(plan.in_app, mine)], "the start of a task")


@LAB.check("works-tomorrow", question="split-the-role", points=1, rows=["F15", "N02"], after="works")
def it_works_with_other_documents_and_another_password(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Other documents in the same folder are allowed too; after a rotation a new task starts with the new password."""
    here = site(cloud, variant)
    _, task_role = here.roles()
    _must_do(here, task_role, the_program_calls(here.things, key="2027/another/document.pdf"), "the program does")
    _rotate(here)
    seen = must_start(here).containers[0].environment
    expect(
        NEW_PASSWORD in seen.values(),
        expected="a task that starts after a rotation has the new password in its environment",
        got=", ".join(f"{name}=..." for name in seen) or "no variables",
        hint="keep the password under `secrets` in the definition, as it was",
    )


def _must_do(here: Site, role: str, asks: Iterable[Ask], what: str) -> None:
    for ask in asks:
        found = here.may(role, ask)
        expect(
            found.allowed,
            expected=f"{short(role)} may do what {what}, each time",
            got=f"it may not {ask.action} on {ask.resource}",
            hint=found.why,
        )


def _rotate(here: Site) -> None:
    plan = here.plan
    if plan.store == "parameter":
        client = boto3.client("ssm")
        given = {"Name": plan.secret, "Value": NEW_PASSWORD, "Type": "SecureString", "Overwrite": True}
        asked(client.put_parameter, f"the parameter {plan.secret}", **given)
        return
    put = boto3.client("secretsmanager").put_secret_value
    asked(put, f"the secret {plan.secret}", SecretId=plan.secret, SecretString=NEW_PASSWORD)


@LAB.check("execution-narrower", question="keep-it-narrow", points=1, rows=["M05", "F22"])
def the_execution_role_does_nothing_else(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The execution role still writes this service's log; it reaches nothing whose name merely begins alike, and
    changes nothing that it reads."""
    here = site(cloud, variant)
    execution, _ = here.own_roles()
    stream = here.things.stream(here.plan.service)
    _must_do(here, execution, [Ask(f"logs:{each}", stream) for each in LOGS], "the start and the log need")
    must_only(here, execution, never_by_execution_either(here.things), "the start of a task")


@LAB.check("task-narrower", question="keep-it-narrow", points=1, rows=["F15", "F22"])
def the_task_role_does_nothing_else(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The task role still does what the program does, with other documents; it reaches nothing whose name merely begins
    alike, and does nothing else."""
    here = site(cloud, variant)
    _, task = here.own_roles()
    _must_do(here, task, the_program_calls(here.things, key="2028/yet another/document.pdf"), "the program does")
    must_only(here, task, never_by_task_either(here.things), "the program")


@LAB.check("not-elsewhere", question="hand-over", points=1, rows=["T04"], after="deploys")
def the_colleague_does_nothing_else(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The colleague can hand the two roles to no other service, and can touch no other service of the cluster."""
    here = site(cloud, variant)
    for role in here.own_roles():
        for service in ("ec2.amazonaws.com", "lambda.amazonaws.com"):
            expect(
                not may_pass(here, role, service),
                expected=f"{here.plan.deployer} may hand {short(role)} to ECS tasks alone",
                got=f"to {service} as well",
                hint="add the condition iam:PassedToService to the statement with iam:PassRole",
            )
    ecs, plan = as_deployer(here), here.plan
    other = plan.at_start_service
    given = {"cluster": plan.cluster, "service": other}
    must_be_refused(here, ecs.update_service, f"update {other}", desiredCount=0, **given)
    must_be_refused(here, ecs.delete_service, f"delete {other}", force=True, **given)
    must_be_refused(
        here, ecs.delete_service, f"delete {plan.service}", force=True, **{**given, "service": plan.service}
    )
    must_be_refused(here, ecs.create_cluster, "make a cluster", clusterName="another")


@LAB.check("lives-on", question="retire-it", points=1, rows=["F15", "F22"], after="gone")
def it_lives_without_the_old_role(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of your service is killed; minutes later the service has its count again, and every program works."""
    here = site(cloud, variant)
    cloud.advance(minutes=REPLACE_MINUTES)
    before = running(here)
    expect(before, expected=f"running tasks of {here.plan.service}", got="none", hint="read the service's events")
    cloud.kill_task(before[0].arn)
    cloud.advance(minutes=REPLACE_MINUTES)
    after = running(here)
    expect(
        len(after) >= here.plan.count and before[0].id not in {task.id for task in after},
        expected=f"{here.plan.count} running tasks, one of them new",
        got=f"{len(after)}",
        hint="read the service's events and the stoppedReason of its last task",
    )
    for task in after:
        must_be_allowed_all_it_calls(task, here.plan.service)
