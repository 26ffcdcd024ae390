"""What differs from one learner's lab 13 to the next: how long lines are kept, how code traces, when an alarm rings."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
REQUESTS = 200.0
"""Requests a second that a vCPU of the service answers."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    count: int
    days: int
    """For so long the service's lines are kept."""
    ledger: str
    """The second service, whose lines belong into the bucket."""
    traces: Literal["xray", "otlp"]
    """How the service's code hands its traces over."""
    limit: int
    """Per cent of CPU above which somebody must come."""
    minutes: int
    """For so many minutes in a row."""

    @property
    def group(self) -> str:
        """The service's log group."""
        return f"/ferryline/{self.service}"

    @property
    def bucket(self) -> str:
        """Of the second service's lines."""
        return f"ferryline-{self.ledger}-lines"

    @property
    def topic(self) -> str:
        """ARN of the topic that calls somebody."""
        return f"arn:aws:sns:{REGION}:{ACCOUNT}:on-call"

    @property
    def lines(self) -> tuple[str, ...]:
        """What the service's program writes."""
        return (f"{self.service} listens on 8080", f"{self.service}: first request answered")

    def image(self, name: str) -> str:
        """A reference."""
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{name}:1"

    def behaviour(self, name: str) -> dict[str, Any]:
        """How an image behaves. Its first trace follows well after a sidecar is up."""
        if name == self.ledger:
            return {"log_lines": [f"{name}: 12 bookings, 340.50"], "size_mib": 80}
        return {
            "ports": [8080],
            "log_lines": list(self.lines),
            "requests_per_vcpu": REQUESTS,
            "start_seconds": 15,
            "traces": self.traces,
            "size_mib": 120,
        }


PAGER = "pager"
"""The queue that hears what the topic tells."""


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("tickets", "fares", "checkin", "cabins")),
        count=random.choice((2, 3)),
        days=random.choice((7, 14, 30, 90)),
        ledger=random.choice(("ledger", "accounts", "audit")),
        traces=random.choice(("xray", "otlp")),
        limit=random.choice((50, 60, 70)),
        minutes=random.choice((3, 4, 5)),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "group": plan.group,
        "days": plan.days,
        "ledger": plan.ledger,
        "bucket": plan.bucket,
        "traces": plan.traces,
        "limit": plan.limit,
        "minutes": plan.minutes,
        "topic": plan.topic,
    }
