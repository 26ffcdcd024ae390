"""What differs from one learner's lab 09 to the next: names, what a task can do, who comes when, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from simcloud.facts import prices

ACCOUNT, REGION = "123456789012", "us-east-1"
CLUSTER = "ferryline"
VCPU, GB = 0.25, 0.5
"""Of each task."""
Jump = Literal["by the clock", "at any time"]
Day = tuple[tuple[float, float], ...]
"""(hour of the day, requests or messages a second): a straight line from each to the next."""
BEGINS = 2
"""Tasks of each service that the learner finds."""
CROWD_TASKS, WORKERS = 8, 20
"""Tasks at most: at the gate, where six are busy in the greatest crowd, and of the worker."""
COOLDOWNS = (60, 120)
"""Seconds after a change out, and after a change in, of each policy that tracks a target."""
BEFORE_MINUTES, AFTER_MINUTES = 10, 5
"""So long before the gate's hour its tasks may be asked for, and so long after it they may be kept."""
ANSWER_SECONDS = 0.05
SLOW_SECONDS = 0.25
"""An answer may take so long on average: a task that is four fifths busy."""
A_MINUTE = 1 / 60


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    shop: str
    gate: str
    worker: str
    each: int
    """Requests a second that one task answers."""
    start: int
    """Seconds until a new task answers."""
    least: int
    """Requests a second in the shop at night."""
    most: int
    """The same at noon of the fullest day."""
    peak: int
    """Hour at which the shop's usual day is fullest."""
    jump: Jump
    opens: float
    """Hour at which the gate opens each day, where it goes by the clock."""
    rush: int
    """Requests a second that come to the shop while nothing scales it."""
    messages: int
    """Messages a second that one worker works off."""
    wait: int
    """Minutes that a message may wait."""

    @property
    def services(self) -> tuple[str, str, str]:
        return self.shop, self.gate, self.worker

    @property
    def queue(self) -> str:
        return f"{self.worker}-work"

    @property
    def a_minute(self) -> int:
        """Messages that one worker works off in a minute."""
        return 60 * self.messages

    @property
    def crowd(self) -> int:
        """Requests a second at the gate, at most, when everybody comes."""
        return 6 * self.each

    def shop_day(self, *, peak: float = 0, share: float = 0.8, rise: float = 2.0, night: float = 1.0) -> Day:
        """A day in the shop: flat, then a hill of one hour with slopes on both sides."""
        top, high, low = peak or self.peak, self.most * share, self.least * night
        return ((0.0, low), (top - rise, low), (top, high), (top + 1, high), (top + 1 + rise, low), (24.0, low))

    def gate_day(self, hours: Sequence[float] = (), *, share: float = 0.8) -> Day:
        """A day at the gate: nearly nobody, and from one minute to the next a crowd."""
        few, crowd, lasts = self.each / 2, self.crowd * share, 1.0 if self.jump == "by the clock" else 2 / 3
        day: list[tuple[float, float]] = [(0.0, few)]
        for hour in hours or self.gate_hours:
            day += [(hour, few), (hour + A_MINUTE, crowd), (hour + lasts, crowd), (hour + lasts + A_MINUTE, few)]
        return (*day, (24.0, few))

    @property
    def gate_hours(self) -> tuple[float, ...]:
        return (self.opens,) if self.jump == "by the clock" else (4.3, 11.7, 19.2)

    def worker_day(self, hours: Sequence[float] = (3.0, 7.5), *, share: float = 0.8) -> Day:
        """A day of the queue, which ends at noon: a trickle, and now and then a ship's load for half an hour."""
        few, load = self.messages / 5, 6 * self.messages * share
        day: list[tuple[float, float]] = [(0.0, few)]
        for hour in hours:
            day += [(hour, few), (hour + A_MINUTE, load), (hour + 0.5, load), (hour + 0.5 + A_MINUTE, few)]
        return (*day, (12.0, few))

    def usual(self, service: str) -> Day:
        if service == self.shop:
            return self.shop_day()
        return self.gate_day() if service == self.gate else self.worker_day()

    def bounds(self, service: str) -> tuple[int, int]:
        """The least and the most tasks that its owners allow; the most are enough for the fullest day."""
        most = {self.shop: 2 * self.most // self.each, self.gate: CROWD_TASKS, self.worker: WORKERS}[service]
        return (1 if service == self.worker else BEGINS), most

    def dear(self, service: str) -> float:
        """USD for a million requests or messages, at most: what they cost where tasks are busy for this share."""
        share = {self.shop: 0.33, self.gate: 0.28, self.worker: 0.26}[service]
        pace = self.messages if service == self.worker else self.each
        return round(second_costs() * 1e6 / pace / share, 3)

    @property
    def lost(self) -> float:
        """Percent of the requests at the gate that may be lost in a day."""
        return 0.05 if self.jump == "by the clock" else 1.0

    def behaviour(self, service: str) -> dict[str, Any]:
        """How the service's image behaves."""
        return {
            "ports": [8080],
            "size_mib": 120,
            "memory_mib": 160,
            "start_seconds": self.start,
            "latency_seconds": ANSWER_SECONDS,
            "requests_per_vcpu": self.each / VCPU,
            "messages_per_vcpu": self.messages / VCPU,
        }


def second_costs() -> float:
    """USD that a task costs in a second."""
    return VCPU * float(prices.LINUX_X86_VCPU.value) + GB * float(prices.LINUX_X86_GB.value)


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    shop, gate, worker = random.sample(("tickets", "fares", "checkin", "luggage", "cabins", "parking", "receipts"), 3)
    each = random.choice((20, 25, 30))
    return Plan(
        ticket=ticket,
        shop=shop,
        gate=gate,
        worker=worker,
        each=each,
        start=random.choice((5, 10, 20)),
        least=each,
        most=each * random.choice((8, 10, 12)),
        peak=random.choice((9, 11, 14, 17)),
        jump=random.choice(("by the clock", "at any time")),
        opens=random.choice((6.5, 7.5, 8.0, 16.5)),
        rush=each * random.choice((3, 5, 7)),
        messages=random.choice((2, 3, 4)),
        wait=random.choice((10, 12, 15)),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    opens = f"{int(plan.opens):02}:{round(plan.opens % 1 * 60):02}"
    return {
        "ticket": plan.ticket,
        "cluster": CLUSTER,
        "shop": plan.shop,
        "gate": plan.gate,
        "worker": plan.worker,
        "queue": plan.queue,
        "days": {service: [list(pair) for pair in plan.usual(service)] for service in plan.services},
        "most": {plan.shop: plan.most, plan.gate: plan.crowd, plan.worker: 6 * plan.messages},
        "dear": {service: plan.dear(service) for service in plan.services},
        "bounds": {service: list(plan.bounds(service)) for service in plan.services},
        "opens": opens if plan.jump == "by the clock" else "nobody knows when",
        "lost": plan.lost,
        "messages": plan.a_minute,
        "wait": plan.wait,
        "rush": plan.rush,
    }
