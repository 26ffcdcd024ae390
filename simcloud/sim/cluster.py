"""A cluster: a name, and what may be placed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Cluster:
    """A cluster, with its settings in the API's spelling."""

    name: str
    arn: str
    status: str = "ACTIVE"
    providers: tuple[str, ...] = ()
    """Capacity providers associated with it."""
    default_strategy: list[dict[str, Any]] = field(default_factory=list)
    settings: list[dict[str, Any]] = field(default_factory=list)
    configuration: dict[str, Any] = field(default_factory=dict)
    service_connect_defaults: dict[str, Any] = field(default_factory=dict)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    """What its capacity providers and its Service Connect default made, as the API spells it."""
    request: dict[str, Any] = field(default_factory=dict)
    """CreateCluster as it was asked: the same again is no second cluster."""
