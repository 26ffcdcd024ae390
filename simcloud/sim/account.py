"""What an account decides for its whole region: account settings, and capacity providers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.world import World

DELETION_SECONDS = 5.0
"""A capacity provider that is deleted takes a moment; AWS names no time."""


class SettingPut(Event, frozen=True):
    """A principal (user, role, or root for the whole account) set an account setting."""

    principal: str
    name: str
    value: str


class SettingDeleted(Event, frozen=True):
    principal: str
    name: str


class ProviderCreated(Event, frozen=True):
    """A capacity provider of the account's own: in the API's spelling."""

    stored: dict[str, Any]


class ProviderChanged(Event, frozen=True):
    arn: str
    changes: dict[str, Any]


class ProviderDeleted(Event, frozen=True):
    arn: str


@after(SettingPut)
def keep_setting(world: World, event: SettingPut) -> Iterator[Effect]:
    """It holds for what is created from now on."""
    world.settings.setdefault(event.principal, {})[event.name] = event.value
    who = event.principal.rsplit(":", 1)[-1]
    world.story.tell(world.now, "account", f"setting {event.name} is {event.value} for {who}", "", (event.name,))
    yield from ()


@after(SettingDeleted)
def drop_setting(world: World, event: SettingDeleted) -> Iterator[Effect]:
    """The account's setting, or AWS's default, holds again."""
    world.settings.get(event.principal, {}).pop(event.name, None)
    yield from ()


@after(ProviderCreated)
def add_provider(world: World, event: ProviderCreated) -> Iterator[Effect]:
    """A capacity provider that clusters can be given."""
    name, arn = event.stored["name"], event.stored["capacityProviderArn"]
    world.capacity_providers[arn] = event.stored
    world.story.tell(world.now, f"capacity provider {name}", "created", "", (name, arn))
    yield from ()


@after(ProviderChanged)
def change_provider(world: World, event: ProviderChanged) -> Iterator[Effect]:
    """New values of its members."""
    world.capacity_providers[event.arn].update(event.changes)
    yield from ()


@after(ProviderDeleted)
def delete_provider(world: World, event: ProviderDeleted) -> Iterator[Effect]:
    """It stays described for ever as INACTIVE."""
    world.capacity_providers[event.arn]["updateStatus"] = "DELETE_IN_PROGRESS"
    gone = {"status": "INACTIVE", "updateStatus": "DELETE_COMPLETE"}
    yield After(DELETION_SECONDS, ProviderChanged(event.arn, gone))
