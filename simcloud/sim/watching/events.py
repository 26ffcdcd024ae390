"""What happened to alarms and custom metrics."""

from __future__ import annotations

from typing import ClassVar

from simcloud.sim.events import Event
from simcloud.sim.watching.metric import Datum, Metric
from simcloud.sim.watching.state import Alarm


class AlarmEvent(Event, frozen=True):
    """Something happened to the alarm of this name."""

    alarm: str
    priority: ClassVar[int] = 8


class AlarmPut(Event, frozen=True):
    """An alarm was made, or got new values."""

    made: Alarm
    priority: ClassVar[int] = 8


class AlarmsDeleted(Event, frozen=True):
    names: tuple[str, ...]
    priority: ClassVar[int] = 8


class AlarmActionsSwitched(Event, frozen=True):
    """The actions of alarms were enabled or disabled."""

    names: tuple[str, ...]
    enabled: bool
    priority: ClassVar[int] = 8


class AlarmStateSet(AlarmEvent, frozen=True):
    """SetAlarmState: somebody tries an alarm out. The next evaluation puts it right."""

    state: str
    reason: str
    data: str


class AlarmDue(AlarmEvent, frozen=True):
    """The alarm is evaluated; stale where it was planned anew since."""

    turn: int
    place: int
    """The how many-th alarm it is: of those due at one moment the oldest comes first, and all before what they call."""

    @property
    def rank(self) -> float:
        """Before the other events of alarms."""
        return self.priority - 1 + self.place / 1e6


class AlarmPlanned(AlarmEvent, frozen=True):
    """What the alarm called has acted: when is it evaluated next?"""

    turn: int
    priority: ClassVar[int] = 10


class AlarmChanged(AlarmEvent, frozen=True):
    """The alarm is in another state."""

    before: str
    state: str


class PolicyCalled(AlarmEvent, frozen=True):
    """An alarm calls a scaling policy: when it enters the state, and every minute while it stays there."""

    action: str
    """As the alarm names it: the policy's ARN, with or without by whom it was made."""


class MetricsPut(Event, frozen=True):
    """PutMetricData: moment, values and unit of each metric."""

    data: tuple[tuple[Metric, float, Datum, str], ...]
    priority: ClassVar[int] = 8
