"""Laws on managed node groups. They are kept as values; no node is acted out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import eks as eks_words
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import is_qualified, request_id
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.eks.updates import minor
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, number, structures, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

RESERVED = ("kubernetes.io/", "k8s.io/", "eks.amazonaws.com/")
ARM_TYPE = re.compile(r"(a1|t4g|[a-z]+\d+g[a-z]*)\..+")
"""Graviton: a g right after the generation, as in m6g, c7gn."""
BOTH = (
    ("updateConfig", "maxUnavailable", "maxUnavailablePercentage", eks_parts_words.UPDATE_CONFIG_BOTH),
    (
        "nodeRepairConfig",
        "maxParallelNodesRepairedCount",
        "maxParallelNodesRepairedPercentage",
        eks_parts_words.REPAIR_BOTH,
    ),
    (
        "nodeRepairConfig",
        "maxUnhealthyNodeThresholdCount",
        "maxUnhealthyNodeThresholdPercentage",
        eks_parts_words.REPAIR_BOTH,
    ),
)
CHANGED = (op.CREATE_NODEGROUP, op.UPDATE_NODEGROUP)


def _case(name: str) -> str:
    return f"{PREFLIGHT} ({name})"


@rule("FG789", on=op.CREATE_NODEGROUP, source=_case("pf-eks-nodegroup-name-length"), status="observed")
def nodegroup_names_are_short(request: Request) -> Iterator[Refusal]:
    """A node group's name has at most 63 characters."""
    length = len(text(request, "nodegroupName"))
    if length > eks.NODEGROUP_NAME_LENGTH.value:
        said = eks_parts_words.NODEGROUP_NAME_LENGTH
        yield Refusal("nodegroupName", said, f"it has {length}", code=op.PARAMETER)


@rule("FG790", on=CHANGED, source=_case("pf-eks-nodegroup-scaling-desired-le-max"), status="observed")
def sizes_are_in_order(request: Request) -> Iterator[Refusal]:
    """A node group's least size is not above the desired one, nor that above the most."""
    scaling = mapping(request, "scalingConfig")
    least, desired, most = (number(scaling, member) for member in ("minSize", "desiredSize", "maxSize"))
    if desired is not None and most is not None and desired > most:
        because = f"desiredSize {desired} is above maxSize {most}"
        yield Refusal("scalingConfig", eks_parts_words.DESIRED_ABOVE_MOST, because, code=op.PARAMETER)
    if desired is not None and least is not None and least > desired:
        because = f"minSize {least} is above desiredSize {desired}"
        yield Refusal("scalingConfig", eks_parts_words.LEAST_ABOVE_DESIRED, because, code=op.PARAMETER)


@rule("FG791", on=CHANGED, source=_case("pf-eks-nodegroup-update-config-xor"), status="observed")
def a_number_or_a_percentage(request: Request) -> Iterator[Refusal]:
    """How many nodes may be updated or repaired at once is said as a number or as a percentage, not both."""
    if "updateConfig" in request and not mapping(request, "updateConfig"):
        said = eks_parts_words.UPDATE_CONFIG_EMPTY
        yield Refusal("updateConfig", said, "it says nothing", code=op.PARAMETER)
    for member, count, percentage, said in BOTH:
        config = mapping(request, member)
        if count in config and percentage in config:
            yield Refusal(member, said, f"it has {count} and {percentage}", code=op.PARAMETER)


@rule("FG793", on=CHANGED, source=_case("pf-eks-nodegroup-label-key-format"), status="observed")
def node_labels_are_of_kubernetes(request: Request) -> Iterator[Refusal]:
    """Labels and taints of nodes are qualified names of Kubernetes, outside the prefixes that it keeps."""
    given = mapping(request, "labels")
    labels = mapping(given, "addOrUpdateLabels") or given
    for key in map(str, labels):
        if not is_qualified(key):
            said = eks_parts_words.NODE_LABEL_FORM.format(key=key)
            yield Refusal("labels", said, f"'{key}' is no qualified name", code=op.PARAMETER)
        elif key.startswith(RESERVED):
            because = f"'{key}' begins with a prefix that is kept"
            yield Refusal("labels", eks_parts_words.NODE_LABEL_PREFIX, because, code=op.PARAMETER)
    taints = structures(request, "taints") or structures(mapping(request, "taints"), "addOrUpdateTaints")
    for taint in taints:
        key = text(taint, "key")
        if not is_qualified(key):
            said = eks_parts_words.TAINT_FORM.format(key=key)
            yield Refusal("taints", said, f"'{key}' is no qualified name", code=op.PARAMETER)


