"""From a name to the thing itself, in CodeDeploy and next to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simcloud.cloud.live import Call
from simcloud.facts import codedeploy as facts
from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.codedeploy.state import Application, Group

_PREDEFINED_ID = "00000000-0000-0000-0000-{number:012d}"


def application(call: Call, request: dict[str, Any]) -> Application:
    """The application that an accepted request names."""
    return call.world.codedeploy.applications[request["applicationName"]]


def group(call: Call, request: dict[str, Any], member: str = "deploymentGroupName") -> Group:
    """The deployment group that an accepted request names."""
    return application(call, request).groups[request[member]]


def deployment(call: Call, request: dict[str, Any]) -> Deployment:
    """The deployment that an accepted request names."""
    return call.world.codedeploy.deployments[request["deploymentId"]]


def configurations(call: Call) -> dict[str, dict[str, Any]]:
    """Every deployment configuration by name: the predefined ones, then the account's own."""
    predefined = {
        name: {
            "deploymentConfigId": _PREDEFINED_ID.format(number=number),
            "deploymentConfigName": name,
            "createTime": facts.PREDEFINED_AT.value,
            **info,
        }
        for number, (name, info) in enumerate(facts.PREDEFINED.value.items(), 1)
    }
    return {**predefined, **call.world.codedeploy.configurations}


def arn(call: Call, kind: str, name: str) -> str:
    """The ARN of an application or a deployment group (`application/group`)."""
    return f"arn:aws:codedeploy:{call.region}:{call.account}:{kind}:{name}"


def service_arn(call: Call, cluster: str, service: str) -> str:
    """The ARN of an ECS service, whether there is one or not."""
    return f"arn:aws:ecs:{call.region}:{call.account}:service/{cluster}/{service}"


def target_groups(call: Call, names: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
    """Of each name the target group's ARN ('' where there is none) and the kinds of the balancers before it."""
    from moto.elbv2.models import elbv2_backends

    held = {each.name: each for each in elbv2_backends[call.account][call.region].target_groups.values()}
    return {
        name: (held[name].arn, [_kind(each) for each in held[name].load_balancer_arns]) if name in held else ("", [])
        for name in names
    }


def _kind(balancer: str) -> str:
    return "network" if ":loadbalancer/net/" in balancer else "application"
