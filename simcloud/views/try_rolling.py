"""Try a rolling deployment: desired count and the two percentages, and how many old and new tasks run at each moment.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.views.table import Table
from simcloud.views.trial import default_subnets, network, small_task

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

NAME = "trial-of-rolling"
STEP = 5
"""Seconds between two looks."""
LONGEST = 15 * 60
"""Seconds after which a deployment that goes no further is given up."""


def try_rolling(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on services. `cloud` must be live, with a default VPC; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "desired": Choice("desiredCount", ("4", "1", "2", "3", "10")),
        "minimum": Choice("minimumHealthyPercent", ("100", "0", "50", "75")),
        "maximum": Choice("maximumPercent", ("200", "100", "125", "150")),
    }

    def draw(desired: str, minimum: str, maximum: str) -> Table:
        return verdict(cloud, int(desired), int(minimum), int(maximum))

    return explorer("How does a service of this kind roll to a new revision?", controls, draw)


def verdict(cloud: Cloud, desired: int, minimum: int, maximum: int) -> Table:
    """One deployment, in a copy of the cloud: the moments at which the number of running tasks changed."""
    caption = f"{desired} tasks, minimumHealthyPercent {minimum}, maximumPercent {maximum}"
    headings = ("seconds", "old tasks", "new tasks", "together")
    from botocore.exceptions import ClientError

    with cloud.copy() as future:
        try:
            seen = list(_rolled(future, desired, minimum, maximum))
        except ClientError as refused:
            return Table(caption, headings, (), f"Refused: {refused.response['Error']['Message']}")
    rows = tuple((str(at), str(old), str(new), str(old + new)) for at, old, new in seen)
    return Table(caption, headings, rows, _closing(seen, desired))


def _closing(seen: list[tuple[int, int, int]], desired: int) -> str:
    totals = [old + new for _, old, new in seen]
    if seen[-1][2] < desired:
        return "The deployment goes no further: the percentages leave no room to start or to stop a task."
    return f"Never fewer than {min(totals)} tasks and never more than {max(totals)}. Done after {seen[-1][0]} seconds."


def _rolled(future: Cloud, desired: int, minimum: int, maximum: int) -> Iterator[tuple[int, int, int]]:
    """(seconds since the update, running tasks of the old revision, of the new one), at each change."""
    import boto3

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
