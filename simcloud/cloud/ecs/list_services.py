"""ListServices and ListServicesByNamespace."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.facts import words
from simcloud.sim.service import Service

PAGE = 10


def list_services(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListServices: the ACTIVE ones of a cluster, ten a page unless asked otherwise."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("ListServices", request, None)
    arns = [
        each.arn
        for each in call.world.services.values()
        if each.cluster == inside.arn and each.status == "ACTIVE" and _meets(request, each)
    ]
    return page("serviceArns", arns, request, usual=PAGE)


def _meets(request: dict[str, Any], service: Service) -> bool:
    """All services are the customer's own: none is an Express service."""
    launch_type = service.asked.get("launchType") or ("FARGATE" if _on_fargate(service) else "EC2")
    return (
        request.get("launchType") in (None, launch_type)
        and request.get("schedulingStrategy") in (None, service.asked["schedulingStrategy"])
        and request.get("resourceManagementType") in (None, "CUSTOMER")
    )


def _on_fargate(service: Service) -> bool:
    from simcloud.cloud.ecs.service_request import on_fargate

    return on_fargate(service.asked)


def list_by_namespace(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListServicesByNamespace: services of every cluster whose Service Connect uses the Cloud Map namespace."""
    demand("ListServicesByNamespace", request, None)
    names = _names_of(call, request["namespace"])
    arns = [
        each.arn
        for each in call.world.services.values()
        if each.status == "ACTIVE" and namespace_of(call, each) in names
    ]
    return page("serviceArns", arns, request, usual=PAGE)


def namespace_of(call: Call, service: Service) -> str:
    """The namespace of a service's Service Connect, else its cluster's default; '' where Service Connect is off."""
    connect = service.asked.get("serviceConnectConfiguration") or {}
    if not connect.get("enabled"):
        return ""
    default = call.world.clusters[service.cluster].service_connect_defaults
    return str(connect.get("namespace") or default.get("namespace") or "")


def _names_of(call: Call, named: str) -> set[str]:
    """Name and ARN of the namespace that a request names by either. Raises NamespaceNotFoundException."""
    from moto.servicediscovery.models import servicediscovery_backends

    held = servicediscovery_backends[call.account][call.region].namespaces.values()
    for each in held:
        if named in (each.name, each.arn):
            return {str(each.name), str(each.arn)}
    in_use = {namespace_of(call, each) for each in call.world.services.values()}
    if named in in_use:
        return {named}
    raise Refused("NamespaceNotFoundException", str(words.NAMESPACE_NOT_FOUND))
