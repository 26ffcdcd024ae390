"""What the world keeps of load: who is asked for how much since when, how many tasks there were to serve it, and how
long queues were. Light, because every world has one."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from simcloud.sim.load.curve import Constant, Curve

if TYPE_CHECKING:
    from simcloud.sim.load.tally import Tally

NOTHING = Constant(0.0)


class Shape(NamedTuple):
    """What one task of a kind can do."""

    cpu: int
    """CPU units reserved."""
    memory: int
    """MiB reserved."""
    requests: float
    """Requests a second at full CPU."""
    seconds: float
    """An answer takes so long where nothing waits."""
    base_mib: float
    request_mib: float
    """MiB that a request holds while it is answered."""
    messages: float
    """Messages of a queue a second at full CPU."""
    failing: float = 0.0
    """Share of the requests that its code answers with 500."""


class Kind(NamedTuple):
    """The tasks of one release that are alike."""

    shape: Shape
    serving: int
    """Of the running ones, those that a load balancer sends to; all, where there is none."""
    running: int
    release: str = ""
    """Id of their deployment or task set."""
    group: str = ""
    """ARN of their target group; '' where there is none."""
    unhealthy: int = 0
    """Registered with the target group, and not healthy there."""
    share: float = 1.0
    """Of all requests, what goes to their target group."""
    among: int = 0
    """So many tasks serve in it, of this and of other kinds."""


class Sample(NamedTuple):
    """A service from one moment on, until the next sample."""

    at: float
    """Epoch seconds."""
    desired: int
    pending: int
    running: int
    serving: int
    """Of the running ones, those that a load balancer sends to; all, where there is none."""
    unhealthy: int
    """Registered with a target group, and not healthy there."""
    kinds: tuple[Kind, ...]
    groups: tuple[str, ...]
    """ARNs of its target groups."""
    insights: str
    """Container Insights of its cluster: '' for off, enabled or enhanced."""
    lost: float = 0.0
    """Share of the requests that go where nothing serves."""

    def serving_like(self, other: Sample) -> bool:
        """Do the two differ in nothing but the moment, the desired count and the tasks on their way?"""
        return self._replace(at=other.at, desired=other.desired, pending=other.pending) == other

    def only(self, group: str) -> Sample:
        """What there is of it in one target group, named as CloudWatch does: targetgroup/web/0123..."""
        kinds = tuple(each for each in self.kinds if each.group.endswith(f":{group}"))
        return self._replace(
            running=sum(each.running for each in kinds),
            serving=sum(each.serving for each in kinds),
            unhealthy=sum(each.unhealthy for each in kinds),
            kinds=kinds,
            groups=tuple(arn for arn in self.groups if arn.endswith(f":{group}")),
            lost=0.0,
        )


@dataclass
class Offer:
    """What is offered to one service, or sent into one queue: curve after curve."""

    since: list[float] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)

    def set(self, at: float, curve: Curve) -> None:
        """Another curve from now on."""
        if self.since and self.since[-1] == at:
            self.curves[-1] = curve
            return
        self.since.append(at)
        self.curves.append(curve)

    def curve(self, at: float) -> Curve:
        """The curve that holds at a moment."""
        place = bisect_right(self.since, at)
        return self.curves[place - 1] if place else NOTHING

    def rate(self, at: float) -> float:
        """A second, at a moment."""
        return self.curve(at).rate(at)

    def mean(self, start: float, end: float) -> float:
        """A second, on average between two moments."""
        if self.since and self.since[-1] <= start:
            return self.curves[-1].mean(start, end)
        marks = [start, *(each for each in self.since if start < each < end), end]
        if len(marks) == 2:
            return self.curve(start).mean(start, end)
        area = sum(self.curve(x).mean(x, y) * (y - x) for x, y in pairwise(marks))
        return area / (end - start)

    def bounds(self, start: float, end: float = math.inf) -> tuple[float, float]:
        """The least and the most between two moments, as far as is known now."""
        if self.since and self.since[-1] <= start:
            return self.curves[-1].bounds(start, end)
        marks = [start, *(each for each in self.since if start < each < end), end]
        seen = [self.curve(x).bounds(x, y) for x, y in pairwise(marks)]
        return min(low for low, _ in seen), max(high for _, high in seen)


@dataclass
class Queue:
    """A queue that a load fills and a service works off."""

    name: str
    worker: str
    """ARN of the service that takes the messages."""
    offer: Offer = field(default_factory=Offer)
    marks: list[tuple[float, float]] = field(default_factory=list)
    """(moment, messages waiting): from the last mark on the length is worked out when somebody asks."""


class Loads:
    """All of it."""

    def __init__(self) -> None:
        self.offers: dict[str, Offer] = {}
        """By service ARN."""
        self.queues: dict[str, Queue] = {}
        """By queue name."""
        self.census: dict[str, list[Sample]] = {}
        """By service ARN, oldest first."""
        self.tallies: dict[str, Tally] = {}
        """By service ARN, what its tasks counted for when they were counted last."""
        self.due: set[str] = set()
        """Services that are counted at the end of this moment."""
        self.rules: dict[str, tuple[tuple[str, float], ...]] = {}
        """By ARN of a listener or of its rule: target groups and their weights, as they were when last looked at."""
        self.routes: dict[str, tuple[str, ...]] = {}
        """By service ARN, the listeners or rules that divide its requests."""
        self.balancers: dict[str, tuple[str, ...]] = {}
        """By target group ARN, the load balancers that forward to it, as CloudWatch names them: app/front/0123..."""
