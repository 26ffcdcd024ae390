"""What differs from one learner's lab 01 to the next: names, sizes, the faces of the cases, the manifest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from autograder.checks.labs.which_compute.cases import OPTIONS, Case, cases_of
from simcloud.choose.calls import Calls
from simcloud.choose.workload import Size, fitting

MANIFEST = """\
apiVersion: v1
kind: Namespace
metadata: {{name: {space}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {space}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}, {label}: {value}}}}}
    spec:
      containers:
        - name: {name}
          image: {image}
          env: [{{name: HARBOUR, value: {harbour}}}]
          resources: {{requests: {{cpu: {milli}m, memory: {memory}Mi}}}}
"""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    services: tuple[str, str]
    """By launch type; by capacity provider."""
    counts: tuple[int, int]
    cpu: int
    """CPU units that the program needs."""
    memory: int
    """MiB that it needs."""
    cases: tuple[Case, ...]
    functions: Mapping[str, Calls]
    northern: str
    """The EKS cluster."""
    name: str
    """Of the Deployment."""
    space: str
    label: tuple[str, str]
    """Which pods of the namespace go to Fargate."""
    replicas: int
    milli: int
    """Thousandths of a vCPU that a pod asks for."""
    pod_memory: int
    harbour: str

    @property
    def size(self) -> Size:
        """The smallest size on sale that holds the program."""
        found = fitting(self.cpu, self.memory)
        assert found is not None
        return found

    @property
    def pod_size(self) -> Size:
        """The smallest size on sale that holds what a pod asks for."""
        found = fitting(math.ceil(self.milli * 1024 / 1000), self.pod_memory)
        assert found is not None
        return found

    @property
    def image(self) -> str:
        return f"123456789012.dkr.ecr.us-east-1.amazonaws.com/northern/{self.name}:3.2"

    @property
    def manifest(self) -> str:
        """The Deployment, as the Northern Line hands it over."""
        key, value = self.label
        return MANIFEST.format(
            space=self.space,
            name=self.name,
            replicas=self.replicas,
            label=key,
            value=value,
            image=self.image,
            harbour=self.harbour,
            milli=self.milli,
            memory=self.pod_memory,
        )


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    names = random.sample(("tickets", "timetable", "fares", "checkin", "luggage", "cabins"), 2)
    labels = (("line", "north"), ("compute", "fargate"), ("served", "alone"), ("room", "own"))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        services=(names[0], names[1]),
        counts=(random.choice((2, 3)), random.choice((4, 6))),
        cpu=random.choice((200, 300, 700)),
        memory=random.choice((900, 1800, 2500, 3500)),
        cases=cases_of(random),
        functions={
            name: Calls(
                random.choice((200_000, 40_000_000)),
                Decimal(random.choice(("0.1", "0.2", "0.3"))),
                memory=random.choice((512, 1024, 2048)),
            )
            for name in ("fines", "badges", "notices")
        },
        northern=random.choice(("northern", "skerries", "lighthouse")),
        name=random.choice(("booking", "pilots", "buoys", "moorings")),
        space=random.choice(("passengers", "crew", "quay")),
        label=random.choice(labels),
        replicas=random.choice((2, 3)),
        milli=random.choice((200, 300, 600)),
        pod_memory=random.choice((700, 1100, 1700)),
        harbour=random.choice(("hamnavoe", "ullsay", "mirkness")),
    )


def make_variant(random: Random) -> dict[str, Any]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "services": list(plan.services),
        "counts": list(plan.counts),
        "needs": {"cpu": plan.cpu, "memory": plan.memory},
        "image": f"123456789012.dkr.ecr.us-east-1.amazonaws.com/ferryline/{plan.cluster}:1",
        "role": "arn:aws:iam::123456789012:role/ferryline-execution",
        "cases": {case.id: case.told for case in plan.cases},
        "options": list(OPTIONS),
        "functions": {
            name: {"a_month": calls.a_month, "seconds": float(calls.seconds), "memory": calls.memory}
            for name, calls in plan.functions.items()
        },
        "northern": plan.northern,
        "pod_role": "arn:aws:iam::123456789012:role/northern-pods",
        "manifest": plan.manifest,
        "on_fargate": dict([plan.label]),
    }
