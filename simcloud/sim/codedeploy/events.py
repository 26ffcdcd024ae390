"""What happened in CodeDeploy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.codedeploy.deployment import Deployment
    from simcloud.sim.codedeploy.state import Application, Group, Revision


class ApplicationCreated(Event, frozen=True):
    application: Application


class ApplicationRenamed(Event, frozen=True):
    old: str
    new: str


class ApplicationDeleted(Event, frozen=True):
    name: str


class ConfigurationCreated(Event, frozen=True):
    info: dict[str, Any]


class ConfigurationDeleted(Event, frozen=True):
    name: str


class GroupCreated(Event, frozen=True):
    application: str
    group: Group


class GroupChanged(Event, frozen=True):
    """New values, and perhaps a new name."""

    application: str
    name: str
    new_name: str
    info: dict[str, Any]


class GroupDeleted(Event, frozen=True):
    application: str
    name: str


class RevisionRegistered(Event, frozen=True):
    application: str
    revision: Revision


class DeploymentCreated(Event, frozen=True):
    made: Deployment


class DeploymentEvent(Event, frozen=True):
    """Something happened to the deployment with this id."""

    deployment: str


class MoveDue(DeploymentEvent, frozen=True):
    """It is time for the next move, unless another one was made since this was planned."""

    turn: int
    move: str


class HookReported(DeploymentEvent, frozen=True):
    """A validation function told its result."""

    execution: str
    succeeded: bool


class WaitEnded(DeploymentEvent, frozen=True):
    """Somebody asked to go on without waiting any longer."""


class AlarmsPolled(DeploymentEvent, frozen=True):
    """CodeDeploy looks at the alarms that watch the deployment."""


class ScalingJudged(DeploymentEvent, frozen=True):
    """The service was scaled while its traffic was shifted: is it steady by now?"""


class StopRequested(DeploymentEvent, frozen=True):
    """Somebody asked to stop."""

    roll_back: bool
