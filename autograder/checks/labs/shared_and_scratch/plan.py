"""What differs from one learner's lab 06 to the next: zones, paths, sizes, the file system's door, the cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
Door = Literal["closed", "wrong port", "wide", "wrong group"]
"""The group of the mount target: lets nothing in; another port; everybody at 2049; another group at 2049."""
Kind = Literal["EFS", "EBS", "ephemeral storage", "not on Fargate"]
OPTIONS: tuple[Kind, ...] = ("EFS", "EBS", "ephemeral storage", "not on Fargate")

FACES: tuple[tuple[tuple[str, Kind], tuple[str, Kind]], ...] = (
    (
        ("ECS: tasks in two zones read and write the passengers' photographs; the files outlive every task.", "EFS"),
        ("ECS: each task unpacks 60 GiB of charts for itself; nobody needs them once it ends.", "ephemeral storage"),
    ),
    (
        ("ECS: a task sorts 150 GiB of its own, and throws them away when it is done.", "ephemeral storage"),
        ("ECS: a task sorts 700 GiB of its own, and throws them away when it is done.", "EBS"),
    ),
    (
        ("EKS on Fargate: pods in two zones share the pilots' documents.", "EFS"),
        ("EKS on Fargate: a StatefulSet with a gp3 volume for each of its pods.", "not on Fargate"),
    ),
    (
        ("ECS: a task writes 30 GiB; the task that replaces it must find them as they were.", "EFS"),
        ("ECS: each task has two EBS volumes, one for data and one for its journal.", "not on Fargate"),
    ),
    (
        ("ECS: three tasks have one and the same gp3 volume attached, all at once.", "not on Fargate"),
        ("ECS: each task begins with 400 GiB out of one snapshot, and changes its own copy.", "EBS"),
    ),
)
"""Each case is told in one of two ways, which take another answer."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    count: int
    path: str
    """Where the program looks for the shared files."""
    zones: tuple[str, str]
    stands: int
    """In which of the two the mount target stands."""
    door: Door
    sorter: str
    sorters: int
    scratch: str
    """Where the sorter looks for its disk."""
    size: int
    """GiB of that disk."""
    cases: Mapping[str, tuple[str, Kind]]
    pods: str
    """The EKS cluster in which a colleague has tried one more."""

    def image(self, name: str) -> str:
        return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/ferryline/{name}:1"


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    zones = sorted(random.sample(("us-east-1a", "us-east-1b", "us-east-1c"), 2))
    faces = random.sample([random.choice(each) for each in FACES], len(FACES))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("photographs", "charts", "menus", "posters")),
        count=random.choice((2, 4)),
        path=random.choice(("/shared", "/srv/files", "/data", "/var/pictures")),
        zones=(zones[0], zones[1]),
        stands=random.randrange(2),
        door=random.choice(("closed", "wrong port", "wide", "wrong group")),
        sorter=random.choice(("sorter", "merger", "packer")),
        sorters=random.choice((2, 3)),
        scratch=random.choice(("/scratch", "/spool", "/tmp/sort")),
        size=random.choice((40, 60, 90, 250)),
        cases={f"s{number}": face for number, face in enumerate(faces, 1)},
        pods=random.choice(("pilots", "lighthouses", "buoys")),
    )


def make_variant(random: Random) -> dict[str, Any]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "count": plan.count,
        "path": plan.path,
        "zones": list(plan.zones),
        "files": f"ferryline-{plan.service}",
        "image": plan.image(plan.service),
        "role": f"arn:aws:iam::{ACCOUNT}:role/ferryline-execution",
        "task_role": f"arn:aws:iam::{ACCOUNT}:role/{plan.service}-task",
        "sorter": plan.sorter,
        "sorters": plan.sorters,
        "scratch": plan.scratch,
        "size": plan.size,
        "sorter_image": plan.image(plan.sorter),
        "cases": {name: told for name, (told, _) in plan.cases.items()},
        "options": list(OPTIONS),
        "pods": plan.pods,
    }
