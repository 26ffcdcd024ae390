"""What the account holds beside tasks and services: clusters, definitions, tags, images, used tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.ClusterCreated)
def add_cluster(world: World, event: e.ClusterCreated) -> Iterator[Effect]:
    """A cluster, or one of a deleted one's name again."""
    world.clusters[event.cluster.arn] = event.cluster
    world.story.tell(world.now, f"cluster {event.cluster.name}", "created", "", (event.cluster.name, event.cluster.arn))
    yield from ()


@after(e.ClusterChanged)
def change_cluster(world: World, event: e.ClusterChanged) -> Iterator[Effect]:
    """New values of its fields."""
    for name, value in event.changes.items():
        setattr(world.clusters[event.arn], name, value)
    yield from ()


@after(e.DefinitionRegistered)
def add_definition(world: World, event: e.DefinitionRegistered) -> Iterator[Effect]:
    """A revision; numbers of deregistered ones are not used again."""
    arn = event.stored["taskDefinitionArn"]
    world.definitions[arn] = event.stored
    name = arn.rsplit("/", 1)[-1]
    world.story.tell(world.now, f"task definition {name}", "registered", "", (name, arn))
    yield from ()


@after(e.DefinitionChanged)
def change_definition(world: World, event: e.DefinitionChanged) -> Iterator[Effect]:
    """Its status and when that changed; nothing else can."""
    world.definitions[event.arn].update(event.changes)
    yield from ()


@after(e.Tagged)
def tag(world: World, event: e.Tagged) -> Iterator[Effect]:
    """Tags of a resource."""
    world.tags.setdefault(event.arn, {}).update(event.tags)
    yield from ()


@after(e.Untagged)
def untag(world: World, event: e.Untagged) -> Iterator[Effect]:
    """Fewer tags of a resource."""
    for key in event.keys:
        world.tags.get(event.arn, {}).pop(key, None)
    yield from ()


@after(e.ImagePushed)
def add_image(world: World, event: e.ImagePushed) -> Iterator[Effect]:
    """How an image behaves, by reference with digest."""
    world.images[event.reference] = event.image
    yield from ()


@after(e.TokenUsed)
def keep_token(world: World, event: e.TokenUsed) -> Iterator[Effect]:
    """The same request with the same token gets the same answer."""
    world.tokens[event.key] = {"request": event.request, "arns": list(event.arns)}
    yield from ()


@after(e.Remarked)
def tell(world: World, event: e.Remarked) -> Iterator[Effect]:
    """A line of the story."""
    world.story.tell(world.now, event.who, event.what, "", event.about)
    yield from ()
