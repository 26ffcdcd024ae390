"""Operations of CodeDeploy that this course leaves out, each with the reason. docs/fidelity.md lists them."""

from __future__ import annotations

_SERVERS = "On-premises instances are servers of your own; this course deploys to ECS on Fargate."
_GITHUB = "Revisions in GitHub are for servers; for ECS the AppSpec comes with the request or from S3."

LEFT_OUT: dict[str, str] = {
    "AddTagsToOnPremisesInstances": _SERVERS,
    "BatchGetOnPremisesInstances": _SERVERS,
    "DeregisterOnPremisesInstance": _SERVERS,
    "GetOnPremisesInstance": _SERVERS,
    "ListOnPremisesInstances": _SERVERS,
    "RegisterOnPremisesInstance": _SERVERS,
    "RemoveTagsFromOnPremisesInstances": _SERVERS,
    "DeleteGitHubAccountToken": _GITHUB,
    "ListGitHubAccountTokenNames": _GITHUB,
    "DeleteResourcesByExternalId": "CloudFormation calls it for blue/green deployments of its own stacks.",
}
SERVERS_AND_LAMBDA = "Applications and groups for {platform} are kept; deployments are made to ECS alone."
"""CreateDeployment in an application of another platform."""

_SERVERS = "For servers and Lambda: an ECS deployment refuses it with InvalidComputePlatformException, as AWS does."

REFUSED: dict[str, str] = {
    "ListDeploymentInstances": _SERVERS,
    "GetDeploymentInstance": _SERVERS,
    "BatchGetDeploymentInstances": _SERVERS,
}
"""Operations that are judged by their laws and then always refused, as AWS would."""
