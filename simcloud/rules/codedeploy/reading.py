"""What laws of CodeDeploy read out of a request again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.facts.codedeploy import USUAL
from simcloud.rules.codedeploy.seen import CodeDeploySeen, Named
from simcloud.rules.reading import mapping, text

Request = Mapping[str, Any]
ON_GROUPS = ("codedeploy:CreateDeploymentGroup", "codedeploy:UpdateDeploymentGroup")
DEPLOYS = "codedeploy:CreateDeployment"


def platform(request: Request, seen: CodeDeploySeen) -> str:
    """The compute platform of the application that the request names; '' where there is none."""
    return seen.applications.get(text(request, "applicationName"), "")


def group_of(request: Request) -> Named:
    """The application and the deployment group that the request names."""
    name = text(request, "currentDeploymentGroupName") or text(request, "deploymentGroupName")
    return text(request, "applicationName"), name


def group_info(request: Request, seen: CodeDeploySeen) -> Mapping[str, Any]:
    """The deployment group that the request names, or an empty one."""
    return seen.groups.get(group_of(request), {})


def configuration(request: Request, seen: CodeDeploySeen) -> str:
    """The name of the deployment configuration that will be followed."""
    named = text(request, "deploymentConfigName") or text(group_info(request, seen), "deploymentConfigName")
    return named or USUAL.value.get(platform(request, seen), "")


def shifts_at_once(request: Request, seen: CodeDeploySeen) -> bool:
    """Does that configuration shift all traffic in one step?"""
    info = seen.configurations.get(configuration(request, seen), {})
    return text(mapping(info, "trafficRoutingConfig"), "type") in ("", "AllAtOnce")
