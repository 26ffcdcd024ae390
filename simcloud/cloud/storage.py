"""What a task asks of S3, EFS, EBS snapshots and KMS keys before it starts. Reads moto; changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.live import Live
from simcloud.reason.policy import Policy, Request
from simcloud.sim.asks import FileSystem, Permission, StoredObject


def stored_object(live: Live, bucket: str, key: str) -> StoredObject:
    """An object of S3, by bucket and key."""
    from moto.core.exceptions import ServiceException
    from moto.s3.exceptions import S3ClientError
    from moto.s3.models import s3_backends

    try:
        store = s3_backends[live.account]["aws"]
        store.get_bucket(bucket)
    except (S3ClientError, ServiceException, KeyError):
        return StoredObject()
    held: Any = store.get_object(bucket, key)
    if held is None or not hasattr(held, "value"):  # moto gives a delete marker as an object of another kind
        return StoredObject(True)
    return StoredObject(True, True, held.value.decode("utf-8", "replace"))


def file_system(live: Live, interface: str, name: str, access_point: str, root: str) -> FileSystem:
    """An EFS file system as seen from an interface: its mount target in the interface's zone, and the directory."""
    from moto.ec2.models import ec2_backends

    efs, eni = _efs(live), ec2_backends[live.account][live.region].enis.get(interface)
    held = efs.file_systems_by_id.get(name)
    if held is None or eni is None:
        return FileSystem(why=f"there is no file system {name}" if held is None else f"{interface} is gone")
    address, why = _address(live, held, eni)
    directory, there = _directory(live, efs, name, access_point, root)
    return FileSystem(held.file_system_arn, address, why, directory, there)


def _address(live: Live, held: Any, eni: Any) -> tuple[str, str]:
    """The address that the file system's name has for the interface, and why."""
    from moto.ec2.models import ec2_backends

    vpc = ec2_backends[live.account][live.region].vpcs[eni.subnet.vpc_id]
    zone = eni.subnet.availability_zone
    for switch, spoken in (("enable_dns_support", "DNS support is"), ("enable_dns_hostnames", "DNS host names are")):
        if str(getattr(vpc, switch)).lower() != "true":
            return "", f"{spoken} off in {vpc.id}, so the name of {held.file_system_id} has no address there"
    here = [each for each in held.iter_mount_targets() if each.vpc_id == vpc.id]
    near = next((each for each in here if each.availability_zone_name == zone), None)
    if near is None or near.life_cycle_state != "available":
        zones = ", ".join(sorted(each.availability_zone_name for each in here)) or "no zone"
        return "", f"{held.file_system_id} has no mount target in {zone} of {vpc.id} (it has one in {zones})"
    return str(near.ip_address), f"{near.mount_target_id} of {held.file_system_id} stands in {zone}"


def _directory(live: Live, efs: Any, name: str, access_point: str, root: str) -> tuple[str, bool]:
    """The directory that is mounted ('' for an access point that the file system does not have); is it there?"""
    makes = False
    if access_point:
        point = efs.access_points.get(access_point)
        if point is None or point.file_system_id.rsplit("/", 1)[-1] != name:
            return "", False
        root = str(point.root_directory.get("Path") or "/")
        makes = bool(point.root_directory.get("CreationInfo"))
    root = "/" + root.strip("/")
    held = live.world.files.get(name, {})
    return root, makes or root == "/" or any(path.startswith(f"{root}/") for path in held)


def may_mount(
    live: Live, role: str, session: str, action: str, file_system_arn: str, context: Mapping[str, str]
) -> Permission:
    """By the role's policies and the file system's own, with these condition keys. Without a role (no IAM
    authorization) the file system's own policy alone decides; where it has none, whoever reaches the mount target may
    mount."""
    policy = _policy(live, file_system_arn)
    if not role:
        return _anonymous(policy, action, file_system_arn, context)
    by_role = identity.may(role, session, action, file_system_arn, context, live.account)
    principal = f"arn:aws:sts::{live.account}:assumed-role/{role.rsplit('/', 1)[-1]}/{session}"
    request = Request(action, file_system_arn, principal, {**context, "aws:PrincipalArn": role})
    return _together(policy, request, Permission(by_role.allowed, by_role.because, by_role.why))


def _together(policy: Policy | None, request: Request, by_role: Permission) -> Permission:
    if policy is None:
        return by_role
    if denies := next(policy.matching("Deny", request, by_principal=True), None):
        return Permission(False, "with an explicit deny in a resource-based policy", f"{denies.name} denies it")
    if by_role.allowed or "explicit deny" in by_role.because:
        return by_role
    allows = next(policy.matching("Allow", request, by_principal=True), None)
    return Permission(True, "", f"{allows.name} allows {request.action}") if allows else by_role


def _anonymous(policy: Policy | None, action: str, resource: str, context: Mapping[str, str]) -> Permission:
    if policy is None:
        return Permission(True, "", "the file system has no policy: who reaches it may mount it")
    request = Request(action, resource, "anonymous", context)
    denies = next(policy.matching("Deny", request, by_principal=True), None)
    allows = next(policy.matching("Allow", request, by_principal=True), None)
    if allows and not denies:
        return Permission(True, "", f"{allows.name} allows {action} to everyone")
    why = f"{denies.name} denies it" if denies else f"{policy.name} allows {action} to nobody without a role"
    return Permission(False, f"because no resource-based policy allows the {action} action", why)


def _policy(live: Live, file_system_arn: str) -> Policy | None:
    name = file_system_arn.rsplit("/", 1)[-1]
    held = _efs(live).file_systems_by_id.get(name)
    text = held.file_system_policy if held else None
    if not text:
        return None
    try:
        document = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        document = {}
    return Policy(f"the policy of {name}", document)


def _efs(live: Live) -> Any:
    from moto.efs.models import efs_backends

    return efs_backends[live.account][live.region]


def snapshot(live: Live, name: str) -> bool:
    """Does the EBS snapshot exist?"""
    from moto.ec2.models import ec2_backends

    return name in ec2_backends[live.account][live.region].snapshots


def key(live: Live, name: str) -> bool:
    """Is there a KMS key of this id, ARN or alias that can be used? AWS's own alias always can."""
    from moto.kms.models import kms_backends

    if name.endswith("alias/aws/ebs"):
        return True
    kms = kms_backends[live.account][name.split(":")[3] if name.startswith("arn:") else live.region]
    known = kms.any_id_to_key_id(name)
    held = kms.keys.get(known)
    return held is not None and held.key_state == "Enabled"
