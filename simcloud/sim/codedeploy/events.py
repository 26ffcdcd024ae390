"""What happened in CodeDeploy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.codedeploy.deployment import Deployment
    from simcloud.sim.codedeploy.state import Application, Group, Revision


@dataclass(frozen=True)
class ApplicationCreated(Event):
    application: Application


@dataclass(frozen=True)
class ApplicationRenamed(Event):
    old: str
    new: str


@dataclass(frozen=True)
class ApplicationDeleted(Event):
    name: str


@dataclass(frozen=True)
class ConfigurationCreated(Event):
    info: dict[str, Any]


@dataclass(frozen=True)
class ConfigurationDeleted(Event):
    name: str


@dataclass(frozen=True)
class GroupCreated(Event):
    application: str
    group: Group


@dataclass(frozen=True)
class GroupChanged(Event):
    """New values, and perhaps a new name."""

    application: str
    name: str
    new_name: str
    info: dict[str, Any]


@dataclass(frozen=True)
class GroupDeleted(Event):
    application: str
    name: str


@dataclass(frozen=True)
class RevisionRegistered(Event):
    application: str
    revision: Revision


@dataclass(frozen=True)
class DeploymentCreated(Event):
    made: Deployment


@dataclass(frozen=True)
class DeploymentEvent(Event):
    """Something happened to the deployment with this id."""

    deployment: str


@dataclass(frozen=True)
class MoveDue(DeploymentEvent):
    """It is time for the next move, unless another one was made since this was planned."""

    turn: int
    move: str


@dataclass(frozen=True)
class HookReported(DeploymentEvent):
    """A validation function told its result."""

    execution: str
    succeeded: bool


@dataclass(frozen=True)
class WaitEnded(DeploymentEvent):
    """Somebody asked to go on without waiting any longer."""


@dataclass(frozen=True)
class AlarmsPolled(DeploymentEvent):
    """CodeDeploy looks at the alarms that watch the deployment."""


@dataclass(frozen=True)
class ScalingJudged(DeploymentEvent):
    """The service was scaled while its traffic was shifted: is it steady by now?"""


@dataclass(frozen=True)
class StopRequested(DeploymentEvent):
    """Somebody asked to stop."""

    roll_back: bool
