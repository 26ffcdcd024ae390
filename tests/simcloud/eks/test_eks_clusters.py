"""Clusters: what AWS fills in, how they come and go, how they are updated."""

from __future__ import annotations

import base64
import subprocess
import sys

import boto3
import pytest
from botocore.exceptions import ClientError, WaiterError
from eks_shop import EksShop

from simcloud import Cloud
from simcloud.cloud.eks import BY_NAME, OPERATIONS
from simcloud.cloud.eks.left_out import LEFT_OUT


@pytest.mark.operation("eks:CreateCluster", "eks:DescribeCluster")
def test_a_new_cluster_has_no_endpoint_until_it_is_active(shop: EksShop) -> None:
    made = shop.eks.create_cluster(**shop.cluster(tags={"team": "web"}))["cluster"]
    assert made["status"] == "CREATING"
    assert made["arn"] == "arn:aws:eks:us-east-1:123456789012:cluster/shop"
    assert "endpoint" not in made
    shop.eks.get_waiter("cluster_active").wait(name="shop")
    now = shop.eks.describe_cluster(name="shop")["cluster"]
    assert now["endpoint"].endswith(".gr7.us-east-1.eks.amazonaws.com")
    identity = now["endpoint"].removeprefix("https://").partition(".")[0]
    assert now["identity"]["oidc"]["issuer"] == f"https://oidc.eks.us-east-1.amazonaws.com/id/{identity}"
    assert base64.b64decode(now["certificateAuthority"]["data"]).startswith(b"-----BEGIN CERTIFICATE-----")
    assert now["tags"] == {"team": "web"}


@pytest.mark.operation("eks:CreateCluster", "eks:DescribeCluster")
def test_what_is_not_asked_for_is_filled_in(ready: EksShop) -> None:
    cluster = ready.eks.describe_cluster(name="shop")["cluster"]
    network = cluster["resourcesVpcConfig"]
    assert network["vpcId"] == ready["vpc"]
    assert (network["endpointPublicAccess"], network["endpointPrivateAccess"]) == (True, False)
    assert network["publicAccessCidrs"] == ["0.0.0.0/0"]
    assert cluster["kubernetesNetworkConfig"]["serviceIpv4Cidr"] == "172.20.0.0/16"
    assert cluster["accessConfig"] == {"authenticationMode": "CONFIG_MAP"}
    assert cluster["upgradePolicy"] == {"supportType": "EXTENDED"}
    assert [each["enabled"] for each in cluster["logging"]["clusterLogging"]] == [False]
    assert cluster["platformVersion"].startswith("eks.")
    assert cluster["version"] == "1.35"


@pytest.mark.operation("eks:CreateCluster", "eks:DescribeCluster", "eks:DeleteCluster")
def test_its_security_group_stands_in_ec2_as_long_as_the_cluster(ready: EksShop) -> None:
    group = ready.eks.describe_cluster(name="shop")["cluster"]["resourcesVpcConfig"]["clusterSecurityGroupId"]
    seen = ready.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    assert seen["VpcId"] == ready["vpc"]
    assert seen["GroupName"].startswith("eks-cluster-sg-shop-")
    assert {"Key": "aws:eks:cluster-name", "Value": "shop"} in seen["Tags"]
    assert seen["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"] == group
    ready.eks.delete_cluster(name="shop")
    ready.eks.get_waiter("cluster_deleted").wait(name="shop")
    with pytest.raises(ClientError, match=r"InvalidGroup\.NotFound"):
        ready.ec2.describe_security_groups(GroupIds=[group])


@pytest.mark.operation("eks:DeleteCluster", "eks:DescribeCluster", "eks:ListClusters")
def test_a_deleted_cluster_is_deleting_and_then_gone(ready: EksShop) -> None:
    assert ready.eks.delete_cluster(name="shop")["cluster"]["status"] == "DELETING"
    assert ready.eks.delete_cluster(name="shop")["cluster"]["status"] == "DELETING"
    assert ready.eks.list_clusters()["clusters"] == ["shop"]
    ready.eks.get_waiter("cluster_deleted").wait(name="shop")
    assert ready.eks.list_clusters()["clusters"] == []
    with pytest.raises(ClientError, match="No cluster found for name: shop"):
        ready.eks.describe_cluster(name="shop")


