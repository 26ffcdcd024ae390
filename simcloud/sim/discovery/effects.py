"""What is to be done in Cloud Map: performed by `simcloud.cloud.discovery`."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class RegisterInstance(Effect):
    """Put a task into a service of Cloud Map. Nothing happens where that is gone."""

    service: str
    """ARN."""
    instance: str
    """The task's id."""
    attributes: tuple[tuple[str, str], ...]
    healthy: bool
    namespace: str = ""
    """ARN of the namespace in which the service is made where it is missing; '' where it must be there."""
    name: str = ""
    """Of that service."""


@dataclass(frozen=True)
class DeregisterInstance(Effect):
    """Take a task out of a service of Cloud Map."""

    service: str
    instance: str


@dataclass(frozen=True)
class ShowInstanceHealth(Effect):
    """Let Cloud Map know how a task's containers are."""

    service: str
    instance: str
    healthy: bool
