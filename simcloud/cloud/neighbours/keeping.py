"""What moto's EFS, IAM and EventBridge hold, as the laws see it. Where one was never used, nothing is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.live import Call
from simcloud.reason.iam import trusted
from simcloud.reason.policy import Policy, Request
from simcloud.rules.neighbours.seen import Circle, FileSystem, Managed, Role, User


def _backend(service: str, call: Call) -> Any:
    """moto's backend; None where the service was never called."""
    module = sys.modules.get(f"moto.{service}.models")
    if module is None:
        return None
    accounts: dict[str, dict[str, Any]] = getattr(module, f"{service}_backends")
    regions = dict.get(accounts, call.account)  # moto's own look-up would make what it does not find
    return None if regions is None else dict.get(regions, "aws" if service == "iam" else call.region)


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


def mounted(call: Call) -> list[str]:
    """Network interfaces of mount targets."""
    efs = _backend("efs", call)
    return [one.network_interface_id for one in efs.mount_targets_by_id.values()] if efs else []


def roles(call: Call) -> dict[str, Role]:
    """By name."""
    iam = _backend("iam", call)
    held = iam.roles.values() if iam else ()
    return {one.name: Role(tuple(one.managed_policies), dict(one.policies)) for one in held}


def users(call: Call) -> dict[str, User]:
    """By name."""
    inside = [(name, one.users) for name, one in circles(call).items()]
    iam = _backend("iam", call)
    return {
        name: User(
            len(one.access_keys),
            one.password is not None,
            len(one.mfa_devices),
            tuple(circle for circle, held in inside if name in held),
        )
        for name, one in (iam.users.items() if iam else ())
    }


def circles(call: Call) -> dict[str, Circle]:
    """Groups of IAM by name."""
    iam = _backend("iam", call)
    return {
        name: Circle(tuple(user.name for user in one.users), tuple(one.managed_policies), tuple(one.policies))
        for name, one in (iam.groups.items() if iam else ())
    }


def policies(call: Call) -> dict[str, Managed]:
    """Those of the account, by ARN."""
    iam = _backend("iam", call)
    held = iam.managed_policies.items() if iam else ()
    own = f":{call.account}:"
    return {arn: Managed(one.attachment_count, len(one.versions)) for arn, one in held if own in arn}


def leaving(call: Call) -> dict[str, bool]:
    """Secrets by name and by ARN, with its drawn end and without: is it to be deleted?"""
    kept = _backend("secretsmanager", call)
    held = kept.secrets.values() if kept else ()
    return {spelt: one.is_deleted() for one in held for spelt in (one.name, one.arn, one.arn.rpartition("-")[0])}


def event_rules(call: Call) -> dict[str, str]:
    """ARN by bus and name."""
    events = _backend("events", call)
    buses = events.event_buses.items() if events else ()
    return {f"{bus}/{name}": rule.arn for bus, held in buses for name, rule in held.rules.items()}


def event_targets(call: Call) -> dict[str, tuple[str, ...]]:
    """Ids by bus and name of the rule."""
    events = _backend("events", call)
    buses = events.event_buses.items() if events else ()
    return {
        f"{bus}/{name}": tuple(str(target["Id"]) for target in rule.targets)
        for bus, held in buses
        for name, rule in held.rules.items()
    }


STARTERS = ("events.amazonaws.com", "scheduler.amazonaws.com")


def trusting(call: Call) -> dict[str, frozenset[str]]:
    """By ARN of the role. Conditions of its trust policy are left for the moment in which it is assumed: AWS asks for
    the role before there is a rule to name."""
    iam = _backend("iam", call)
    return {one.arn: frozenset(_let_in(one)) for one in (iam.roles.values() if iam else ())}


def _let_in(role: Any) -> Iterator[str]:
    held = Policy(f"the trust policy of {role.name}", identity.document(role.assume_role_policy_document))
    elements = [{name: one for name, one in each.element.items() if name != "Condition"} for each in held.statements]
    bare = Policy(held.name, {**held.document, "Statement": elements})
    for service in STARTERS:
        if trusted(bare, Request("sts:AssumeRole", role.arn, service)).allowed:
            yield service


def zones_of_time(_: Call) -> dict[str, str]:
    """Every name of the IANA database."""
    from simcloud.cloud.scaling.seeing import zones

    return dict.fromkeys(zones(), "")


def schedule_groups(call: Call) -> dict[str, tuple[str, ...]]:
    """Names of schedules by group."""
    scheduler = _backend("scheduler", call)
    held = scheduler.schedule_groups.items() if scheduler else (("default", None),)
    return {name: tuple(group.schedules) if group else () for name, group in held}
