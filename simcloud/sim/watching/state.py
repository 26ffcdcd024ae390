"""What the world keeps of CloudWatch: alarms, and metrics that somebody put. Light, because every world has one."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from simcloud.sim.watching.metric import Datum, Metric

if TYPE_CHECKING:
    from simcloud.sim.watching.finding import Change, Finding


class Query(NamedTuple):
    """One line of what an alarm watches: a metric, or an expression over other lines."""

    id: str
    metric: Metric | None
    statistic: str = ""
    expression: str = ""
    unit: str = ""


class Sure(NamedTuple):
    """What is known beforehand of data points that nobody has measured yet."""

    since: float
    until: float
    """Epoch seconds: of every period that lies between the two."""
    breaches: bool


class Said(NamedTuple):
    """In the words of whoever set the state."""

    reason: str
    data: str = ""
    """StateReasonData: JSON, or nothing."""

    @property
    def short(self) -> str:
        """For the story."""
        return self.reason.rstrip(".")


class HistoryItem(NamedTuple):
    """A line of an alarm's history."""

    at: float
    kind: str
    """ConfigurationUpdate, StateUpdate or Action."""
    summary: str
    told: str | Change
    """JSON, or what becomes it."""

    @property
    def data(self) -> str:
        """HistoryData: JSON."""
        return self.told if isinstance(self.told, str) else self.told.data


NO_VALUE = (math.inf, -math.inf)
"""Between these two there is none."""
ANY_VALUE = (-math.inf, math.inf)


UNCHECKED = Said("Unchecked: Initial alarm creation")


@dataclass
class Alarm:
    """A metric alarm. `operator` and `missing` in the API's spelling."""

    name: str
    arn: str
    queries: tuple[Query, ...]
    shown: str
    """Id of the query that is compared."""
    operator: str
    threshold: float
    period: float
    """Seconds."""
    periods: int
    needed: int
    """Data points that must breach: M of `periods`."""
    missing: str
    actions: dict[str, tuple[str, ...]]
    """ARNs to call, by the state that is entered."""
    enabled: bool = True
    state: str = "INSUFFICIENT_DATA"
    why: Said | Finding = UNCHECKED
    since: float = 0.0
    """When it got its state."""
    flags: list[bool | None] = field(default_factory=list)
    """Which of the data points that were looked at last breach, newest first."""
    looked_at: float = 0.0
    """When that was: epoch seconds."""
    kept: dict[float, float | None] = field(default_factory=dict)
    """The same data points, by the end of their period, as far as somebody had to know them."""
    sure: tuple[Sure, ...] = ()
    """While it sleeps: why it may."""
    place: int = 0
    """The how many-th that was made."""
    turn: int = 0
    due: float = math.inf
    """When it is evaluated next; infinite while nothing can change its state."""
    idle: str = ""
    """`value`: the policy that it calls has nothing to do until the metric has another value. `others`: until an alarm
    of another policy changes. `bound`: until something else changes."""
    quiet: tuple[float, float] = NO_VALUE
    """While it is idle with `value`: the policy has nothing to do as long as the metric is above the first of these and
    not above the second."""
    again: float = math.inf
    """Epoch seconds at which the policy's cooldown ends, and it may have something to do."""
    history: list[HistoryItem] = field(default_factory=list)
    """Newest first."""

    @property
    def reason(self) -> str:
        """StateReason."""
        return self.why.reason

    @property
    def reason_data(self) -> str:
        """StateReasonData: JSON, or nothing."""
        return self.why.data

    @property
    def step(self) -> float:
        """Seconds between two evaluations."""
        return 10.0 if self.period < 60 else 60.0

    def stir(self, idle: str = "") -> None:
        """What its policy has to do, and when, is an open question again."""
        self.idle, self.quiet, self.again = idle, NO_VALUE, math.inf

    @property
    def of_what_is_served(self) -> bool:
        """Are all its metrics of what tasks serve, and none of how many are wanted or on their way?"""
        return all(query.metric is None or not query.metric.namespace.startswith("ECS/") for query in self.queries)

    @property
    def watched(self) -> set[str]:
        """Values of the dimensions of its metrics."""
        return {value for query in self.queries if query.metric for _, value in query.metric.dimensions}

    @property
    def clusters(self) -> set[str]:
        """The clusters of its metrics that are about a whole cluster."""
        whole = (query.metric for query in self.queries if query.metric and not query.metric.of("ServiceName"))
        return {metric.of("ClusterName") for metric in whole}


class Watching:
    """All of it."""

    def __init__(self) -> None:
        self.alarms: dict[str, Alarm] = {}
        """By name."""
        self.made = 0
        """So many alarms were made."""
        self.put: dict[Metric, list[tuple[float, Datum, str]]] = {}
        """Custom metrics: moment, values and unit, by moment."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A world that comes from another process brings alarms: the laws that evaluate them are read with it."""
        self.__dict__.update(state)
        if self.alarms:
            from simcloud.sim.watching import laws  # noqa: F401 (importing registers their functions)
