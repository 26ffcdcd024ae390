"""EBS volumes configured at launch, through boto3: one a task, gone with it, under the infrastructure role."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, VOLUMES, Shop, trust

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ebs"


@pytest.fixture
def mounted(open_shop: Shop) -> Shop:
    """A definition with a volume configured at launch, and an infrastructure role with AWS's own policy."""
    open_shop.iam.create_role(RoleName="ebs", AssumeRolePolicyDocument=trust("ecs.amazonaws.com"))
    open_shop.iam.attach_role_policy(RoleName="ebs", PolicyArn=VOLUMES)
    register(open_shop)
    return open_shop


def register(shop: Shop, image: str = "") -> None:
    mounts = [{"sourceVolume": "data", "containerPath": "/data"}]
    container = shop.container(mountPoints=mounts, **({"image": image} if image else {}))
    shop.register(container, volumes=[{"name": "data", "configuredAtLaunch": True}])


def volume(**members: Any) -> list[dict[str, Any]]:
    return [{"name": "data", "managedEBSVolume": {"sizeInGiB": 10, "roleArn": ROLE, **members}}]


def volumes(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.ec2.describe_volumes()["Volumes"]
    return found


def attachment(shop: Shop, task: str) -> tuple[str, dict[str, str]]:
    block = next(each for each in shop.described(task)["attachments"] if each["type"] == "AmazonElasticBlockStorage")
    return block["status"], {each["name"]: each["value"] for each in block["details"]}


@pytest.mark.row("F06")
@pytest.mark.row("M06")
def test_each_task_of_a_service_has_a_volume_of_its_own_in_its_zone_deleted_with_it(mounted: Shop) -> None:
    given = volume()
    mounted.create_service(volumeConfigurations=given)
    mounted.cloud.advance(minutes=2)
    tasks = mounted.cloud.tasks("shop", status="RUNNING")
    held = {each["VolumeId"]: each for each in volumes(mounted)}
    assert len(tasks) == len(held) == 2
    for task in tasks:
        status, details = attachment(mounted, task.arn)
        mine = held[details["volumeId"]]
        assert (status, mine["State"], mine["Size"], mine["VolumeType"]) == ("ATTACHED", "in-use", 10, "gp3")
        assert mine["AvailabilityZone"] == task.zone
        assert {"Key": "AmazonECSManaged", "Value": "true"} in mine["Tags"]
        assert mine["Attachments"][0]["AssociatedResource"] == task.arn
    mounted.ecs.stop_task(cluster="shop", task=tasks[0].arn)
    mounted.cloud.advance(minutes=3)
    gone = attachment(mounted, tasks[0].arn)
    assert gone[0] == "DELETED"
    left = {each["VolumeId"] for each in volumes(mounted)}
    assert gone[1]["volumeId"] not in left
    assert len(left) == 2


@pytest.mark.row("F06")
def test_a_volume_that_is_in_use_cannot_be_deleted(mounted: Shop) -> None:
    mounted.run_and_wait(volumeConfigurations=volume())
    with pytest.raises(ClientError) as refused:
        mounted.ec2.delete_volume(VolumeId=volumes(mounted)[0]["VolumeId"])
    assert refused.value.response["Error"]["Code"] == "VolumeInUse"


def test_r185_a_standalone_task_can_leave_its_volume_behind(mounted: Shop) -> None:
    given = volume(terminationPolicy={"deleteOnTermination": False})
    task = mounted.run_and_wait(volumeConfigurations=given)
    mounted.ecs.stop_task(cluster="shop", task=task.arn)
    mounted.cloud.advance(minutes=3)
    assert [each["State"] for each in volumes(mounted)] == ["available"]


def test_the_volume_is_made_before_the_task_has_an_address(mounted: Shop) -> None:
    task = mounted.run_and_wait(volumeConfigurations=volume())
    told = [line.what for line in task.story]
    made = next(number for number, what in enumerate(told) if "as infrastructure role ebs" in what)
    assert told[made - 1].startswith("PROVISIONING")
    assert told[made + 1].startswith("PENDING")


def test_what_lies_on_the_volume_is_gone_with_it(mounted: Shop) -> None:
    register(mounted, mounted.cloud.push_image("shop/writer", writes=[("/data/a", "x")]))
    task = mounted.run_and_wait(volumeConfigurations=volume())
    identity = attachment(mounted, task.arn)[1]["volumeId"]
    assert mounted.cloud.world.files[identity] == {"/a": "x"}
    mounted.ecs.stop_task(cluster="shop", task=task.arn)
    mounted.cloud.advance(minutes=3)
    assert identity not in mounted.cloud.world.files


@pytest.mark.parametrize("actions", [["ec2:CreateVolume", "ec2:AttachVolume"], ["ec2:CreateTags"], ["ec2:*"]])
def test_r139_the_infrastructure_role_needs_its_permissions(mounted: Shop, actions: list[str]) -> None:
    mounted.iam.detach_role_policy(RoleName="ebs", PolicyArn=VOLUMES)
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    mounted.iam.put_role_policy(RoleName="ebs", PolicyName="own", PolicyDocument=document)
    task = mounted.run_and_wait(volumeConfigurations=volume())
    if actions == ["ec2:*"]:
        assert task.status == "RUNNING"
        return
    missing = "ec2:CreateTags" if "ec2:CreateVolume" in actions else "ec2:CreateVolume"
    assert (task.status, task.stop_code) == ("STOPPED", "TaskFailedToStart")
    assert f"is not authorized to perform: {missing} on resource" in task.stopped_reason
    assert attachment(mounted, task.arn)[1]["statusReason"] == task.stopped_reason
    assert volumes(mounted) == []


def test_r139_a_role_that_ecs_may_not_assume_gets_no_volume(mounted: Shop) -> None:
    mounted.iam.update_assume_role_policy(RoleName="ebs", PolicyDocument=trust())
    task = mounted.run_and_wait(volumeConfigurations=volume())
    assert task.stopped_reason.startswith("ECS was unable to assume the configured ECS Infrastructure Role.")
    assert "not ecs.amazonaws.com" in task.why
    assert not any("PENDING" in line.what for line in task.story)


def test_r186_a_key_that_does_not_exist_is_found_out_after_the_call(mounted: Shop) -> None:
    head = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/"
    task = mounted.run_and_wait(volumeConfigurations=volume(kmsKeyId=head + "0" * 8 + "-0000-0000-0000-" + "0" * 12))
    assert task.stop_code == "TaskFailedToStart"
    key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
    assert mounted.run_and_wait(volumeConfigurations=volume(kmsKeyId=key, encrypted=True)).status == "RUNNING"
    assert volumes(mounted)[0]["Encrypted"] is True
