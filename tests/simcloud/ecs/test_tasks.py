"""Tasks through the API: overrides, volumes, tokens, what Fargate cannot give, StopTask, StartTask, instances."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, REGION, ROLE, VOLUMES, Shop, trust

from simcloud.sim.supply import SupplyChanged

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
NOBODY = "0" * 32


def supply(shop: Shop, **given: Any) -> None:
    """What a lab does."""
    shop.cloud.world.handle(SupplyChanged(**given))


@pytest.mark.operation("ecs:RunTask", "ecs:DescribeTasks")
def test_overrides_are_given_back_and_hold(open_shop: Shop) -> None:
    over = {
        "cpu": "512",
        "memory": "1024",
        "executionRoleArn": ROLE,
        "ephemeralStorage": {"sizeInGiB": 30},
        "containerOverrides": [{"name": "web", "memory": 600, "environment": [{"name": "MODE", "value": "once"}]}],
    }
    arn = open_shop.run(overrides=over)["taskArn"]
    shown = open_shop.described(arn)
    assert (shown["cpu"], shown["memory"]) == ("512", "1024")
    assert shown["ephemeralStorage"] == shown["fargateEphemeralStorage"] == {"sizeInGiB": 30}
    assert shown["overrides"] == {**over, "inferenceAcceleratorOverrides": []}
    assert shown["containers"][0]["memory"] == "600"


@pytest.mark.operation("ecs:RunTask", "ecs:DescribeTasks")
def test_an_ebs_volume_is_an_attachment_of_the_task(open_shop: Shop) -> None:
    open_shop.iam.create_role(RoleName="ebs", AssumeRolePolicyDocument=trust("ecs.amazonaws.com"))
    open_shop.iam.attach_role_policy(RoleName="ebs", PolicyArn=VOLUMES)
    role = f"arn:aws:iam::{ACCOUNT}:role/ebs"
    mounted = open_shop.container(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}])
    open_shop.register(mounted, volumes=[{"name": "data", "configuredAtLaunch": True}])
    volume = {"name": "data", "managedEBSVolume": {"sizeInGiB": 10, "roleArn": role}}
    arn = open_shop.run(volumeConfigurations=[volume])["taskArn"]

    def shown() -> tuple[str, dict[str, str]]:
        interface, block = open_shop.described(arn)["attachments"]
        assert (interface["type"], block["type"]) == ("ElasticNetworkInterface", "AmazonElasticBlockStorage")
        return block["status"], {each["name"]: each["value"] for each in block["details"]}

    asked = {"roleArn": role, "volumeName": "data", "deleteOnTermination": "true", "volumeSize": "10"}
    assert shown() == ("PRECREATED", asked)
    open_shop.cloud.advance(minutes=2)
    status, details = shown()
    assert status == "ATTACHED"
    assert details["volumeId"].startswith("vol-")
    open_shop.ecs.stop_task(cluster="shop", task=arn)
    open_shop.cloud.advance(minutes=2)
    assert shown()[0] == "DELETED"


def test_what_the_vcpu_quota_leaves_no_room_for_is_a_failure(shop: Shop) -> None:
    supply(shop, vcpu={"FARGATE": 0.5})
    asked = {
        "cluster": "shop",
        "taskDefinition": "web",
        "launchType": "FARGATE",
        "networkConfiguration": shop.network(),
    }
    answer = shop.ecs.run_task(count=3, **asked)
    assert len(answer["tasks"]) == 2
    assert answer["failures"] == [
        {"reason": "You’ve reached the limit on the number of vCPUs you can run concurrently"}
    ]
    assert shop.ecs.run_task(**asked)["tasks"] == []


def test_without_capacity_in_any_zone_no_task_comes(shop: Shop) -> None:
    asked = {
        "cluster": "shop",
        "taskDefinition": "web",
        "launchType": "FARGATE",
        "networkConfiguration": shop.network(),
    }
    supply(shop, short=frozenset({"us-east-1a"}))
    zones = {each["availabilityZone"] for each in shop.ecs.run_task(count=2, **asked)["tasks"]}
    assert zones == {"us-east-1b"}
    supply(shop, short=frozenset({"FARGATE"}))
    answer = shop.ecs.run_task(**asked)
    assert answer["tasks"] == []
    assert answer["failures"] == [
        {"reason": "Capacity is unavailable at this time. Please try again later or in a different availability zone"}
    ]


@pytest.mark.operation("ecs:StopTask", "ecs:ListTasks", "ecs:DescribeTasks")
def test_a_task_is_stopped_once_by_id_or_arn(open_shop: Shop) -> None:
    arn = open_shop.run(startedBy="me")["taskArn"]
    open_shop.cloud.advance(minutes=1)
    first = open_shop.ecs.stop_task(cluster="shop", task=arn.rsplit("/", 1)[-1])["task"]
    assert (first["stopCode"], first["stoppedReason"]) == ("UserInitiated", "Task stopped by user")
    open_shop.cloud.advance(minutes=2)
    again = open_shop.ecs.stop_task(cluster="shop", task=arn, reason="once more")["task"]
    assert (again["lastStatus"], again["stoppedReason"]) == ("STOPPED", "Task stopped by user")
    stopped = open_shop.ecs.list_tasks(cluster="shop", desiredStatus="STOPPED")["taskArns"]
    assert stopped == [arn]
    assert open_shop.ecs.list_tasks(cluster="shop", startedBy="me")["taskArns"] == [], "it is meant to be stopped"
    open_shop.ecs.create_cluster(clusterName="other")
    with pytest.raises(ClientError, match="The referenced task was not found"):
        open_shop.ecs.stop_task(cluster="other", task=arn.rsplit("/", 1)[-1])
    other = open_shop.ecs.describe_tasks(cluster="other", tasks=[arn.rsplit("/", 1)[-1]])
    assert other["failures"] == [{"arn": arn.replace("task/shop", "task/other"), "reason": "MISSING"}]


def test_tasks_named_twice_are_described_once(shop: Shop) -> None:
    arn = shop.run()["taskArn"]
    answer = shop.ecs.describe_tasks(cluster="shop", tasks=[arn, arn.rsplit("/", 1)[-1], arn])
    assert len(answer["tasks"]) == 1


def test_start_task_finds_no_instance_to_start_on(shop: Shop) -> None:
    asked = {"cluster": "shop", "taskDefinition": "web", "networkConfiguration": shop.network()}
    answer = shop.ecs.start_task(containerInstances=[NOBODY], **asked)
    missing = f"{HEAD}:container-instance/shop/{NOBODY}"
    assert (answer["tasks"], answer["failures"]) == ([], [{"arn": missing, "reason": "MISSING"}])


def test_an_account_on_fargate_has_no_instances(shop: Shop) -> None:
    missing = [{"arn": f"{HEAD}:container-instance/shop/{NOBODY}", "reason": "MISSING"}]
    assert shop.ecs.list_container_instances(cluster="shop")["containerInstanceArns"] == []
    described = shop.ecs.describe_container_instances(cluster="shop", containerInstances=[NOBODY])
    assert described["failures"] == missing
    drained = shop.ecs.update_container_instances_state(cluster="shop", containerInstances=[NOBODY], status="DRAINING")
    assert drained["failures"] == missing
    assert shop.ecs.list_attributes(cluster="shop", targetType="container-instance")["attributes"] == []


@pytest.mark.parametrize(
    ("operation", "asked", "why"),
    [
        ("list_daemons", {}, "Managed Instances alone"),
        ("list_gateways", {}, "Application Load Balancer"),
        ("submit_task_state_change", {}, "the agent is AWS's own"),
    ],
)
def test_what_is_left_out_says_why(shop: Shop, operation: str, asked: dict[str, Any], why: str) -> None:
    with pytest.raises(ClientError, match=why) as caught:
        getattr(shop.ecs, operation)(**asked)
    assert caught.value.response["Error"]["Code"] == "NotSimulated"


@pytest.mark.operation("ecs:TagResource", "ecs:UntagResource", "ecs:ListTagsForResource")
def test_every_kind_of_thing_has_tags(shop: Shop) -> None:
    shop.create_service(desiredCount=0)
    group = {"autoScalingGroupArn": "old"}
    provider = shop.ecs.create_capacity_provider(name="old", autoScalingGroupProvider=group)["capacityProvider"]
    for arn in (
        f"{HEAD}:cluster/shop",
        f"{HEAD}:task-definition/web:1",
        f"{HEAD}:service/shop/web",
        shop.run()["taskArn"],
        provider["capacityProviderArn"],
    ):
        shop.ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        shop.ecs.tag_resource(resourceArn=arn, tags=[{"key": "b", "value": "3"}])
        shop.ecs.untag_resource(resourceArn=arn, tagKeys=["a"])
        assert shop.ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "3"}]
    more = [{"key": f"k{number}", "value": ""} for number in range(50)]
    with pytest.raises(ClientError, match="at most 50"):
        shop.ecs.tag_resource(resourceArn=f"{HEAD}:cluster/shop", tags=more)
    for arn in (f"{HEAD}:service/shop/nope", f"{HEAD}:task-definition/nope:1", f"{HEAD}:task/shop/{NOBODY}"):
        with pytest.raises(ClientError, match="is not found"):
            shop.ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}])
