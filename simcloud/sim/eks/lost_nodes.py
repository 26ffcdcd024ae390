"""A zone is lost, and with it the Fargate nodes in it: Kubernetes finds out by their silence, and replaces their pods.

Nodes of node groups stay: their place in the network is not acted out.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import eks
from simcloud.facts.words import pod as pod_words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.eks.controllers import review
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.pod_events import NodeMissed, PodEvicted
from simcloud.sim.eks.pods import bury, found_of
from simcloud.sim.eks.scheduling import tell
from simcloud.sim.world import World
from simcloud.sim.zones import ZoneLost

NODES, EVICTION = "node-controller", "taint-eviction-controller"


@after(ZoneLost)
def lose_nodes(world: World, event: ZoneLost) -> Iterator[Effect]:
    """Nothing on them goes on, and the bill for them ends; what kubectl shows of their pods stays for a while."""
    for kube in holdings(world).kubernetes.values():
        for state in kube.nodes():
            if state.zone != event.zone or state.lost_at is not None:
                continue
            state.lost_at, state.turn = world.now, state.turn + 1
            tell(world, kube, state, "its node is lost; Kubernetes does not know it yet", f"{event.zone} is lost")
            yield After(eks.NODE_MISSED_SECONDS.value, NodeMissed(kube.cluster, state.key, state.turn))


@after(NodeMissed)
def mark(world: World, event: NodeMissed) -> Iterator[Effect]:
    """The node is NotReady, and so are its pods: controllers count on them no more."""
    if found := found_of(world, event):
        kube, state = found
        state.note(world.now, "Warning", "NodeNotReady", NODES, str(pod_words.NODE_NOT_READY))
        tell(world, kube, state, "not ready: its node is NotReady")
        yield After(eks.EVICTED_AFTER_SECONDS.value, PodEvicted(kube.cluster, state.key, state.turn))
        yield from review(world, kube)


@after(PodEvicted)
def evict(world: World, event: PodEvicted) -> Iterator[Effect]:
    """It is deleted; what it belongs to makes another."""
    if found := found_of(world, event):
        kube, state = found
        namespace, name = state.key
        said = pod_words.MARKED_FOR_DELETION.format(namespace=namespace, pod=name)
        state.note(world.now, "Normal", "TaintManagerEviction", EVICTION, said)
        yield from bury(world, kube, state)
