"""What the laws of CodeDeploy may see of the world, gathered for one request. Values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from simcloud.cloud.codedeploy import finding
from simcloud.cloud.live import Call
from simcloud.rules.codedeploy.seen import CodeDeploySeen, DeploymentSeen, RoleSeen
from simcloud.rules.reading import mapping, structures, text
from simcloud.sim.codedeploy import laws

FOLLOWING = laws.LAWS
"""Read with the first call: what happens to CodeDeploy's things from now on is followed."""
CODEDEPLOY = "codedeploy.amazonaws.com"
SESSION = "codedeploy"
DESCRIBE = "ecs:DescribeServices"
GROUPS = ("CreateDeploymentGroup", "UpdateDeploymentGroup")


def gather(operation: str, request: Mapping[str, Any], call: Call) -> tuple[Mapping[str, Any], CodeDeploySeen]:
    """The request as it is judged, and the view for it. An update is judged as what the group would be."""
    view = _base(call)
    if operation not in (*GROUPS, "CreateDeployment"):
        return request, view
    updates = operation == "UpdateDeploymentGroup"
    name = text(request, "currentDeploymentGroupName" if updates else "deploymentGroupName")
    group = view.groups.get((text(request, "applicationName"), name), {})
    judged = request
    if updates:
        judged = {**{member: value for member, value in group.items() if member != "deploymentGroupName"}, **request}
        view = replace(view, asked=frozenset(request))
    services = {(c, s): controller for c, s, controller in _services(call)}
    clusters = frozenset(each.name for each in call.world.clusters.values() if each.status == "ACTIVE")
    view = replace(view, services=services, clusters=clusters, balancers=_balancers(call, judged, group))
    if operation in GROUPS:
        view = replace(view, role=_role(call, judged), topics=_topics(call, request))
    return judged, view


def _base(call: Call) -> CodeDeploySeen:
    held = call.world.codedeploy
    applications = held.applications.values()
    return CodeDeploySeen(
        account=call.account,
        region=call.region,
        applications={each.name: each.platform for each in applications},
        groups={(each.name, group.name): group.info for each in applications for group in each.groups.values()},
        configurations=finding.configurations(call),
        revisions={each.name: tuple(revision.location for revision in each.revisions) for each in applications},
        deployments={
            each.id: DeploymentSeen(
                each.status,
                each.waiting,
                each.target,
                {event.execution: (event.name, event.status) for event in each.events if event.execution},
            )
            for each in held.deployments.values()
        },
        active={(each.application, each.group): each.id for each in held.deployments.values() if not each.over},
    )


def _services(call: Call) -> Iterator[tuple[str, str, str]]:
    for each in call.world.services.values():
        if each.status == "ACTIVE":
            yield call.world.clusters[each.cluster].name, each.name, each.controller


def _role(call: Call, group: Mapping[str, Any]) -> RoleSeen:
    """May CodeDeploy assume the service role, and may the role describe the service?"""
    from simcloud.cloud import identity

    role = text(group, "serviceRoleArn")
    trusted = identity.assumable(role, CODEDEPLOY, call.account, region=call.region)
    services = structures(group, "ecsServices")
    if not trusted.allowed or not services:
        return RoleSeen(trusted.allowed, trusted.why)
    arn = finding.service_arn(call, text(services[0], "clusterName"), text(services[0], "serviceName"))
    allowed = identity.may(role, SESSION, DESCRIBE, arn, None, call.account)
    if allowed.allowed:
        return RoleSeen(True, trusted.why)
    who = f"arn:aws:sts::{call.account}:assumed-role/{role.rsplit('/', 1)[-1]}/{SESSION}"
    denied = f"User: {who} is not authorized to perform: {DESCRIBE} on resource: {arn} {allowed.because}"
    return RoleSeen(True, allowed.why, denied)


def _topics(call: Call, request: Mapping[str, Any]) -> frozenset[str]:
    if not request.get("triggerConfigurations"):
        return frozenset()
    from moto.sns.models import sns_backends

    return frozenset(sns_backends[call.account][call.region].topics)


def _balancers(call: Call, *groups: Mapping[str, Any]) -> dict[str, str]:
    """The kind of load balancer that the listeners and target groups of a request or of its group belong to."""
    found: dict[str, str] = {}
    named: set[str] = set()
    for group in groups:
        for pair in structures(mapping(group, "loadBalancerInfo"), "targetGroupPairInfoList"):
            named |= {text(each, "name") for each in structures(pair, "targetGroups")}
            for route in ("prodTrafficRoute", "testTrafficRoute"):
                for arn in mapping(pair, route).get("listenerArns") or ():
                    found[arn] = "network" if ":listener/net/" in arn else "application"
    if named:
        for name, (_, kinds) in finding.target_groups(call, named).items():
            if kinds:
                found[name] = kinds[0]
    return found
