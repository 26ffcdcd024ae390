"""What differs from one learner's lab 08 to the next: names, counts, and how each service's releases are to shift."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
CLUSTER = "ferryline"
Kind = Literal["canary", "linear", "at once"]
FAILS_ALWAYS = 0.005
"""Share of its requests that every version answers with 500."""
FAILS_BAD = 0.3
"""The same of a bad version."""
RATE_A_TASK = 10.0
"""Requests a second for each task on a usual day: a fifth of what it can answer."""
BUSY = 1.5
"""A busy day brings so much more."""


@dataclass(frozen=True)
class Shift:
    """How a release is to get its customers."""

    kind: Kind
    percent: int
    """Of the first part, or of each step; 100 for all at once."""
    minutes: int
    """For which a part or step is kept before the next; 0 for all at once."""
    keep: int
    """Minutes for which the old tasks go on running once all customers are with the new ones."""

    @property
    def said(self) -> str:
        """As the ticket says it."""
        after = f"then the old tasks are kept for {self.keep} minutes"
        if self.kind == "at once":
            return f"all customers go over at one moment; {after}"
        if self.kind == "canary":
            return f"{self.percent} % of the customers for {self.minutes} minutes, then all the others; {after}"
        return f"{self.percent} % more of the customers every {self.minutes} minutes, until it is all; {after}"

    @property
    def parts(self) -> list[float]:
        """The shares in percent that the new version has one after the other."""
        if self.kind == "at once":
            return [100.0]
        if self.kind == "canary":
            return [float(self.percent), 100.0]
        return [float(share) for share in range(self.percent, 100, self.percent)] + [100.0]

    @property
    def lasts(self) -> int:
        """Minutes from the first customer until the old tasks may go."""
        return self.minutes * (len(self.parts) - 1) + self.keep


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    services: tuple[str, str, str]
    """By ECS itself, by CodeDeploy, by a stack."""
    shifts: tuple[Shift, Shift, Shift]
    """Of the same three."""
    count: int
    port: int
    health: str

    @property
    def native(self) -> str:
        return self.services[0]

    @property
    def classic(self) -> str:
        return self.services[1]

    @property
    def stacked(self) -> str:
        return self.services[2]

    @property
    def rate(self) -> float:
        """Requests a second on a usual day."""
        return RATE_A_TASK * self.count

    @property
    def usual(self) -> float:
        """Requests a minute that fail on a usual day."""
        return self.rate * 60 * FAILS_ALWAYS

    def shift(self, service: str) -> Shift:
        return self.shifts[self.services.index(service)]

    def image(self, service: str, version: str) -> str:
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{service}:{version}"

    def behaviour(self, version: str) -> dict[str, Any]:
        """How the image of a version behaves. `1.3` and `3.0` are known to the checks alone."""
        failing = {"2.0": FAILS_BAD, "3.0": 0.5}.get(version, FAILS_ALWAYS)
        return {
            "ports": [self.port],
            "paths": [("/", 200), (self.health, 200)],
            "requests_per_vcpu": 200.0,
            "size_mib": 100,
            "memory_mib": 160,
            "start_seconds": 4,
            "error_share": failing,
        }


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    kinds = random.sample(("canary", "linear", "at once"), 2)
    return Plan(
        ticket=ticket,
        services=tuple(random.sample(("tickets", "fares", "checkin", "luggage", "cabins", "parking"), 3)),  # type: ignore[arg-type]
        shifts=(_native(kinds[0], random), _classic(random), _native(kinds[1], random)),
        count=random.choice((4, 6, 8)),
        port=random.choice((8000, 8080, 8081, 9000)),
        health=random.choice(("/health", "/ready", "/status", "/alive")),
    )


def _native(kind: Any, random: Random) -> Shift:
    keep = random.choice((6, 8, 10, 12))
    if kind == "canary":
        return Shift(kind, random.choice((5, 10, 20)), random.choice((8, 10, 12)), keep)
    if kind == "linear":
        return Shift(kind, random.choice((20, 25)), random.choice((3, 4)), keep)
    return Shift(kind, 100, 0, keep)


def _classic(random: Random) -> Shift:
    kind, minutes = random.choice((("canary", 5), ("canary", 15), ("linear", 1), ("linear", 3)))
    return Shift(kind, 10, minutes, random.choice((7, 10, 15)))  # type: ignore[arg-type]


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told; the world adds the ARNs that are the same for all."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": CLUSTER,
        "native": plan.native,
        "classic": plan.classic,
        "stacked": plan.stacked,
        "shift": {service: plan.shift(service).said for service in plan.services},
        "count": plan.count,
        "port": plan.port,
        "health": plan.health,
        "rate": plan.rate,
        "usual": plan.usual,
        "images": {
            service: {version: plan.image(service, version) for version in ("1.0", "1.1", "2.0")}
            for service in plan.services
        },
        "roles": {
            name: f"arn:aws:iam::{ACCOUNT}:role/ferryline-{name}" for name in ("execution", "shifting", "codedeploy")
        },
    }
