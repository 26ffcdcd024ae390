"""What differs from one learner's lab 11 to the next: the time for a message, how often it is tried, what starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

ACCOUNT, REGION = "123456789012", "us-east-1"
MINUTE = 60


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    family: str
    """Of the program, and the name of its queue."""
    seconds: int
    """Of work on a message."""
    patience: int
    """Minutes after which a message whose worker died must be there for the next one."""
    tries: int
    """So many workers try a message before it is set aside."""
    unreadable: str
    """A message that holds this ends the program."""
    depth: int
    """More messages than this are a rush."""
    rush: int
    """Tasks for a rush."""
    hour: str
    """Of every night, as 02:30, in `zone`."""
    zone: str

    @property
    def failed(self) -> str:
        """Name of the queue that is told of failed tasks."""
        return f"{self.family}-failed"

    @property
    def queue_arn(self) -> str:
        """Of the queue of messages."""
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.family}"

    def image(self, version: str) -> str:
        """A reference."""
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{self.family}:{version}"

    @property
    def images(self) -> dict[str, str]:
        """The program that ends with its queue, and the one that waits for more."""
        return {version: self.image(version) for version in ("waits", "ends")}

    def behaviour(self, version: str) -> dict[str, Any]:
        """How an image behaves: the queue stands in its environment, as QUEUE."""
        return {
            "takes": "$QUEUE",
            "message_seconds": float(self.seconds),
            "until_empty": version == "ends",
            "dies_of": self.unreadable,
            "size_mib": 80,
        }

    def next_night(self, after: datetime) -> datetime:
        """The first moment of the nightly task after this one (UTC)."""
        hour, minute = map(int, self.hour.split(":"))
        here = after.astimezone(ZoneInfo(self.zone))
        night = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return night if night > here else night + timedelta(days=1)


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        family=random.choice(("receipts", "invoices", "vouchers", "refunds", "manifests")),
        seconds=random.choice((50, 70, 90, 110)),
        patience=random.choice((3, 4, 5)),
        tries=random.choice((2, 3, 4)),
        unreadable=random.choice(("unreadable", "torn", "smudged", "upside-down")),
        depth=random.choice((20, 30, 40)),
        rush=random.choice((3, 4, 5, 6)),
        hour=random.choice(("01:30", "02:30", "03:15", "04:45")),
        zone=random.choice(("Europe/Athens", "America/New_York", "Asia/Tokyo", "America/Vancouver")),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "family": plan.family,
        "queue": plan.family,
        "images": plan.images,
        "seconds": plan.seconds,
        "patience": plan.patience,
        "tries": plan.tries,
        "unreadable": plan.unreadable,
        "depth": plan.depth,
        "rush": plan.rush,
        "hour": plan.hour,
        "zone": plan.zone,
        "failed": plan.failed,
        "role": f"arn:aws:iam::{ACCOUNT}:role/ferryline-execution",
        "app": f"arn:aws:iam::{ACCOUNT}:role/ferryline-{plan.family}",
    }
