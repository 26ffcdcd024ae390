"""The effects of the simulation in moto: network interfaces in EC2, streams and lines in CloudWatch Logs."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import Any

from simcloud.cloud import metering
from simcloud.cloud.live import Live
from simcloud.facts import words
from simcloud.sim.effects import (
    DeleteInterface,
    DeleteVolume,
    DeliverLines,
    DeregisterTargets,
    Effect,
    LookAtTargets,
    MakeInterface,
    MakeLogStream,
    MakeVolume,
    RegisterTargets,
    WriteLog,
)
from simcloud.sim.events import Event, InterfaceAttached, InterfaceDeleted, InterfaceRefused

RESERVED_AT_THE_START = 4
"""Network address, VPC router, DNS, and one that AWS keeps."""
REQUESTER = "amazon-elb-ecs"


def perform(live: Live, effect: Effect) -> Event | None:
    """Do it, and return the event that answers; None where nothing has to be answered.

    Raises NotImplementedError for an effect that this module does not know.
    """
    if isinstance(effect, MakeInterface):
        return _make_interface(live, effect)
    if isinstance(effect, DeleteInterface):
        return _delete_interface(live, effect)
    if type(effect).__module__ == "simcloud.sim.traffic.effects":
        from simcloud.cloud import shifting

        return shifting.perform(live, effect)
    if isinstance(effect, RegisterTargets | DeregisterTargets | LookAtTargets):
        from simcloud.cloud import balancing  # here, so that who has no load balancer does not wait for moto's ELBv2

        return balancing.perform(live, effect)
    if isinstance(effect, MakeVolume):
        from simcloud.cloud import volumes

        return volumes.make(live, effect)
    if type(effect).__module__ == "simcloud.sim.apps.effects":
        from simcloud.cloud.apps import perform as perform_apps

        return perform_apps(live, effect)
    if type(effect).__module__ == "simcloud.sim.discovery.effects":
        from simcloud.cloud import discovery

        discovery.perform(live, effect)
        return None
    if isinstance(effect, MakeLogStream):
        _make_log_stream(live, effect)
    elif isinstance(effect, WriteLog):
        _write_log(live, effect)
    elif isinstance(effect, DeleteVolume):
        from simcloud.cloud import volumes

        volumes.delete(live, effect)
    elif isinstance(effect, DeliverLines):
        _deliver(live, effect)
    elif type(effect).__module__.startswith("simcloud.sim.bus."):
        from simcloud.cloud.events.performing import perform as perform_bus

        return perform_bus(live, effect)
    elif type(effect).__module__.startswith("simcloud.sim.eks."):
        from simcloud.cloud.eks.performing import perform as perform_eks

        return perform_eks(live, effect)
    elif type(effect).__module__.startswith("simcloud.sim.watching."):
        from simcloud.cloud.watching.performing import perform as perform_watching

        perform_watching(live, effect)
    elif type(effect).__module__.startswith("simcloud.sim.scaling."):
        from simcloud.cloud.scaling.performing import perform as perform_scaling

        perform_scaling(live, effect)
    elif type(effect).__module__ == "simcloud.sim.stacks":
        from simcloud.cloud.cloudformation.performing import perform as perform_stacks

        with metering.around(live, "cloudformation"):
            perform_stacks(live, effect)
    else:
        raise NotImplementedError(f"no way to perform {type(effect).__name__}")
    return None


def _ec2(live: Live) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[live.account][live.region]


def _make_interface(live: Live, effect: MakeInterface) -> Event:
    ec2 = _ec2(live)
    subnet = next((zone[effect.subnet] for zone in ec2.subnets.values() if effect.subnet in zone), None)
    if subnet is None:
        return InterfaceRefused(effect.task, str(words.ENI_TIMEOUT), f"subnet {effect.subnet} is gone")
    address = _free_address(ec2, subnet)
    if address is None:
        text = words.SUBNET_FULL.format(public_ip="enabled" if effect.public else "disabled", subnet=subnet.id)
        return InterfaceRefused(effect.task, text, f"subnet {subnet.id} ({subnet.cidr_block}) has no free address")
    gone = [group for group in effect.groups if ec2.get_security_group_from_id(group) is None]
    if gone:
        return InterfaceRefused(effect.task, str(words.ENI_TIMEOUT), f"security group {gone[0]} is gone")
    eni = ec2.create_network_interface(
        subnet,
        address,
        group_ids=list(effect.groups) or None,
        description=f"arn:aws:ecs:{live.region}:{live.account}:attachment/{effect.attachment}",
    )
    ec2.enis[effect.interface] = ec2.enis.pop(eni.id)
    eni.id, eni.status = effect.interface, "in-use"
    eni.requester_managed, eni.requester_id = True, REQUESTER
    if effect.public:
        from moto.ec2.utils import random_public_ip

        eni.public_ip = random_public_ip()
    return InterfaceAttached(
        effect.task,
        eni.id,
        address,
        eni.mac_address,
        getattr(eni, "private_dns_name", None) or "",
        eni.public_ip or "",
        subnet.availability_zone,
    )


def _free_address(ec2: Any, subnet: Any) -> str | None:
    """The first address of the subnet that nothing holds; AWS keeps the first four and the last."""
    network = ipaddress.ip_network(subnet.cidr_block)
    taken = {
        each["PrivateIpAddress"]
        for eni in ec2.enis.values()
        for each in eni.private_ip_addresses
        if eni.subnet.vpc_id == subnet.vpc_id
    }
    taken |= {nat.private_ip for nat in ec2.nat_gateways.values() if nat.subnet_id == subnet.id}
    for number in range(int(network.network_address) + RESERVED_AT_THE_START, int(network.broadcast_address)):
        address = str(ipaddress.ip_address(number))
        if address not in taken:
            return address
    return None


def _delete_interface(live: Live, effect: DeleteInterface) -> Event:
    ec2 = _ec2(live)
    if effect.interface in ec2.enis:
        ec2.delete_network_interface(effect.interface)
    return InterfaceDeleted(effect.task)


def _logs(live: Live, region: str) -> Any:
    from moto.logs.models import logs_backends

    return logs_backends[live.account][region]


def _make_log_stream(live: Live, effect: MakeLogStream) -> None:
    """The group is made where that was asked for."""
    logs = _logs(live, effect.region)
    if effect.make_group and effect.group not in logs.groups:
        logs.create_log_group(effect.group, {})
    if effect.group in logs.groups:
        logs.ensure_log_stream(effect.group, effect.stream)


def _deliver(live: Live, effect: DeliverLines) -> None:
    """What a log router delivers: to a stream that it makes where it is missing, or as an object of S3."""
    if effect.kind == "logs":
        _make_log_stream(live, MakeLogStream(effect.region, effect.place, effect.name, effect.make_group))
        _write_log(live, WriteLog(effect.region, effect.place, effect.name, effect.lines, effect.at))
        return
    if effect.kind == "firehose":
        from moto.firehose.models import firehose_backends

        records = [{"Data": f"{line}\n".encode()} for line in effect.lines]
        with contextlib.suppress(RuntimeError):  # what the stream cannot deliver is lost; nobody hears of it here
            firehose_backends[live.account][effect.region].put_record_batch(effect.place, records)
        return
    from moto.s3.models import s3_backends

    store = s3_backends[live.account]["aws"]
    store.put_object(effect.place, effect.name, "\n".join((*effect.lines, "")).encode())


def _write_log(live: Live, effect: WriteLog) -> None:
    """Lines to a group or a stream that somebody deleted are lost, as they are with AWS."""
    logs = _logs(live, effect.region)
    if effect.group not in logs.groups or effect.stream not in logs.groups[effect.group].streams:
        return
    at = int(effect.at * 1000)
    events = [{"timestamp": at + number, "message": line} for number, line in enumerate(effect.lines)]
    logs.groups[effect.group].streams[effect.stream].put_log_events(events)
