"""What moto's EFS, IAM and EventBridge hold, as the laws see it. Where one was never used, nothing is imported."""

from __future__ import annotations

import sys
from typing import Any

from simcloud.cloud.live import Call
from simcloud.rules.neighbours.seen import FileSystem, Role


def _backend(service: str, call: Call) -> Any:
    """moto's backend; None where the service was never called."""
    module = sys.modules.get(f"moto.{service}.models")
    if module is None:
        return None
    return getattr(module, f"{service}_backends")[call.account]["aws" if service == "iam" else call.region]


def file_systems(call: Call) -> dict[str, FileSystem]:
    """By id."""
    efs = _backend("efs", call)
    return {
        name: FileSystem(
            one.availability_zone_name or "",
            one.throughput_mode,
            tuple(target.subnet_id for target in one._mount_targets.values()),
        )
        for name, one in (efs.file_systems_by_id.items() if efs else ())
    }


def mount_targets(call: Call) -> dict[str, str]:
    """Subnet of each."""
    efs = _backend("efs", call)
    return {name: one.subnet_id for name, one in (efs.mount_targets_by_id.items() if efs else ())}


def roles(call: Call) -> dict[str, Role]:
    """By name."""
    iam = _backend("iam", call)
    held = iam.roles.values() if iam else ()
    return {one.name: Role(tuple(one.managed_policies), dict(one.policies)) for one in held}


def event_rules(call: Call) -> dict[str, str]:
    """ARN by bus and name."""
    events = _backend("events", call)
    buses = events.event_buses.items() if events else ()
    return {f"{bus}/{name}": rule.arn for bus, held in buses for name, rule in held.rules.items()}
