"""Lab 16: what a task that was taken over can reach. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import asked
from autograder.checks.labs.taken_task import hints
from autograder.checks.labs.taken_task.plan import OUTSIDE, PAYROLL_PORT, make_variant
from autograder.checks.labs.taken_task.site import (
    must_do,
    must_hold_no_password,
    must_not_do,
    must_not_reach,
    must_reach,
    must_see,
    other_calls,
    site,
)
from autograder.checks.labs.taken_task.world import build_world
from autograder.checks.people import as_user

LESSON = "16-security.ipynb"

LAB = Lab(
    id="16-lock-it-down",
    title="Lock it down",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ecs", "ec2", "ecr", "iam", "sts", "s3", "sqs", "secretsmanager", "ssm", "kms", "logs"),
    questions=(
        Question(
            "see-the-reach", "See the reach", 3, needs=("reach", "interfaces"), rows=("F22",),
            hints=hints.SEE_THE_REACH, lesson=LESSON,
        ),
        Question("least-privilege", "Least privilege", 5, rows=("F22",), hints=hints.LEAST_PRIVILEGE, lesson=LESSON),
        Question(
            "close-the-network", "Close the network", 5, rows=("T01", "F22"), hints=hints.CLOSE_THE_NETWORK,
            lesson=LESSON,
        ),
        Question("no-plain-secret", "No plain secret", 4, rows=("P10",), hints=hints.NO_PLAIN_SECRET, lesson=LESSON),
        Question(
            "a-shell-with-care", "A shell, with care", 3, rows=("F22",), hints=hints.A_SHELL_WITH_CARE, lesson=LESSON
        ),
    ),
)  # fmt: skip


@LAB.check("reach", question="see-the-reach", points=2, rows=["F22", "T01"])
def the_reach_is_known(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`reach` says of each of `desk.targets` whether it works from inside a task of the front, as you found it."""
    given = answers["reach"]
    expect(isinstance(given, dict), expected="a dict: target -> True or False", got=given)
    for name, works in site(cloud, variant).plan.reached.items():
        told = given.get(name)
        expect(isinstance(told, bool), expected=f"True or False for {name}", got=told)
        hint = "a call asks the task role, a connection asks two security groups: of who calls and of who is called"
        expect(told is works, expected=f"whether {name} works", got=told, hint=hint)


@LAB.check("interfaces", question="see-the-reach", points=1, rows=["F22"])
def each_task_has_its_own_interface(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`interfaces` lists the network interfaces of the front's tasks."""
    here, given = site(cloud, variant), answers["interfaces"]
    expect(isinstance(given, list), expected="a list of interface ids", got=given)
    right = sorted(task.interface for task in here.running(here.plan.front))
    hint = "each task has one of its own; networkInterfaceId in the attachments of describe_tasks"
    expect(sorted(map(str, given)) == right, expected=f"{len(right)} interfaces", got=given, hint=hint)


@LAB.check("works", question="least-privilege", points=1, rows=["F22"])
def the_program_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each call of `desk.program` is allowed to each task of the front."""
    here = site(cloud, variant)
    here.rest()
    must_do(here, here.plan.program())


@LAB.check("no-more", question="least-privilege", points=2, rows=["F22"], after="works")
def nothing_else_works(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Nothing else is allowed: no other bucket, folder, secret or image, no other action on its own things."""
    here = site(cloud, variant)
    here.rest()
    must_not_do(here, other_calls(here.plan))


@LAB.check("needed-way", question="close-the-network", points=1, rows=["T01"])
def the_front_reaches_its_database(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each task of the front reaches the database at its port."""
    here = site(cloud, variant)
    here.rest()
    for task in here.front():
        must_reach(here, task)


@LAB.check("closed", question="close-the-network", points=2, rows=["T01", "F22"], after="needed-way")
def no_other_way_is_open(cloud: Any, variant: Mapping[str, Any]) -> None:
    """No front task reaches the payroll, or a host outside but at port 443; the payroll does not reach the database."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    outside = [OUTSIDE, *((OUTSIDE[0], port) for port in (22, 25, plan.port))]
    for task in here.front():
        must_not_reach(here, task, f"a task of {plan.front}", ("payroll", PAYROLL_PORT), *outside)
    must_not_reach(here, here.running("payroll")[0], "a task of payroll", (plan.database, plan.port))


@LAB.check("not-in-definition", question="no-plain-secret", points=1, rows=["P10"])
def no_definition_holds_the_password(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The password stands in no ACTIVE task definition."""
    must_hold_no_password(site(cloud, variant))


@LAB.check("still-there", question="no-plain-secret", points=1, rows=["P10"], after="not-in-definition")
def the_program_still_finds_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Twenty minutes after your code ran the front's tasks run, and the program finds the password where it was."""
    here = site(cloud, variant)
    here.rest()
    must_see(here, here.front(), here.plan.password, "then")


@LAB.check("opens", question="a-shell-with-care", points=2, rows=["F22"])
def the_operator_gets_a_shell(cloud: Any, variant: Mapping[str, Any]) -> None:
    """With a key of their own the operator opens a shell in each task of the front."""
    here = site(cloud, variant)
    here.rest()
    plan = here.plan
    ecs = as_user(plan.operator)
    for task in here.front():
        what = f"{plan.operator} opens a shell in a task of {plan.front}"
        given = {"container": task.containers[0].name, "command": "/bin/sh", "interactive": True}
        asked(ecs.execute_command, what, cluster=plan.cluster, task=task.arn, **given)
