"""Requests to EKS that AWS refuses with its own words, and others that it accepts, sent through boto3."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.loaders import create_loader
from eks_accepted import ACCEPTED
from eks_as_written import World
from eks_refused_access import ACCESS, OTHERS
from eks_refused_changes import CHANGES
from eks_refused_clusters import CLUSTERS
from eks_refused_nodes import ADDONS, NODEGROUPS
from eks_refused_profiles import PROFILES
from eks_refusing import PARAMETER, STATUS, Make

from simcloud import Cloud
from simcloud.cloud.eks.seen import seen
from simcloud.cloud.live import Call
from simcloud.rules import engine
from simcloud.rules.eks.seen import Cluster, EksSeen
from simcloud.rules.engine import Law, judge, laws
from simcloud.rules.order import IN_ORDER

REFUSED = [*CLUSTERS, *CHANGES, *PROFILES, *NODEGROUPS, *ADDONS, *ACCESS, *OTHERS]
OPERATIONS = {xform_name(name): name for name in create_loader().load_service_model("eks", "service-2")["operations"]}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Cloud(seed=7) as cloud:
        yield World(cloud)


def ask(operation: str, request: dict[str, Any]) -> Any:
    return getattr(boto3.client("eks"), operation)(**request)


@pytest.mark.parametrize(("operation", "make", "law", "text", "code"), REFUSED)
def test_the_request_is_refused_in_the_words_of_aws(
    operation: str, make: Make, law: str, text: str, code: str, world: World
) -> None:
    request = make(world)
    before = pickle.dumps(world.cloud.world)
    with pytest.raises(ClientError) as caught:
        ask(operation, request)
    response = caught.value.response
    said = response["Error"]["Message"].removesuffix(".")
    assert (response["Error"]["Code"], said) == (code, text.format(**world.ids).removesuffix("."))
    assert response["ResponseMetadata"]["HTTPStatusCode"] == STATUS.get(code, 400)
    assert pickle.dumps(world.cloud.world) == before


def view(world: World, request: dict[str, Any]) -> EksSeen:
    cloud = world.cloud
    call = Call(cloud._live, cloud.account, cloud.region, f"arn:aws:iam::{cloud.account}:user/learner")
    return seen(call, request)


@pytest.mark.parametrize(("operation", "make", "law", "text", "code"), [one for one in REFUSED if one.values[2]])
def test_one_law_refuses_it(operation: str, make: Make, law: str, text: str, code: str, world: World) -> None:
    request = make(world)
    refusals = judge(f"eks:{OPERATIONS[operation]}", request, view(world, request))
    assert (refusals[0].rule, refusals[0].code) == (law, code)


def test_a_missing_subnet_is_refused_in_the_words_of_ec2(world: World) -> None:
    # https://github.com/AdminTurnedDevOps/DevOps-The-Hard-Way-AWS/issues/16; the request id is one of EC2's
    for make in (
        lambda: ask("create_cluster", world.cluster(resourcesVpcConfig=world.network("private-a", "subnet-none"))),
        lambda: ask("create_fargate_profile", world.profile("subnet-none")),
        lambda: ask("create_nodegroup", world.nodegroup(nodegroupName="new", subnets=["subnet-none"])),
    ):
        with pytest.raises(ClientError) as caught:
            make()
        error = caught.value.response["Error"]
        assert error["Code"] == PARAMETER
        assert error["Message"].startswith(
            "The subnet ID 'subnet-none' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: "
            "InvalidSubnetID.NotFound; Request ID: "
        )


def test_the_error_names_what_it_is_about(world: World) -> None:
    with pytest.raises(boto3.client("eks").exceptions.UnsupportedAvailabilityZoneException) as caught:
        ask("create_cluster", world.cluster(resourcesVpcConfig=world.network("private-a", "private-e")))
    assert caught.value.response["clusterName"] == "new"
    assert caught.value.response["validZones"] == [f"us-east-1{letter}" for letter in "abcdf"]


# --- laws that need another world than that

FULL = EksSeen(account="123456789012", region="us-east-1", cluster=Cluster("ready"))
SYNTHETIC: list[tuple[str, str, dict[str, Any], EksSeen]] = [
    ("FG726", "eks:CreateCluster", {"name": "new"}, replace(FULL, cluster=None, taken=frozenset(map(str, range(100))))),
    (
        "FG739",
        "eks:CreateFargateProfile",
        {"clusterName": "ready", "fargateProfileName": "new", "selectors": [{"namespace": "a"}]},
        replace(FULL, things={"fargateprofile": {f"p{index}": "ACTIVE" for index in range(10)}}),
    ),
    (
        "FG740",
        "eks:CreateNodegroup",
        {"clusterName": "ready", "nodegroupName": "new"},
        replace(FULL, things={"nodegroup": {f"n{index}": "ACTIVE" for index in range(30)}}),
    ),
    ("FG743", "eks:DeleteCluster", {"name": "ready"}, replace(FULL, cluster=Cluster("ready", protected=True))),
    (
        "FG745",
        "eks:AssociateIdentityProviderConfig",
        {"clusterName": "ready", "oidc": {"issuerUrl": "https://a"}},
        replace(FULL, things={"identityproviderconfig": {"okta": "ACTIVE"}}),
    ),
    (
        "FG780",
        "eks:UpdateClusterVersion",
        {"name": "ready", "version": "1.36"},
        replace(FULL, node_versions={"old": "1.32"}),
    ),
    (
        "FG752",
        "eks:UpdateClusterConfig",
        {"name": "ready", "resourcesVpcConfig": {"subnetIds": ["subnet-none"]}},
        FULL,
    ),
    (
        "FG785",
        "eks:CreateFargateProfile",
        {"clusterName": "ready", "fargateProfileName": "new", "selectors": [{"namespace": "a"}]},
        FULL,
    ),
]


@pytest.mark.parametrize(("law", "operation", "request_", "view_"), SYNTHETIC, ids=[one[0] for one in SYNTHETIC])
def test_the_law_refuses_it_in_a_world_like_that(
    law: str, operation: str, request_: dict[str, Any], view_: EksSeen
) -> None:
    assert law in [found.rule for found in judge(operation, request_, view_)]


OURS = [law for law in laws() if law.check.__module__.removeprefix("simcloud.rules.") in IN_ORDER["eks"]]


@pytest.mark.parametrize("law", OURS, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(law: Law, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = []
    for one in REFUSED:
        operation, make, *_ = one.values
        if one.values[2] == law.id:
            request = make(world)
            cases.append((f"eks:{OPERATIONS[operation]}", request, view(world, request)))
    cases += [one[1:] for one in SYNTHETIC if one[0] == law.id]
    assert cases, f"no case is refused by {law.id}"
    before = [judge(*each) for each in cases]
    assert all(law.id in [found.rule for found in each] for each in before)
    monkeypatch.delitem(engine.LAWS, law.id)
    assert all(law.id not in [found.rule for found in judge(*each)] for each in cases)


# --- what AWS accepts


@pytest.mark.parametrize(("operation", "make"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED])
def test_the_request_is_accepted(operation: str, make: Make, world: World) -> None:
    with world.cloud.copy() as future:
        assert ask(operation, make(world))["ResponseMetadata"]["HTTPStatusCode"] == 200
        future.advance(hours=1)
        future.world.check()
