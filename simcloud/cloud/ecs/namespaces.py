"""Namespaces of Cloud Map: a cluster's default for Service Connect, and those that services name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import NamespaceNamed


def found_or_made(call: Call, named: str) -> str:
    """The ARN of a namespace, by ARN or name. A new name becomes a namespace for API calls, as with AWS.

    Raises NamespaceNotFoundException for an ARN of none.
    """
    cloud_map = _cloud_map(call)
    for each in cloud_map.namespaces.values():
        if named in (each.arn, each.name):
            return str(each.arn)
    if named.startswith("arn:"):
        raise Refused("NamespaceNotFoundException", "The specified namespace wasn't found.")
    with entropy.own_seed(call.live.seed, "ecs", "namespace", len(cloud_map.namespaces)):
        cloud_map.create_http_namespace(named, "", "", [])
    return next(str(each.arn) for each in cloud_map.namespaces.values() if each.name == named)


def name(call: Call, request: Mapping[str, Any], default: str) -> None:
    """Let the simulation know the namespace of a service that connects, by name and ARN."""
    connect = request.get("serviceConnectConfiguration") or {}
    named = connect.get("namespace") or default
    if not connect.get("enabled") or not named:
        return
    for each in _cloud_map(call).namespaces.values():
        if named in (each.arn, each.name) and call.world.namespaces.get(each.name) != each.arn:
            submit(call, NamespaceNamed(each.name, each.arn))


def _cloud_map(call: Call) -> Any:
    from moto.servicediscovery.models import servicediscovery_backends

    return servicediscovery_backends[call.account][call.region]
