"""Laws on what a request names: is it there, is its name free, is the cluster ready for it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import DELETE_PROFILE, EKS_GUIDE, EKS_MODEL, EKS_QUOTAS, MOTO_EKS
from simcloud.facts.words import eks as eks_words
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import named_cluster
from simcloud.rules.eks.seen import ACTIVE, EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, text
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

PROFILE = "fargateprofile"
NODEGROUP = "nodegroup"
ADDON = "addon"
ENTRY = "access-entry"
PROVIDER = "identityproviderconfig"
UPDATING = "UPDATING"
CREATING = "CREATING"
DELETING = "DELETING"


@rule("FG725", on=op.CREATE_CLUSTER, source=MOTO_EKS, status="observed")
def cluster_names_are_unique(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No two clusters of an account in a region have the same name."""
    name = text(request, "name")
    if name in seen.taken:
        said = eks_words.CLUSTER_EXISTS.format(cluster=name)
        yield Refusal("name", said, f"there is a cluster '{name}'", code=op.IN_USE)


@rule("FG726", on=op.CREATE_CLUSTER, source=EKS_QUOTAS)
def clusters_keep_their_quota(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """An account has at most 100 clusters in a region, unless the quota was raised."""
    if len(seen.taken) >= eks.CLUSTERS.value and text(request, "name") not in seen.taken:
        said = eks_words.CLUSTERS_QUOTA.format(most=eks.CLUSTERS.value)
        yield Refusal("name", said, f"there are {len(seen.taken)} clusters", code=op.LIMIT)


@rule("FG727", on=op.IN_A_CLUSTER, source=MOTO_EKS, status="observed")
def the_cluster_exists(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The cluster that a request names exists."""
    name = named_cluster(request)
    if seen.cluster is None:
        said = eks_words.CLUSTER_NOT_FOUND.format(cluster=name)
        yield Refusal("clusterName", said, f"there is no cluster '{name}' in {seen.region}", code=op.NOT_FOUND)


@rule("FG728", on=op.CREATE_PROFILE, source=issue("eksctl-io/eksctl", 5652), status="observed")
def profile_names_are_unique(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No two Fargate profiles of a cluster have the same name."""
    if text(request, "fargateProfileName") in seen.of(PROFILE):
        because = f"the cluster has a profile '{request['fargateProfileName']}'"
        yield Refusal("fargateProfileName", eks_words.PROFILE_EXISTS, because, code=op.IN_USE)


@rule("FG729", on=op.CREATE_NODEGROUP, source=MOTO_EKS, status="observed")
def nodegroup_names_are_unique(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No two node groups of a cluster have the same name."""
    name = text(request, "nodegroupName")
    if name in seen.of(NODEGROUP):
        said = eks_parts_words.NODEGROUP_EXISTS.format(nodegroup=name, cluster=named_cluster(request))
        yield Refusal("nodegroupName", said, f"the cluster has a node group '{name}'", code=op.IN_USE)


@rule("FG730", on=op.CREATE_ADDON, source=f"{PREFLIGHT} (pf-eks-addon-duplicate-per-cluster)", status="observed")
def an_addon_is_installed_once(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster has an add-on once."""
    if text(request, "addonName") in seen.of(ADDON):
        because = f"'{request['addonName']}' is installed already"
        yield Refusal("addonName", eks_parts_words.ADDON_EXISTS, because, code=op.IN_USE)


@rule("FG731", on=op.DELETE_PROFILE, source=MOTO_EKS, status="observed")
def the_profile_exists(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The Fargate profile that is to be deleted exists."""
    name = text(request, "fargateProfileName")
    if seen.cluster and name not in seen.of(PROFILE):
        said = eks_words.PROFILE_NOT_FOUND.format(profile=name)
        yield Refusal("fargateProfileName", said, f"the cluster has no profile '{name}'", code=op.NOT_FOUND)


@rule("FG732", on=(op.UPDATE_NODEGROUP, op.UPDATE_NODEGROUP_VERSION), source=MOTO_EKS, status="observed")
def the_nodegroup_exists(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The node group that is to be updated exists."""
    name = text(request, "nodegroupName")
    if seen.cluster and name not in seen.of(NODEGROUP):
        said = eks_parts_words.NODEGROUP_NOT_FOUND.format(nodegroup=name)
        yield Refusal("nodegroupName", said, f"the cluster has no node group '{name}'", code=op.NOT_FOUND)


@rule("FG733", on=op.UPDATE_ADDON, source=EKS_GUIDE + "updating-an-add-on.html")
def the_addon_exists(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The add-on that is to be updated is installed."""
    name = text(request, "addonName")
    if seen.cluster and name not in seen.of(ADDON):
        said = eks_parts_words.ADDON_NOT_FOUND.format(addon=name, cluster=named_cluster(request))
        yield Refusal("addonName", said, f"'{name}' is not installed", code=op.NOT_FOUND)


@rule("FG734", on=op.NEED_AN_ACTIVE_CLUSTER, source=MOTO_EKS, status="observed")
def the_cluster_is_active(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Profiles, node groups and add-ons are added to a cluster that is there: neither being created nor deleted."""
    if seen.cluster and seen.cluster.status not in (ACTIVE, UPDATING):
        said = eks_words.CLUSTER_NOT_ACTIVE.format(cluster=seen.cluster.name)
        yield Refusal("clusterName", said, f"it is {seen.cluster.status}", code=op.REQUEST)


@rule(
    "FG735",
    on=(op.UPDATE_CONFIG, op.UPDATE_VERSION, op.ASSOCIATE_PROVIDER, op.ASSOCIATE_ENCRYPTION),
    source=EKS_MODEL,
    status="assumed",
)
def only_a_cluster_that_is_there_is_updated(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster that is being created or deleted is not updated."""
    if seen.cluster and seen.cluster.status not in (ACTIVE, UPDATING):
        said = eks_words.CLUSTER_NOT_ACTIVE.format(cluster=seen.cluster.name)
        yield Refusal("name", said, f"it is {seen.cluster.status}", code=op.REQUEST)


@rule(
    "FG736",
    on=(op.DELETE_CLUSTER, op.CREATE_PROFILE, op.DELETE_PROFILE),
    source=issue("terraform-aws-modules/terraform-aws-eks", 2194),
    status="observed",
)
def an_update_comes_to_its_end_first(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """While a cluster is being updated it is not deleted, and its Fargate profiles stay as they are."""
    if seen.cluster and seen.cluster.status == UPDATING:
        said = eks_words.UPDATE_IN_PROGRESS.format(what=_what(request), cluster=seen.cluster.name)
        yield Refusal("clusterName", said, "the cluster is UPDATING", code=op.IN_USE)


def _what(request: Request) -> str:
    """What cannot be done, in AWS's words."""
    profile = text(request, "fargateProfileName")
    if not profile:
        return "delete"
    return f"{'create' if 'podExecutionRoleArn' in request else 'Delete'} Fargate Profile {profile}"


@rule("FG737", on=op.CREATE_PROFILE, source="https://github.com/terraform-aws-modules/terraform-aws-eks/pull/866",
      status="observed")  # fmt: skip
def profiles_are_created_one_at_a_time(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A Fargate profile is created once no other one of its cluster is being created or deleted."""
    yield from _busy(request, seen, str(eks_words.PROFILE_CREATE_BUSY))


@rule("FG738", on=op.DELETE_PROFILE, source=DELETE_PROFILE)
def profiles_are_deleted_one_at_a_time(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A Fargate profile is deleted once no profile of its cluster is being created or deleted."""
    if text(request, "fargateProfileName") in seen.of(PROFILE):
        yield from _busy(request, seen, str(eks_words.PROFILE_DELETE_BUSY))


def _busy(request: Request, seen: EksSeen, words: str) -> Iterator[Refusal]:
    name = text(request, "fargateProfileName")
    for other, status in seen.of(PROFILE).items():
        if status in (CREATING, DELETING):
            said = words.format(profile=name, cluster=named_cluster(request), other=other, status=status)
            yield Refusal("fargateProfileName", said, f"profile '{other}' is {status}", code=op.IN_USE)
            return


@rule("FG739", on=op.CREATE_PROFILE, source=EKS_QUOTAS)
def profiles_keep_their_quota(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster has at most 10 Fargate profiles, unless the quota was raised."""
    if len(seen.of(PROFILE)) >= eks.PROFILES.value:
        said = eks_words.PROFILES_QUOTA.format(most=eks.PROFILES.value, cluster=named_cluster(request))
        yield Refusal("fargateProfileName", said, f"it has {len(seen.of(PROFILE))}", code=op.LIMIT)


@rule("FG740", on=op.CREATE_NODEGROUP, source=EKS_QUOTAS)
def nodegroups_keep_their_quota(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster has at most 30 node groups, unless the quota was raised."""
    if len(seen.of(NODEGROUP)) >= eks.NODEGROUPS.value:
        said = eks_parts_words.NODEGROUPS_QUOTA.format(most=eks.NODEGROUPS.value, cluster=named_cluster(request))
        yield Refusal("nodegroupName", said, f"it has {len(seen.of(NODEGROUP))}", code=op.LIMIT)


@rule("FG741", on=op.DELETE_CLUSTER, source=MOTO_EKS, status="observed")
def node_groups_go_before_their_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster is deleted once its node groups are."""
    if seen.of(NODEGROUP):
        because = f"it has the node groups {', '.join(seen.of(NODEGROUP))}"
        yield Refusal("name", eks_words.HAS_NODEGROUPS, because, code=op.IN_USE)


@rule("FG742", on=op.DELETE_CLUSTER, source=issue("kubernetes-sigs/cluster-api-provider-aws", 4728), status="observed")
def profiles_go_before_their_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster is deleted once its Fargate profiles are."""
    if seen.of(PROFILE):
        because = f"it has the Fargate profiles {', '.join(seen.of(PROFILE))}"
        yield Refusal("name", eks_words.HAS_PROFILES, because, code=op.IN_USE)


@rule("FG743", on=op.DELETE_CLUSTER, source=EKS_GUIDE + "deletion-protection.html")
def protected_clusters_stay(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster with deletion protection is not deleted."""
    if seen.cluster and seen.cluster.protected:
        said = eks_words.PROTECTED.format(cluster=seen.cluster.name)
        yield Refusal("name", said, "deletionProtection is true", code=op.REQUEST)


@rule("FG744", on=op.DELETE_CLUSTER, source=EKS_MODEL, status="assumed")
def a_cluster_is_made_before_it_is_deleted(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster that is being created is not deleted."""
    if seen.cluster and seen.cluster.status == CREATING:
        said = eks_words.UPDATE_IN_PROGRESS.format(what="delete", cluster=seen.cluster.name)
        yield Refusal("name", said, "the cluster is CREATING", code=op.IN_USE)


@rule("FG745", on=op.ASSOCIATE_PROVIDER, source=EKS_GUIDE + "authenticate-oidc-identity-provider.html")
def a_cluster_has_one_identity_provider(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster is associated with one OpenID Connect provider."""
    if seen.of(PROVIDER):
        said = eks_parts_words.PROVIDER_EXISTS.format(cluster=named_cluster(request))
        because = f"it has '{next(iter(seen.of(PROVIDER)))}'"
        yield Refusal("oidc", said, because, code=op.IN_USE)


@rule("FG746", on=op.ASSOCIATE_PROVIDER, source=f"{PREFLIGHT} (pf-eks-idp-issuer-url-https)", status="observed")
def issuers_speak_https(request: Request) -> Iterator[Refusal]:
    """The issuer of an OpenID Connect provider is reached by https."""
    issuer = text(mapping(request, "oidc"), "issuerUrl")
    if not issuer.startswith("https://"):
        yield Refusal("oidc.issuerUrl", eks_parts_words.ISSUER_SCHEME, f"it is '{issuer}'", code=op.PARAMETER)


@rule("FG747", on=op.ASSOCIATE_PROVIDER, source=f"{PREFLIGHT} (pf-eks-idp-username-prefix-system)", status="observed")
def the_system_prefix_is_kubernetes_own(request: Request) -> Iterator[Refusal]:
    """Neither user names nor groups of an identity provider get the prefix system:."""
    for member in ("usernamePrefix", "groupsPrefix"):
        if "system:" in text(mapping(request, "oidc"), member):
            at = f"oidc.{member}"
            yield Refusal(at, eks_parts_words.PROVIDER_PREFIX, "the prefix holds 'system:'", code=op.PARAMETER)
