"""Laws on EKS Auto Mode and on networks of hybrid nodes: both may be asked for with a cluster that runs on Fargate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import block, is_private
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, switch, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

CONFIG = (op.CREATE_CLUSTER, op.UPDATE_CONFIG)
AT = "remoteNetworkConfig"
KINDS = (("node", "remoteNodeNetworks"), ("pod", "remotePodNetworks"))


def _case(name: str) -> str:
    return f"{PREFLIGHT} ({name})"


def _switches(request: Request) -> list[bool | None]:
    """What the request says of compute, load balancing and block storage; None where it says nothing."""
    holders = (
        mapping(request, "computeConfig"),
        mapping(mapping(request, "kubernetesNetworkConfig"), "elasticLoadBalancing"),
        mapping(mapping(request, "storageConfig"), "blockStorage"),
    )
    return [switch(each, "enabled") if "enabled" in each else None for each in holders]


def _mode(request: Request, seen: EksSeen) -> str:
    asked = text(mapping(request, "accessConfig"), "authenticationMode")
    return asked or (seen.cluster.authentication if seen.cluster else "CONFIG_MAP")


@rule("FG769", on=CONFIG, source=_case("pf-eks-cluster-automode-all-three"), status="observed")
def auto_mode_is_switched_as_a_whole(request: Request) -> Iterator[Refusal]:
    """Auto Mode's compute, load balancing and block storage are enabled together or disabled together."""
    switches = _switches(request)
    if any(switches) and not all(switches):
        yield Refusal("computeConfig", eks_words.AUTO_MODE_WHOLE, "one of the three is not enabled", code=op.PARAMETER)


@rule("FG770", on=CONFIG, source=_case("pf-eks-cluster-automode-nodepools-need-noderole"), status="observed")
def node_pools_need_a_role(request: Request) -> Iterator[Refusal]:
    """Who names node pools for Auto Mode names the role of their nodes."""
    compute = mapping(request, "computeConfig")
    if texts(compute, "nodePools") and not text(compute, "nodeRoleArn"):
        at = "computeConfig.nodeRoleArn"
        yield Refusal(at, eks_words.AUTO_MODE_ROLE, "there are nodePools, but no nodeRoleArn", code=op.PARAMETER)


@rule("FG771", on=CONFIG, source=_case("pf-eks-cluster-automode-requires-api-auth"), status="observed")
def auto_mode_needs_access_entries(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Auto Mode needs a cluster whose authentication mode includes the API."""
    if all(_switches(request)) and _mode(request, seen) == "CONFIG_MAP":
        at = "accessConfig.authenticationMode"
        yield Refusal(at, eks_words.AUTO_MODE_ACCESS, "the mode is CONFIG_MAP", code=op.PARAMETER)


@rule("FG772", on=CONFIG, source=_case("pf-eks-cluster-remote-network-requires-api-auth"), status="observed")
def hybrid_nodes_need_access_entries(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Remote networks need a cluster whose authentication mode includes the API."""
    if any(_blocks(request)) and _mode(request, seen) == "CONFIG_MAP":
        at = "accessConfig.authenticationMode"
        yield Refusal(at, eks_words.REMOTE_ACCESS, "the mode is CONFIG_MAP", code=op.PARAMETER)


@rule("FG773", on=CONFIG, source=_case("pf-eks-cluster-remote-pod-network-requires-node-network"), status="observed")
def remote_pods_need_remote_nodes(request: Request) -> Iterator[Refusal]:
    """Who names networks of remote pods names those of remote nodes."""
    kinds = {kind for kind, _, _ in _blocks(request)}
    if kinds == {"pod"}:
        at = f"{AT}.remoteNodeNetworks"
        yield Refusal(at, eks_words.REMOTE_NODES, "only pods' networks are given", code=op.PARAMETER)


@rule("FG774", on=CONFIG, source=_case("pf-eks-cluster-remote-network-rfc1918"), status="observed")
def remote_networks_are_private(request: Request) -> Iterator[Refusal]:
    """A remote network lies in private address space, or in that of carrier NAT."""
    for kind, at, cidr in _blocks(request):
        network = block(cidr)
        if network is None or not is_private(network, carrier=True):
            said = eks_words.REMOTE_PRIVATE.format(kind=kind, cidr=cidr)
            yield Refusal(at, said, f"{cidr} is not private", code=op.PARAMETER)


@rule("FG775", on=CONFIG, source=_case("pf-eks-cluster-remote-node-pod-network-overlap"), status="observed")
def remote_networks_do_not_overlap(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A remote network overlaps neither with the services' block nor with another remote network."""
    asked = text(mapping(request, "kubernetesNetworkConfig"), "serviceIpv4Cidr")
    service = asked or (seen.cluster.service_cidr if seen.cluster else "")
    before: list[str] = []
    for kind, at, cidr in _blocks(request):
        if _overlap(cidr, service):
            said = eks_words.REMOTE_OVERLAPS_SERVICES.format(kind=kind, cidr=cidr, other=service)
            yield Refusal(at, said, f"services have {service}", code=op.PARAMETER)
        for other in before:
            if _overlap(cidr, other):
                said = eks_words.REMOTE_OVERLAPS.format(kind=kind, cidr=cidr, other=other)
                yield Refusal(at, said, f"{other} is given too", code=op.PARAMETER)
        before.append(cidr)


def _blocks(request: Request) -> list[tuple[str, str, str]]:
    """Kind, place and text of each remote block."""
    config = mapping(request, AT)
    return [
        (kind, f"{AT}.{member}", cidr)
        for kind, member in KINDS
        for holder in structures(config, member)
        for cidr in texts(holder, "cidrs")
    ]


def _overlap(one: str, other: str) -> bool:
    first, second = block(one), block(other)
    return first is not None and second is not None and first.overlaps(second)
