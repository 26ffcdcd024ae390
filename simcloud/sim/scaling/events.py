"""What happened to scalable targets, policies and scheduled actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.scaling.effects import PutAlarm
    from simcloud.sim.scaling.state import Action, Policy, Target


@dataclass(frozen=True)
class TargetEvent(Event):
    """Something happened to the target with this key."""

    target: str
    priority: ClassVar[int] = 6


@dataclass(frozen=True)
class TargetRegistered(Event):
    """A new target was registered."""

    registered: Target
    tags: dict[str, str] = field(default_factory=dict)
    priority: ClassVar[int] = 6


@dataclass(frozen=True)
class TargetChanged(TargetEvent):
    """A registered target got bounds or a suspended state."""

    minimum: int
    maximum: int
    suspended: dict[str, bool]


@dataclass(frozen=True)
class TargetDeregistered(TargetEvent):
    """A target left, with its policies and actions."""

    why: str = ""


@dataclass(frozen=True)
class PolicyPut(TargetEvent):
    """A policy was made or replaced; its alarms are to be made, those that it had before to go."""

    policy: Policy
    alarms: tuple[PutAlarm, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class PolicyDeleted(TargetEvent):
    name: str


@dataclass(frozen=True)
class ActionPut(TargetEvent):
    """A scheduled action was made or changed."""

    action: Action


@dataclass(frozen=True)
class ActionDeleted(TargetEvent):
    name: str


@dataclass(frozen=True)
class ActionDue(TargetEvent):
    """It is time for a scheduled action; stale where the action was changed since."""

    name: str
    turn: str
