"""What the live world has used until now, as values that `simcloud.price` makes a bill of.

    price(usage_of(cloud.world))
    price(usage_of(cloud.world), since=monday, until=tuesday)

Every second is there once: what ended is on the meter (sim/meter.py), what runs or stands is read from where it is.
Data of an application counts as far as its image says what it downloads. Not counted, because nothing in the simulation
knows it: what it sends out, by load balancers and to the internet, what is stored in EFS, S3 and log groups, and calls
of APIs. Give it by hand where it matters. Prices are those of us-east-1, wherever the world is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simcloud.cloud import standing
from simcloud.cloud.live import maybe_live
from simcloud.facts import eks
from simcloud.price.network import capacity_units
from simcloud.price.spell import exact
from simcloud.price.usage import (
    AddressUsage,
    BalancerUsage,
    CapacityUsage,
    ClusterUsage,
    DataUsage,
    EndpointUsage,
    MachineUsage,
    NatUsage,
    Owner,
    SecretUsage,
    StorageUsage,
    TaskUsage,
    Usage,
)
from simcloud.sim.meter import runs

if TYPE_CHECKING:
    from simcloud.sim.eks.kubernetes import PodState
    from simcloud.sim.meter import Span, TaskRun
    from simcloud.sim.world import World

HOUR = 3600
GB = 1024**3
MIB_A_GB = 1024
PULLED_BY = {"nat-gateway": "nat", "interface-endpoint": "endpoint", "gateway-endpoint": "gateway"}
"""How the bill calls the way by which an image came. What comes in by an internet gateway costs nothing."""


def usage_of(world: World) -> list[Usage]:
    """All that was used from the world's beginning until now: tasks, their addresses and pulls, pods, and what stands
    and stood around them. The world must be the live one, since what stands around is read from there."""
    used: list[Usage] = []
    for run in runs(world):
        used.append(_task(run))
        if run.public:
            used.append(AddressUsage(_length(run.attached, run.end), begin=_at(run.attached), owner=_owner(run)))
    return [*used, *_pulls(world), *_pods(world), *_things(world)]


def _at(moment: float) -> str:
    return str(exact(repr(moment)))


def _length(begin: float, end: float) -> str:
    """Seconds."""
    return str(exact(repr(end - begin)))


def _owner(run: TaskRun) -> Owner:
    return Owner(f"task {run.id}", run.cluster, run.service, run.tags)


def _task(run: TaskRun) -> TaskUsage:
    return TaskUsage(
        seconds=_length(run.begin, run.end),
        cpu=run.cpu,
        memory=run.memory,
        storage=run.storage,
        architecture=run.architecture,
        windows=run.windows,
        purchase="spot" if run.spot else "on-demand",
        begin=_at(run.begin),
        owner=_owner(run),
    )


def _pulls(world: World) -> Iterator[DataUsage]:
    """Images that came through what is paid by the GB."""
    for pull in world.meter.pulls:
        kind: Any = PULLED_BY.get(pull.by)
        if kind:
            gigabytes = Decimal(pull.mib) / MIB_A_GB
            owner = Owner(pull.name, pull.cluster, pull.of, pull.tags)
            yield DataUsage(kind, gigabytes, pull.service, begin=_at(pull.at), owner=owner)


def _pods(world: World) -> Iterator[TaskUsage]:
    """The pods of EKS that had a node, from when it joined until it was gone: a pod that ended keeps it (R-285)."""
    if world.eks is None:
        return
    for name, kube in world.eks.kubernetes.items():
        for pod in kube.nodes():
            yield _pod(pod, world.now, name)
        for pod in kube.gone:
            yield _pod(pod, pod.ended_at or world.now, name)
    for pod in world.eks.past:
        yield _pod(pod, pod.ended_at or world.now, "")


def _pod(state: PodState, end: float, cluster: str) -> TaskUsage:
    """In the size that Fargate gave the pod, with its own 256 MiB (R-273, R-307). A node that is lost costs nothing."""
    end = end if state.lost_at is None else state.lost_at
    assert state.size is not None  # it had a node
    assert state.billed_from is not None
    namespace, name = state.key
    controller = f"{namespace}/{state.pod.owner[1]}" if state.pod.owner else f"{namespace}/{name}"
    return TaskUsage(
        seconds=_length(state.billed_from, end),
        cpu=state.size.cpu,
        memory=state.size.memory,
        storage=state.storage,
        kubernetes=True,
        begin=_at(state.billed_from),
        owner=Owner(f"pod {namespace}/{name}", cluster, controller, tuple(sorted(state.pod.labels.items()))),
    )


def _things(world: World) -> Iterator[Usage]:
    """What is on the meter, and what stands."""
    live = maybe_live()
    assert live is not None, "what stands around the tasks is read from the live world"
    assert live.world is world, "what stands around the tasks is read from the live world, and this is another one"
    spans = [*world.meter.things, *standing.of(live)]
    if world.eks is not None:
        from simcloud.sim.eks import metered

        spans += metered.standing(world)
    for span in spans:
        detail = dict(span.detail)
        owner = Owner(span.id.rsplit("/", 1)[-1], str(detail.get("cluster", "")), "", span.tags)
        yield from USED[span.kind](world, span, detail, owner)


def _nat(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    """Its public address is an Elastic IP, and stands on the bill as one."""
    yield NatUsage(_length(span.begin, span.end), public=False, begin=_at(span.begin), owner=owner)


def _endpoint(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    seconds = _length(span.begin, span.end)
    zones, gateway = int(detail["zones"]), bool(detail["gateway"])
    yield EndpointUsage(str(detail["service"]), seconds, zones, gateway=gateway, begin=_at(span.begin), owner=owner)


def _address(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    yield AddressUsage(_length(span.begin, span.end), begin=_at(span.begin), owner=owner)


def _volume(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    """Types of which no price was read are counted as gp3; IOPS and throughput beyond what is included are not."""
    kind: Any = "gp2" if detail["type"] in ("gp2", "standard") else "gp3"
    yield StorageUsage(kind, detail["gib"], _length(span.begin, span.end), begin=_at(span.begin), owner=owner)


def _image(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    gigabytes = Decimal(detail["mib"]) / MIB_A_GB
    yield StorageUsage("ecr", gigabytes, _length(span.begin, span.end), begin=_at(span.begin), owner=owner)


def _log(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    gigabytes = Decimal(detail["bytes"]) / GB
    named = Owner(str(detail["group"]), tags=span.tags)
    yield DataUsage("logs", gigabytes, "logs", begin=_at(span.begin), owner=named)


def _secret(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    yield SecretUsage(_length(span.begin, span.end), begin=_at(span.begin), owner=owner)


def _cluster(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    """Dearer from the day on which the standard support of its Kubernetes version ends."""
    release = eks.RELEASES.value.get(str(detail["version"]))
    ends = datetime.fromisoformat(release.standard_until).replace(tzinfo=UTC).timestamp() if release else span.end
    turn = min(max(ends, span.begin), span.end)
    for begin, end, extended in ((span.begin, turn, False), (turn, span.end, True)):
        if end > begin:
            yield ClusterUsage(_length(begin, end), extended, begin=_at(begin), owner=owner)


def _nodes(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    seconds, count = _length(span.begin, span.end), int(detail["count"])
    yield MachineUsage(str(detail["type"]), seconds, count, begin=_at(span.begin), owner=owner)


def _balancer(world: World, span: Span, detail: dict[str, Any], owner: Owner) -> Iterator[Usage]:
    """Hours, a public address in each zone where it faces the internet, and capacity units of each hour from the
    requests of the load. A Network Load Balancer costs the same by the hour; its capacity units are not counted."""
    seconds = _length(span.begin, span.end)
    yield BalancerUsage(seconds, begin=_at(span.begin), owner=owner)
    for _ in range(int(detail["addresses"])):
        yield AddressUsage(seconds, begin=_at(span.begin), owner=owner)
    if detail["type"] != "application":
        return
    offers = [
        world.loads.offers[arn]
        for arn, samples in world.loads.census.items()
        if arn in world.loads.offers and {group for each in samples for group in each.groups} & set(detail["groups"])
    ]
    begin = span.begin
    while offers and begin < span.end:
        end = min(begin + HOUR, span.end)
        requests = sum(offer.mean(begin, end) for offer in offers) * (end - begin) / HOUR
        if requests > 0:
            yield CapacityUsage(capacity_units(str(round(requests, 6))), begin=_at(begin), owner=owner)
        begin = end


USED: dict[str, Callable[[World, Span, dict[str, Any], Owner], Iterator[Usage]]] = {
    "nat": _nat,
    "endpoint": _endpoint,
    "address": _address,
    "volume": _volume,
    "image": _image,
    "log": _log,
    "secret": _secret,
    "balancer": _balancer,
    "eks-cluster": _cluster,
    "nodes": _nodes,
}
"""By the kind of a thing: what was used of it."""
