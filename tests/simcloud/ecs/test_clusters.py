"""Clusters: made, described, changed, deleted and made again."""

from __future__ import annotations

import re

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, REGION, Shop

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


@pytest.mark.operation("ecs:CreateCluster", "ecs:DescribeClusters")
def test_a_cluster_shows_what_it_was_made_with_when_asked(shop: Shop) -> None:
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"
    shop.ecs.create_cluster(
        clusterName="blue",
        settings=[{"name": "containerInsights", "value": "enhanced"}],
        configuration={
            "executeCommandConfiguration": {"kmsKeyId": key},
            "managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": key},
        },
        capacityProviders=["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE", "base": 1}],
        tags=[{"key": "team", "value": "blue"}],
    )
    (bare,) = shop.ecs.describe_clusters(clusters=["blue"])["clusters"]
    assert {name for name in bare if name not in ("capacityProviders", "defaultCapacityProviderStrategy")} == {
        "clusterArn",
        "clusterName",
        "status",
        "registeredContainerInstancesCount",
        "runningTasksCount",
        "pendingTasksCount",
        "activeServicesCount",
        "statistics",
        "tags",
        "settings",
    }
    assert (bare["settings"], bare["tags"], bare["statistics"]) == ([], [], [])
    assert bare["defaultCapacityProviderStrategy"] == [{"capacityProvider": "FARGATE", "weight": 0, "base": 1}]
    include = ["ATTACHMENTS", "SETTINGS", "STATISTICS", "TAGS", "CONFIGURATIONS"]
    (full,) = shop.ecs.describe_clusters(clusters=[f"{HEAD}:cluster/blue"], include=include)["clusters"]
    assert full["settings"] == [{"name": "containerInsights", "value": "enhanced"}]
    assert full["tags"] == [{"key": "team", "value": "blue"}]
    assert full["configuration"]["executeCommandConfiguration"] == {"kmsKeyId": key, "logging": "DEFAULT"}
    assert (full["attachments"], full["attachmentsStatus"]) == ([], "UPDATE_COMPLETE")
    assert {"name": "runningEC2TasksCount", "value": "0"} in full["statistics"]


@pytest.mark.operation("ecs:CreateCluster", "ecs:ListClusters", "ecs:DeleteCluster", "ecs:DescribeClusters")
def test_a_deleted_cluster_is_inactive_and_its_name_is_free(shop: Shop) -> None:
    shop.ecs.create_cluster(clusterName="blue", tags=[{"key": "team", "value": "blue"}])
    assert f"{HEAD}:cluster/blue" in shop.ecs.list_clusters()["clusterArns"]
    assert shop.ecs.delete_cluster(cluster="blue")["cluster"]["status"] == "INACTIVE"
    assert f"{HEAD}:cluster/blue" not in shop.ecs.list_clusters()["clusterArns"]
    assert shop.ecs.describe_clusters(clusters=["blue"])["clusters"][0]["status"] == "INACTIVE"
    with pytest.raises(shop.ecs.exceptions.ClusterNotFoundException, match="The referenced cluster was inactive"):
        shop.ecs.list_tasks(cluster="blue")
    again = shop.ecs.create_cluster(clusterName="blue", capacityProviders=["FARGATE"])["cluster"]
    assert (again["status"], again["capacityProviders"], again["tags"]) == ("ACTIVE", ["FARGATE"], [])


@pytest.mark.operation("ecs:CreateCluster")
def test_the_same_request_gives_the_cluster_back_and_another_one_is_refused(shop: Shop) -> None:
    asked = {"clusterName": "blue", "capacityProviders": ["FARGATE"]}
    first, again = shop.ecs.create_cluster(**asked), shop.ecs.create_cluster(**asked)
    assert first["cluster"]["clusterArn"] == again["cluster"]["clusterArn"]
    assert shop.ecs.create_cluster(clusterName="blue")["cluster"]["capacityProviders"] == ["FARGATE"]
    with pytest.raises(ClientError, match="inconsistent with arguments used in previous request"):
        shop.ecs.create_cluster(clusterName="blue", capacityProviders=["FARGATE_SPOT"])


@pytest.mark.operation("ecs:UpdateCluster", "ecs:UpdateClusterSettings", "ecs:DescribeClusters")
def test_an_update_leaves_the_rest_as_it_was(shop: Shop) -> None:
    override = {"logging": "OVERRIDE", "logConfiguration": {"cloudWatchLogGroupName": "/exec"}}
    shop.ecs.update_cluster(cluster="shop", configuration={"executeCommandConfiguration": override})
    shop.ecs.update_cluster_settings(cluster="shop", settings=[{"name": "containerInsights", "value": "enabled"}])
    (shown,) = shop.ecs.describe_clusters(clusters=["shop"], include=["SETTINGS", "CONFIGURATIONS"])["clusters"]
    assert shown["settings"] == [{"name": "containerInsights", "value": "enabled"}]
    assert shown["configuration"]["executeCommandConfiguration"] == override


@pytest.mark.operation("ecs:CreateCluster", "ecs:UpdateCluster", "ecs:DescribeClusters")
def test_a_service_connect_default_becomes_a_namespace(shop: Shop) -> None:
    made = shop.ecs.create_cluster(clusterName="blue", serviceConnectDefaults={"namespace": "inside"})["cluster"]
    arn = made["serviceConnectDefaults"]["namespace"]
    assert re.fullmatch(rf"arn:aws:servicediscovery:{REGION}:{ACCOUNT}:namespace/ns-[a-z0-9]+", arn)
    assert made["attachments"][0]["type"] == "sc"
    assert made["attachmentsStatus"] == "UPDATE_IN_PROGRESS"
    for named in ("inside", arn):
        shop.ecs.update_cluster(cluster="shop", serviceConnectDefaults={"namespace": named})
        (shown,) = shop.ecs.describe_clusters(clusters=["shop"])["clusters"]
        assert shown["serviceConnectDefaults"] == {"namespace": arn}, "a name that is there is no second namespace"
    gone = {"namespace": arn + "x"}
    with pytest.raises(shop.ecs.exceptions.NamespaceNotFoundException):
        shop.ecs.update_cluster(cluster="shop", serviceConnectDefaults=gone)


def test_an_arn_of_another_account_is_missing(shop: Shop) -> None:
    arn = f"arn:aws:ecs:{REGION}:210987654321:cluster/shop"
    answer = shop.ecs.describe_clusters(clusters=[arn])
    assert (answer["clusters"], answer["failures"]) == ([], [{"arn": arn, "reason": "MISSING"}])
