"""What a law of Application Auto Scaling may see of the world: values only, gathered before the request is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A read-only view. What a request does not touch may be left empty."""

    unfit: tuple[tuple[str, str], ...] = ()
    """Members that the API model does not allow: where, and AWS's words."""
    service: Mapping[str, Any] | None = None
    """What CreateService or UpdateService asked, of the ECS service that ResourceId names; None where there is none."""
    target: Mapping[str, Any] | None = None
    """The registered target that the request is about, in the API's spelling."""
    policies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The policies of that target by name, in the API's spelling."""
    actions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The scheduled actions of that target by name, in the API's spelling."""
    tags: Mapping[str, str] | None = None
    """The tags of the target that ResourceARN names; None where there is none."""
    zones: frozenset[str] = frozenset()
    """Names of the time zones that a schedule may be in."""


def triple(request: Mapping[str, Any]) -> dict[str, str]:
    """What names a scalable target, as AWS's messages fill it in."""
    return {
        "namespace": str(request.get("ServiceNamespace", "")),
        "resource": str(request.get("ResourceId", "")),
        "dimension": str(request.get("ScalableDimension", "")),
    }
