"""Cloud Map as moto holds it: tasks registered and deregistered in it, and the names that it answers inside a VPC."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.discovery.effects import DeregisterInstance, RegisterInstance, ShowInstanceHealth
from simcloud.sim.effects import Effect

ADDRESS = "AWS_INSTANCE_IPV4"
Zones = dict[str, dict[str, dict[str, tuple[str, ...]]]]


def perform(live: Live, effect: Effect) -> None:
    """Do it. What is gone from Cloud Map stays gone. Raises NotImplementedError for another effect."""
    from moto.servicediscovery.models import servicediscovery_backends

    cloud_map = servicediscovery_backends[live.account][live.region]
    if isinstance(effect, RegisterInstance):
        _register(cloud_map, effect)
    elif isinstance(effect, DeregisterInstance | ShowInstanceHealth):
        held: Any = cloud_map.services.get(effect.service.rsplit("/", 1)[-1])
        for instance in [each for each in (held.instances if held else ()) if each.instance_id == effect.instance]:
            if isinstance(effect, ShowInstanceHealth):
                instance.health_status = _status(effect.healthy)
            else:
                cloud_map.deregister_instance(held.id, effect.instance)
    else:
        raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _register(cloud_map: Any, effect: RegisterInstance) -> None:
    identity = effect.service.rsplit("/", 1)[-1]
    if identity not in cloud_map.services and effect.namespace:
        _make_service(cloud_map, identity, effect)
    if identity in cloud_map.services:
        cloud_map.register_instance(identity, effect.instance, "", dict(effect.attributes))
        cloud_map.get_instance(identity, effect.instance).health_status = _status(effect.healthy)


def _make_service(cloud_map: Any, identity: str, effect: RegisterInstance) -> None:
    """The service of Cloud Map that Service Connect makes, under the id that DescribeServices tells."""
    space = effect.namespace.rsplit("/", 1)[-1]
    if space not in cloud_map.namespaces:
        return
    made = cloud_map.create_service(effect.name, space, "", "", None, None, None, [], "HTTP")
    cloud_map.services[identity] = cloud_map.services.pop(made.id)
    made.id, made.arn = identity, effect.service


def _status(healthy: bool) -> str:
    return "HEALTHY" if healthy else "UNHEALTHY"


def zones(region: str, account: str, host: str) -> Zones:
    """Private hosted zones of Cloud Map, by VPC and name, as far as they are asked for one host: the addresses under
    that name that are healthy."""
    module = sys.modules.get("moto.servicediscovery.models")
    cloud_map = module.servicediscovery_backends[account].get(region) if module else None
    found: Zones = {}
    for space in cloud_map.namespaces.values() if cloud_map else ():
        if space.type == "DNS_PRIVATE" and space.vpc:
            found.setdefault(space.vpc, {})[space.name.lower()] = dict(_names(cloud_map, space, host.lower()))
    return found


def _names(cloud_map: Any, space: Any, host: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """An A record answers under the service's name, an SRV record leads to one name for each instance."""
    for service in cloud_map.services.values():
        whole = f"{service.name}.{space.name}".lower()
        inside = service.namespace_id or (service.dns_config or {}).get("NamespaceId")
        if inside != space.id or not host.endswith(whole):
            continue
        records = {each["Type"] for each in (service.dns_config or {}).get("DnsRecords") or ()}
        healthy = [each for each in service.instances if each.health_status == "HEALTHY" and ADDRESS in each.attributes]
        if "A" in records and host == whole:
            yield whole, tuple(each.attributes[ADDRESS] for each in healthy)
        elif "SRV" in records:
            yield from ((f"{each.instance_id}.{whole}", (each.attributes[ADDRESS],)) for each in healthy)
