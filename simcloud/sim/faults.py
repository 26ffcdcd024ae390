"""Faults that a lesson commands: slow pulls, hosts that nothing reaches. They stay until they are taken back."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.asks import Asks, Route
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.world import World

INTERNET = "internet"
"""Stands for every host that is none of AWS's."""
OF_AWS = (".amazonaws.com", ".aws", ".api.aws")


@dataclass
class Faults:
    """What is broken at the moment."""

    slow: dict[str, float] = field(default_factory=dict)
    """How many times as long a pull takes, by a part of the image's reference; '' is in every one."""
    hosts: list[str] = field(default_factory=list)
    """Hosts that nothing reaches."""
    throttled: dict[str, float] = field(default_factory=dict)
    """Until when (epoch seconds) calls are refused, by operation (`ecs:RunTask`) or service (`ecs`)."""

    def pull_factor(self, reference: str) -> float:
        """How many times as long the pull of this image takes: of several factors the one for the longest part."""
        parts = [part for part in self.slow if part in reference]
        return self.slow[max(parts, key=len)] if parts else 1.0

    def breaks(self, host: str) -> bool:
        """Is this host out of everybody's reach?"""
        return host in self.hosts or (INTERNET in self.hosts and not _is_near(host))


class PullsSlowed(Event, frozen=True):
    """Pulls of images with this part in their reference take `factor` times as long."""

    image: str
    factor: float


class HostBroken(Event, frozen=True):
    """Nothing reaches this host."""

    host: str


class HostMended(Event, frozen=True):
    """It can be reached again."""

    host: str


class Beset:
    """The questions, with what the faults make of their answers."""

    def __init__(self, asks: Asks, faults: Faults) -> None:
        self._asks, self._faults = asks, faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._asks, name)

    def route(self, interface: str, host: str, port: int, call: tuple[str, str, str] | None = None) -> Route:
        """As ever, but for a host that is broken."""
        found = self._asks.route(interface, host, port, call)
        if found.open and self._faults.breaks(host):
            return Route(False, found.address, "timeout", f"{host} does not answer anybody: a fault that was commanded")
        return found


def beset(asks: Asks, faults: Faults) -> Asks:
    """The questions, as long as hosts are broken with the faults between."""
    return Beset(asks, faults) if faults.hosts else asks


@after(PullsSlowed)
def slow_pulls(world: World, event: PullsSlowed) -> Iterator[Effect]:
    """Pulls that begin from now on."""
    which = f"of images with {event.image} in their name" if event.image else "of images"
    world.faults.slow.pop(event.image, None)
    if event.factor == 1:
        _tell(world, f"pulls {which} take their usual time again")
    else:
        world.faults.slow[event.image] = event.factor
        _tell(world, f"pulls {which} take {event.factor:g} times as long")
    yield from ()


@after(HostBroken)
def break_host(world: World, event: HostBroken) -> Iterator[Effect]:
    """Connections to it time out from now on."""
    if event.host not in world.faults.hosts:
        world.faults.hosts.append(event.host)
        spoken = "every host outside AWS" if event.host == INTERNET else event.host
        _tell(world, f"nothing reaches {spoken} any more")
    yield from ()


@after(HostMended)
def mend_host(world: World, event: HostMended) -> Iterator[Effect]:
    """Connections to it open again where the network lets them."""
    world.faults.hosts.remove(event.host)
    _tell(world, f"{'every host outside AWS' if event.host == INTERNET else event.host} can be reached again")
    yield from ()


def _is_near(host: str) -> bool:
    """Is it AWS's, or an address inside a VPC?"""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith(OF_AWS)


def _tell(world: World, what: str) -> None:
    world.story.tell(world.now, "fault", what, "commanded", ("fault",))
