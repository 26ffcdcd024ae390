"""What AWS itself tells of a service's newest deployment: the hint where a release did not go as the ticket says."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.exceptions import ClientError


def told_by_ecs(cluster: str, service: str) -> str:
    """Status and reason of the newest service deployment of ECS; '' where there is none."""
    ecs = boto3.client("ecs")
    try:
        found = ecs.list_service_deployments(cluster=cluster, service=service)["serviceDeployments"]
    except ClientError:
        return ""
    if not found:
        return ""
    arns = [max(found, key=lambda one: one["createdAt"])["serviceDeploymentArn"]]
    newest = ecs.describe_service_deployments(serviceDeploymentArns=arns)["serviceDeployments"][0]
    return _joined("the newest service deployment", newest["status"], newest.get("statusReason"))


def deployed(application: str, group: str) -> list[dict[str, Any]]:
    """What GetDeployment shows of each deployment of a group, the newest first."""
    codedeploy = boto3.client("codedeploy")
    ids = codedeploy.list_deployments(applicationName=application, deploymentGroupName=group)["deployments"]
    every = [codedeploy.get_deployment(deploymentId=one)["deploymentInfo"] for one in ids]
    return sorted(every, key=lambda one: one["createTime"], reverse=True)


def told_by_codedeploy(application: str, group: str) -> str:
    """Status and error of the newest deployment of CodeDeploy."""
    every = deployed(application, group)
    if not every:
        return "CodeDeploy has deployed nothing yet: create_deployment"
    newest = every[0]
    return _joined("the newest deployment", newest["status"], newest.get("errorInformation", {}).get("message"))


def not_yet(told: str, runs: str, wanted: str) -> str:
    """A hint where a service runs another version than the wanted one: what AWS told, and who could have gone back."""
    if runs <= wanted:
        return told
    return f"{told}; nothing took {runs} back: which alarm does it name, and what does that alarm count?"


def _joined(what: str, status: Any, reason: Any) -> str:
    return f"{what} is {status}" + (f": {reason}" if reason else "")
