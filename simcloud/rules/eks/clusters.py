"""Laws on what a cluster is made of: its version, its network, its access."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import EKS_GUIDE, EKS_MODEL, NETWORK_REQUIREMENTS
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import block, is_private, named_cluster, request_id
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, switch, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

AT = "resourcesVpcConfig"
LEAST_PREFIX, MOST_PREFIX = 12, 24
MODES = ("API", "API_AND_CONFIG_MAP", "CONFIG_MAP")
SUPPORT = ("STANDARD", "EXTENDED")
LOG_TYPES = ("api", "audit", "authenticator", "controllerManager", "scheduler")


@rule("FG750", on=(op.CREATE_CLUSTER, op.UPDATE_VERSION),
      source=f"{PREFLIGHT} (pf-eks-cluster-version-unsupported)", status="observed")  # fmt: skip
def versions_are_those_of_eks(request: Request) -> Iterator[Refusal]:
    """A Kubernetes version is a minor version that EKS offers; EKS chooses the patch."""
    version = text(request, "version")
    if "version" in request and version not in eks.RELEASES.value:
        said = eks_words.VERSION_UNSUPPORTED.format(version=version)
        because = f"EKS offers {', '.join(eks.RELEASES.value)}"
        yield Refusal("version", said, because, code=op.PARAMETER)


@rule("FG751", on=op.CREATE_CLUSTER, source=issue("eksctl-io/eksctl", 1564), status="observed")
def a_cluster_has_subnets(request: Request) -> Iterator[Refusal]:
    """A cluster is given subnets."""
    if not texts(mapping(request, AT), "subnetIds"):
        yield Refusal(f"{AT}.subnetIds", eks_words.SUBNET_REQUIRED, "no subnet is given", code=op.PARAMETER)


@rule("FG752", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=EKS_MODEL)
def subnets_exist(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's subnets exist in its account and region."""
    for index, subnet in enumerate(texts(mapping(request, AT), "subnetIds")):
        if subnet not in seen.subnets:
            said = eks_words.SUBNET_NOT_FOUND.format(subnet=subnet, request=request_id(subnet))
            because = f"there is no subnet '{subnet}' in {seen.region}"
            yield Refusal(f"{AT}.subnetIds[{index}]", said, because, code=op.PARAMETER)


def _known(request: Request, seen: EksSeen) -> list[str]:
    return [each for each in texts(mapping(request, AT), "subnetIds") if each in seen.subnets]


@rule("FG753", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=NETWORK_REQUIREMENTS)
def subnets_are_of_one_vpc(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's subnets are in one VPC, and stay in it."""
    vpcs = sorted({seen.subnets[each].vpc for each in _known(request, seen)})
    home = seen.cluster.vpc if seen.cluster else ""
    if len(vpcs) > 1 or (home and vpcs and vpcs != [home]):
        because = f"they are in {' and '.join(vpcs)}" + (f", the cluster is in {home}" if home else "")
        yield Refusal(f"{AT}.subnetIds", eks_words.SUBNETS_OF_TWO_VPCS, because, code=op.PARAMETER)


@rule("FG754", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG),
      source=f"{PREFLIGHT} (pf-eks-cluster-subnets-two-azs)", status="observed")  # fmt: skip
