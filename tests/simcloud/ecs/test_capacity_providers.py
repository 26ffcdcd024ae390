"""Capacity providers: Fargate's two, which are always there, and the account's own."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, REGION, Shop

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
GROUP = {"autoScalingGroupArn": "old", "managedScaling": {"status": "ENABLED", "targetCapacity": 80}}


def test_fargate_and_fargate_spot_are_built_in(shop: Shop) -> None:
    answer = shop.ecs.describe_capacity_providers()
    assert [(each["name"], each["type"], each["status"]) for each in answer["capacityProviders"]] == [
        ("FARGATE", "FARGATE", "ACTIVE"),
        ("FARGATE_SPOT", "FARGATE_SPOT", "ACTIVE"),
    ]
    missing = shop.ecs.describe_capacity_providers(capacityProviders=["FARGATE", "nope"])
    assert missing["failures"] == [{"arn": f"{HEAD}:capacity-provider/nope", "reason": "MISSING"}]


@pytest.mark.operation(
    "ecs:CreateCapacityProvider",
    "ecs:UpdateCapacityProvider",
    "ecs:DescribeCapacityProviders",
    "ecs:DeleteCapacityProvider",
)
def test_an_own_provider_is_made_changed_and_deleted(shop: Shop) -> None:
    team = [{"key": "team", "value": "red"}]
    made = shop.ecs.create_capacity_provider(name="old", autoScalingGroupProvider=GROUP, tags=team)["capacityProvider"]
    assert made["capacityProviderArn"] == f"{HEAD}:capacity-provider/old"
    assert made["autoScalingGroupProvider"]["managedScaling"] == {
        "status": "ENABLED",
        "targetCapacity": 80,
        "minimumScalingStepSize": 1,
        "maximumScalingStepSize": 10000,
        "instanceWarmupPeriod": 300,
    }
    with pytest.raises(ClientError, match="already exists"):
        shop.ecs.create_capacity_provider(name="old", autoScalingGroupProvider=GROUP)
    less = {"managedScaling": {"targetCapacity": 50}}
    shop.ecs.update_capacity_provider(name="old", autoScalingGroupProvider=less)

    def shown() -> dict[str, object]:
        found = shop.ecs.describe_capacity_providers(capacityProviders=["old"], include=["TAGS"])
        answer: dict[str, object] = found["capacityProviders"][0]
        return answer

    assert shown()["tags"] == team
    assert shown()["autoScalingGroupProvider"]["managedScaling"]["targetCapacity"] == 50  # type: ignore[index]
    assert shop.ecs.delete_capacity_provider(capacityProvider="old")["capacityProvider"]["updateStatus"] == (
        "DELETE_IN_PROGRESS"
    )
    shop.cloud.advance(minutes=1)
    assert (shown()["status"], shown()["updateStatus"]) == ("INACTIVE", "DELETE_COMPLETE")
    assert "no task ever runs on them" in str(shop.cloud.story.about("old"))


@pytest.mark.operation("ecs:PutClusterCapacityProviders", "ecs:DescribeClusters")
def test_a_clusters_providers_are_replaced_unless_something_runs_on_them(shop: Shop) -> None:
    shop.ecs.create_capacity_provider(name="old", autoScalingGroupProvider=GROUP)

    def put(*names: str) -> dict[str, object]:
        answer: dict[str, object] = shop.ecs.put_cluster_capacity_providers(
            cluster="shop", capacityProviders=list(names), defaultCapacityProviderStrategy=[]
        )["cluster"]
        return answer

    assert put("FARGATE", "FARGATE_SPOT", "old")["attachmentsStatus"] == "UPDATE_IN_PROGRESS"
    (shown,) = shop.ecs.describe_clusters(clusters=["shop"], include=["ATTACHMENTS"])["clusters"]
    assert shown["capacityProviders"] == ["FARGATE", "FARGATE_SPOT", "old"]
    (policy,) = shown["attachments"]
    assert (policy["type"], policy["details"][0]["value"]) == ("as_policy", "old")
    with pytest.raises(ClientError, match="in use and cannot be removed"):
        shop.ecs.delete_capacity_provider(capacityProvider="old")
    spot = {"capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]}
    asked = {"cluster": "shop", "taskDefinition": "web", "networkConfiguration": shop.network(), **spot}
    shop.ecs.run_task(**asked)
    with pytest.raises(shop.ecs.exceptions.ResourceInUseException, match="in use and cannot be removed"):
        put("FARGATE")
    assert put("FARGATE", "FARGATE_SPOT")["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    shop.ecs.delete_capacity_provider(capacityProvider="old")


def test_managed_instances_belong_to_one_cluster(shop: Shop) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/exec"
    template = {
        "ec2InstanceProfileArn": f"arn:aws:iam::{ACCOUNT}:instance-profile/ecs",
        "networkConfiguration": {"subnets": shop.subnets},
    }
    managed = {"infrastructureRoleArn": role, "instanceLaunchTemplate": template}
    made = shop.ecs.create_capacity_provider(name="mi", cluster="shop", managedInstancesProvider=managed)
    assert made["capacityProvider"]["cluster"] == f"{HEAD}:cluster/shop"
    assert shop.ecs.describe_clusters(clusters=["shop"])["clusters"][0]["capacityProviders"] == ["mi"]
    with pytest.raises(shop.ecs.exceptions.ClusterContainsCapacityProviderException):
        shop.ecs.delete_cluster(cluster="shop")
    shop.ecs.delete_capacity_provider(capacityProvider="mi", cluster="shop")
    shop.cloud.advance(minutes=1)
    shop.ecs.delete_cluster(cluster="shop")
