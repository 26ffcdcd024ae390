"""The Cloud Map namespace that a cluster takes as its Service Connect default."""

from __future__ import annotations

from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call


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


def _cloud_map(call: Call) -> Any:
    from moto.servicediscovery.models import servicediscovery_backends

    return servicediscovery_backends[call.account][call.region]
