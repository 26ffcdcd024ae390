"""What differs from one learner's lab 02 to the next: what each job needs, what it is built for, who wants what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from random import Random
from typing import Any, Literal

from simcloud.facts import sizes
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage

ACCOUNT, REGION = "123456789012", "us-east-1"
HOUR = 3600
NAMES = ("timetable", "tides", "ledger", "weather", "manifest", "survey", "lottery", "crossings")
WISHERS = ("whales", "berths", "radar", "logbook", "cargo", "crewchat", "pilots", "lanterns")
FREE_GIB = sizes.STORAGE_FREE_GIB.value

NEVER: dict[str, dict[str, Any]] = {
    "gpu": {"container": {"resourceRequirements": [{"type": "GPU", "value": "1"}]}},
    "privileged": {"container": {"privileged": True}},
    "host path": {"volumes": [{"name": "host", "host": {"sourcePath": "/var/run"}}]},
    "host network": {"networkMode": "host"},
}
"""What Fargate runs in no size."""
MENDABLE: dict[str, dict[str, Any]] = {
    "half a vCPU": {"cpu": "512", "memory": "6144"},
    "a quarter": {"cpu": "256", "memory": "4096"},
    "little memory": {"cpu": "1024", "memory": "1024"},
    "small Windows": {
        "cpu": "512",
        "memory": "3072",
        "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"},
    },
}
"""Sizes that are not sold; a larger one that holds them is."""
FINE: dict[str, dict[str, Any]] = {
    "processes": {"pidMode": "task"},
    "scratch": {"container": {"linuxParameters": {"tmpfs": [{"containerPath": "/scratch", "size": 64}]}}},
    "disk": {"ephemeralStorage": {"sizeInGiB": 200}},
}
"""What older texts call impossible, and AWS takes."""


@dataclass(frozen=True)
class Job:
    """One program, as its card says."""

    name: str
    vcpu: float
    peak_mib: int
    disk_gib: int
    system: Literal["LINUX", "WINDOWS"]
    built_for: tuple[str, ...]

    @property
    def image(self) -> str:
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{self.name}:1"

    @property
    def card(self) -> dict[str, Any]:
        """What the learner is given."""
        return {**asdict(self), "built_for": list(self.built_for), "image": self.image}

    @property
    def size(self) -> tuple[int, int]:
        """CPU units and MiB of the cheapest size that holds it."""
        return cheapest(self.vcpu, self.peak_mib, windows=self.system == "WINDOWS")

    @property
    def storage(self) -> int | None:
        """GiB of ephemeral storage to ask for; None where what is included is enough."""
        return self.disk_gib if self.disk_gib > FREE_GIB else None


def cheapest(vcpu: float, mib: int, *, windows: bool = False) -> tuple[int, int]:
    """CPU units and MiB of the cheapest size that AWS sells with at least so much of both."""
    sold = (sizes.WINDOWS if windows else sizes.LINUX).value
    fitting = [(cpu, memory) for cpu in sold for memory in sold[cpu] if cpu >= vcpu * 1024 and memory >= mib]
    return min(fitting, key=lambda size: per_hour(*size, windows=windows))


def per_hour(
    cpu: int, memory: int, *, windows: bool = False, architecture: str = "X86_64", storage: int = 0
) -> Decimal:
    """USD of one task of this size in an hour."""
    used = TaskUsage(HOUR, cpu, memory, max(storage, FREE_GIB), architecture, windows)
    return price([used]).cost


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    small: Job
    """Linux; its draft is too small."""
    large: Job
    """Linux; its draft is much too large."""
    printer: Job
    """Windows; there is no draft."""
    render: Job
    """Linux; its draft has 200 GiB of disk."""
    never: dict[str, str]
    """Name of a wish that Fargate cannot grant -> which of NEVER."""
    mendable: dict[str, str]
    fine: dict[str, str]

    @property
    def jobs(self) -> tuple[Job, ...]:
        return (self.small, self.large, self.printer, self.render)

    @property
    def on_arm(self) -> Job:
        """Of the two Linux jobs of the first questions the one whose image is built for ARM64 as well."""
        return self.small if "ARM64" in self.small.built_for else self.large

    @property
    def on_x86(self) -> Job:
        return self.large if self.on_arm is self.small else self.small

    @property
    def wishes(self) -> dict[str, dict[str, Any]]:
        """Name -> the arguments of RegisterTaskDefinition that a colleague wants, in alphabetical order."""
        tables = ((self.never, NEVER), (self.mendable, MENDABLE), (self.fine, FINE))
        found = {name: _request(name, table[kind]) for wished, table in tables for name, kind in wished.items()}
        return dict(sorted(found.items()))


def _request(name: str, changes: dict[str, Any]) -> dict[str, Any]:
    given = dict(changes)
    container = {"name": "app", "image": "public.ecr.aws/docker/library/python:3.13-slim", **given.pop("container", {})}
    base = {
        "family": name,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1024",
        "memory": "2048",
        "containerDefinitions": [container],
    }
    return {**base, **given}


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    small, large, printer, render = random.sample(NAMES, 4)
    both, x86 = ("X86_64", "ARM64"), ("X86_64",)
    small_on_arm = random.choice((True, False))
    wishers = random.sample(WISHERS, 5)
    hosts = random.choice(("host path", "host network"))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        small=Job(
            small, random.choice((0.25, 0.5, 1)), random.choice((700, 1300, 1900, 2700, 3300, 5200)), 5, "LINUX",
            both if small_on_arm else x86,
        ),
        large=Job(
            large, random.choice((0.5, 1, 2)), random.choice((2500, 3500, 6100, 9000)), 8, "LINUX",
            x86 if small_on_arm else both,
        ),
        printer=Job(printer, random.choice((0.5, 1, 2, 4)), random.choice((900, 2600, 3700, 5800)), 10, "WINDOWS", x86),
        render=Job(
            render, random.choice((1, 2)), random.choice((1800, 3900)), random.choice((14, 20, 21, 45, 160)), "LINUX",
            x86,
        ),
        never={wishers[0]: "gpu", wishers[1]: "privileged", wishers[2]: hosts},
        mendable={wishers[3]: random.choice(tuple(MENDABLE))},
        fine={wishers[4]: random.choice(tuple(FINE))},
    )  # fmt: skip


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    names = {"small": plan.small, "large": plan.large, "printer": plan.printer, "render": plan.render}
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "role": f"arn:aws:iam::{ACCOUNT}:role/ferryline-execution",
        **{name: job.card for name, job in names.items()},
        "wishes": plan.wishes,
    }
