"""What differs from one learner's lab 07 to the next: counts, ports, how it may roll, what is broken."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
Rule = Literal["beside", "one more", "in place"]
"""How it may roll: new tasks beside all the old ones; one more than the count at most; never more than the count."""
Bad = Literal["health", "exit", "memory"]
"""What is wrong with version 1.2: it fails its health check, its program ends, or it needs too much memory."""
LEAST_THRESHOLD = 3
"""Failed tasks that a small service's circuit breaker waits for (R-212)."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    count: int
    port: int
    health: str
    """The path of the health check."""
    slow: int
    """Seconds until version 1.1 answers."""
    rule: Rule
    bad: Bad

    @property
    def least(self) -> int:
        """Tasks that must serve at every moment of a deployment."""
        return self.count // 2 if self.rule == "in place" else self.count

    @property
    def most(self) -> int:
        """Tasks that may be there at every moment of a deployment, those on their way included."""
        return {"beside": 2 * self.count, "one more": self.count + 1, "in place": self.count}[self.rule]

    @property
    def threshold(self) -> int:
        """Failed tasks after which the circuit breaker gives a deployment up: half the count, and three at least."""
        return max(LEAST_THRESHOLD, math.ceil(self.count / 2))

    @property
    def images(self) -> dict[str, str]:
        """Version -> reference."""
        base = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{self.service}"
        return {version: f"{base}:{version}" for version in ("1.0", "1.1", "1.2")}

    def behaviour(self, version: str) -> dict[str, Any]:
        """How the image of a version behaves; `1.3` and `bad` are known to the checks alone."""
        well = {
            "ports": [self.port],
            "paths": [("/", 200), (self.health, 200)],
            "requests_per_vcpu": 200.0,
            "size_mib": 150,
            "memory_mib": 180,
        }
        slowly = {**well, "start_seconds": self.slow}
        broken: dict[str, dict[str, Any]] = {
            "health": {"paths": [("/", 200), ("/healthz-new", 200)]},
            "exit": {"exit_after": 5, "exit_code": 1},
            "memory": {"memory_mib": 60_000},
        }
        other = {"health": "exit", "exit": "memory", "memory": "health"}[self.bad]
        return {
            "1.0": {**well, "start_seconds": 4},
            "1.1": slowly,
            "1.2": {**well, "start_seconds": 4, **broken[self.bad]},
            "1.3": slowly,
            "bad": {**well, "start_seconds": 4, **broken[other]},
        }[version]


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("tickets", "fares", "checkin", "luggage", "cabins")),
        count=random.choice((4, 6, 8)),
        port=random.choice((8000, 8080, 8081, 9000)),
        health=random.choice(("/health", "/ready", "/status", "/alive")),
        slow=random.choice((100, 120, 140)),
        rule=random.choice(("beside", "one more", "in place")),
        bad=random.choice(("health", "exit", "memory")),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "count": plan.count,
        "port": plan.port,
        "health": plan.health,
        "slow": plan.slow,
        "least": plan.least,
        "most": plan.most,
        "images": plan.images,
        "role": f"arn:aws:iam::{ACCOUNT}:role/ferryline-execution",
    }
