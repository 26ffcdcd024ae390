"""A Fargate task as the real ECS described it on 16 September 2026, from RunTask to RUNNING.

Recorded by https://github.com/radkawar/stackd under testdata/aws/ecs: task_tags.json, network_interfaces.json.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

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


VARIANTS = {  # as asked first: count 1, the whole ARN of the definition, two tags, a private address
    "omit-count-versus-one": {"count": None},
    "changed-count-two": {"count": 2},
    "family-revision-versus-arn": {"taskDefinition": "web:1"},
    "family-versus-arn": {"taskDefinition": "web"},
    "reversed-tags": {"tags": [{"key": "b", "value": "2"}, {"key": "a", "value": "1"}]},
    "empty-overrides": {"overrides": {}},
    "empty-started-by": {"startedBy": ""},
}
CONFLICT = (
    "The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a "
    "different request."
)


def test_a_token_stands_for_one_request_of_one_cluster_to_the_letter(shop: Shop) -> None:
    """task_tokens.json, all its conclusions."""
    asked = {
        "cluster": "shop",
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
        "count": 1,
        "launchType": "FARGATE",
        "clientToken": "once",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": shop.subnets[:1], "assignPublicIp": "DISABLED"}},
        "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}],
    }
    first = shop.ecs.run_task(**asked)["tasks"][0]
    assert (first["lastStatus"], first["desiredStatus"], first["tags"]) == ("PROVISIONING", "RUNNING", asked["tags"])
    stop = {"cluster": "shop", "task": first["taskArn"], "reason": "probe"}
    stopped = shop.ecs.stop_task(**stop)["task"]
    assert (stopped["tags"], "healthStatus" in stopped, len(stopped["containers"])) == ([], False, 1)
    again = shop.ecs.run_task(**asked)["tasks"][0]
    assert (again["taskArn"], again["desiredStatus"], again["tags"]) == (first["taskArn"], "STOPPED", asked["tags"])
    shop.cloud.advance(minutes=2)
    again = shop.ecs.run_task(**asked)["tasks"][0]
    assert (again["taskArn"], again["lastStatus"], again["tags"]) == (first["taskArn"], "STOPPED", asked["tags"])
    repeated = shop.ecs.stop_task(**stop)["task"]
    assert (repeated["lastStatus"], repeated["containers"], repeated["attachments"]) == ("STOPPED", [], [])
    assert repeated["overrides"] == {"containerOverrides": [], "inferenceAcceleratorOverrides": []}
    assert not {"attributes", "healthStatus", "startedAt"} & set(repeated)
    with pytest.raises(ClientError) as caught:
        shop.ecs.list_tags_for_resource(resourceArn=first["taskArn"])
    error = caught.value.response["Error"]
    assert error["Code"] == "InvalidParameterException"
    assert error["Message"] == "The specified task is stopped. Specify a running task and try again."
    for changes in VARIANTS.values():
        varied = {name: value for name, value in {**asked, **changes}.items() if value is not None}
        with pytest.raises(ClientError) as caught:
            shop.ecs.run_task(**varied)
        answer = caught.value.response
        told = (answer["Error"]["Code"], answer["Error"]["Message"], answer["resourceIds"])
        assert told == ("ConflictException", CONFLICT, [first["taskArn"]])
    shop.ecs.create_cluster(clusterName="second")
    other = shop.ecs.run_task(**{**asked, "cluster": "second"})["tasks"][0]
    assert other["taskArn"] != first["taskArn"]
