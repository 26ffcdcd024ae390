"""Lab 16 after submission: other documents, look-alikes, strangers, a new task, another password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import Miss, expect
from autograder.checks.asking import definition_of
from autograder.checks.labs.lab_16_lock_it_down import LAB
from autograder.checks.labs.taken_task.plan import OUTSIDE, PAYROLL_PORT
from autograder.checks.labs.taken_task.site import (
    Site,
    must_be_served,
    must_do,
    must_not_do,
    must_not_reach,
    must_reach,
    must_see,
    other_calls,
    payroll_secret,
    rotate,
    site,
    source_of,
    task_elsewhere,
)
from autograder.checks.people import as_user, must_be_refused
from simcloud.cloud.asking import Asking

NEW_PASSWORD = "kittiwake-63"


@LAB.check("other-documents", question="least-privilege", points=1, rows=["F22"], after="works")
def other_documents_work(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The program's calls work for other documents of its folder, too, at any depth."""
    here = site(cloud, variant)
    here.rest()
    must_do(here, [*here.plan.program("7.pdf"), *here.plan.program("2027/may/12/another.pdf")])


@LAB.check("no-look-alikes", question="least-privilege", points=1, rows=["F22"], after="works")
def look_alikes_do_not(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Nothing works on what merely begins alike: another bucket, folder or queue."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    alike = [f"arn:aws:s3:::{plan.bucket}-old/{plan.front}/1.pdf", f"arn:aws:s3:::{plan.bucket}/{plan.front}-old/1.pdf"]
    calls = [(action, thing) for action, _ in plan.program() if action.startswith("s3:") for thing in alike]
    calls += [("sqs:SendMessage", f"{plan.queue_arn}-dead"), ("sqs:ReceiveMessage", plan.queue_arn)]
    must_not_do(here, calls)


@LAB.check("stranger", question="close-the-network", points=1, rows=["T01"], after="needed-way")
def a_stranger_is_a_customer_and_no_more(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the same definition in a security group of its own is served by the front, and does not reach the
    database."""
    here = site(cloud, variant)
    here.rest()
    ec2 = boto3.client("ec2")
    vpc = ec2.describe_subnets(SubnetIds=[here.front()[0].subnet])["Subnets"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="a-stranger", Description="a stranger", VpcId=vpc)["GroupId"]
    stranger = task_elsewhere(here, group)
    expect(stranger.status == "RUNNING", expected="it runs", got=stranger.status, hint=stranger.why)
    must_be_served(here, stranger)
    must_not_reach(here, stranger, "a task in another group", (here.plan.database, here.plan.port))


@LAB.check("new-task", question="close-the-network", points=1, rows=["T01", "F22"], after="needed-way")
def a_new_task_has_the_same_ways(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The front's tasks are killed; those that come in their place start, reach the database, and nothing else."""
    here = site(cloud, variant)
    here.rest()
    before = here.front()
    for task in before:
        cloud.kill_task(task.arn)
    here.rest()
    after = here.front()
    shared = {task.interface for task in after} & {task.interface for task in before}
    expect(not shared, expected="new tasks with interfaces of their own", got=shared)
    for task in after:
        must_reach(here, task)
        must_not_reach(here, task, "a new task", ("payroll", PAYROLL_PORT), OUTSIDE)


@LAB.check("rotated", question="no-plain-secret", points=1, rows=["P10"], after="still-there")
def another_password_arrives(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The password is changed where it is kept; a task that starts then finds the new one."""
    here = site(cloud, variant)
    here.rest()
    rotate(source_of(here), NEW_PASSWORD)
    for task in here.front():
        cloud.kill_task(task.arn)
    here.rest()
    must_see(here, here.front(), NEW_PASSWORD, "after a rotation")


@LAB.check("read-by-one", question="no-plain-secret", points=1, rows=["P10"], after="still-there")
def the_execution_role_alone_reads_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The program's role cannot read the password's store, and the front's execution role reads no other secret."""
    here = site(cloud, variant)
    here.rest()
    source = source_of(here)
    kept = ":".join(source.split(":")[:7])
    must_not_do(here, [(action, kept) for action in ("secretsmanager:GetSecretValue", "ssm:GetParameters")])
    role = definition_of(here.plan.cluster, here.plan.front).get("executionRoleArn", "")
    other = payroll_secret()
    expect(
        not Asking(cloud._live).may(role, "check", "secretsmanager:GetSecretValue", other).allowed,
        expected="the front's execution role reads this password alone",
        got=f"it may read {other}",
        hint="name the one secret's ARN as the Resource",
    )


@LAB.check("only-there", question="a-shell-with-care", points=1, rows=["F22"], after="opens")
def the_operator_does_nothing_else(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The operator changes nothing, and gets no shell in the payroll; the front may do no more than before."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    ecs, hint = as_user(plan.operator), "of actions that change something ecs:ExecuteCommand alone"
    cluster = {"cluster": plan.cluster}
    must_be_refused(
        plan.operator, ecs.update_service, "update a service", hint, **cluster, service=plan.front, desiredCount=0
    )
    task = here.front()[0]
    must_be_refused(plan.operator, ecs.stop_task, "stop a task", hint, **cluster, task=task.arn)
    _must_have_no_shell(here, ecs)
    must_not_do(here, other_calls(plan))


def _must_have_no_shell(here: Site, ecs: Any) -> None:
    task = here.running("payroll")[0]
    given = {"container": task.containers[0].name, "command": "/bin/sh", "interactive": True}
    try:
        ecs.execute_command(cluster=here.plan.cluster, task=task.arn, **given)
    except ClientError:
        return
    raise Miss("no shell in a task of payroll", "it opens", "only the front's service needs enableExecuteCommand")
