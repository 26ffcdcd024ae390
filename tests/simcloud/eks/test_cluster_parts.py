"""What else belongs to a cluster: node groups, add-ons, access, pod identities, identity providers."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from eks_shop import EksShop

VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
API = {"accessConfig": {"authenticationMode": "API"}}


def nodegroup(shop: EksShop, **changes: Any) -> dict[str, Any]:
    subnets = [shop["private-a"], shop["private-b"]]
    return {"clusterName": "shop", "nodegroupName": "workers", "subnets": subnets, "nodeRole": shop["nodes"], **changes}


def wait(shop: EksShop, what: str, **names: str) -> None:
    shop.eks.get_waiter(what).wait(clusterName="shop", **names)


# --- node groups


@pytest.mark.operation("eks:CreateNodegroup", "eks:DescribeNodegroup", "eks:ListNodegroups", "eks:DeleteNodegroup")
def test_a_node_group_comes_and_goes(ready: EksShop) -> None:
    made = ready.eks.create_nodegroup(**nodegroup(ready))["nodegroup"]
    assert made["status"] == "CREATING"
    wait(ready, "nodegroup_active", nodegroupName="workers")
    now = ready.eks.describe_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]
    assert (now["capacityType"], now["amiType"], now["diskSize"]) == ("ON_DEMAND", "AL2023_x86_64_STANDARD", 20)
    assert now["scalingConfig"] == {"minSize": 1, "maxSize": 2, "desiredSize": 2}
    assert (now["version"], now["instanceTypes"]) == ("1.35", ["t3.medium"])
    assert ready.eks.list_nodegroups(clusterName="shop")["nodegroups"] == ["workers"]
    assert ready.eks.delete_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]["status"] == "DELETING"
    wait(ready, "nodegroup_deleted", nodegroupName="workers")
    assert ready.eks.list_nodegroups(clusterName="shop")["nodegroups"] == []


@pytest.mark.operation("eks:UpdateNodegroupConfig", "eks:DescribeNodegroup", "eks:DescribeUpdate", "eks:ListUpdates")
def test_a_node_group_gets_other_sizes_labels_and_taints(ready: EksShop) -> None:
    taint = {"key": "only", "value": "batch", "effect": "NO_SCHEDULE"}
    ready.eks.create_nodegroup(**nodegroup(ready, labels={"a": "1", "b": "2"}))
    wait(ready, "nodegroup_active", nodegroupName="workers")
    update = ready.eks.update_nodegroup_config(
        clusterName="shop",
        nodegroupName="workers",
        labels={"addOrUpdateLabels": {"c": "3"}, "removeLabels": ["a"]},
        taints={"addOrUpdateTaints": [taint]},
        scalingConfig={"maxSize": 5},
    )["update"]
    wait(ready, "nodegroup_active", nodegroupName="workers")
    now = ready.eks.describe_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]
    assert now["labels"] == {"b": "2", "c": "3"}
    assert now["taints"] == [taint]
    assert now["scalingConfig"] == {"minSize": 1, "maxSize": 5, "desiredSize": 2}
    names = {"name": "shop", "nodegroupName": "workers"}
    assert ready.eks.list_updates(**names)["updateIds"] == [update["id"]]
    assert ready.eks.describe_update(updateId=update["id"], **names)["update"]["status"] == "Successful"
    assert ready.eks.list_updates(name="shop")["updateIds"] == []


@pytest.mark.operation("eks:UpdateNodegroupVersion", "eks:DescribeNodegroup")
def test_a_node_group_follows_the_version_of_its_cluster(ready: EksShop) -> None:
    ready.eks.create_nodegroup(**nodegroup(ready, version="1.34"))
    wait(ready, "nodegroup_active", nodegroupName="workers")
    update = ready.eks.update_nodegroup_version(clusterName="shop", nodegroupName="workers")["update"]
    assert update["type"] == "VersionUpdate"
    with pytest.raises(ClientError, match="ResourceInUseException"):
        ready.eks.update_nodegroup_version(clusterName="shop", nodegroupName="workers")
    wait(ready, "nodegroup_active", nodegroupName="workers")
    assert ready.eks.describe_nodegroup(clusterName="shop", nodegroupName="workers")["nodegroup"]["version"] == "1.35"


# --- add-ons


@pytest.mark.operation("eks:CreateAddon", "eks:DescribeAddon", "eks:ListAddons", "eks:DeleteAddon")
def test_an_addon_comes_and_goes(ready: EksShop) -> None:
    assert ready.eks.create_addon(clusterName="shop", addonName="coredns")["addon"]["status"] == "CREATING"
    wait(ready, "addon_active", addonName="coredns")
    now = ready.eks.describe_addon(clusterName="shop", addonName="coredns")["addon"]
    assert (now["owner"], now["publisher"]) == ("aws", "eks")
    assert now["addonVersion"].startswith("v1.")
    assert ready.eks.list_addons(clusterName="shop")["addons"] == ["coredns"]
    assert ready.eks.delete_addon(clusterName="shop", addonName="coredns")["addon"]["status"] == "DELETING"
    wait(ready, "addon_deleted", addonName="coredns")
    assert ready.eks.list_addons(clusterName="shop")["addons"] == []


@pytest.mark.operation("eks:DeleteAddon", "eks:ListAddons")
def test_an_addon_that_is_preserved_is_forgotten_at_once(ready: EksShop) -> None:
    ready.eks.create_addon(clusterName="shop", addonName="kube-proxy")
    wait(ready, "addon_active", addonName="kube-proxy")
    ready.eks.delete_addon(clusterName="shop", addonName="kube-proxy", preserve=True)
    assert ready.eks.list_addons(clusterName="shop")["addons"] == []


@pytest.mark.operation("eks:UpdateAddon", "eks:DescribeAddon", "eks:DescribeUpdate", "eks:ListUpdates")
def test_an_addon_is_updated(ready: EksShop) -> None:
    ready.eks.create_addon(clusterName="shop", addonName="coredns")
    wait(ready, "addon_active", addonName="coredns")
    values = '{"computeType": "Fargate"}'
    update = ready.eks.update_addon(clusterName="shop", addonName="coredns", configurationValues=values)["update"]
    wait(ready, "addon_active", addonName="coredns")
    assert ready.eks.describe_addon(clusterName="shop", addonName="coredns")["addon"]["configurationValues"] == values
    names = {"name": "shop", "addonName": "coredns"}
    assert ready.eks.list_updates(**names)["updateIds"] == [update["id"]]
    assert ready.eks.describe_update(updateId=update["id"], **names)["update"]["type"] == "AddonUpdate"


@pytest.mark.operation("eks:DescribeAddonVersions", "eks:DescribeAddonConfiguration", "eks:CreateAddon")
def test_the_catalogue_names_versions_that_a_cluster_takes(ready: EksShop) -> None:
    every = ready.eks.describe_addon_versions(kubernetesVersion="1.35")["addons"]
    names = {each["addonName"] for each in every}
    assert {"vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent", "aws-ebs-csi-driver"} <= names
    coredns = next(each for each in every if each["addonName"] == "coredns")["addonVersions"][0]
    assert "fargate" in coredns["computeTypes"]
    version = coredns["addonVersion"]
    schema = ready.eks.describe_addon_configuration(addonName="coredns", addonVersion=version)
    assert "json-schema" in schema["configurationSchema"]
    ready.eks.create_addon(clusterName="shop", addonName="coredns", addonVersion=version)
    wait(ready, "addon_active", addonName="coredns")


# --- access


@pytest.mark.operation(
    "eks:CreateAccessEntry",
    "eks:DescribeAccessEntry",
    "eks:UpdateAccessEntry",
    "eks:ListAccessEntries",
    "eks:DeleteAccessEntry",
)
def test_an_access_entry_lets_a_role_in(shop: EksShop) -> None:
    shop.open_cluster(**API)
    names = {"clusterName": "shop", "principalArn": shop["identity"]}
    made = shop.eks.create_access_entry(**names, kubernetesGroups=["readers"])["accessEntry"]
    assert made["type"] == "STANDARD"
    assert made["username"] == "arn:aws:sts::123456789012:assumed-role/identity/{{SessionName}}"
    shop.eks.update_access_entry(**names, kubernetesGroups=["writers"], username="ann")
    now = shop.eks.describe_access_entry(**names)["accessEntry"]
    assert (now["kubernetesGroups"], now["username"]) == (["writers"], "ann")
    assert shop["identity"] in shop.eks.list_access_entries(clusterName="shop")["accessEntries"]
    shop.eks.delete_access_entry(**names)
    assert shop["identity"] not in shop.eks.list_access_entries(clusterName="shop")["accessEntries"]


@pytest.mark.operation("eks:CreateCluster", "eks:ListAccessEntries", "eks:ListAssociatedAccessPolicies")
def test_the_creator_of_a_cluster_is_its_admin(shop: EksShop) -> None:
    shop.open_cluster(**API)
    (creator,) = shop.eks.list_access_entries(clusterName="shop")["accessEntries"]
    names = {"clusterName": "shop", "principalArn": creator}
    (policy,) = shop.eks.list_associated_access_policies(**names)["associatedAccessPolicies"]
    assert policy["policyArn"].endswith("/AmazonEKSClusterAdminPolicy")


@pytest.mark.operation(
    "eks:AssociateAccessPolicy",
    "eks:ListAssociatedAccessPolicies",
    "eks:DisassociateAccessPolicy",
    "eks:ListAccessPolicies",
    "eks:ListAccessEntries",
)
def test_a_policy_is_associated_and_taken_away(shop: EksShop) -> None:
    shop.open_cluster(**API)
    names = {"clusterName": "shop", "principalArn": shop["identity"]}
    shop.eks.create_access_entry(**names)
    assert VIEW in [each["arn"] for each in shop.eks.list_access_policies()["accessPolicies"]]
    scope = {"type": "namespace", "namespaces": ["shop"]}
    shop.eks.associate_access_policy(**names, policyArn=VIEW, accessScope=scope)
    (policy,) = shop.eks.list_associated_access_policies(**names)["associatedAccessPolicies"]
    assert (policy["policyArn"], policy["accessScope"]) == (VIEW, scope)
    listed = shop.eks.list_access_entries(clusterName="shop", associatedPolicyArn=VIEW)["accessEntries"]
    assert listed == [shop["identity"]]
    shop.eks.disassociate_access_policy(**names, policyArn=VIEW)
    assert shop.eks.list_associated_access_policies(**names)["associatedAccessPolicies"] == []


def test_a_cluster_with_the_config_map_alone_has_no_entries(ready: EksShop) -> None:
    with pytest.raises(ClientError, match="InvalidRequestException"):
        ready.eks.list_access_entries(clusterName="shop")


# --- identities


@pytest.mark.operation(
    "eks:CreatePodIdentityAssociation",
    "eks:DescribePodIdentityAssociation",
    "eks:ListPodIdentityAssociations",
    "eks:UpdatePodIdentityAssociation",
    "eks:DeletePodIdentityAssociation",
)
def test_a_pod_identity_is_kept_though_fargate_does_not_use_it(ready: EksShop) -> None:
    #
    made = ready.eks.create_pod_identity_association(
        clusterName="shop", namespace="default", serviceAccount="web", roleArn=ready["identity"]
    )["association"]
    names = {"clusterName": "shop", "associationId": made["associationId"]}
    ready.eks.update_pod_identity_association(**names, disableSessionTags=True)
    assert ready.eks.describe_pod_identity_association(**names)["association"]["disableSessionTags"] is True
    found = ready.eks.list_pod_identity_associations(clusterName="shop", serviceAccount="web")["associations"]
    assert [each["associationId"] for each in found] == [made["associationId"]]
    assert ready.eks.list_pod_identity_associations(clusterName="shop", namespace="other")["associations"] == []
    assert "IRSA" in str(ready.cloud.story)
    ready.eks.delete_pod_identity_association(**names)
    assert ready.eks.list_pod_identity_associations(clusterName="shop")["associations"] == []


@pytest.mark.operation(
    "eks:AssociateIdentityProviderConfig",
    "eks:DescribeIdentityProviderConfig",
    "eks:ListIdentityProviderConfigs",
    "eks:DisassociateIdentityProviderConfig",
)
def test_an_identity_provider_is_associated_over_some_minutes(ready: EksShop) -> None:
    oidc = {"identityProviderConfigName": "okta", "issuerUrl": "https://example.okta.com", "clientId": "kube"}
    update = ready.eks.associate_identity_provider_config(clusterName="shop", oidc=oidc)["update"]
    assert update["type"] == "AssociateIdentityProviderConfig"
    config = {"clusterName": "shop", "identityProviderConfig": {"type": "oidc", "name": "okta"}}
    shape = ready.eks.describe_identity_provider_config(**config)["identityProviderConfig"]["oidc"]
    assert shape["status"] == "CREATING"
    ready.cloud.advance(minutes=16)
    shape = ready.eks.describe_identity_provider_config(**config)["identityProviderConfig"]["oidc"]
    assert (shape["status"], shape["issuerUrl"]) == ("ACTIVE", "https://example.okta.com")
    listed = ready.eks.list_identity_provider_configs(clusterName="shop")["identityProviderConfigs"]
    assert listed == [{"type": "oidc", "name": "okta"}]
    ready.eks.disassociate_identity_provider_config(**config)
    assert ready.eks.list_identity_provider_configs(clusterName="shop")["identityProviderConfigs"] == []
