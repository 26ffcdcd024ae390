"""What differs from one learner's lab 17 to the next: names, the blend of tasks, the load, how a release goes over."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from random import Random
from typing import Any

ACCOUNT, REGION = "123456789012", "us-east-1"
PER_TASK = 50.0
"""Requests a second that a task of a quarter vCPU answers."""
USUAL_ERRORS = 0.001
"""Share of the requests that every good version fails."""
BAD_ERRORS = 0.3
WEEK_HOURS = 168


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    port: int
    health: str
    variable: str
    base: int
    """Tasks on demand, whatever happens."""
    of: int
    """Of the tasks beyond the base one of so many is on demand, the others on Spot."""
    low: int
    """Requests a second in the quietest hour of the day."""
    high: int
    """Requests a second at 14 o'clock UTC."""
    percent: int
    """Of the customers, who get a release first."""
    bake: int
    """Minutes for which they have it alone."""
    keep: int
    """Minutes for which the old version stays when all have the new one."""

    @property
    def least(self) -> int:
        """Tasks in the quietest hour."""
        return self.base + 2

    @property
    def most(self) -> int:
        """Tasks, whatever comes: what the busiest day needs at half their capacity, and some more."""
        return ceil(self.busiest / (PER_TASK / 2)) + 4

    @property
    def secret(self) -> str:
        return f"{self.service}-bookings"

    @property
    def password(self) -> str:
        return f"{self.service}-{self.ticket[3:]}"

    @property
    def group(self) -> str:
        return f"/ferryline/{self.service}"

    @property
    def busiest(self) -> float:
        """Requests a second at the peak of the busiest day."""
        return 1.25 * self.high

    def image(self, version: str) -> str:
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{self.service}:{version}"

    def behaviour(self, version: str) -> dict[str, Any]:
        """How the image of a version behaves; `1.2` and `2.0` are pushed by the checks alone."""
        return {
            "ports": [self.port],
            "paths": [("/tickets", 200), (self.health, 200)],
            "requests_per_vcpu": PER_TASK * 4,
            "size_mib": 120,
            "memory_mib": 180,
            "start_seconds": 4,
            "error_share": BAD_ERRORS if version == "2.0" else USUAL_ERRORS,
            "log_lines": (f"{self.service} {version} sells tickets on port {self.port}",),
        }


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    base = random.choice((2, 3))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("tickets", "fares", "checkin", "cabins", "bookings")),
        port=random.choice((8000, 8080, 8081, 9000)),
        health=random.choice(("/health", "/ready", "/status", "/alive")),
        variable=random.choice(("DB_PASSWORD", "BOOKINGS_PASSWORD", "PGPASSWORD")),
        base=base,
        of=random.choice((2, 3, 4)),
        low=random.choice((20, 30, 40)),
        high=int(PER_TASK) * (base + 2) + random.choice((60, 100, 140)),
        percent=random.choice((10, 20, 25)),
        bake=random.choice((5, 8, 10)),
        keep=random.choice((4, 5, 6)),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "images": {version: plan.image(version) for version in ("1.0", "1.1")},
        "port": plan.port,
        "health": plan.health,
        "secret": plan.secret,
        "password": plan.password,
        "variable": plan.variable,
        "group": plan.group,
        "base": plan.base,
        "of": plan.of,
        "least": plan.least,
        "most": plan.most,
        "low": plan.low,
        "high": plan.high,
        "percent": plan.percent,
        "bake": plan.bake,
        "keep": plan.keep,
        "usual": round(plan.busiest * 60 * USUAL_ERRORS),
    }
