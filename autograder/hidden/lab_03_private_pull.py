"""Lab 03 after submission: the same requirements in the other subnet, for other callers, and an hour later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.lab_03_private_pull import LAB, REACH_MINUTES
from autograder.checks.labs.private_pull import lives, ways
from autograder.checks.labs.private_pull.site import site

REPLACE_MINUTES = 10
OTHER_PORTS = (1, 442, 444, 1024, 3306, 5432, 65535)


@LAB.check("other-subnet", question="open-the-keys", points=1, rows=["F20", "T05"])
def the_keys_are_open_from_the_other_subnet(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the service's other private subnet reaches all three through endpoints as well."""
    here = site(cloud, variant)
    for key in ways.KEYS:
        ways.must_reach_by_endpoint(here, here.private[1], key)


@LAB.check("pulled", question="open-the-keys", points=1, rows=["F20", "P03"])
def a_task_pulls_its_image(cloud: Any, variant: Mapping[str, Any]) -> None:
    """In each private subnet a task that is started now gets its image."""
    here = site(cloud, variant)
    for subnet in here.private:
        task = lives.lived(here, subnet)
        expect(
            lives.has_its_image(here, task),
            expected=f"a task started in {subnet} has pulled its image after {lives.PATIENCE_MINUTES} minutes",
            got=task.stopped_reason or task.status,
            hint=task.why,
        )


@LAB.check("other-line", question="past-the-pull", points=1, rows=["F20"])
def a_task_in_the_other_subnet_writes_its_first_line(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the other private subnet runs too, and its first line has come to CloudWatch Logs by an endpoint."""
    here = site(cloud, variant)
    lives.must_write_a_line(here, here.private[1])


@LAB.check("other-callers", question="keep-it-narrow", points=1, rows=["T01"])
def no_other_caller_and_no_other_port(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Callers from the rest of the VPC, and other ports than 443, find the interface endpoints closed."""
    here = site(cloud, variant)
    ways.must_have_opened_something(here)
    base = here.plan.vpc.removesuffix(".0.0/16")
    strangers = [ways.stranger(f"{base}.{third}.20", f"{base}.{third}.20 in the VPC") for third in (4, 251)]
    tasks = [ways.one_of_the_tasks(here, subnet) for subnet in here.private]
    ways.must_keep_out(here, strangers, [ways.HTTPS])
    ways.must_keep_out(here, tasks, OTHER_PORTS)


@LAB.check("replaced", question="reach-the-count", points=1, rows=["F20"])
def a_killed_task_is_replaced(cloud: Any, variant: Mapping[str, Any]) -> None:
    """One of the service's tasks is stopped; ten minutes later another runs in its place."""
    here = site(cloud, variant)
    before = lives.must_reach_the_count(here, minutes=REACH_MINUTES)
    stop = boto3.client("ecs").stop_task
    asked(stop, f"task {before[0].id} can be stopped", cluster=here.plan.cluster, task=before[0].arn)
    after = lives.must_reach_the_count(here, minutes=REPLACE_MINUTES)
    expect(
        {task.id for task in after} - {task.id for task in before},
        expected=f"a new task in place of {before[0].id}",
        got=[task.id for task in after],
        hint="tasks of a service are replaced; tasks that RunTask started are not",
    )


@LAB.check("both-zones", question="reach-the-count", points=1, rows=["F12"])
def a_task_runs_in_each_zone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service's tasks stand in both private subnets, each with a network interface of its own."""
    here = site(cloud, variant)
    running = lives.must_reach_the_count(here, minutes=REACH_MINUTES)
    empty = [subnet for subnet in here.private if subnet not in {task.subnet for task in running}]
    expect(
        not empty,
        expected=f"a running task in {' and in '.join(here.private)}",
        got=f"none in {', '.join(empty)}",
        hint="the service's networkConfiguration must name both private subnets",
    )
    interfaces = {task.interface for task in running}
    expect(
        len(interfaces) == len(running),
        expected=f"{len(running)} network interfaces",
        got=f"{len(interfaces)}",
        hint="each task on Fargate has its own",
    )
