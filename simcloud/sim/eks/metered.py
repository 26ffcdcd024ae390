"""What of EKS is paid by the hour: the control plane of a cluster, and the machines of its node groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.eks.pod_events import PullsJudged
from simcloud.sim.eks.resource import CLUSTER, NODEGROUP, Holdings, Resource
from simcloud.sim.meter import Pull, Span, begun

if TYPE_CHECKING:
    from simcloud.sim.world import World

MIB = 2**20


def span(world: World, thing: Resource) -> Span | None:
    """The thing until now, as far as it is not on the meter; None for what costs nothing."""
    tags = tuple(sorted(world.tags.get(thing.arn, {}).items()))
    begin = begun(world, thing.arn, thing.created_at)
    if thing.kind == CLUSTER:
        detail: tuple[tuple[str, Any], ...] = (("cluster", thing.name), ("version", thing.body["version"]))
        return Span("eks-cluster", thing.arn, begin, world.now, detail, tags)
    if thing.kind == NODEGROUP:
        types = thing.body.get("instanceTypes") or [""]
        detail = (
            ("cluster", thing.cluster),
            ("type", types[0]),
            ("count", int(thing.body["scalingConfig"]["desiredSize"])),
        )
        return Span("nodes", thing.arn, begin, world.now, detail, tags)
    return None


def metered(world: World, thing: Resource) -> None:
    """It is gone, or gets another size: what it was until now is on the meter."""
    if made := span(world, thing):
        world.meter.things.append(made)


def standing(world: World) -> Iterator[Span]:
    """Everything of EKS that stands and is paid by the hour."""
    if isinstance(world.eks, Holdings):
        for thing in world.eks.resources.values():
            if made := span(world, thing):
                yield made


@after(PullsJudged)
def keep_pulls(world: World, event: PullsJudged) -> Iterator[Effect]:
    """The images that a pod's node pulls are data on the way that they take."""
    namespace, name = event.pod
    for each in event.pulls:
        if not each.failure and each.by and each.seconds:
            service = "s3" if each.private else "internet"
            pod = f"pod {namespace}/{name}"
            world.meter.pulls.append(Pull(world.now, each.size // MIB, each.by, service, pod, event.cluster, "", ()))
    yield from ()