def subnets_span_two_zones(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's subnets lie in at least two availability zones."""
    zones = sorted({seen.subnets[each].zone for each in _known(request, seen)})
    if len(zones) == 1:
        yield Refusal(f"{AT}.subnetIds", eks_words.TWO_ZONES, f"all are in {zones[0]}", code=op.PARAMETER)


@rule("FG755", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=NETWORK_REQUIREMENTS)
def control_planes_keep_to_their_zones(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No subnet of a cluster lies in a zone without control planes, such as the one with the id use1-az3."""
    without = eks.ZONES_WITHOUT_CONTROL_PLANE.value
    for each in _known(request, seen):
        if seen.subnets[each].zone_id in without:
            zone = seen.subnets[each].zone
            said = eks_words.ZONE_UNSUPPORTED.format(
                cluster=named_cluster(request), zone=zone, zones=", ".join(valid_zones(seen))
            )
            yield Refusal(f"{AT}.subnetIds", said, f"{each} is in {zone} ({seen.subnets[each].zone_id})", code=op.ZONE)
            return


def valid_zones(seen: EksSeen) -> list[str]:
    """The zones of the region in which a control plane may be, as far as subnets show them."""
    without = eks.ZONES_WITHOUT_CONTROL_PLANE.value
    return sorted({each.zone for each in seen.subnets.values() if each.zone_id not in without})


@rule("FG756", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=EKS_MODEL)
def security_groups_exist(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's security groups exist, and are at most five."""
    groups = texts(mapping(request, AT), "securityGroupIds")
    for index, group in enumerate(groups):
        if group not in seen.groups:
            said = eks_words.GROUP_NOT_FOUND.format(group=group, request=request_id(group))
            because = f"there is no security group '{group}' in {seen.region}"
            yield Refusal(f"{AT}.securityGroupIds[{index}]", said, because, code=op.PARAMETER)
    if len(groups) > eks.SECURITY_GROUPS.value:
        said = eks_words.TOO_MANY_GROUPS.format(most=eks.SECURITY_GROUPS.value)
        yield Refusal(f"{AT}.securityGroupIds", said, f"{len(groups)} are given", code=op.PARAMETER)


@rule("FG757", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG),
      source=f"{PREFLIGHT} (pf-eks-cluster-sg-and-subnets-same-vpc)", status="observed")  # fmt: skip
def security_groups_are_of_that_vpc(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's security groups are in the VPC of its subnets."""
    vpcs = {seen.subnets[each].vpc for each in _known(request, seen)} or ({seen.cluster.vpc} if seen.cluster else set())
    given = texts(mapping(request, AT), "securityGroupIds")
    foreign = [each for each in given if each in seen.groups and seen.groups[each] not in vpcs]
    if len(vpcs) == 1 and foreign:
        said = eks_words.GROUPS_OF_OTHER_VPC.format(groups=", ".join(foreign), vpc=min(vpcs))
        because = f"{foreign[0]} is in {seen.groups[foreign[0]]}"
        yield Refusal(f"{AT}.securityGroupIds", said, because, code=op.PARAMETER)


@rule("FG758", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG),
      source=f"{PREFLIGHT} (pf-eks-cluster-endpoint-both-disabled)", status="observed")  # fmt: skip
def an_endpoint_stays_open(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's API server keeps its public or its private endpoint."""
    config, held = mapping(request, AT), seen.cluster
    public = switch(config, "endpointPublicAccess", held.public if held else True)
    private = switch(config, "endpointPrivateAccess", held.private if held else False)
    if not public and not private:
        yield Refusal(AT, eks_words.NO_ENDPOINT, "both endpoints would be closed", code=op.PARAMETER)


@rule("FG759", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=EKS_GUIDE + "cluster-endpoint.html")
def public_access_is_for_public_addresses(request: Request) -> Iterator[Refusal]:
    """The blocks that may reach the public endpoint are CIDR blocks of public addresses."""
    given = texts(mapping(request, AT), "publicAccessCidrs")
    if bad := [cidr for cidr in given if not _is_public(cidr)]:
        said = eks_words.CIDRS_NOT_ALLOWED.format(cidrs=", ".join(bad))
        yield Refusal(f"{AT}.publicAccessCidrs", said, f"{bad[0]} is no block of public addresses", code=op.PARAMETER)


def _is_public(cidr: str) -> bool:
    try:
        network = ip_network(cidr)
    except ValueError:
        return False
    return "/" in cidr and (network.prefixlen == 0 or network.is_global)


@rule("FG760", on=op.CREATE_CLUSTER,
      source=f"{PREFLIGHT} (pf-eks-cluster-service-ipv4-cidr-prefix-range)", status="observed")  # fmt: skip
def service_addresses_are_a_private_block(request: Request) -> Iterator[Refusal]:
    """The block of a cluster's services is private and between /12 and /24."""
    config = mapping(request, "kubernetesNetworkConfig")
    cidr, name = text(config, "serviceIpv4Cidr"), text(request, "name")
    if not cidr:
        return
    at, network = "kubernetesNetworkConfig.serviceIpv4Cidr", block(cidr)
    if text(config, "ipFamily") == "ipv6":
        yield Refusal(at, eks_words.SERVICE_CIDR_IPV6, "ipFamily is ipv6", code=op.PARAMETER)
    elif network is None:
        said = eks_words.SERVICE_CIDR_FORM.format(cidr=cidr, cluster=name)
        yield Refusal(at, said, f"'{cidr}' is no CIDR block", code=op.PARAMETER)
    elif not LEAST_PREFIX <= network.prefixlen <= MOST_PREFIX:
        said = eks_words.SERVICE_CIDR_SIZE.format(cidr=cidr, cluster=name)
        yield Refusal(at, said, f"it is a /{network.prefixlen}", code=op.PARAMETER)
    elif not is_private(network):
        said = eks_words.SERVICE_CIDR_PRIVATE.format(cidr=cidr, cluster=name)
        yield Refusal(at, said, f"{cidr} is not within RFC 1918", code=op.PARAMETER)


@rule("FG761", on=op.CREATE_CLUSTER, source=EKS_MODEL)
def service_addresses_are_not_those_of_the_vpc(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The block of a cluster's services does not overlap with its VPC."""
    cidr = text(mapping(request, "kubernetesNetworkConfig"), "serviceIpv4Cidr")
    network, subnets = block(cidr), _known(request, seen)
    if network is None or not subnets:
        return
    for other in seen.vpcs.get(seen.subnets[subnets[0]].vpc, ()):
        home = block(other)
        if home is not None and network.overlaps(home):
            said = eks_words.SERVICE_CIDR_OVERLAPS.format(cidr=cidr, cluster=text(request, "name"), vpc=other)
            at = "kubernetesNetworkConfig.serviceIpv4Cidr"
            yield Refusal(at, said, f"the VPC has {other}", code=op.PARAMETER)


@rule("FG762", on=(op.CREATE_CLUSTER, op.ASSOCIATE_ENCRYPTION),
      source=f"{PREFLIGHT} (pf-eks-cluster-encryption-resources-secrets-only)", status="observed")  # fmt: skip
def secrets_alone_are_encrypted(request: Request) -> Iterator[Refusal]:
    """An encryption configuration names secrets, and nothing else."""
    for index, each in enumerate(structures(request, "encryptionConfig")):
        if others := set(texts(each, "resources")) - {"secrets"}:
            at = f"encryptionConfig[{index}].resources"
            yield Refusal(at, eks_words.ENCRYPTED_RESOURCE, f"it names {min(others)}", code=op.PARAMETER)


@rule("FG763", on=(op.CREATE_CLUSTER, op.ASSOCIATE_ENCRYPTION),
      source=f"{PREFLIGHT} (pf-eks-cluster-encryption-kms-key-region)", status="observed")  # fmt: skip
def the_key_is_of_this_region(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The key that encrypts a cluster's secrets is in the cluster's region."""
    for index, each in enumerate(structures(request, "encryptionConfig")):
        key = text(mapping(each, "provider"), "keyArn")
        parts = key.split(":")
        if key.startswith("arn:") and (parts[1] != "aws" or (parts + [""] * 4)[3] != seen.region):
            at = f"encryptionConfig[{index}].provider.keyArn"
            yield Refusal(at, eks_words.KEY_OF_OTHER_REGION, f"the cluster is in {seen.region}", code=op.PARAMETER)


@rule("FG764", on=op.CREATE_CLUSTER, source="field report quoting the message of the real service", status="observed")
def the_creator_is_admin_by_config_map(request: Request) -> Iterator[Refusal]:
    """A cluster whose access is by ConfigMap alone has its creator as administrator."""
    access = mapping(request, "accessConfig")
    mode = text(access, "authenticationMode") or "CONFIG_MAP"
    if mode == "CONFIG_MAP" and not switch(access, "bootstrapClusterCreatorAdminPermissions", True):
        at = "accessConfig.bootstrapClusterCreatorAdminPermissions"
        yield Refusal(at, eks_words.CREATOR_IN_CONFIG_MAP, "nobody could reach the cluster", code=op.PARAMETER)


@rule("FG765", on=(op.CREATE_CLUSTER, op.UPDATE_CONFIG), source=EKS_MODEL, status="assumed")
def settings_are_those_of_the_model(request: Request) -> Iterator[Refusal]:
    """The access mode, the support type, the address family and the log types are words that EKS knows."""
    for member, key, values in (
        ("accessConfig", "authenticationMode", MODES),
        ("upgradePolicy", "supportType", SUPPORT),
        ("kubernetesNetworkConfig", "ipFamily", ("ipv4", "ipv6")),
    ):
        given = text(mapping(request, member), key)
        if given and given not in values:
            said = eks_words.NOT_ONE_OF.format(member=key, values=", ".join(values))
            yield Refusal(f"{member}.{key}", said, f"it is '{given}'", code=op.PARAMETER)
    for setup in structures(mapping(request, "logging"), "clusterLogging"):
        if unknown := [each for each in texts(setup, "types") if each not in LOG_TYPES]:
            said = eks_words.NOT_ONE_OF.format(member="types", values=", ".join(LOG_TYPES))
            yield Refusal("logging.clusterLogging", said, f"there is no log '{unknown[0]}'", code=op.PARAMETER)
