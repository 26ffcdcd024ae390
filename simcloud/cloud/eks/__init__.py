"""Amazon EKS, as far as Fargate goes, over `sim.World`: one file a noun, one function an operation.

A noun's file is imported when one of its operations is called for the first time, and the lives of clusters and
profiles with it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from simcloud.cloud.eks.left_out import LEFT_OUT
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

BY_NAME: dict[str, str] = {
    # clusters
    "CreateCluster": "clusters.create",
    "DescribeCluster": "clusters.describe",
    "ListClusters": "clusters.list_clusters",
    "DeleteCluster": "clusters.delete",
    "UpdateClusterConfig": "cluster_updates.configure",
    "UpdateClusterVersion": "cluster_updates.upgrade",
    "AssociateEncryptionConfig": "cluster_updates.encrypt",
    "DescribeClusterVersions": "versions.describe",
    # Fargate profiles
    "CreateFargateProfile": "fargate_profiles.create",
    "DescribeFargateProfile": "fargate_profiles.describe",
    "ListFargateProfiles": "fargate_profiles.list_profiles",
    "DeleteFargateProfile": "fargate_profiles.delete",
    # node groups
    "CreateNodegroup": "nodegroups.create",
    "DescribeNodegroup": "nodegroups.describe",
    "ListNodegroups": "nodegroups.list_nodegroups",
    "DeleteNodegroup": "nodegroups.delete",
    "UpdateNodegroupConfig": "nodegroup_updates.configure",
    "UpdateNodegroupVersion": "nodegroup_updates.upgrade",
    # add-ons
    "CreateAddon": "addons.create",
    "DescribeAddon": "addons.describe",
    "ListAddons": "addons.list_addons",
    "UpdateAddon": "addons.update",
    "DeleteAddon": "addons.delete",
    "DescribeAddonVersions": "addon_versions.describe",
    "DescribeAddonConfiguration": "addon_versions.describe_configuration",
    # access entries and policies
    "CreateAccessEntry": "access_entries.create",
    "DescribeAccessEntry": "access_entries.describe",
    "ListAccessEntries": "access_entries.list_entries",
    "UpdateAccessEntry": "access_entries.update",
    "DeleteAccessEntry": "access_entries.delete",
    "ListAccessPolicies": "access_policies.list_policies",
    "AssociateAccessPolicy": "access_policies.associate",
    "DisassociateAccessPolicy": "access_policies.disassociate",
    "ListAssociatedAccessPolicies": "access_policies.list_associated",
    # pod identities
    "CreatePodIdentityAssociation": "pod_identities.create",
    "DescribePodIdentityAssociation": "pod_identities.describe",
    "ListPodIdentityAssociations": "pod_identities.list_associations",
    "UpdatePodIdentityAssociation": "pod_identities.update",
    "DeletePodIdentityAssociation": "pod_identities.delete",
    # OpenID Connect providers
    "AssociateIdentityProviderConfig": "identity_providers.associate",
    "DescribeIdentityProviderConfig": "identity_providers.describe",
    "ListIdentityProviderConfigs": "identity_providers.list_providers",
    "DisassociateIdentityProviderConfig": "identity_providers.disassociate",
    # updates and tags
    "ListUpdates": "updates.list_updates",
    "DescribeUpdate": "updates.describe",
    "TagResource": "tags.tag",
    "UntagResource": "tags.untag",
    "ListTagsForResource": "tags.list_tags",
}
"""By the API's operation name: the file in this room, and its function."""


def _simulated(name: str, place: str) -> Handler:
    module, _, function = place.partition(".")

    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        if call.region != call.world.region or call.account != call.world.account:
            raise NotSimulated("eks", name, f"EKS is simulated in {call.world.region} of account {call.world.account}.")
        handler: Handler = getattr(import_module(f"{__name__}.{module}"), function)
        return handler(request, call)

    return answer


def _left_out(name: str, reason: str) -> Handler:
    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        raise NotSimulated("eks", name, reason)

    return answer


OPERATIONS: dict[str, Handler] = {
    **{name: _simulated(name, place) for name, place in BY_NAME.items()},
    **{name: _left_out(name, reason) for name, reason in LEFT_OUT.items()},
}
"""By the API's operation name."""
