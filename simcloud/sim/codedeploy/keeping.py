"""Applications, deployment configurations, groups and revisions are made, changed and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.codedeploy import events as e
from simcloud.sim.effects import Effect

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.ApplicationCreated)
def add_application(world: World, event: e.ApplicationCreated) -> Iterator[Effect]:
    """It has no groups yet."""
    made = event.application
    world.codedeploy.applications[made.name] = made
    _tell(world, f"application {made.name}", f"created for {made.platform}", made.name)
    yield from ()


@after(e.ApplicationRenamed)
def rename_application(world: World, event: e.ApplicationRenamed) -> Iterator[Effect]:
    """Its groups, revisions and tags stay with it; what was deployed is told under the old name."""
    held = world.codedeploy.applications.pop(event.old)
    held.name = event.new
    world.codedeploy.applications[event.new] = held
    for group in held.groups.values():
        group.info["applicationName"] = event.new
        _move_tags(world, f"deploymentgroup:{event.old}/{group.name}", f"deploymentgroup:{event.new}/{group.name}")
    _move_tags(world, f"application:{event.old}", f"application:{event.new}")
    for deployment in world.codedeploy.deployments.values():
        if deployment.application == event.old:
            deployment.application = event.new
    _tell(world, f"application {event.old}", f"is called {event.new} now", event.old, event.new)
    yield from ()


@after(e.ApplicationDeleted)
def delete_application(world: World, event: e.ApplicationDeleted) -> Iterator[Effect]:
    """Its groups and revisions go with it."""
    held = world.codedeploy.applications.pop(event.name, None)
    if held is None:
        return
    for group in held.groups:
        world.tags.pop(_arn(world, f"deploymentgroup:{event.name}/{group}"), None)
    world.tags.pop(_arn(world, f"application:{event.name}"), None)
    _tell(world, f"application {event.name}", "deleted", event.name)
    yield from ()


@after(e.ConfigurationCreated)
def add_configuration(world: World, event: e.ConfigurationCreated) -> Iterator[Effect]:
    """A custom one."""
    name = event.info["deploymentConfigName"]
    world.codedeploy.configurations[name] = event.info
    _tell(world, f"deployment configuration {name}", "created", name)
    yield from ()


@after(e.ConfigurationDeleted)
def delete_configuration(world: World, event: e.ConfigurationDeleted) -> Iterator[Effect]:
    """It is gone; deleting what is not there does nothing."""
    if world.codedeploy.configurations.pop(event.name, None) is not None:
        _tell(world, f"deployment configuration {event.name}", "deleted", event.name)
    yield from ()


@after(e.GroupCreated)
def add_group(world: World, event: e.GroupCreated) -> Iterator[Effect]:
    """A deployment group of an application."""
    world.codedeploy.applications[event.application].groups[event.group.name] = event.group
    _tell(world, f"deployment group {event.group.name}", f"created in {event.application}", event.group.name)
    yield from ()


@after(e.GroupChanged)
def change_group(world: World, event: e.GroupChanged) -> Iterator[Effect]:
    """The next deployment follows the new values; one that is under way keeps the old ones."""
    groups = world.codedeploy.applications[event.application].groups
    held = groups.pop(event.name)
    held.name, held.info = event.new_name, event.info
    groups[event.new_name] = held
    if event.new_name != event.name:
        head = f"deploymentgroup:{event.application}/"
        _move_tags(world, head + event.name, head + event.new_name)
        for deployment in world.codedeploy.deployments.values():
            if (deployment.application, deployment.group) == (event.application, event.name):
                deployment.group = event.new_name
    _tell(world, f"deployment group {event.name}", "changed", event.name, event.new_name)
    yield from ()


@after(e.GroupDeleted)
def delete_group(world: World, event: e.GroupDeleted) -> Iterator[Effect]:
    """It is gone; deleting what is not there does nothing."""
    application = world.codedeploy.applications.get(event.application)
    if application is not None and application.groups.pop(event.name, None) is not None:
        world.tags.pop(_arn(world, f"deploymentgroup:{event.application}/{event.name}"), None)
        _tell(world, f"deployment group {event.name}", "deleted", event.name)
    yield from ()


@after(e.RevisionRegistered)
def add_revision(world: World, event: e.RevisionRegistered) -> Iterator[Effect]:
    """Registering the same again gives it another description."""
    held = world.codedeploy.applications[event.application].revisions
    same = next((each for each in held if each.location == event.revision.location), None)
    if same is None:
        held.append(event.revision)
    else:
        same.description = event.revision.description or same.description
    yield from ()


def _arn(world: World, place: str) -> str:
    return f"arn:aws:codedeploy:{world.region}:{world.account}:{place}"


def _move_tags(world: World, old: str, new: str) -> None:
    if (tags := world.tags.pop(_arn(world, old), None)) is not None:
        world.tags[_arn(world, new)] = tags


def _tell(world: World, who: str, what: str, *about: str) -> None:
    world.story.tell(world.now, who, what, "", about)
