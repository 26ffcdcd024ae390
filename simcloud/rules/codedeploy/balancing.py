"""Deployment groups of ECS: the pair of target groups, the listeners, the service and the role (R-237)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.codedeploy import TARGET_GROUP_NAME
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, FIELD_REPORT, issue
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.groups import BALANCER, ROLE, bench
from simcloud.rules.codedeploy.reading import (
    DEPLOYS,
    ON_GROUPS,
    Request,
    group_info,
    group_of,
    platform,
    shifts_at_once,
)
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, text, texts
from simcloud.rules.refusal import Refusal

PAIR, SERVICE = "InvalidTargetGroupPairException", "InvalidECSServiceException"
AT = "loadBalancerInfo.targetGroupPairInfoList"


def _info(request: Request) -> Mapping[str, Any]:
    return mapping(request, "loadBalancerInfo")


def _pair(request: Request, seen: CodeDeploySeen) -> Mapping[str, Any]:
    """The one pair of target groups of a group of ECS, or an empty one."""
    pairs = structures(_info(request), "targetGroupPairInfoList")
    return pairs[0] if platform(request, seen) == "ECS" and len(pairs) == 1 else {}


@rule("FG657", on=ON_GROUPS, source=issue("hashicorp/terraform-provider-aws", 9124), status="observed")
def ecs_is_behind_a_balancer(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS says at which load balancer traffic is shifted."""
    if platform(request, seen) == "ECS" and not _info(request):
        yield Refusal("loadBalancerInfo", words.BALANCER_MISSING, "loadBalancerInfo is missing", BALANCER)


