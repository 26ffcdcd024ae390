"""What happened to load, and to who serves it."""

from __future__ import annotations

from typing import ClassVar

from simcloud.sim.events import Event, ServiceEvent
from simcloud.sim.load.curve import Curve


class LoadSet(Event, frozen=True):
    """From now on so much is offered to a service; or sent into a queue that it works off."""

    service: str
    curve: Curve
    told: str
    """The curve in words."""
    queue: str = ""
    """Name of the queue; '' for requests."""


class ServiceCounted(ServiceEvent, frozen=True):
    """The moment's changes are over: the service's tasks are counted."""

    priority: ClassVar[int] = 9


class CensusChanged(ServiceEvent, frozen=True):
    """Another number of tasks runs or serves than before, or more or less is asked of them."""

    serves_alike: bool = False
    """Did only the desired count change, or how many tasks are on their way? What is served stays as it was."""
    priority: ClassVar[int] = 9
