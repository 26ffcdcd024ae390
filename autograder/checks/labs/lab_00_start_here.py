"""The desk of lesson 00: an empty account, one question, the learner's first green check. It is no assignment."""

from __future__ import annotations

from random import Random
from typing import Any

import boto3

from autograder.checks import Lab, Question, expect


def no_variant(random: Random) -> dict[str, Any]:
    """Every learner starts from the same empty account."""
    return {}


def empty_account(cloud: Any, variant: dict[str, Any]) -> None:
    """Nothing is built: the learner builds it all."""


LAB = Lab(
    id="00-start-here",
    title="Your first task",
    version=1,
    variant=no_variant,
    world=empty_account,
    services=("ecs", "ec2"),
    questions=(
        Question(
            "first-task",
            title="Run your first task",
            points=2,
            rows=("F01",),
            hints=(
                "A task needs a cluster, a task definition and a subnet. Which of the three calls did not go through?",
                "Run the cells of this lesson from the top, in order, up to the check.",
                "`ecs.run_task(cluster='ferryline', taskDefinition='hello', launchType='FARGATE', "
                "networkConfiguration=...)`, then the waiter `tasks_running`.",
            ),
            lesson="00-start-here.ipynb",
        ),
    ),
)


def _tasks() -> list[dict[str, Any]]:
    ecs = boto3.client("ecs")
    arns = ecs.list_tasks(cluster="ferryline")["taskArns"]
    tasks: list[dict[str, Any]] = ecs.describe_tasks(cluster="ferryline", tasks=arns)["tasks"] if arns else []
    return tasks


@LAB.check("a-task-runs", question="first-task", points=1, rows=["F01"])
def a_task_runs() -> None:
    """A task is RUNNING in the cluster `ferryline`."""
    clusters = boto3.client("ecs").list_clusters()["clusterArns"]
    expect(
        any(arn.endswith("/ferryline") for arn in clusters),
        expected="a cluster named `ferryline`",
        got=clusters or "no cluster",
        hint="run the cell with create_cluster",
    )
    states = [task["lastStatus"] for task in _tasks()]
    expect(
        "RUNNING" in states,
        expected="one task that is RUNNING",
        got=states or "no task",
        hint="run the cell with run_task, then the one with the waiter: a task needs some time to start",
    )


@LAB.check("nobody-runs-a-server", question="first-task", points=1, rows=["F01"], after="a-task-runs")
def the_task_runs_on_fargate() -> None:
    """The task runs on Fargate: the cluster has no container instance that anybody must look after."""
    kinds = sorted({task.get("launchType", "none") for task in _tasks()})
    hint = "give launchType='FARGATE' to run_task"
    expect(kinds == ["FARGATE"], expected="launch type FARGATE", got=kinds, hint=hint)
    hosts = boto3.client("ecs").list_container_instances(cluster="ferryline")["containerInstanceArns"]
    expect(not hosts, expected="no container instance", got=hosts, hint="this cluster needs none")
