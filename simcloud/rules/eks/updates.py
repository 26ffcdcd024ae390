"""Laws on updates of a cluster: one kind at a time, one after the other, and only what changes something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import issue
from simcloud.facts.sources_eks import EKS_GUIDE, EKS_MODEL
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.seen import Cluster, EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, switch, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

MODES = ("CONFIG_MAP", "API_AND_CONFIG_MAP", "API")
"""In the order in which a cluster may go."""
ENDPOINTS = ("endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs")
NETWORK = ("subnetIds", "securityGroupIds")


def kinds(request: Request) -> list[str]:
    """The types of update that a request of UpdateClusterConfig asks for, in the model's words."""
    vpc = mapping(request, "resourcesVpcConfig")
    asked = {
        "EndpointAccessUpdate": any(each in vpc for each in ENDPOINTS),
        "VpcConfigUpdate": any(each in vpc for each in NETWORK),
        "ControlPlaneEgressUpdate": "controlPlaneEgressMode" in vpc,
        "LoggingUpdate": "logging" in request,
        "AccessConfigUpdate": "accessConfig" in request,
        "UpgradePolicyUpdate": "upgradePolicy" in request,
        "ZonalShiftConfigUpdate": "zonalShiftConfig" in request,
        "AutoModeUpdate": any(
            each in request for each in ("computeConfig", "kubernetesNetworkConfig", "storageConfig")
        ),
        "RemoteNetworkConfigUpdate": "remoteNetworkConfig" in request,
        "DeletionProtectionUpdate": "deletionProtection" in request,
        "ControlPlaneScalingConfigUpdate": "controlPlaneScalingConfig" in request,
        "ControlPlaneComponentConfigUpdate": any(
            each in request for each in ("kubeApiServerConfig", "kubeSchedulerConfig", "kubeControllerManagerConfig")
        ),
    }
    return [kind for kind, is_asked in asked.items() if is_asked]


def _is_version(request: Request) -> bool:
    return "version" in request


@rule("FG776", on=op.UPDATE_CONFIG, source=issue("aws/aws-cdk", 21439), status="observed")
def one_kind_of_update_at_a_time(request: Request) -> Iterator[Refusal]:
    """A request updates one thing of a cluster: its endpoints, or its logging, or its access..."""
    asked = kinds(request)
    if len(asked) > 1:
        yield Refusal("name", eks_words.ONE_UPDATE, f"it asks for {' and '.join(asked)}", code=op.PARAMETER)
    elif not asked:
        yield Refusal("name", eks_words.NO_UPDATE, "it asks for nothing", code=op.PARAMETER)


