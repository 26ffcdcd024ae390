"""What is to be done in Cloud Map: performed by `simcloud.cloud.discovery`."""

from __future__ import annotations

from simcloud.sim.effects import Effect


class RegisterInstance(Effect, frozen=True):
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


class DeregisterInstance(Effect, frozen=True):
    """Take a task out of a service of Cloud Map."""

    service: str
    instance: str


class ShowInstanceHealth(Effect, frozen=True):
    """Let Cloud Map know how a task's containers are."""

    service: str
    instance: str
    healthy: bool
