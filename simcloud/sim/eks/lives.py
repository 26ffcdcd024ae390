"""The lives of clusters, Fargate profiles and what else belongs to a cluster: how each event changes them.

Imported at the first call of EKS: who never uses EKS does not wait for it. The world's own laws come first.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.eks import events as e
from simcloud.sim.eks.effects import DeleteClusterGroup, DeletePodNode, MakeClusterGroup
from simcloud.sim.eks.metered import metered
from simcloud.sim.eks.resource import ACTIVE, CLUSTER, CREATING, GONE, MOVES, UPDATING, Holdings, Key, Resource
from simcloud.sim.world import World  # imported before ours are added, its own followers are in order

CERTIFICATE_BYTES = 32


def holdings(world: World) -> Holdings:
    """Everything of EKS; an empty one where there is nothing yet."""
    return world.eks if isinstance(world.eks, Holdings) else Holdings()


def _held(world: World) -> Holdings:
    """The same, kept in the world."""
    held = world.eks = holdings(world)
    return held


def tell(world: World, thing: Resource, what: str, why: str = "") -> None:
    """A line of the story about a thing."""
    about = (thing.name, thing.arn, thing.cluster)
    world.story.tell(world.now, thing.title, what, why, about)


def _moving(thing: Resource) -> Iterator[Effect]:
    """A timer, where the status does not stay."""
    if move := MOVES.get((thing.kind, thing.status)):
        yield After(move.seconds, e.MoveDue(thing.key, thing.turn))


@after(e.ResourceMade)
def keep(world: World, event: e.ResourceMade) -> Iterator[Effect]:
    """It is there, and on its way."""
    thing = event.resource
    _held(world).resources[thing.key] = thing
    tell(world, thing, thing.status or "made")
    yield from _moving(thing)


@after(e.ResourceChanged)
def change(world: World, event: e.ResourceChanged) -> Iterator[Effect]:
    """New values; a new status moves on in its turn."""
    thing = _held(world).resources[event.key]
    if "scalingConfig" in event.changes:
        metered(world, thing)
    thing.body.update(event.changes)
    thing.modified_at = world.now
    if event.status and event.status != thing.status:
        _turn(world, thing, event.status)
        yield from _moving(thing)


@after(e.ResourceRemoved)
def remove(world: World, event: e.ResourceRemoved) -> Iterator[Effect]:
    """Gone at once."""
    yield from _forget(world, event.key)


@after(e.MoveDue)
def move(world: World, event: e.MoveDue) -> Iterator[Effect]:
    """The status moves on, unless it has done so meanwhile."""
    thing = holdings(world).resources.get(event.key)
    if thing is None or thing.turn != event.turn:
        return
    to, begun = MOVES[thing.kind, thing.status].to, thing.status
    if to == GONE:
        yield from _forget(world, event.key)
        return
    _turn(world, thing, to)
    if thing.kind == CLUSTER and begun == CREATING:
        yield from _open(world, thing)


def _turn(world: World, thing: Resource, status: str) -> None:
    thing.status, thing.turn, thing.modified_at = status, thing.turn + 1, world.now
    tell(world, thing, status)


def _open(world: World, cluster: Resource) -> Iterator[Effect]:
    """The control plane answers: it has an endpoint, a certificate authority, an issuer and a security group."""
    identity = world.fresh("eks endpoint", 32).upper()
    certificate = world.fresh("eks certificate", 2 * CERTIFICATE_BYTES).encode()
    region = world.region
    cluster.body |= {
        "endpoint": f"https://{identity}.gr7.{region}.eks.amazonaws.com",
        "certificateAuthority": {"data": base64.b64encode(_pem(certificate)).decode()},
        "identity": {"oidc": {"issuer": f"https://oidc.eks.{region}.amazonaws.com/id/{identity}"}},
    }
    vpc = cluster.body["resourcesVpcConfig"]["vpcId"]
    yield MakeClusterGroup(cluster.name, vpc, str(int(world.fresh("eks group", 8), 16)))


def _pem(content: bytes) -> bytes:
    """A certificate in form alone: nothing in the simulation checks it."""
    return b"-----BEGIN CERTIFICATE-----\n" + base64.b64encode(content) + b"\n-----END CERTIFICATE-----\n"


@after(e.ClusterGroupMade)
def keep_group(world: World, event: e.ClusterGroupMade) -> Iterator[Effect]:
    """The cluster knows its security group."""
    cluster = holdings(world).resources[CLUSTER, event.cluster, event.cluster]
    cluster.body["resourcesVpcConfig"]["clusterSecurityGroupId"] = event.group
    yield from ()


def _forget(world: World, key: Key) -> Iterator[Effect]:
    """The thing is gone, and with a cluster all that belonged to it."""
    held = _held(world)
    thing = held.resources.pop(key)
    metered(world, thing)
    world.tags.pop(thing.arn, None)
    tell(world, thing, "deleted")
    if thing.kind != CLUSTER:
        return
    for other in [each for each in held.resources.values() if each.cluster == thing.name]:
        world.tags.pop(held.resources.pop(other.key).arn, None)
    held.updates = {each.id: each for each in held.updates.values() if each.target[1] != thing.name}
    kube = held.kubernetes.pop(thing.name, None)
    if kube is not None:
        held.past += [*kube.gone, *kube.nodes()]
        for each in kube.nodes():
            each.ended_at = world.now
            yield DeletePodNode(each.interface)
    if group := thing.body["resourcesVpcConfig"].get("clusterSecurityGroupId"):
        yield DeleteClusterGroup(group)


@after(e.UpdateBegun)
def begin_update(world: World, event: e.UpdateBegun) -> Iterator[Effect]:
    """The thing is UPDATING until its update ends."""
    update = event.update
    held = _held(world)
    held.updates[update.id] = update
    thing = held.resources[update.target]
    thing.status, thing.turn, thing.modified_at = UPDATING, thing.turn + 1, world.now
    tell(world, thing, UPDATING, update.type)
    yield After(event.seconds, e.UpdateEnded(update.id))


@after(e.UpdateEnded)
def end_update(world: World, event: e.UpdateEnded) -> Iterator[Effect]:
    """Its values hold from now on."""
    update = holdings(world).updates.get(event.id)
    if update is None:
        return
    update.status = "Successful"
    thing = holdings(world).resources[update.target]
    if "scalingConfig" in update.changes:
        metered(world, thing)
    thing.body.update(update.changes)
    if thing.status == UPDATING:
        _turn(world, thing, ACTIVE)
    yield from ()