@rule(
    "FG658",
    on=ON_GROUPS,
    source="https://github.com/cloudposse/terraform-aws-code-deploy/pull/5",
    status="observed",
)
def ecs_names_pairs_only(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS has no Classic Load Balancers and no single target groups: those are for servers."""
    for member, spoken in (("elbInfoList", "elbInfo"), ("targetGroupInfoList", "targetGroupInfo")):
        if platform(request, seen) == "ECS" and _info(request).get(member):
            why = "a group of ECS has a targetGroupPairInfoList"
            yield Refusal(f"loadBalancerInfo.{member}", words.BALANCER_LIST.format(member=spoken), why, BALANCER)


@rule("FG659", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def ecs_has_one_pair(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS has exactly one pair of target groups."""
    pairs = structures(_info(request), "targetGroupPairInfoList")
    names_others = any(_info(request).get(member) for member in ("elbInfoList", "targetGroupInfoList"))
    if platform(request, seen) == "ECS" and _info(request) and len(pairs) != 1 and not names_others:
        yield Refusal(AT, words.PAIR_MISSING, f"{len(pairs)} pairs are given", BALANCER)


@rule("FG660", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def a_pair_has_two_target_groups(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A pair has two target groups: the original's, and the replacement's."""
    pair = _pair(request, seen)
    names = [text(each, "name") for each in structures(pair, "targetGroups")]
    if pair and len([name for name in names if name]) != 2:
        yield Refusal(f"{AT}[0].targetGroups", words.PAIR_GROUPS, f"{len(names)} are given", PAIR)


@rule("FG661", on=ON_GROUPS, source=CODEDEPLOY_MODEL, status="assumed")
def a_pair_is_of_different_groups(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The two target groups of a pair are not the same."""
    names = [text(each, "name") for each in structures(_pair(request, seen), "targetGroups")]
    if len(names) == 2 and names[0] and names[0] == names[1]:
        text_ = words.PAIR_TWICE.format(name=names[0])
        yield Refusal(f"{AT}[0].targetGroups", text_, f"both are {names[0]}", PAIR)


@rule("FG662", on=ON_GROUPS, source=CODEDEPLOY_GUIDE + "limits.html")
def production_traffic_has_one_listener(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A pair has one production listener."""
    pair = _pair(request, seen)
    if pair and len(texts(mapping(pair, "prodTrafficRoute"), "listenerArns")) != 1:
        why = "one production listener is needed"
        text_ = words.PAIR_LISTENER.format(route="prodTrafficRoute")
        yield Refusal(f"{AT}[0].prodTrafficRoute.listenerArns", text_, why, PAIR)


@rule("FG663", on=ON_GROUPS, source=CODEDEPLOY_GUIDE + "limits.html")
def test_traffic_has_one_listener(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A pair that has a route for test traffic has one test listener."""
    pair = _pair(request, seen)
    if "testTrafficRoute" in pair and len(texts(mapping(pair, "testTrafficRoute"), "listenerArns")) != 1:
        why = "one test listener is needed, or no testTrafficRoute"
        text_ = words.PAIR_LISTENER.format(route="testTrafficRoute")
        yield Refusal(f"{AT}[0].testTrafficRoute.listenerArns", text_, why, PAIR)


@rule("FG664", on=ON_GROUPS, source=bench("target-group-name-max-32"), status="observed")
def target_groups_go_by_name(request: Request) -> Iterator[Refusal]:
    """A target group is named by its name of at most 32 characters, not by its ARN."""
    single = [("targetGroupInfoList", each) for each in structures(_info(request), "targetGroupInfoList")]
    paired = [
        ("targetGroupPairInfoList", each)
        for pair in structures(_info(request), "targetGroupPairInfoList")
        for each in structures(pair, "targetGroups")
    ]
    for member, each in (*single, *paired):
        name = text(each, "name")
        if len(name) > TARGET_GROUP_NAME.value:
            why = f"{name} has {len(name)} characters"
            text_ = words.GROUP_NAME_LENGTH.format(name=name, list=member)
            yield Refusal(f"loadBalancerInfo.{member}", text_, why, BALANCER)


@rule("FG665", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def ecs_names_its_service(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS names the one service that it deploys, by cluster and name."""
    services = structures(request, "ecsServices")
    if platform(request, seen) != "ECS":
        return
    if not services:
        yield Refusal("ecsServices", words.SERVICES_MISSING, "ecsServices is missing", SERVICE)
    elif len(services) > 1:
        yield Refusal("ecsServices", words.SERVICES_MANY, f"{len(services)} services are given", SERVICE)
    elif not (text(services[0], "clusterName") and text(services[0], "serviceName")):
        yield Refusal("ecsServices[0]", words.SERVICE_NAMES, "cluster and service are both needed", SERVICE)


@rule("FG666", on=ON_GROUPS, source=FIELD_REPORT, status="observed")
def codedeploy_may_assume_the_role(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The service role exists and trusts codedeploy.amazonaws.com."""
    #
    role = text(request, "serviceRoleArn")
    if seen.names("serviceRoleArn") and ROLE.fullmatch(role) and seen.role is not None and not seen.role.assumable:
        text_ = words.SERVICE_ROLE_NOT_ASSUMED.format(role=role)
        yield Refusal("serviceRoleArn", text_, seen.role.why, "InvalidRoleException")


@rule("FG667", on=ON_GROUPS, source=issue("hashicorp/terraform-provider-aws", 21519), status="observed")
def the_role_may_read_the_service(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The service role may call ecs:DescribeServices on the service."""
    #
    cluster, service = _service(request, seen)
    role = seen.role
    if service and seen.names("serviceRoleArn", "ecsServices") and role is not None and role.assumable and role.denied:
        text_ = words.SERVICE_UNREAD.format(cluster=cluster, service=service, cause=role.denied)
        yield Refusal("serviceRoleArn", text_, role.why, SERVICE)


@rule("FG668", on=(*ON_GROUPS, DEPLOYS), source=CODEDEPLOY_MODEL, status="assumed")
def the_service_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The ECS service of a group exists and is ACTIVE."""
    cluster, service = _service(request, seen)
    if service and seen.names("ecsServices") and (cluster, service) not in seen.services:
        there = cluster in seen.clusters
        cause = "Service not found." if there else "Cluster not found."
        why = f"there is no ACTIVE service {service} in {cluster}" if there else f"there is no cluster {cluster}"
        text_ = words.SERVICE_UNREAD.format(cluster=cluster, service=service, cause=cause)
        yield Refusal("ecsServices[0].serviceName", text_, why, SERVICE)


@rule(
    "FG669",
    on=(*ON_GROUPS, DEPLOYS),
    source=FIELD_REPORT,
    status="observed",
)
def the_service_leaves_deploying_to_codedeploy(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The ECS service of a group has the deployment controller CODE_DEPLOY."""
    held = seen.services.get(_service(request, seen))
    if held is not None and seen.names("ecsServices") and held != "CODE_DEPLOY":
        why = f"its deployment controller is {held}"
        yield Refusal("ecsServices[0].serviceName", words.CONTROLLER, why, SERVICE)


@rule("FG670", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def a_service_has_one_group(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """An ECS service is deployed by one deployment group only."""
    asked = _service(request, seen)
    here = group_of(request)
    for where, info in seen.groups.items():
        held = structures(info, "ecsServices")
        if asked[1] and where != here and any((text(s, "clusterName"), text(s, "serviceName")) == asked for s in held):
            why = f"{where[0]}/{where[1]} deploys it already"
            text_ = words.SERVICE_TAKEN.format(service=asked[1], cluster=asked[0])
            yield Refusal("ecsServices[0].serviceName", text_, why, "ECSServiceMappingLimitExceededException")


def _service(request: Request, seen: CodeDeploySeen) -> tuple[str, str]:
    """Cluster and service of a group of ECS, of the request or of the group that it names."""
    services = structures(request, "ecsServices") or structures(group_info(request, seen), "ecsServices")
    if platform(request, seen) != "ECS" or len(services) != 1:
        return "", ""
    return text(services[0], "clusterName"), text(services[0], "serviceName")


@rule("FG671", on=(*ON_GROUPS, DEPLOYS), source=CODEDEPLOY_GUIDE + "troubleshooting-ecs.html")
def only_application_balancers_shift_step_by_step(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """Behind a Network Load Balancer all traffic is shifted at once."""
    #
    info = _info(request) or mapping(group_info(request, seen), "loadBalancerInfo")
    names: set[str] = set()
    for pair in structures(info, "targetGroupPairInfoList"):
        names |= {text(each, "name") for each in structures(pair, "targetGroups")}
        names |= set(texts(mapping(pair, "prodTrafficRoute"), "listenerArns"))
    if platform(request, seen) == "ECS" and not shifts_at_once(request, seen):
        network = sorted(name for name in names if seen.balancers.get(name) == "network")
        if network:
            why = f"{network[0]} belongs to a Network Load Balancer"
            yield Refusal("deploymentConfigName", words.ONLY_ALB, why, "InvalidTrafficRoutingConfigurationException")
