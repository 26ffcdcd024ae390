"""RunTask and CreateService requests as people write them, and the world that they are made in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from requests_as_written import app, ec2, fargate

from simcloud.rules.engine import normalise_task_definition
from simcloud.rules.seen import Seen, Subnet, TargetGroup

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
LONELY = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lonely/0123456789abcdef"
INSTANCES = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/old/0123456789abcdef"

WEB = normalise_task_definition(fargate(app(portMappings=[{"containerPort": 80, "name": "http"}])))
ON_EC2 = normalise_task_definition(ec2(app(memory=512, privileged=True), networkMode="awsvpc"))
BRIDGE = normalise_task_definition(ec2(app(memory=512)))
WINDOWS = normalise_task_definition(
    fargate(cpu="1024", memory="2048", runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"})
)
EBS = normalise_task_definition(
    fargate(
        app(mountPoints=[{"sourceVolume": "d", "containerPath": "/d"}]),
        volumes=[{"name": "d", "configuredAtLaunch": True}],
    )
)

SEEN = Seen(
    clusters={"default": ("FARGATE", "FARGATE_SPOT"), "bare": (), "mixed": ("FARGATE", "asg")},
    definition=WEB,
    subnets={
        **{f"subnet-{index}": Subnet("vpc-1", "us-east-1a") for index in range(1, 18)},
        "subnet-other": Subnet("vpc-2", "us-east-1a"),
    },
    security_groups={**{f"sg-{index}": "vpc-1" for index in range(1, 7)}, "sg-other": "vpc-2"},
    target_groups={
        GROUP: TargetGroup("ip", "vpc-1", True),
        LONELY: TargetGroup("ip", "vpc-1", False),
        INSTANCES: TargetGroup("instance", "vpc-1", True),
    },
)


def seen(definition: dict[str, Any] | None = None, **changes: Any) -> Seen:
    """The world, with another definition or anything else changed."""
    return replace(SEEN, **({"definition": definition} if definition is not None else {}), **changes)


def awsvpc(*subnets: str, **changes: Any) -> dict[str, Any]:
    """A networkConfiguration."""
    return {"awsvpcConfiguration": {"subnets": list(subnets) or ["subnet-1", "subnet-2"], **changes}}


def run(**changes: Any) -> dict[str, Any]:
    """A RunTask request on Fargate."""
    return {"taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": awsvpc(), **changes}


def by(*items: tuple[str, int, int], **changes: Any) -> dict[str, Any]:
    """A RunTask request by a strategy of (provider, weight, base)."""
    strategy = [{"capacityProvider": provider, "weight": weight, "base": base} for provider, weight, base in items]
    request = run(capacityProviderStrategy=strategy, **changes)
    del request["launchType"]
    return request


def service(**changes: Any) -> dict[str, Any]:
    """A CreateService request on Fargate."""
    return {"serviceName": "web", "desiredCount": 2, **run(), **changes}


def behind(arn: str = GROUP, container: str = "app", port: int = 80) -> dict[str, Any]:
    """A CreateService request behind a load balancer."""
    return service(loadBalancers=[{"targetGroupArn": arn, "containerName": container, "containerPort": port}])
