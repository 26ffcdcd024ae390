"""A rolling deployment of a small service: how many old and new tasks run at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from simcloud.cloud.trials.common import default_subnets, network, small_task

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

NAME = "trial-of-rolling"
STEP = 5
"""Seconds between two looks."""
LONGEST = 15 * 60
"""Seconds after which a deployment that goes no further is given up."""


def run(future: Cloud, desired: int, minimum: int, maximum: int) -> list[tuple[int, int, int]]:
    """(seconds since the update, running tasks of the old revision, of the new one), at each change.

    `future` is a copy, which is live and changed. Raises ValueError, with AWS's text, for percentages that AWS refuses.
    """
    try:
        return list(_rolled(future, desired, minimum, maximum))
    except ClientError as refused:
        raise ValueError(refused.response["Error"]["Message"]) from None


def _rolled(future: Cloud, desired: int, minimum: int, maximum: int) -> Iterator[tuple[int, int, int]]:
    ecs = boto3.client("ecs", region_name=future.region)
    ecs.create_cluster(clusterName=NAME)
    _register(ecs)
    ecs.create_service(
        cluster=NAME,
        serviceName=NAME,
        taskDefinition=NAME,
        desiredCount=desired,
        launchType="FARGATE",
        deploymentConfiguration={"minimumHealthyPercent": minimum, "maximumPercent": maximum},
        networkConfiguration=network(*(each["SubnetId"] for each in default_subnets(future))),
    )
    future.advance(minutes=5)
    new = _register(ecs)
    ecs.update_service(cluster=NAME, service=NAME, taskDefinition=new)
    last: tuple[int, int] | None = None
    for at in range(0, LONGEST, STEP):
        running = [task.definition for task in future.tasks(NAME, status="RUNNING")]
        now = (sum(one != new for one in running), sum(one == new for one in running))
        if now != last:
            yield at, *now
            last = now
        if now == (0, desired):
            return
        future.advance(seconds=STEP)


def _register(ecs: Any) -> str:
    """Another revision; family:revision."""
    container = {"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}
    made = ecs.register_task_definition(**small_task(NAME, containerDefinitions=[container]))["taskDefinition"]
    return f"{NAME}:{made['revision']}"
