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


@pytest.mark.operation("ecs:RunTask", "ecs:DescribeTasks")
def test_a_task_whose_first_container_fails_never_starts(shop: Shop) -> None:
    """task_dependency_transitions.json: a container waits for the SUCCESS of one that exits with 7."""
    failing = shop.cloud.push_image("shop/init", "1", size_mib=10, exit_after=1.0, exit_code=7)
    waits = [{"containerName": "init", "condition": "SUCCESS"}]
    shop.register(
        containerDefinitions=[
            {"name": "main", "image": shop.image, "dependsOn": waits},
            {"name": "init", "image": failing, "essential": False},
        ]
    )
    made = shop.run()
    shop.cloud.advance(minutes=3)
    seen = shop.ecs.describe_tasks(cluster="shop", tasks=[made["taskArn"]])["tasks"][0]
    told = (seen["lastStatus"], seen["stopCode"], seen["stoppedReason"], seen["healthStatus"], "startedAt" in seen)
    assert told == ("STOPPED", "TaskFailedToStart", "Task failed to start", "UNKNOWN", False)
    init = next(each for each in seen["containers"] if each["name"] == "init")
    main = next(each for each in seen["containers"] if each["name"] == "main")
    assert (init["lastStatus"], init["exitCode"], init["networkBindings"]) == ("STOPPED", 7, [])
    assert (main["lastStatus"], main["healthStatus"], bool(main["imageDigest"])) == ("STOPPED", "UNKNOWN", True)
    assert not {"exitCode", "reason"} & set(main)
