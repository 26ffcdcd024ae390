"""What happened to scalable targets, policies and scheduled actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import field

from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.scaling.effects import PutAlarm
    from simcloud.sim.scaling.state import Action, Policy, Target


class TargetEvent(Event, frozen=True):
    """Something happened to the target with this key."""

    target: str
    priority: ClassVar[int] = 6


class TargetRegistered(Event, frozen=True):
    """A new target was registered."""

    registered: Target
    tags: dict[str, str] = field(default_factory=dict)
    priority: ClassVar[int] = 6


class TargetChanged(TargetEvent, frozen=True):
    """A registered target got bounds or a suspended state."""

    minimum: int
    maximum: int
    suspended: dict[str, bool]


class TargetDeregistered(TargetEvent, frozen=True):
    """A target left, with its policies and actions."""

    why: str = ""


class PolicyPut(TargetEvent, frozen=True):
    """A policy was made or replaced; its alarms are to be made, those that it had before to go."""

    policy: Policy
    alarms: tuple[PutAlarm, ...]
    gone: tuple[str, ...]


class PolicyDeleted(TargetEvent, frozen=True):
    name: str


class ActionPut(TargetEvent, frozen=True):
    """A scheduled action was made or changed."""

    action: Action


class ActionDeleted(TargetEvent, frozen=True):
    name: str


class ActionDue(TargetEvent, frozen=True):
    """It is time for a scheduled action; stale where the action was changed since."""

    name: str
    turn: str
