"""What stands in the simulated AWS and is paid by the hour or the GB-month, read from moto, in the world's own region.
Changes nothing.

What is not read is not on the bill: how much is stored in EFS, S3 and log groups depends on what an application does;
give it by hand as `StorageUsage`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.meter import Span, Tags, begun

METERED_FROM = "metered_from"
MIB = 2**20
HOUR = 3600
Spans = Callable[[Live, Any, float], Iterator[Span]]


def of(live: Live, kinds: tuple[str, ...] | None = None) -> Iterator[Span]:
    """Everything that stands, until now. A service that was never asked for is not read."""
    for kind in kinds or KINDS:
        module, registry, spans = KINDS[kind]
        if module in sys.modules:
            regions = getattr(sys.modules[module], registry)[live.account]
            if live.region in regions:
                for span in spans(live, regions[live.region], live.world.now):
                    yield span if kind == "log" else span._replace(begin=begun(live.world, span.id, span.begin))


def _epoch(moment: Any) -> float:
    """moto's clock is naive UTC, a text of it, or seconds."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return float(moment)


def _tags(tags: Any) -> Tags:
    """From moto's lists of keys and values, or from a mapping."""
    if isinstance(tags, list):
        pairs = {str(each.get("Key", each.get("key"))): str(each.get("Value", each.get("value"))) for each in tags}
    else:
        pairs = {str(key): str(value) for key, value in (tags or {}).items()}
    return tuple(sorted(pairs.items()))


def _of_ec2(ec2: Any, identity: str) -> Tags:
    return _tags(dict(ec2.tags.get(identity, {})))


def _nat_gateways(live: Live, ec2: Any, now: float) -> Iterator[Span]:
    for one in ec2.nat_gateways.values():
        if one.state == "available":
            public = ("public", one.connectivity_type != "private")
            yield Span("nat", one.id, _epoch(one._created_at), now, (public,), _of_ec2(ec2, one.id))


def _endpoints(live: Live, ec2: Any, now: float) -> Iterator[Span]:
    for one in ec2.vpc_end_points.values():
        if one.state != "available":
            continue
        gateway = str(one.vpc_endpoint_type or "Gateway").lower() == "gateway"
        zones = len({ec2.get_subnet(subnet).availability_zone for subnet in one.subnet_ids or ()})
        service = one.service_name.split(".", 3)[-1]
        detail = (("service", service), ("zones", zones), ("gateway", gateway))
        yield Span("endpoint", one.id, _epoch(one.creation_timestamp), now, detail, _of_ec2(ec2, one.id))


def _addresses(live: Live, ec2: Any, now: float) -> Iterator[Span]:
    """Elastic IPs, in use or not. moto keeps no moment of them: metering.py writes it on them."""
    for one in ec2.addresses:
        begin = getattr(one, METERED_FROM, live.world.begun)
        yield Span("address", one.allocation_id, begin, now, (), _of_ec2(ec2, one.allocation_id))


def _volumes(live: Live, ec2: Any, now: float) -> Iterator[Span]:
    for one in ec2.volumes.values():
        yield volume(ec2, one, now)


def volume(ec2: Any, one: Any, now: float) -> Span:
    """An EBS volume."""
    detail = (("type", one.volume_type or "gp2"), ("gib", int(one.size)))
    return Span("volume", one.id, _epoch(one.create_time), now, detail, _of_ec2(ec2, one.id))


def _balancers(live: Live, elbv2: Any, now: float) -> Iterator[Span]:
    for one in elbv2.load_balancers.values():
        public = 0 if one.scheme == "internal" else len(one.subnets)
        detail = (("type", one.type), ("groups", _groups(elbv2, one.arn)), ("addresses", public))
        yield Span("balancer", one.arn, _epoch(one.created_time), now, detail, _tags(dict(one.tags or {})))


def _groups(elbv2: Any, arn: str) -> tuple[str, ...]:
    return tuple(each.arn for each in elbv2.target_groups.values() if arn in each.load_balancer_arns)


def _images(live: Live, ecr: Any, now: float) -> Iterator[Span]:
    """Images of private repositories, each once however many tags it has."""
    for repository in ecr.repositories.values():
        for one in repository.images:
            digest = one.get_image_digest()
            image = live.world.images.get(f"{repository.uri}@{digest}")
            size = (("mib", image.size_mib if image else int(one.image_size_in_bytes or 0) // MIB),)
            yield Span("image", f"{repository.name}@{digest}", _epoch(one.image_pushed_at), now, size)


def _secrets(live: Live, store: Any, now: float) -> Iterator[Span]:
    for one in store.secrets.values():
        if not one.is_deleted():
            yield Span("secret", one.arn, _epoch(one.created_date), now, (), _tags(one.tags))


def _logs(live: Live, logs: Any, now: float) -> Iterator[Span]:
    """What each log group took in, by the hour: bytes of messages."""
    for group in logs.groups.values():
        hours: dict[int, list[tuple[float, int]]] = {}
        for stream in group.streams.values():
            for event in stream.events:
                at = event.ingestion_time / 1000
                hours.setdefault(int(at // HOUR), []).append((at, len(event.message.encode())))
        for hour, taken in hours.items():
            at = min(moment for moment, _ in taken)
            size = (("bytes", sum(count for _, count in taken)), ("group", group.name))
            yield Span("log", f"{group.name} in hour {hour}", at, at, size)


KINDS: dict[str, tuple[str, str, Spans]] = {
    "nat": ("moto.ec2.models", "ec2_backends", _nat_gateways),
    "endpoint": ("moto.ec2.models", "ec2_backends", _endpoints),
    "address": ("moto.ec2.models", "ec2_backends", _addresses),
    "volume": ("moto.ec2.models", "ec2_backends", _volumes),
    "balancer": ("moto.elbv2.models", "elbv2_backends", _balancers),
    "image": ("moto.ecr.models", "ecr_backends", _images),
    "log": ("moto.logs.models", "logs_backends", _logs),
    "secret": ("moto.secretsmanager.models", "secretsmanager_backends", _secrets),
}
"""By kind: moto's module, its registry of backends, and who reads it."""