@pytest.mark.operation("eks:CreateCluster", "eks:ListClusters")
def test_clusters_are_listed_page_by_page(shop: EksShop) -> None:
    for name in ("c", "a", "b"):
        shop.eks.create_cluster(**shop.cluster(name=name))
    pages = list(shop.eks.get_paginator("list_clusters").paginate(PaginationConfig={"PageSize": 2}))
    assert [each["clusters"] for each in pages] == [["a", "b"], ["c"]]


@pytest.mark.operation("eks:CreateCluster")
def test_the_same_token_makes_one_cluster(shop: EksShop) -> None:
    first = shop.eks.create_cluster(**shop.cluster(clientRequestToken="once"))["cluster"]
    assert shop.eks.create_cluster(**shop.cluster(clientRequestToken="once"))["cluster"]["arn"] == first["arn"]
    with pytest.raises(ClientError, match="Cluster already exists with name: shop"):
        shop.eks.create_cluster(**shop.cluster(clientRequestToken="twice"))


def test_a_waiter_for_a_cluster_that_is_not_there_gives_up(cloud: Cloud) -> None:
    with pytest.raises(WaiterError, match="No cluster found for name: none"):
        boto3.client("eks").get_waiter("cluster_active").wait(name="none", WaiterConfig={"MaxAttempts": 2})


