"""Roles that a request hands over to a service: its caller needs iam:PassRole on each (R-169).

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html. iam:PassedToService is the service that
will assume the role. RunTask, StartTask and CreateTaskSet hand over the roles of the task definition too: ECS refuses a
caller of RunTask who may not pass them, and CodeDeploy's role needs iam:PassRole for them (R-166). A role of another
account, or what is no role, is for the laws of the operation to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.access.ask import Ask, Structure, text
from simcloud.cloud.ecs import finding
from simcloud.cloud.live import Call
from simcloud.reason.policy import account_of

TASKS, ECS, EKS, NODES = "ecs-tasks.amazonaws.com", "ecs.amazonaws.com", "eks.amazonaws.com", "ec2.amazonaws.com"
PODS, FARGATE_PODS = "pods.eks.amazonaws.com", "eks-fargate-pods.amazonaws.com"
Passed = tuple[str, str]
"""A role, and the service that gets it."""

_ROLE = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+", re.ASCII)
_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def asks(service: str, operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """iam:PassRole on each role, once."""
    handed = HANDED.get(f"{service}:{operation}")
    told: set[Passed] = set()
    for named, to_service in handed(request, call) if handed else ():
        role = _arn(named, call)
        if role and (role, to_service) not in told:
            told.add((role, to_service))
            yield Ask("iam:PassRole", role, {"iam:PassedToService": to_service})


def _arn(named: str, call: Call) -> str:
    """The role's ARN, with its path where it exists; '' for what is not a role of this account."""
    if _ROLE.fullmatch(named):
        return named if account_of(named) == call.account else ""
    if not _NAME.fullmatch(named):
        return ""
    held = identity.role_named(named, call.account)
    return str(held.arn) if held else f"arn:aws:iam::{call.account}:role/{named}"


def _of_definition(request: Structure, _: Call) -> Iterator[Passed]:
    for member in ("taskRoleArn", "executionRoleArn"):
        yield text(request.get(member)), TASKS


def _of_launch(request: Structure, call: Call) -> Iterator[Passed]:
    stored = finding.definition(call, text(request.get("taskDefinition"))) or {}
    over = request.get("overrides") or {}
    for member in ("taskRoleArn", "executionRoleArn"):
        yield text(over.get(member) or stored.get(member)), TASKS
    yield from _infrastructure(request, call)


def _infrastructure(request: Structure, _: Call) -> Iterator[Passed]:
    """Roles with which ECS makes volumes, moves traffic and calls hooks (R-164, R-165)."""
    yield text(request.get("role")), ECS
    for volume in request.get("volumeConfigurations") or ():
        yield text((volume.get("managedEBSVolume") or {}).get("roleArn")), ECS
    for balancer in request.get("loadBalancers") or ():
        yield text((balancer.get("advancedConfiguration") or {}).get("roleArn")), ECS
    for hook in (request.get("deploymentConfiguration") or {}).get("lifecycleHooks") or ():
        yield text(hook.get("roleArn")), ECS
    for lattice in request.get("vpcLatticeConfigurations") or ():
        yield text(lattice.get("roleArn")), ECS
    for each in (request.get("serviceConnectConfiguration") or {}).get("services") or ():
        yield text((each.get("tls") or {}).get("roleArn")), ECS


def _of_provider(request: Structure, _: Call) -> Iterator[Passed]:
    yield text((request.get("managedInstancesProvider") or {}).get("infrastructureRoleArn")), ECS


def _in(member: str, to_service: str) -> Callable[[Structure, Call], Iterator[Passed]]:
    """The role of one member."""

    def handed(request: Structure, _: Call) -> Iterator[Passed]:
        yield text(request.get(member)), to_service

    return handed


def _of_cluster(request: Structure, _: Call) -> Iterator[Passed]:
    yield text(request.get("roleArn")), EKS
    yield text((request.get("computeConfig") or {}).get("nodeRoleArn")), NODES


def _of_addon(request: Structure, _: Call) -> Iterator[Passed]:
    yield text(request.get("serviceAccountRoleArn")), EKS
    for each in request.get("podIdentityAssociations") or ():
        yield text(each.get("roleArn")), PODS


def _of_targets(request: Structure, _: Call) -> Iterator[Passed]:
    for each in request.get("Targets") or ():
        yield text(each.get("RoleArn")), "events.amazonaws.com"


def _of_schedule(request: Structure, _: Call) -> Iterator[Passed]:
    yield text((request.get("Target") or {}).get("RoleArn")), "scheduler.amazonaws.com"


def _of_profile(request: Structure, call: Call) -> Iterator[Passed]:
    yield text(request.get("RoleName")), NODES


HANDED: Mapping[str, Callable[[Any, Call], Iterator[Passed]]] = {
    "ecs:RegisterTaskDefinition": _of_definition,
    "ecs:RunTask": _of_launch,
    "ecs:StartTask": _of_launch,
    "ecs:CreateTaskSet": _of_launch,
    "ecs:CreateService": _infrastructure,
    "ecs:UpdateService": _infrastructure,
    "ecs:CreateCapacityProvider": _of_provider,
    "ecs:UpdateCapacityProvider": _of_provider,
    "codedeploy:CreateDeploymentGroup": _in("serviceRoleArn", "codedeploy.amazonaws.com"),
    "codedeploy:UpdateDeploymentGroup": _in("serviceRoleArn", "codedeploy.amazonaws.com"),
    "eks:CreateCluster": _of_cluster,
    "eks:UpdateClusterConfig": _of_cluster,
    "eks:CreateFargateProfile": _in("podExecutionRoleArn", FARGATE_PODS),
    "eks:CreateNodegroup": _in("nodeRole", NODES),
    "eks:CreateAddon": _of_addon,
    "eks:UpdateAddon": _of_addon,
    "eks:CreatePodIdentityAssociation": _in("roleArn", PODS),
    "eks:UpdatePodIdentityAssociation": _in("roleArn", PODS),
    "events:PutTargets": _of_targets,
    "events:PutRule": _in("RoleArn", "events.amazonaws.com"),
    "scheduler:CreateSchedule": _of_schedule,
    "scheduler:UpdateSchedule": _of_schedule,
    "iam:AddRoleToInstanceProfile": _of_profile,
    "ec2:CreateFlowLogs": _in("DeliverLogsPermissionArn", "vpc-flow-logs.amazonaws.com"),
    "logs:PutSubscriptionFilter": _in("roleArn", "logs.amazonaws.com"),
    "logs:PutDestination": _in("roleArn", "logs.amazonaws.com"),
}
"""By operation the roles that it hands over."""
