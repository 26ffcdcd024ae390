"""Scalable targets through boto3."""

from __future__ import annotations

import pickle
import subprocess
import sys

import boto3
import pytest
from botocore.exceptions import ClientError
from scaled_shop import TARGET, Scaled

operation = pytest.mark.operation


@operation("application-autoscaling:RegisterScalableTarget", "application-autoscaling:DescribeScalableTargets")
def test_a_registered_target_is_described_whole(scaled: Scaled) -> None:
    arn = scaled.register(2, 6)
    found = scaled.target()
    assert {key: found[key] for key in (*TARGET, "MinCapacity", "MaxCapacity", "ScalableTargetARN")} == {
        **TARGET,
        "MinCapacity": 2,
        "MaxCapacity": 6,
        "ScalableTargetARN": arn,
    }
    assert found["CreationTime"].timestamp() == scaled.cloud.world.now
    assert found["SuspendedState"] == dict.fromkeys(
        ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"), False
    )
    assert found["RoleARN"] == (
        "arn:aws:iam::123456789012:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
        "AWSServiceRoleForApplicationAutoScaling_ECSService"
    )


def test_the_service_linked_role_is_made_once(scaled: Scaled) -> None:
    scaled.register()
    scaled.register(1, 5)
    iam = boto3.client("iam")
    role = iam.get_role(RoleName="AWSServiceRoleForApplicationAutoScaling_ECSService")["Role"]
    assert role["Arn"] == scaled.target()["RoleARN"]


@operation("application-autoscaling:RegisterScalableTarget")
def test_what_a_later_call_leaves_out_stays(scaled: Scaled) -> None:
    first = scaled.register(1, 6, SuspendedState={"ScheduledScalingSuspended": True})
    again = scaled.api.register_scalable_target(**TARGET, MaxCapacity=9)["ScalableTargetARN"]
    found = scaled.target()
    assert (again, found["MinCapacity"], found["MaxCapacity"]) == (first, 1, 9)
    assert found["SuspendedState"]["ScheduledScalingSuspended"]
    assert not found["SuspendedState"]["DynamicScalingInSuspended"]


def test_without_a_target_the_count_stays_where_it_was_put(scaled: Scaled) -> None:
    scaled.cloud.advance(hours=2)
    assert scaled.desired == 2
    assert scaled.activities() == []


@operation("application-autoscaling:RegisterScalableTarget", "application-autoscaling:DescribeScalingActivities")
def test_a_count_below_the_minimum_is_raised_to_it(scaled: Scaled) -> None:
    """R-244."""
    scaled.cloud.advance(minutes=2)
    scaled.register(4, 6)
    assert scaled.desired == 4
    (activity,) = scaled.activities()
    assert activity["StatusCode"] == "InProgress"
    assert activity["StatusMessage"] == (
        "Successfully set desired count to 4. Waiting for change to be fulfilled by ecs."
    )
    scaled.cloud.advance(minutes=2)
    (activity,) = scaled.activities()
    assert activity["Description"] == "Setting desired count to 4."
    assert activity["Cause"] == "minimum capacity was set to 4"
    assert activity["StatusCode"] == "Successful"
    assert activity["StatusMessage"] == "Successfully set desired count to 4. Change successfully fulfilled by ecs."
    assert activity["EndTime"] > activity["StartTime"]
    service = scaled.shop.service()
    assert service["runningCount"] == 4
    assert any(
        event["message"]
        == "Message: Successfully set desired count to 4. Change successfully fulfilled by ecs. Cause: minimum "
        "capacity was set to 4"
        for event in service["events"]
    )


def test_a_count_above_the_maximum_is_lowered_to_it(scaled: Scaled) -> None:
    scaled.register(0, 1)
    assert scaled.desired == 1
    assert scaled.activities()[-1]["Cause"] == "maximum capacity was set to 1"


def test_a_count_set_by_hand_is_noticed_by_the_next_registration_alone(scaled: Scaled) -> None:
    """R-244, R-265."""
    scaled.register(1, 3)
    scaled.shop.ecs.update_service(cluster="shop", service="web", desiredCount=5)
    scaled.cloud.advance(minutes=30)
    assert scaled.desired == 5
    scaled.api.register_scalable_target(**TARGET)
    assert scaled.desired == 3


def test_a_newer_change_overrides_one_that_waits(scaled: Scaled) -> None:
    scaled.register(3, 6)
    scaled.api.register_scalable_target(**TARGET, MinCapacity=5)
    scaled.cloud.advance(minutes=3)
    assert [each["StatusCode"] for each in scaled.activities()] == ["Overridden", "Successful"]


