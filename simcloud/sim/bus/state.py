"""What the world keeps of EventBridge: rules, schedules, deliveries on their way, and counts for its metrics."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simcloud.sim.bus.matching import Alternative, any_fits
from simcloud.sim.schedules import Plan

DEFAULT = "default"
"""The bus on which AWS's own services put their events."""


@dataclass
class Rule:
    """A rule of EventBridge, by its ARN."""

    arn: str
    name: str
    bus: str
    wanted: tuple[Alternative, ...] = ()
    """What its event pattern looks for; empty for a rule without one."""
    expression: str = ""
    plan: Plan | None = None
    """When a rule with a schedule fires; None for a rule without one."""
    enabled: bool = True
    targets: tuple[Mapping[str, Any], ...] = ()
    """In the API's spelling."""
    turn: str = ""
    """Planned firings of an earlier turn are stale."""

    @property
    def region(self) -> str:
        """Of its ARN."""
        return self.arn.split(":")[3]


@dataclass
class Schedule:
    """A schedule of EventBridge Scheduler, by its ARN."""

    arn: str
    name: str
    expression: str
    plan: Plan
    target: Mapping[str, Any]
    enabled: bool = True
    window: int = 0
    """Minutes of its flexible time window; 0 where it has none."""
    deleted_after: bool = False
    """Is it deleted when it will not run again?"""
    turn: str = ""


@dataclass(frozen=True)
class Invocation:
    """A target that is to be invoked for an event."""

    id: str
    source: str
    """ARN of the rule or schedule."""
    target: Mapping[str, Any]
    """In the API's spelling."""
    event: Mapping[str, Any]
    """The event as it is told."""
    text: str
    """What the target gets."""
    first_at: float
    """When it was tried first, epoch seconds: the age of the event counts from here."""
    retries: int = 0
    forwarded: bool = False
    """Did the event come from another bus? Then it goes to no third one."""

    @property
    def scheduled(self) -> bool:
        """Is it of EventBridge Scheduler?"""
        return ":scheduler:" in self.source

    @property
    def name(self) -> str:
        """Of the rule or schedule."""
        return self.source.rpartition("/")[2]

    @property
    def who(self) -> str:
        """How the story calls it."""
        return f"{'schedule' if self.scheduled else 'rule'} {self.name}"


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt to invoke a target."""

    done: bool
    says: str
    """For the story."""
    why: str = ""
    code: str = ""
    """ERROR_CODE of a failure."""
    message: str = ""
    """ERROR_MESSAGE of a failure."""
    again: bool = False
    """May it work later, so that it is tried again?"""
    tasks: tuple[str, ...] = ()
    """ARNs of tasks that were started."""
    idle: bool = False
    """Is the target of a kind that is not simulated?"""


@dataclass
class Told:
    """What was last told of a task: a change of it is an event."""

    status: str
    desired: str
    containers: tuple[str, ...]


@dataclass
class Bus:
    """All of it."""

    rules: dict[str, Rule] = field(default_factory=dict)
    """By ARN."""
    schedules: dict[str, Schedule] = field(default_factory=dict)
    """By ARN."""
    matched: str = ""
    """The event that fitted a rule last: it is counted once, for however many rules."""
    waiting: deque[Invocation] = field(default_factory=deque)
    """Due now. The first is being tried."""
    tasks: dict[str, Told] = field(default_factory=dict)
    """By ARN of the task."""
    messages: dict[str, str] = field(default_factory=dict)
    """Of each service the id of its newest message that was told."""
    rollouts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each service the state of its deployments that was told, by their id."""
    deployments: dict[str, str] = field(default_factory=dict)
    """Of each deployment of CodeDeploy's the status that was told."""
    started: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Tasks that rules started: the rule, and how many of its own tasks stand behind each other."""
    counts: dict[tuple[str, str], list[tuple[float, int]]] = field(default_factory=dict)
    """By metric and rule ('' for the account) minute and count, oldest first."""
    interest: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Does a rule look for this source and detail-type? Kept until rules change."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A world that comes from another process brings rules: the laws that they follow are read with it."""
        self.__dict__.update(state)
        from simcloud.sim.bus import laws  # noqa: F401 (importing registers their functions)

    def on(self, region: str, bus: str) -> list[Rule]:
        """The rules of a bus that are enabled and look for events."""
        return [
            rule
            for rule in self.rules.values()
            if rule.enabled and rule.wanted and (rule.region, rule.bus) == (region, bus)
        ]

    def looks_for(self, region: str, source: str, kind: str) -> bool:
        """May a rule on the default bus want events of this source and detail-type?"""
        if (source, kind) not in self.interest:
            head = {"source": source, "detail-type": kind}
            rules = self.on(region, DEFAULT)
            self.interest[source, kind] = any(any_fits(heads(rule.wanted), head) for rule in rules)
        return self.interest[source, kind]


def heads(wanted: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """What the alternatives say of source and detail-type alone."""
    return tuple({path: each[path] for path in ("source", "detail-type") if path in each} for each in wanted)