@rule(
    "FG781",
    on=(op.UPDATE_CONFIG, op.UPDATE_VERSION, op.ASSOCIATE_PROVIDER, op.ASSOCIATE_ENCRYPTION),
    source=EKS_MODEL,
    status="observed",
)
def updates_come_one_after_the_other(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """While a cluster is being updated no other update of it begins."""
    if seen.cluster and seen.cluster.status == "UPDATING":
        said = eks_words.UPDATE_IN_PROGRESS.format(what=kind_of(request), cluster=seen.cluster.name)
        yield Refusal("name", said, "the cluster is UPDATING", code=op.IN_USE)


def kind_of(request: Request) -> str:
    """The type of the update that a request asks for."""
    if _is_version(request):
        return "VersionUpdate"
    if "oidc" in request:
        return "AssociateIdentityProviderConfig"
    if "encryptionConfig" in request:
        return "AssociateEncryptionConfig"
    return (kinds(request) or ["VpcConfigUpdate"])[0]


@rule("FG777", on=op.UPDATE_CONFIG, source=issue("eksctl-io/eksctl", 4043), status="observed")
def an_update_changes_something(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """An update asks for another state than the cluster is in."""
    if seen.cluster is None or len(kinds(request)) != 1:
        return
    if said := _same(request, seen.cluster):
        yield Refusal("name", said, "the cluster is so already", code=op.PARAMETER)


def _same(request: Request, held: Cluster) -> str:
    """AWS's sentence where the request asks for what is there already; '' where it does not."""
    vpc, kind = mapping(request, "resourcesVpcConfig"), kinds(request)[0]
    if kind == "EndpointAccessUpdate":
        asked = (
            switch(vpc, "endpointPrivateAccess", held.private),
            switch(vpc, "endpointPublicAccess", held.public),
            tuple(sorted(texts(vpc, "publicAccessCidrs") or held.public_cidrs)),
        )
        if asked == (held.private, held.public, tuple(sorted(held.public_cidrs))):
            return eks_words.SAME_ENDPOINTS.format(
                private=_said(held.private), public=_said(held.public), cidrs=", ".join(held.public_cidrs)
            )
    elif kind == "VpcConfigUpdate":
        subnets = set(texts(vpc, "subnetIds") or held.subnets)
        groups = set(texts(vpc, "securityGroupIds")) if "securityGroupIds" in vpc else set(held.groups)
        return str(eks_words.SAME_NETWORK) if (subnets, groups) == (set(held.subnets), set(held.groups)) else ""
    elif kind == "LoggingUpdate":
        return str(eks_words.SAME_LOGGING) if logged(request, held.logged) == set(held.logged) else ""
    elif kind == "UpgradePolicyUpdate":
        asked_type = text(mapping(request, "upgradePolicy"), "supportType")
        if asked_type == held.support:
            return eks_words.SAME_SETTING.format(member="supportType", value=asked_type)
    elif kind == "DeletionProtectionUpdate" and switch(request, "deletionProtection") == held.protected:
        return eks_words.SAME_SETTING.format(member="deletionProtection", value=_said(held.protected))
    return ""


def _said(value: bool) -> str:
    return str(value).lower()


def logged(request: Request, held: tuple[str, ...]) -> set[str]:
    """The types of logs that are exported once the request is followed."""
    types = set(held)
    for setup in structures(mapping(request, "logging"), "clusterLogging"):
        named = set(texts(setup, "types"))
        types = types | named if switch(setup, "enabled") else types - named
    return types


@rule("FG778", on=op.UPDATE_CONFIG, source=EKS_GUIDE + "setting-up-access-entries.html")
def access_goes_from_config_map_to_api(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The authentication mode goes one step from CONFIG_MAP by API_AND_CONFIG_MAP to API, and never back."""
    new = text(mapping(request, "accessConfig"), "authenticationMode")
    if seen.cluster is None or new not in MODES:
        return
    old = seen.cluster.authentication
    if MODES.index(new) != MODES.index(old) + 1:
        said = eks_words.ACCESS_MODE_BACK.format(old=old, new=new)
        yield Refusal("accessConfig.authenticationMode", said, f"the mode is {old}", code=op.PARAMETER)


@rule("FG779", on=op.UPDATE_VERSION, source=EKS_GUIDE + "update-cluster.html")
def versions_go_up_step_by_step(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster goes to the next minor version, or, for seven days after an upgrade, back to the one before."""
    new, held = text(request, "version"), seen.cluster
    if held is None or new not in eks.RELEASES.value:
        return
    if new != held.came_from and minor(new) != minor(held.version) + 1:
        said = eks_words.VERSION_STEP.format(old=held.version, new=new)
        yield Refusal("version", said, f"the cluster is at {held.version}", code=op.PARAMETER)


@rule("FG780", on=op.UPDATE_VERSION, source=EKS_GUIDE + "update-cluster.html")
def nodes_keep_up_with_their_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No node group is left more than three minor versions behind its cluster."""
    new = text(request, "version")
    if new not in eks.RELEASES.value:
        return
    most = eks.NODES_MAY_LAG.value
    behind = [name for name, version in seen.node_versions.items() if minor(new) - minor(version) > most]
    if behind and seen.cluster:
        said = eks_words.NODES_BEHIND.format(nodegroups=", ".join(behind), version=seen.cluster.version)
        yield Refusal("version", said, f"{behind[0]} is at {seen.node_versions[behind[0]]}", code=op.REQUEST)


def minor(version: str) -> int:
    """35 of 1.35; 0 for what is no such version."""
    number = version.rpartition(".")[2]
    return int(number) if number.isdecimal() and number.isascii() else 0