@rule("FG795", on=op.CREATE_NODEGROUP, source=_case("pf-eks-nodegroup-subnets-match-cluster-vpc"), status="observed")
def nodes_stay_in_the_vpc_of_their_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A node group's subnets exist, and are in the VPC of the cluster."""
    if seen.cluster is None:
        return
    given = texts(request, "subnets")
    if not given:
        yield Refusal("subnets", eks_parts_words.NODE_SUBNETS_NEEDED, "no subnet is given", code=op.PARAMETER)
    for index, subnet in enumerate(given):
        if subnet not in seen.subnets:
            said = eks_words.SUBNET_NOT_FOUND.format(subnet=subnet, request=request_id(subnet))
            because = f"there is no subnet '{subnet}' in {seen.region}"
            yield Refusal(f"subnets[{index}]", said, because, code=op.PARAMETER)
    if any(each in seen.subnets and seen.subnets[each].vpc != seen.cluster.vpc for each in given):
        said = eks_parts_words.NODE_SUBNETS_OF_OTHER_VPC.format(vpc=seen.cluster.vpc)
        yield Refusal("subnets", said, f"the cluster is in {seen.cluster.vpc}", code=op.PARAMETER)


@rule(
    "FG796",
    on=(op.CREATE_NODEGROUP, op.UPDATE_NODEGROUP_VERSION),
    source=_case("pf-eks-nodegroup-version-matches-cluster"),
    status="observed",
)
def node_versions_follow_the_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A node group's version is its cluster's, or at most three minor versions older."""
    version = text(request, "version")
    if seen.cluster is None or "version" not in request:
        return
    newest = minor(seen.cluster.version)
    fitting = [f"1.{newest - lag}" for lag in range(eks.NODES_MAY_LAG.value + 1)]
    if version not in fitting:
        said = eks_parts_words.NODE_VERSION.format(version=seen.cluster.version, versions=", ".join(fitting))
        yield Refusal("version", said, f"it is '{version}'", code=op.PARAMETER)


@rule("FG1571", on=op.CREATE_NODEGROUP, source=eks.AMI_TYPES.source)
def an_ami_type_is_known(request: Request) -> Iterator[Refusal]:
    """A node group's AMI type is one of those that EKS has."""
    ami, known = text(request, "amiType"), eks.AMI_TYPES.value
    if ami and ami not in known:
        said = eks_parts_words.AMI_UNKNOWN.format(ami=ami, types=", ".join(known))
        yield Refusal("amiType", said, "there is no such image", code=op.PARAMETER)


@rule("FG797", on=op.CREATE_NODEGROUP, source=_case("pf-eks-nodegroup-ami-type-arch-match"), status="observed")
def images_fit_their_machines(request: Request) -> Iterator[Refusal]:
    """A node group's instance types have the architecture of its AMI, which is one for x86 where none is named."""
    unnamed = "" if "launchTemplate" in request else eks.NODE_AMI.value  # a template may name an image of its own
    ami = text(request, "amiType") or unnamed
    if not ami or ami == "CUSTOM":
        return
    is_arm = "ARM_64" in ami.upper()
    types = [each for each in texts(request, "instanceTypes") if (ARM_TYPE.fullmatch(each) is not None) != is_arm]
    if types:
        said = eks_parts_words.NODE_ARCHITECTURE.format(types=", ".join(types), ami=ami)
        yield Refusal("instanceTypes", said, f"{types[0]} is {'x86' if is_arm else 'ARM'}", code=op.PARAMETER)


@rule("FG798", on=op.CREATE_NODEGROUP, source=_case("pf-eks-nodegroup-lt-id-xor-name"), status="observed")
def a_launch_template_speaks_for_itself(request: Request) -> Iterator[Refusal]:
    """A launch template is named by id or by name; what it says about disks and access is not said beside it."""
    template, given = mapping(request, "launchTemplate"), "launchTemplate" in request
    found = (
        (not given and text(request, "amiType") == "CUSTOM", eks_parts_words.CUSTOM_AMI),
        (given and not text(template, "id") and not text(template, "name"), eks_parts_words.TEMPLATE_MISSING),
        (bool(text(template, "id") and text(template, "name")), eks_parts_words.TEMPLATE_TWICE),
        (given and "diskSize" in request, eks_parts_words.TEMPLATE_DISK),
        (given and "remoteAccess" in request, eks_parts_words.TEMPLATE_REMOTE),
    )
    for is_broken, said in found:
        if is_broken:
            yield Refusal("launchTemplate", said, "see the launch template of the request", code=op.PARAMETER)
