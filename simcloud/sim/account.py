"""What an account decides for its whole region: account settings, capacity providers of its own, and limits of supply.

What Fargate can supply is unlimited unless a lab says otherwise with `SupplyChanged`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import Event
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.world import World

DELETION_SECONDS = 5.0
"""A capacity provider that is deleted takes a moment; AWS names no time."""


@dataclass(frozen=True)
class Supply:
    """What Fargate can give to the account at the moment."""

    vcpu: dict[str, float] = field(default_factory=dict)
    """vCPU that may run at once, by capacity provider (FARGATE stands for all on-demand tasks); absent: no limit."""
    short: frozenset[str] = frozenset()
    """Where there is no capacity: names of capacity providers, of Availability Zones, or both joined: SPOT zones are
    `FARGATE_SPOT/us-east-1a`."""

    def lacks(self, provider: str, zone: str) -> bool:
        """Is there no capacity of this kind in this zone?"""
        return bool(self.short & {provider, zone, f"{provider}/{zone}"})


@dataclass(frozen=True)
class SettingPut(Event):
    """A principal (user, role, or root for the whole account) set an account setting."""

    principal: str
    name: str
    value: str


@dataclass(frozen=True)
class SettingDeleted(Event):
    principal: str
    name: str


@dataclass(frozen=True)
class ProviderCreated(Event):
    """A capacity provider of the account's own: in the API's spelling."""

    stored: dict[str, Any]


@dataclass(frozen=True)
class ProviderChanged(Event):
    arn: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class ProviderDeleted(Event):
    arn: str


@dataclass(frozen=True)
class SupplyChanged(Event):
    """What Fargate can give has changed. What is None stays as it is."""

    vcpu: dict[str, float] | None = None
    short: frozenset[str] | None = None


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


@after(SupplyChanged)
def change_supply(world: World, event: SupplyChanged) -> Iterator[Effect]:
    """Tasks that run keep running; the next launch sees it."""
    if event.vcpu is not None:
        world.supply = replace(world.supply, vcpu=dict(event.vcpu))
    if event.short is not None:
        world.supply = replace(world.supply, short=event.short)
    limits = [f"{counted(int(most), 'vCPU')} of {name}" for name, most in world.supply.vcpu.items()]
    short = f"no capacity of {', '.join(sorted(world.supply.short))}" if world.supply.short else ""
    told = "; ".join(part for part in ("at most " + ", ".join(limits) if limits else "", short) if part)
    world.story.tell(world.now, "account", f"Fargate gives {told or 'all that is asked for'}", "", ("supply",))
    yield from ()


def vcpu_in_use(world: World, provider: str) -> float:
    """vCPU of the tasks that hold Fargate capacity of this kind, starting ones included (R-094)."""
    return sum(
        task.definition.cpu / 1024
        for task in world.tasks.values()
        if task.stopped_at is None and (task.provider == "FARGATE_SPOT") == (provider == "FARGATE_SPOT")
    )
