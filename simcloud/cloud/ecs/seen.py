"""What the laws may see of the world, gathered for one request. Values only.

What a request does not touch is not gathered: most launches never look at load balancers or namespaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.live import Call
from simcloud.rules.seen import Seen, Subnet, TargetGroup

Structure = Mapping[str, Any]


def seen(call: Call, operation: str, request: Structure, definition: Structure | None = None) -> Seen:
    """A view for a request that launches tasks. `definition` is the one that it names or that its service has."""
    clusters = call.world.clusters.values()
    active = [each for each in clusters if each.status == "ACTIVE"]
    services = _services(call, operation, request)
    asked = {**services.get(finding.short(request.get("service")), {}), **request}
    balancers = asked.get("loadBalancers") or ()
    return Seen(
        account=call.account,
        region=call.region,
        clusters={each.name: each.providers for each in active},
        inactive=frozenset(each.name for each in clusters if each.status != "ACTIVE"),
        default_strategies={each.name: tuple(each.default_strategy) for each in active if each.default_strategy},
        definition=definition,
        subnets=subnets(call),
        security_groups=_groups(call),
        target_groups=_target_groups(call) if balancers else {},
        services=services,
        tokens=_tokens(call, operation, request),
        rules=_shifted(call) if any(each.get("advancedConfiguration") for each in balancers) else {},
        registries=_registries(call) if asked.get("serviceRegistries") else {},
        **(_connected(call, operation, asked) if asked.get("serviceConnectConfiguration") else {}),
    )


def subnets(call: Call) -> dict[str, Subnet]:
    """All subnets of the account in the region."""
    from moto.ec2.models import ec2_backends

    zones = ec2_backends[call.account][call.region].subnets.values()
    return {each.id: Subnet(each.vpc_id, each.availability_zone) for zone in zones for each in zone.values()}


def token_key(call: Call, operation: str, request: Structure) -> str:
    """Under which key the world keeps a request's client token: each cluster has tokens of its own (recorded,
    ecs/task_tokens.json)."""
    return _tokens_of(call, operation, request) + str(request.get("clientToken") or "")


def _tokens_of(call: Call, operation: str, request: Structure) -> str:
    return f"{operation} {finding.cluster_arn_of(call, request.get('cluster'))} "


def _groups(call: Call) -> dict[str, str]:
    from moto.ec2.models import ec2_backends

    groups = ec2_backends[call.account][call.region].groups.values()
    return {each.id: str(each.vpc_id or "") for held in groups for each in held.values()}


def _target_groups(call: Call) -> dict[str, TargetGroup]:
    from moto.elbv2.models import elbv2_backends

    groups = elbv2_backends[call.account][call.region].target_groups.values()
    balanced = {arn for _, arns in _rules(call) for arn in arns}
    return {each.arn: TargetGroup(each.target_type, each.vpc_id or "", each.arn in balanced) for each in groups}


def _rules(call: Call) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every listener and every listener rule, with the target groups that it forwards to."""
    from moto.elbv2.models import elbv2_backends

    for balancer in elbv2_backends[call.account][call.region].load_balancers.values():
        for listener in balancer.listeners.values():
            yield listener.arn, tuple(_forwarded(listener.default_actions))
            for rule in listener.rules.values():
                yield rule.arn, tuple(_forwarded(rule.actions))


def _shifted(call: Call) -> dict[str, tuple[str, ...]]:
    """What ECS can shift traffic by: rules of an Application Load Balancer, listeners of a Network Load Balancer."""
    from moto.elbv2.models import elbv2_backends

    balancers = elbv2_backends[call.account][call.region].load_balancers.values()
    unfit = {arn for each in balancers if each.type != "network" for arn in each.listeners}
    return {arn: groups for arn, groups in _rules(call) if arn not in unfit}


def _forwarded(actions: Any) -> Iterator[str]:
    for action in actions:
        data = getattr(action, "data", action)
        if data.get("TargetGroupArn"):
            yield data["TargetGroupArn"]
        for each in (data.get("ForwardConfig") or {}).get("TargetGroups") or ():
            yield each["TargetGroupArn"]


def _registries(call: Call) -> dict[str, tuple[str, ...]]:
    return {
        each.arn: tuple(record["Type"] for record in (each.dns_config or {}).get("DnsRecords") or ())
        for each in _cloud_map(call).services.values()
    }


def _cloud_map(call: Call) -> Any:
    from moto.servicediscovery.models import servicediscovery_backends

    return servicediscovery_backends[call.account][call.region]


def _connected(call: Call, operation: str, asked: Structure) -> dict[str, Any]:
    """The namespaces, those that clusters take by default, and the names that other services have in them."""
    held = _cloud_map(call).namespaces.values()
    namespaces = {name: each.arn for each in held for name in (each.name, each.arn)}
    clusters = call.world.clusters.values()
    defaults = {each.name: each.service_connect_defaults.get("namespace", "") for each in clusters}
    by_arn = {each.arn: defaults[each.name] for each in clusters}
    mine = finding.short(asked.get("serviceName") or asked.get("service"))
    inside = finding.cluster_arn(call, finding.cluster_name(asked.get("cluster")))
    others = [
        each
        for each in call.world.services.values()
        if each.status == "ACTIVE" and (each.name, each.cluster) != (mine, inside)
    ]
    return {
        "namespaces": namespaces,
        "namespace_defaults": {name: arn for name, arn in defaults.items() if arn},
        "discovered": {
            f"{namespaces.get(namespace, namespace)}/{name}": each.arn
            for each in others
            for namespace, name in _discovery_names(each.asked, by_arn.get(each.cluster, ""))
        },
    }


def _discovery_names(asked: Structure, default: str) -> Iterator[tuple[str, str]]:
    connect = asked.get("serviceConnectConfiguration") or {}
    if connect.get("enabled"):
        for each in connect.get("services") or ():
            yield connect.get("namespace") or default, each.get("discoveryName") or each["portName"]


def _services(call: Call, operation: str, request: Structure) -> dict[str, Structure]:
    """As they were asked for; for an update as they are now."""
    inside = finding.maybe_cluster(call, request.get("cluster"))
    return {
        each.name: {**each.request, **each.asked} if operation == "UpdateService" else each.request
        for each in call.world.services.values()
        if inside is not None and each.cluster == inside.arn and each.status == "ACTIVE"
    }


def _tokens(call: Call, operation: str, request: Structure) -> dict[str, Mapping[str, Any]]:
    prefix = _tokens_of(call, operation, request)
    return {key.removeprefix(prefix): held for key, held in call.world.tokens.items() if key.startswith(prefix)}