@pytest.mark.parametrize(
    ("change", "member", "kind"),
    [
        (
            {"logging": {"clusterLogging": [{"types": ["api"], "enabled": True}]}},
            ("logging", "clusterLogging", 0, {"types": ["api"], "enabled": True}),
            "LoggingUpdate",
        ),
        (
            {"resourcesVpcConfig": {"endpointPrivateAccess": True}},
            ("resourcesVpcConfig", "endpointPrivateAccess", True),
            "EndpointAccessUpdate",
        ),
        (
            {"resourcesVpcConfig": {"publicAccessCidrs": ["52.1.2.3/32"]}},
            ("resourcesVpcConfig", "publicAccessCidrs", ["52.1.2.3/32"]),
            "EndpointAccessUpdate",
        ),
        (
            {"accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}},
            ("accessConfig", "authenticationMode", "API_AND_CONFIG_MAP"),
            "AccessConfigUpdate",
        ),
        (
            {"upgradePolicy": {"supportType": "STANDARD"}},
            ("upgradePolicy", "supportType", "STANDARD"),
            "UpgradePolicyUpdate",
        ),
        ({"deletionProtection": True}, ("deletionProtection", True), "DeletionProtectionUpdate"),
        ({"zonalShiftConfig": {"enabled": True}}, ("zonalShiftConfig", "enabled", True), "ZonalShiftConfigUpdate"),
    ],
)
@pytest.mark.operation("eks:UpdateClusterConfig", "eks:DescribeUpdate", "eks:ListUpdates", "eks:DescribeCluster")
def test_an_update_holds_once_it_has_ended(
    ready: EksShop, change: dict[str, object], member: tuple[object, ...], kind: str
) -> None:
    update = ready.eks.update_cluster_config(name="shop", **change)["update"]
    assert (update["status"], update["type"]) == ("InProgress", kind)
    assert ready.eks.describe_cluster(name="shop")["cluster"]["status"] == "UPDATING"
    ready.eks.get_waiter("cluster_active").wait(name="shop")
    assert ready.eks.list_updates(name="shop")["updateIds"] == [update["id"]]
    assert ready.eks.describe_update(name="shop", updateId=update["id"])["update"]["status"] == "Successful"
    found = ready.eks.describe_cluster(name="shop")["cluster"]
    *way, wanted = member
    for each in way:
        found = found[each]
    assert found == wanted


@pytest.mark.operation("eks:UpdateClusterVersion", "eks:DescribeCluster", "eks:DescribeUpdate", "eks:ListUpdates")
def test_a_cluster_goes_up_by_one_version_and_back_within_a_week(shop: EksShop) -> None:
    shop.open_cluster(version="1.34")
    up = shop.eks.update_cluster_version(name="shop", version="1.35")["update"]
    assert up["type"] == "VersionUpdate"
    assert {"type": "Version", "value": "1.35"} in up["params"]
    with pytest.raises(ClientError, match="ResourceInUseException"):
        shop.eks.update_cluster_version(name="shop", version="1.36")
    shop.eks.get_waiter("cluster_active").wait(name="shop")
    assert shop.eks.describe_cluster(name="shop")["cluster"]["version"] == "1.35"
    back = shop.eks.update_cluster_version(name="shop", version="1.34")["update"]
    shop.eks.get_waiter("cluster_active").wait(name="shop")
    assert shop.eks.describe_cluster(name="shop")["cluster"]["version"] == "1.34"
    assert shop.eks.list_updates(name="shop")["updateIds"] == [back["id"], up["id"]]
    update = shop.eks.describe_update(name="shop", updateId=back["id"])["update"]
    assert (update["type"], update["status"]) == ("VersionRollback", "Successful")


@pytest.mark.operation("eks:AssociateEncryptionConfig", "eks:DescribeCluster", "eks:DescribeUpdate")
def test_secrets_are_encrypted_by_a_key(ready: EksShop) -> None:
    key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
    config = [{"resources": ["secrets"], "provider": {"keyArn": key}}]
    update = ready.eks.associate_encryption_config(clusterName="shop", encryptionConfig=config)["update"]
    assert update["type"] == "AssociateEncryptionConfig"
    ready.eks.get_waiter("cluster_active").wait(name="shop")
    assert ready.eks.describe_cluster(name="shop")["cluster"]["encryptionConfig"] == config
    assert ready.eks.describe_update(name="shop", updateId=update["id"])["update"]["status"] == "Successful"


@pytest.mark.operation("eks:DescribeClusterVersions")
def test_one_version_is_the_default() -> None:
    with Cloud(seed=1):
        eks = boto3.client("eks")
        every = eks.describe_cluster_versions()["clusterVersions"]
        assert [each["clusterVersion"] for each in every if each["defaultVersion"]] == ["1.35"]
        assert [each["clusterVersion"] for each in every] == sorted((e["clusterVersion"] for e in every), reverse=True)
        extended = eks.describe_cluster_versions(versionStatus="EXTENDED_SUPPORT")["clusterVersions"]
        assert {each["versionStatus"] for each in extended} == {"EXTENDED_SUPPORT"}
        one = eks.describe_cluster_versions(clusterVersions=["1.33"])["clusterVersions"]
        assert [each["clusterVersion"] for each in one] == ["1.33"]


@pytest.mark.operation("eks:CreateCluster", "eks:TagResource", "eks:UntagResource", "eks:ListTagsForResource")
def test_tags_are_added_and_taken_away(ready: EksShop) -> None:
    arn = ready.eks.describe_cluster(name="shop")["cluster"]["arn"]
    ready.eks.tag_resource(resourceArn=arn, tags={"team": "web", "stage": "test"})
    ready.eks.untag_resource(resourceArn=arn, tagKeys=["stage"])
    assert ready.eks.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "web"}
    assert ready.eks.describe_cluster(name="shop")["cluster"]["tags"] == {"team": "web"}
    with pytest.raises(ClientError, match="NotFoundException"):
        ready.eks.tag_resource(resourceArn=arn + "x", tags={"a": "b"})


def test_every_operation_of_the_model_is_answered_or_left_out_with_a_reason(cloud: Cloud) -> None:
    model = boto3.client("eks").meta.service_model
    assert set(model.operation_names) == set(OPERATIONS)
    assert not set(BY_NAME) & set(LEFT_OUT)
    with pytest.raises(ClientError, match="EKS Anywhere"):
        boto3.client("eks").list_eks_anywhere_subscriptions()


def test_the_room_is_light_until_it_is_used() -> None:
    code = (
        "import sys, simcloud.cloud.eks\n"
        "print([each for each in sys.modules if each.startswith(('moto', 'simcloud.sim.eks', 'simcloud.rules.eks'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
