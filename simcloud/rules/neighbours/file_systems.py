"""Laws on EFS file systems, their mount targets and access points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from simcloud.facts.words import storing as words
from simcloud.facts.words.neighbours import EFS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import structures, switch, text, texts
from simcloud.rules.refusal import Refusal

CREATE = "elasticfilesystem:CreateFileSystem"
MOUNT = "elasticfilesystem:CreateMountTarget"
GUARDED = (MOUNT, "elasticfilesystem:ModifyMountTargetSecurityGroups")
INVALID = "BadRequest"


@rule(
    "FG473", on=(CREATE, "elasticfilesystem:UpdateFileSystem"), source=EFS + "CreateFileSystem.html", status="observed"
)
def provisioned_throughput_is_said_and_meant(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Provisioned throughput is named with the throughput mode provisioned, and with no other."""
    mode, asked = text(request, "ThroughputMode"), request.get("ProvisionedThroughputInMibps")
    if mode == "provisioned" and asked is None:
        why = "how many MiB/s? Name ProvisionedThroughputInMibps"
        yield Refusal("ProvisionedThroughputInMibps", words.PROVISIONED, why, INVALID)
    elif asked is not None and mode != "provisioned" and ("FileSystemId" not in request or mode):
        why = f"the mode is {mode or 'bursting'}"
        yield Refusal("ProvisionedThroughputInMibps", words.NOT_PROVISIONED, why, INVALID)


@rule("FG474", on=CREATE, source=EFS + "CreateFileSystem.html", status="observed")
def a_file_systems_settings_go_together(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A key is for an encrypted file system, the zone of One Zone storage is of the region, and maxIO goes neither with
    One Zone storage nor with elastic throughput."""
    zone = text(request, "AvailabilityZoneName")
    if text(request, "KmsKeyId") and not switch(request, "Encrypted"):
        yield Refusal("Encrypted", words.KEY_WITHOUT_ENCRYPTION, "say Encrypted=True", INVALID)
    if zone and seen.zones and zone not in seen.zones:
        why = f"{seen.region} has no {zone}"
        yield Refusal("AvailabilityZoneName", words.ZONE_NAME, why, INVALID)
    elastic = text(request, "ThroughputMode") == "elastic"
    if text(request, "PerformanceMode") == "maxIO" and (zone or elastic):
        why = "maxIO was made for regional file systems before elastic throughput"
        yield Refusal("PerformanceMode", words.PERFORMANCE, why, INVALID)


@rule("FG475", on=MOUNT, source=EFS + "CreateMountTarget.html", status="observed")
def a_mount_target_stands_once_a_zone(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A file system has one mount target a zone, all in one VPC; a One Zone file system has its one in its own zone."""
    held = seen.file_systems.get(text(request, "FileSystemId"))
    place = seen.subnets.get(text(request, "SubnetId"))
    if held is None or place is None:
        return
    others = [seen.subnets[subnet] for subnet in held.subnets if subnet in seen.subnets]
    if held.zone and place.zone != held.zone:
        why = f"the file system is in {held.zone}, the subnet in {place.zone}"
        yield Refusal("SubnetId", words.ONE_ZONE, why, "AvailabilityZonesMismatch")
    elif any(other.vpc != place.vpc for other in others):
        why = f"its other mount targets are in {others[0].vpc}, the subnet is in {place.vpc}"
        yield Refusal("SubnetId", words.OTHER_VPC, why, "MountTargetConflict")
    elif any(other.zone == place.zone for other in others):
        yield Refusal("SubnetId", words.ZONE_TAKEN, f"it has one in {place.zone} already", "MountTargetConflict")


@rule("FG476", on=GUARDED, source=EFS + "CreateMountTarget.html", status="observed")
def a_mount_target_has_up_to_five_groups_of_its_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A mount target has up to five security groups, all of the VPC of its subnet."""
    asked = texts(request, "SecurityGroups")
    subnet = text(request, "SubnetId") or seen.mount_targets.get(text(request, "MountTargetId"), "")
    place = seen.subnets.get(subnet)
    if place is None:
        return
    if len(asked) > words.GROUPS.value:
        yield Refusal("SecurityGroups", words.FIVE_GROUPS, f"{len(asked)} are named", "SecurityGroupLimitExceeded")
        return
    for group in asked:
        if group in seen.groups and seen.groups[group].vpc != place.vpc:
            why = f"{group} is of {seen.groups[group].vpc}, the subnet is in {place.vpc}"
            yield Refusal("SecurityGroups", words.GROUP_NOT_FOUND, why, "SecurityGroupNotFound")
            return


@rule("FG477", on=MOUNT, source=EFS + "CreateMountTarget.html", status="observed")
def a_mount_targets_address_is_of_its_subnet(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An address that is asked for a mount target lies in its subnet and is free, and where none is asked for, the
    subnet has one that is free."""
    address, place = text(request, "IpAddress"), seen.subnets.get(text(request, "SubnetId"))
    if place is None:
        return
    if not address:
        if place.free < 1:
            aws = words.NO_FREE_ADDRESS.format(subnet=text(request, "SubnetId"))
            yield Refusal("SubnetId", aws, f"every address of {place.cidr} is taken", "NoFreeAddressesInSubnet")
        return
    try:
        inside = IPv4Address(address) in IPv4Network(place.cidr)
    except ValueError:
        inside = False
    if not inside:
        yield Refusal("IpAddress", words.ADDRESS, f"the subnet is {place.cidr}", INVALID)
    elif address in place.held:
        aws = words.ADDRESS_IN_USE.format(address=address)
        yield Refusal("IpAddress", aws, f"a network interface has {address}", "IpAddressInUse")


@rule("FG478", on="elasticfilesystem:CreateAccessPoint", source=EFS + "CreateAccessPoint.html")
def an_access_point_is_of_a_file_system(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An access point is made for a file system that exists."""
    name = text(request, "FileSystemId").rpartition("/")[2]
    if name and name not in seen.file_systems:
        aws = words.FILE_SYSTEM_NOT_FOUND.format(name=name)
        yield Refusal("FileSystemId", aws, f"there is no file system {name} in {seen.region}", "FileSystemNotFound")


@rule(
    "FG479",
    on="elasticfilesystem:PutLifecycleConfiguration",
    source=EFS + "PutLifecycleConfiguration.html",
    status="observed",
)
def a_lifecycle_object_holds_one_transition(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Each object of a lifecycle configuration holds exactly one transition, and none comes twice."""
    named = [tuple(one) for one in structures(request, "LifecyclePolicies")]
    if any(len(one) != 1 for one in named) or len(set(named)) < len(named):
        why = "one transition an object, each once"
        yield Refusal("LifecyclePolicies", words.LIFECYCLE, why, INVALID)
