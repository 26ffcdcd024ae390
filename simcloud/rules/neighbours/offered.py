"""Laws on values of which a service offers a fixed list. boto3 sends any text; each service answers in a manner of its
own to what it does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import neighbours as words
from simcloud.facts.words.neighbours import EC2, ECR, MODELS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.limits import told
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import structures, text
from simcloud.rules.refusal import Refusal

TAGGED = {
    "AllocateAddress": "elastic-ip",
    "CreateFlowLogs": "vpc-flow-log",
    "CreateInternetGateway": "internet-gateway",
    "CreateNatGateway": "natgateway",
    "CreateNetworkAcl": "network-acl",
    "CreateNetworkInterface": "network-interface",
    "CreateRouteTable": "route-table",
    "CreateSecurityGroup": "security-group",
    "CreateSubnet": "subnet",
    "CreateVpc": "vpc",
    "CreateVpcEndpoint": "vpc-endpoint",
}
"""What an operation of EC2 makes, and tags when it does."""
MADE = tuple(f"ec2:{name}" for name in TAGGED)
REPOSITORIES = ("ecr:CreateRepository", "ecr:PutImageTagMutability")
OTHERS = ("ssm:PutParameter", "kms:CreateKey")
NOT_VALUES = ("length", "range", "pattern")
TYPE = "resourceType"


@rule("FG1593", on=MADE, source=MODELS)
def a_value_of_ec2_is_one_that_is_offered(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Where EC2 offers a fixed list of values, in that spelling, nothing else is taken."""
    for one in seen.broken:
        name = one.at.rpartition(".")[2]
        if one.kind == "values" and name != TYPE:
            aws = words.NOT_OFFERED_BY_EC2.format(value=one.value, name=name)
            yield Refusal(one.at, aws, f"{one.value!r}: {one.constraint}", "InvalidParameterValue")


@rule("FG1594", on=MADE, source=EC2 + "API_TagSpecification.html", status="observed")
def what_is_made_is_tagged(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The tags that are given with an operation of EC2 are for what it makes."""
    kind = TAGGED.get(seen.operation, "")
    code = "InvalidParameter" if kind == "vpc-endpoint" else "InvalidParameterValue"
    for index, one in enumerate(structures(request, "TagSpecifications")):
        named = text(one, "ResourceType")
        if named and kind and named != kind:
            at = f"TagSpecifications[{index}].ResourceType"
            yield Refusal(at, words.NOT_TAGGABLE.format(kind=named), f"{seen.operation} makes a {kind}", code)


@rule("FG1595", on=REPOSITORIES, source=ECR + "API_CreateRepository.html")
def a_value_of_ecr_is_one_that_is_offered(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Where ECR offers a fixed list of values, in that spelling, nothing else is taken."""
    for one in seen.broken:
        if one.kind == "values":
            offered = one.constraint.removeprefix("Member ")
            aws = words.NOT_OFFERED_BY_ECR.format(at=one.at, constraint=offered)
            yield Refusal(one.at, aws, f"{one.value!r} is not among them", "InvalidParameterException")


@rule("FG1596", on=OTHERS, source=MODELS)
def a_parameters_or_keys_value_is_one_that_is_offered(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Where Systems Manager or KMS offers a fixed list of values, in that spelling, nothing else is taken."""
    yield from told(seen, "ValidationException", leaving=NOT_VALUES)
