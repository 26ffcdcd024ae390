"""What differs from one learner's lab 10 to the next: how tasks are split, how long they drain, how the job keeps."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
Keeper = Literal["steady", "parting"]
"""Which version of the job loses little: one that writes all the while, or one that writes on SIGTERM."""
MINUTE = 60
LONGEST_STOP = 120
"""Seconds that a stopTimeout on Fargate can have (R-053), and that Spot waits (R-191)."""
SPOT_DISCOUNT = 0.70
"""What a task on Spot costs less than on demand (R-314)."""
PROGRESS = "/kept/progress"
"""The file in which both versions of the job write how far they are."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    base: int
    """Tasks that stand on demand whatever happens."""
    of: int
    """Of the tasks beyond the base one in so many is on demand."""
    rounds: int
    drain: int
    """Seconds that the service's program needs from SIGTERM to its end."""
    job: str
    hours: int
    """Hours of work in the job."""
    keeper: Keeper
    every: int
    """Minutes of work from checkpoint to checkpoint, in the version `steady`."""
    write: int
    """Seconds from SIGTERM until the checkpoint is written, in the version `parting`."""
    may_lose: int = 7
    """Minutes of work that an interruption may cost."""

    @property
    def count(self) -> int:
        """Tasks of the service."""
        return self.base + self.of * self.rounds

    @property
    def season(self) -> int:
        """Tasks of the service in the season."""
        return self.base + self.of * (self.rounds + 2)

    def on_demand(self, count: int) -> int:
        """Of so many tasks so many are on demand: those of the base, and one of `of` of the others."""
        return self.base + (count - self.base) // self.of

    @property
    def longest_loss(self) -> int:
        """Minutes of work that an interruption costs at the most, with the right version of the job."""
        return self.every if self.keeper == "steady" else 0

    @property
    def saving(self) -> float:
        """Per cent that the season's split saves against all tasks on demand, as long as nothing is taken back."""
        return 100 * SPOT_DISCOUNT * (self.season - self.on_demand(self.season)) / self.season

    def image(self, name: str, version: str) -> str:
        """A reference."""
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{name}:{version}"

    @property
    def images(self) -> dict[str, str]:
        """The service's: the same program, started by a shell or by itself."""
        return {version: self.image(self.service, version) for version in ("shell", "direct")}

    @property
    def jobs(self) -> dict[str, str]:
        """The job's."""
        return {version: self.image(self.job, version) for version in ("steady", "parting")}

    def serves(self, version: str) -> dict[str, Any]:
        """How the service's image behaves. A shell does not hand the signal on."""
        program = {"ports": [8080], "requests_per_vcpu": 200.0, "start_seconds": 4, "size_mib": 140}
        return {**program, "stop_seconds": None if version == "shell" else self.drain}

    def works(self, version: str) -> dict[str, Any]:
        """How the job's image behaves."""
        work = {"work_seconds": self.hours * 3600, "checkpoint_path": PROGRESS, "stop_code": 143, "size_mib": 90}
        if version == "steady":
            return {**work, "checkpoint_seconds": self.every * MINUTE, "stop_seconds": 60}
        return {**work, "checkpoint_on_stop": True, "stop_seconds": self.write}


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    keeper: Keeper = random.choice(("steady", "parting"))
    every = random.choice((4, 5, 6)) if keeper == "steady" else random.choice((25, 30, 35))
    write = random.choice((150, 180, 210)) if keeper == "steady" else random.choice((50, 70, 90))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("prices", "search", "timetable", "seats", "weather")),
        base=random.choice((2, 3, 4)),
        of=random.choice((3, 4, 5)),
        rounds=random.choice((1, 2)),
        drain=random.choice((45, 60, 75, 90)),
        job=random.choice(("forecast", "rebuild", "settlement", "archive")),
        hours=random.choice((2, 3)),
        keeper=keeper,
        every=every,
        write=write,
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "count": plan.count,
        "base": plan.base,
        "of": plan.of,
        "drain": plan.drain,
        "images": plan.images,
        "job": plan.job,
        "jobs": plan.jobs,
        "hours": plan.hours,
        "every": plan.every,
        "write": plan.write,
        "may_lose": plan.may_lose,
        "season": plan.season,
        "role": f"arn:aws:iam::{ACCOUNT}:role/ferryline-execution",
        "starter": f"arn:aws:iam::{ACCOUNT}:role/ferryline-starter",
    }
