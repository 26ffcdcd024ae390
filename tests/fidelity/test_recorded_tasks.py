"""A Fargate task as the real ECS described it on 16 September 2026, from RunTask to RUNNING.

Recorded by https://github.com/radkawar/stackd under testdata/aws/ecs: task_tags.json, network_interfaces.json.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "simcloud" / "ecs"))

from shop import Shop

from simcloud import Cloud

TASK = {
    "attachments",
    "attributes",
    "availabilityZone",
    "clusterArn",
    "containers",
    "cpu",
    "createdAt",
    "desiredStatus",
    "enableExecuteCommand",
    "group",
    "lastStatus",
    "launchType",
    "memory",
    "overrides",
    "platformVersion",
    "platformFamily",
    "tags",
    "taskArn",
    "taskDefinitionArn",
    "version",
    "ephemeralStorage",
    "fargateEphemeralStorage",
}
STARTED = {"connectivity", "connectivityAt", "healthStatus", "pullStartedAt", "pullStoppedAt", "startedAt"}
CONTAINER = {"containerArn", "taskArn", "name", "image", "lastStatus", "networkInterfaces", "cpu"}
RUNS = {"imageDigest", "runtimeId", "networkBindings", "healthStatus"}


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Cloud(seed=16) as cloud:
        shop = Shop(cloud)
        shop.open_endpoints()
        yield shop


@pytest.mark.operation("ecs:RunTask", "ecs:DescribeTasks")
def test_a_task_is_described_with_more_members_as_it_comes_to_run(shop: Shop) -> None:
    made = shop.run(clientToken="once")
    assert set(made) == set(shop.run(clientToken="once")) == TASK, "the same answer under the same token"
    assert set(made["containers"][0]) == CONTAINER
    named = {"cluster": "shop", "tasks": [made["taskArn"]]}
    seen = shop.ecs.describe_tasks(**named)["tasks"][0]
    assert (set(seen), set(seen["containers"][0])) == (TASK | {"healthStatus"}, CONTAINER | {"healthStatus"})
    shop.cloud.advance(minutes=2)
    seen = shop.ecs.describe_tasks(**named)["tasks"][0]
    assert seen["lastStatus"] == "RUNNING"
    assert (set(seen), set(seen["containers"][0])) == (TASK | STARTED, CONTAINER | RUNS)
