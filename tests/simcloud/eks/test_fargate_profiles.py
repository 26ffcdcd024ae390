"""Fargate profiles: made and deleted one after the other, never changed."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from eks_shop import EksShop

CREATE = pytest.mark.operation("eks:CreateFargateProfile", "eks:DescribeFargateProfile")


@CREATE
def test_a_profile_is_creating_and_then_active(ready: EksShop) -> None:
    made = ready.eks.create_fargate_profile(**ready.profile(tags={"team": "web"}))["fargateProfile"]
    assert made["status"] == "CREATING"
    assert made["fargateProfileArn"].startswith("arn:aws:eks:us-east-1:123456789012:fargateprofile/shop/web/")
    ready.eks.get_waiter("fargate_profile_active").wait(clusterName="shop", fargateProfileName="web")
    now = ready.eks.describe_fargate_profile(clusterName="shop", fargateProfileName="web")["fargateProfile"]
    assert now["status"] == "ACTIVE"
    assert now["selectors"] == [{"namespace": "default"}]
    assert now["podExecutionRoleArn"] == ready["pods"]
    assert now["subnets"] == [ready["private-a"], ready["private-b"]]
    assert now["tags"] == {"team": "web"}


@CREATE
def test_without_subnets_it_takes_the_private_ones_of_the_cluster(ready: EksShop) -> None:
    request = ready.profile()
    del request["subnets"]
    ready.eks.create_fargate_profile(**request)
    now = ready.eks.describe_fargate_profile(clusterName="shop", fargateProfileName="web")["fargateProfile"]
    assert now["subnets"] == [ready["private-a"], ready["private-b"]]


@pytest.mark.operation("eks:CreateFargateProfile", "eks:DeleteFargateProfile", "eks:ListFargateProfiles")
def test_one_profile_is_deleted_at_a_time(ready: EksShop) -> None:
    #
    for name in ("a", "b"):
        ready.open_profile(name)
    assert ready.eks.list_fargate_profiles(clusterName="shop")["fargateProfileNames"] == ["a", "b"]
    going = ready.eks.delete_fargate_profile(clusterName="shop", fargateProfileName="a")["fargateProfile"]
    assert going["status"] == "DELETING"
    with pytest.raises(ClientError, match="ResourceInUseException"):
        ready.eks.delete_fargate_profile(clusterName="shop", fargateProfileName="b")
    with pytest.raises(ClientError, match="ResourceInUseException"):
        ready.eks.create_fargate_profile(**ready.profile(fargateProfileName="c"))
    ready.eks.get_waiter("fargate_profile_deleted").wait(clusterName="shop", fargateProfileName="a")
    assert ready.eks.list_fargate_profiles(clusterName="shop")["fargateProfileNames"] == ["b"]
    ready.eks.delete_fargate_profile(clusterName="shop", fargateProfileName="b")


@pytest.mark.operation("eks:CreateFargateProfile", "eks:DeleteFargateProfile", "eks:DeleteCluster")
def test_a_cluster_goes_after_its_profiles(webbed: EksShop) -> None:
    with pytest.raises(ClientError, match="ResourceInUseException"):
        webbed.eks.delete_cluster(name="shop")
    webbed.eks.delete_fargate_profile(clusterName="shop", fargateProfileName="web")
    webbed.eks.get_waiter("fargate_profile_deleted").wait(clusterName="shop", fargateProfileName="web")
    assert webbed.eks.delete_cluster(name="shop")["cluster"]["status"] == "DELETING"


@CREATE
def test_a_profile_never_changes(webbed: EksShop) -> None:
    assert not hasattr(webbed.eks, "update_fargate_profile")
    with pytest.raises(ClientError, match="ResourceInUseException"):
        webbed.eks.create_fargate_profile(**webbed.profile(selectors=[{"namespace": "other"}]))


@pytest.mark.operation("eks:CreateFargateProfile", "eks:ListAccessEntries", "eks:DescribeAccessEntry")
def test_where_entries_are_used_the_execution_role_gets_one(shop: EksShop) -> None:
    shop.open_cluster(accessConfig={"authenticationMode": "API_AND_CONFIG_MAP"})
    shop.open_profile()
    assert shop["pods"] in shop.eks.list_access_entries(clusterName="shop")["accessEntries"]
    entry = shop.eks.describe_access_entry(clusterName="shop", principalArn=shop["pods"])["accessEntry"]
    assert entry["type"] == "FARGATE_LINUX"
    assert entry["username"] == "system:node:{{SessionName}}"
    assert "system:node-proxier" in entry["kubernetesGroups"]
