"""Endpoints of Service Connect: who is found in a namespace, under which name and port.

A task knows the endpoints that were in its namespace when its deployment began, and no later ones, until its service is
deployed anew (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simcloud.sim.release import Release
    from simcloud.sim.service import Service
    from simcloud.sim.world import World


class Endpoint(NamedTuple):
    """A name and port under which a service answers."""

    name: str
    """The client alias's dnsName; without one the discovery name, a dot and the namespace's name."""
    port: int
    service: str
    """ARN of the ECS service."""
    port_name: str
    """Of the port mapping that it leads to."""
    override: int
    """The port on which the proxy of the service listens; 0 for the container's own."""


def connect(release: Release | None) -> Mapping[str, Any]:
    """The configuration of a deployment for which Service Connect is enabled; empty for others."""
    given = (release.configuration.get("serviceConnectConfiguration") or {}) if release else {}
    return given if given.get("enabled") else {}


def namespace_of(world: World, service: Service, release: Release | None) -> str:
    """ARN of the namespace; '' where the deployment has no Service Connect."""
    given = connect(release)
    if not given:
        return ""
    default = world.clusters[service.cluster].service_connect_defaults.get("namespace", "")
    named = str(given.get("namespace") or default)
    return world.namespaces.get(named, named)


def discovery_name(offered: Mapping[str, Any]) -> str:
    """Under which name Cloud Map knows it."""
    return str(offered.get("discoveryName") or offered["portName"])


def cloud_map_service(world: World, service: str, name: str) -> str:
    """ARN of the Cloud Map service of a discovery name: the same one in every deployment of the ECS service."""
    known = hashlib.blake2b(f"{world.seed}/{service}/{name}".encode(), digest_size=8).hexdigest()
    return f"arn:aws:servicediscovery:{world.region}:{world.account}:service/srv-{known}"


def offered(world: World, service: Service, release: Release | None) -> Iterator[Endpoint]:
    """What the deployment offers to others."""
    suffix = world.namespace_names.get(namespace_of(world, service, release), "")
    for each in connect(release).get("services") or ():
        for alias in each.get("clientAliases") or ():
            name = str(alias.get("dnsName") or f"{discovery_name(each)}.{suffix}")
            override = int(each.get("ingressPortOverride") or 0)
            yield Endpoint(name, int(alias["port"]), service.arn, str(each["portName"]), override)


def known(world: World, service: Service, release: Release) -> tuple[Endpoint, ...]:
    """Every endpoint of the deployment's namespace as it stands now, its own among them."""
    namespace = namespace_of(world, service, release)
    found: dict[tuple[str, int], Endpoint] = {}
    for other in world.services.values():
        if other.status == "INACTIVE":
            continue
        for each in other.releases:
            if namespace and namespace_of(world, other, each) == namespace:
                for endpoint in offered(world, other, each):
                    found.setdefault((endpoint.name, endpoint.port), endpoint)
    return tuple(found.values())


def container_port(world: World, definition: str, endpoint: Endpoint) -> int:
    """The port at a task of this definition to which the caller's proxy connects; 0 where it has no such mapping."""
    if endpoint.override:
        return endpoint.override
    for container in world.definitions[definition].get("containerDefinitions", ()):
        for mapping in container.get("portMappings", ()):
            if mapping.get("name") == endpoint.port_name:
                return int(mapping["containerPort"])
    return 0
