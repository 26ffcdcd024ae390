"""UpdateService on services of each deployment controller, through boto3: refused and accepted requests."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from requests_as_written import app, fargate

from simcloud import Cloud
from simcloud.rules import engine
from simcloud.rules.engine import Law, laws

INVALID = "InvalidParameterException"
CODE_DEPLOY = "on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
EXTERNAL = "on services with an EXTERNAL deployment controller. Use CreateTaskSet to create a new task set."
FORCE = (
    "When switching from launch type to capacity provider strategy on an existing service, or making a change to a "
    "capacity provider strategy on a service that is already using one, you must force a new deployment."
)
SPOT = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
SPREAD = [{"capacityProvider": "FARGATE", "weight": 1, "base": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 3}]
Case = tuple[str, str, dict[str, Any], str]

REFUSED: list[Case] = [
    ("R-240-definition", "code", {"taskDefinition": "web"}, f"Unable to update task definition {CODE_DEPLOY}"),
    ("R-240-network", "code", {"networkConfiguration": {}}, f"Unable to update network parameters {CODE_DEPLOY}"),
    ("R-240-force", "code", {"forceNewDeployment": True}, f"Cannot force a new deployment {CODE_DEPLOY}"),
    ("R-240-balancers", "code", {"loadBalancers": []}, f"Unable to update load balancers {CODE_DEPLOY}"),
    ("R-240-platform", "code", {"platformVersion": "1.4.0"}, f"Unable to update platform version {CODE_DEPLOY}"),
    (
        "R-240-forced-strategy",
        "code",
        {"capacityProviderStrategy": SPOT, "forceNewDeployment": True},
        f"Cannot force a new deployment {CODE_DEPLOY}",
    ),
    ("external-definition", "external", {"taskDefinition": "web"}, f"Unable to update task definition {EXTERNAL}"),
    ("external-network", "external", {"networkConfiguration": {}}, f"Unable to update network parameters {EXTERNAL}"),
    ("external-force", "external", {"forceNewDeployment": True}, f"Cannot force a new deployment {EXTERNAL}"),
    ("R-074-from-a-launch-type", "typed", {"capacityProviderStrategy": SPOT}, FORCE),
    ("R-074-another-strategy", "spread", {"capacityProviderStrategy": SPOT}, FORCE),
    ("R-074-back-to-a-launch-type", "spread", {"capacityProviderStrategy": []}, FORCE),
    # https://github.com/kayac/ecspresso/pull/481
    ("R-074-by-code-deploy", "code", {"capacityProviderStrategy": SPOT}, FORCE),
    ("R-074-not-forced", "spread", {"capacityProviderStrategy": SPOT, "forceNewDeployment": False}, FORCE),
]

ACCEPTED: list[tuple[str, str, dict[str, Any]]] = [
    ("R-240-count", "code", {"desiredCount": 2}),
    ("R-240-grace", "code", {"healthCheckGracePeriodSeconds": 30}),
    ("R-240-percents", "code", {"deploymentConfiguration": {"maximumPercent": 150}}),
    ("R-240-tags", "code", {"propagateTags": "SERVICE", "enableECSManagedTags": True}),
    ("R-240-not-forced", "code", {"forceNewDeployment": False, "desiredCount": 1}),
    ("external-count", "external", {"desiredCount": 2}),
    ("external-grace", "external", {"healthCheckGracePeriodSeconds": 30}),
    ("R-074-forced", "typed", {"capacityProviderStrategy": SPOT, "forceNewDeployment": True}),
    ("R-074-the-same", "spread", {"capacityProviderStrategy": SPREAD, "desiredCount": 3}),
    ("R-074-the-same-with-defaults", "spread", {"capacityProviderStrategy": [{**SPREAD[1], "base": 0}, SPREAD[0]]}),
    ("ecs-definition", "typed", {"taskDefinition": "web"}),
    ("ecs-force", "spread", {"forceNewDeployment": True}),
]


class World:
    """An account with one service of each kind."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        ec2: Any = boto3.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")[
                "Subnet"
            ]["SubnetId"]
            for number, zone in ((1, "a"), (2, "b"))
        ]
        self.network = {"awsvpcConfiguration": {"subnets": subnets}}
        self.ecs.create_cluster(clusterName="default", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        self.ecs.register_task_definition(**fargate(app(portMappings=[{"containerPort": 80}]), family="web"))
        group = self._target_group(vpc, subnets)
        here = {"desiredCount": 1, "taskDefinition": "web", "networkConfiguration": self.network}
        self.ecs.create_service(serviceName="typed", launchType="FARGATE", **here)
        self.ecs.create_service(serviceName="spread", capacityProviderStrategy=SPREAD, **here)
        self.ecs.create_service(
            serviceName="code",
            launchType="FARGATE",
            deploymentController={"type": "CODE_DEPLOY"},
            loadBalancers=[{"targetGroupArn": group, "containerName": "app", "containerPort": 80}],
            **here,
        )
        self.ecs.create_service(serviceName="external", desiredCount=1, deploymentController={"type": "EXTERNAL"})

    def _target_group(self, vpc: str, subnets: list[str]) -> str:
        balancing: Any = boto3.client("elbv2")
        group = balancing.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
        arn = str(group["TargetGroups"][0]["TargetGroupArn"])
        balancer = balancing.create_load_balancer(Name="front", Subnets=subnets, Scheme="internal")["LoadBalancers"][0][
            "LoadBalancerArn"
        ]
        forward = [{"Type": "forward", "TargetGroupArn": arn}]
        balancing.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
        return arn

    def external(self, asked: dict[str, Any]) -> None:
        """CreateService with an external deployment controller."""
        self.ecs.create_service(serviceName="other", desiredCount=1, deploymentController={"type": "EXTERNAL"}, **asked)

    def update(self, service: str, asked: dict[str, Any]) -> dict[str, Any]:
        """UpdateService; an empty network stands for the account's own."""
        whole = {**asked, "networkConfiguration": self.network} if "networkConfiguration" in asked else asked
        answer: dict[str, Any] = self.ecs.update_service(service=service, **whole)
        return answer


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Cloud(seed=5) as cloud:
        yield World(cloud)


@pytest.mark.parametrize(
    ("service", "asked", "text"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_an_update_may_not_change(world: World, service: str, asked: dict[str, Any], text: str) -> None:
    before = pickle.dumps(world.cloud.world)
    with pytest.raises(ClientError) as caught:
        world.update(service, asked)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (INVALID, text)
    assert pickle.dumps(world.cloud.world) == before


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServices")
@pytest.mark.parametrize(("service", "asked"), [case[1:] for case in ACCEPTED], ids=[case[0] for case in ACCEPTED])
def test_what_an_update_may_change(world: World, service: str, asked: dict[str, Any]) -> None:
    with world.cloud.copy():
        world.update(service, asked)
        described = world.ecs.describe_services(services=[service])["services"][0]
        assert described["desiredCount"] == asked.get("desiredCount", 1)


BRINGS_ITSELF = [
    ({"taskDefinition": "web"}, "TaskDefinition must be blank."),
    ({"launchType": "FARGATE"}, "LaunchType must be blank."),
]
"""https://github.com/aws/aws-cdk/issues/6245"""


@pytest.mark.parametrize(("asked", "text"), BRINGS_ITSELF)
def test_an_external_service_names_no_definition_and_no_launch_type(
    world: World, asked: dict[str, Any], text: str
) -> None:
    before = pickle.dumps(world.cloud.world)
    with pytest.raises(ClientError) as caught:
        world.external(asked)
    assert caught.value.response["Error"]["Message"] == text
    assert pickle.dumps(world.cloud.world) == before


def answers(world: World) -> list[str]:
    """What comes of every refused request, each in a copy of the world."""
    said = []
    calls = [partial(world.update, service, asked) for _, service, asked, _ in REFUSED]
    for call in [*calls, *(partial(world.external, asked) for asked, _ in BRINGS_ITSELF)]:
        with world.cloud.copy():
            try:
                call()
                said.append("accepted")
            except ClientError as error:
                said.append("\n".join([str(error), *getattr(error, "__notes__", ())]))
    return said


@pytest.mark.parametrize(
    "law", [law for law in laws() if law.check.__module__.endswith(".controllers")], ids=lambda law: law.id
)
def test_a_case_notices_when_the_law_is_off(world: World, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(world)
    monkeypatch.delitem(engine.LAWS, law.id)
    refused = [(one, other) for one, other in zip(before, answers(world), strict=True) if f"Law {law.id}:" in one]
    assert refused, f"no case is refused by {law.id}"
    assert all(one.splitlines()[0] != other.splitlines()[0] for one, other in refused)