@operation("application-autoscaling:DeregisterScalableTarget")
def test_deregistering_takes_policies_alarms_and_actions_along(scaled: Scaled) -> None:
    scaled.register()
    scaled.track()
    scaled.schedule("night", "cron(0 22 * * ? *)", MinCapacity=0, MaxCapacity=0)
    scaled.api.deregister_scalable_target(**TARGET)
    assert scaled.api.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []
    assert scaled.api.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"] == []
    assert scaled.api.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"] == []
    assert scaled.alarms() == []
    scaled.cloud.advance(days=1)
    assert scaled.desired == 2


def test_a_deleted_service_takes_its_target_along(scaled: Scaled) -> None:
    scaled.register()
    scaled.track()
    scaled.shop.ecs.delete_service(cluster="shop", service="web", force=True)
    assert scaled.api.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []
    assert scaled.alarms() == []
    with pytest.raises(ClientError, match="No scalable target found for service namespace: ecs"):
        scaled.api.deregister_scalable_target(**TARGET)


def test_targets_are_found_by_resource_and_shown_in_pages(scaled: Scaled) -> None:
    scaled.shop.create_service(serviceName="other", desiredCount=1)
    scaled.register()
    scaled.api.register_scalable_target(**{**TARGET, "ResourceId": "service/shop/other"}, MinCapacity=1, MaxCapacity=2)
    paginator = scaled.api.get_paginator("describe_scalable_targets")
    pages = list(paginator.paginate(ServiceNamespace="ecs", PaginationConfig={"PageSize": 1}))
    assert [[each["ResourceId"] for each in page["ScalableTargets"]] for page in pages] == [
        ["service/shop/web"],
        ["service/shop/other"],
    ]
    found = scaled.api.describe_scalable_targets(
        ServiceNamespace="ecs", ResourceIds=["service/shop/other"], ScalableDimension="ecs:service:DesiredCount"
    )
    assert [each["ResourceId"] for each in found["ScalableTargets"]] == ["service/shop/other"]


@operation(
    "application-autoscaling:TagResource",
    "application-autoscaling:UntagResource",
    "application-autoscaling:ListTagsForResource",
)
def test_a_target_keeps_its_tags(scaled: Scaled) -> None:
    arn = scaled.register(Tags={"team": "red", "stage": "test"})
    scaled.api.tag_resource(ResourceARN=arn, Tags={"team": "blue", "cost": "7"})
    scaled.api.untag_resource(ResourceARN=arn, TagKeys=["stage", "nothing"])
    assert scaled.api.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "blue", "cost": "7"}


def test_a_missing_target_is_named_in_the_error(scaled: Scaled) -> None:
    arn = "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0ec5nowhere"
    with pytest.raises(scaled.api.exceptions.ResourceNotFoundException) as caught:
        scaled.api.list_tags_for_resource(ResourceARN=arn)
    assert caught.value.response["ResourceName"] == arn


def test_activities_are_forgotten_after_six_weeks(scaled: Scaled) -> None:
    scaled.register(3, 4)
    scaled.cloud.advance(days=41)
    assert len(scaled.activities()) == 1
    scaled.cloud.advance(days=2)
    assert scaled.activities() == []


def test_a_process_in_which_nothing_is_scaled_reads_no_laws_of_scaling() -> None:
    program = (
        "import sys; from simcloud import Cloud; import boto3\n"
        "with Cloud(seed=1):\n"
        "    boto3.client('ecs').create_cluster()\n"
        "print([name for name in sys.modules if 'scaling' in name and name.startswith('simcloud')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['simcloud.sim.scaling', 'simcloud.sim.scaling.holdings']"


def test_a_world_that_comes_from_another_process_goes_on_scaling(scaled: Scaled) -> None:
    """Its targets bring the laws that move them."""
    scaled.register(1, 4)
    scaled.schedule("rush", "at(2026-01-05T12:00:00)", MinCapacity=4)
    program = (
        "import pickle, sys\n"
        "world = pickle.loads(sys.stdin.buffer.read())\n"
        "((world.now, due),) = [each for each in world.due() if type(each[1]).__name__ == 'ActionDue']\n"
        "print([type(effect.event).__name__ for effect in world.handle(due)])\n"
        "(target,) = world.scaling.targets.values()\n"
        "print(target.minimum, target.maximum)"
    )
    world = pickle.dumps(scaled.cloud.world)
    done = subprocess.run([sys.executable, "-c", program], input=world, capture_output=True, check=True)
    assert done.stdout.decode().split("\n")[:2] == ["['ServiceUpdated']", "4 4"]
