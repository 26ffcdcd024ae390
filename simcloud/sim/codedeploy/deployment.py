"""A deployment of CodeDeploy and its lifecycle events, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.sim.release import TaskSet

INSTALL, ALLOW_TEST_TRAFFIC, ALLOW_TRAFFIC = "Install", "AllowTestTraffic", "AllowTraffic"
HOOKS = ("BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")
"""The lifecycle events at which a Lambda function can be called (R-239)."""
ORDER = (
    "BeforeInstall",
    INSTALL,
    "AfterInstall",
    ALLOW_TEST_TRAFFIC,
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    ALLOW_TRAFFIC,
    "AfterAllowTraffic",
)
OF_TEST_TRAFFIC = (ALLOW_TEST_TRAFFIC, "AfterAllowTestTraffic")
OF_A_ROLLBACK = ("BeforeAllowTraffic", ALLOW_TRAFFIC, "AfterAllowTraffic")
OVER = ("Succeeded", "Failed", "Stopped")


@dataclass(frozen=True)
class Plan:
    """What an AppSpec asks for."""

    definition: str
    """The task definition as it is named there."""
    container: str
    port: int
    changes: dict[str, Any] = field(default_factory=dict)
    """Members of the service's configuration that it replaces: platformVersion, networkConfiguration, ..."""
    hooks: dict[str, str] = field(default_factory=dict)
    """The Lambda function by lifecycle event."""


@dataclass
class LifecycleEvent:
    """One step of a deployment."""

    name: str
    hook: str = ""
    """The Lambda function that has to report; '' where there is none."""
    status: str = "Pending"
    started_at: float | None = None
    ended_at: float | None = None
    execution: str = ""
    """The id under which the function reports."""


@dataclass
class Deployment:
    """One blue/green deployment of an ECS service."""

    id: str
    application: str
    group: str
    configuration: str
    """Name of the deployment configuration."""
    revision: dict[str, Any]
    created_at: float
    service: str
    """ARN of the ECS service."""
    target: str
    """cluster:service, by which the API names the deployment's only target."""
    settings: dict[str, Any]
    """What the group said when the deployment was made, and what the request overrode, in the API's spelling."""
    shifts: tuple[tuple[float, float], ...]
    """Minutes since the first shift, and the percentage of traffic that the replacement has from then on."""
    groups: dict[str, str] = field(default_factory=dict)
    """The pair of target groups: ARN by name; '' for one that does not exist."""
    plan: Plan | None = None
    problem: str = ""
    """Why the AppSpec cannot be carried out, in AWS's words."""
    description: str = ""
    creator: str = "user"
    status: str = "Created"
    started_at: float | None = None
    completed_at: float | None = None
    error: tuple[str, str] | None = None
    """Code and message."""
    events: list[LifecycleEvent] = field(default_factory=list)
    at: int = -1
    """Which event it is at."""
    turn: int = 0
    """Counted up with each move, so that timers of an earlier one are stale."""
    waiting: str = ""
    """READY_WAIT, TERMINATION_WAIT or ''."""
    waited: bool = False
    """Has it waited for the go-ahead to shift production traffic?"""
    termination_started: bool = False
    previous: dict[str, Any] = field(default_factory=dict)
    """The revision that the group had before."""
    blue: TaskSet | None = None
    green: TaskSet | None = None
    weight: float = 0.0
    """Percent of production traffic that the replacement has."""
    shifted: int = 0
    """How many of the shifts were made."""
    install_by: float = 0.0
    rollback: str = ""
    """The deployment that rolls this one back."""
    rolls_back: str = ""
    """The deployment that this one rolls back."""
    rollback_message: str = ""

    @property
    def over(self) -> bool:
        """Has it come to an end?"""
        return self.status in OVER

    @property
    def event(self) -> LifecycleEvent:
        """The lifecycle event that it is at."""
        return self.events[self.at]

    @property
    def ready_option(self) -> tuple[str, float]:
        """actionOnTimeout and the wait in minutes."""
        option = (self.settings.get("blueGreenDeploymentConfiguration") or {}).get("deploymentReadyOption") or {}
        return option.get("actionOnTimeout", "CONTINUE_DEPLOYMENT"), float(option.get("waitTimeInMinutes") or 0)

    @property
    def termination(self) -> tuple[str, float]:
        """What becomes of the original task set, and after how many minutes."""
        asked = self.settings.get("blueGreenDeploymentConfiguration") or {}
        option = asked.get("terminateBlueInstancesOnDeploymentSuccess") or {}
        return option.get("action", "TERMINATE"), float(option.get("terminationWaitTimeInMinutes") or 0)

    @property
    def alarms(self) -> tuple[str, ...]:
        """Names of the alarms that watch it: the request's own before the group's. None watches a rollback."""
        asked = self.settings.get("overrideAlarmConfiguration") or self.settings.get("alarmConfiguration") or {}
        if self.rolls_back or not asked.get("enabled"):
            return ()
        return tuple(str(each["name"]) for each in asked.get("alarms") or ())

    def rolls_back_on(self, event: str) -> bool:
        """Is it to be rolled back when this happens: DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST, ..."""
        asked = self.settings.get("autoRollbackConfiguration") or {}
        return bool(asked.get("enabled")) and event in (asked.get("events") or ())
