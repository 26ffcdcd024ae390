"""What differs from one learner's lab 14 to the next: what cannot be on Fargate and why, labels, sizes, prices."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
OVERHEAD_MIB = 256
"""What Fargate adds to each pod for Kubernetes itself (R-273)."""
AGENT_MIB, AGENT_CPU = 100, 50
SOLD_MIB = (512, 1024, 2048, 3072, 4096)
"""Memory that is sold up to half a vCPU; from 1024 on with half a vCPU, up to 2048 with a quarter."""
Near = Literal["privileged", "host network", "host port"]
"""Why the workload beside the web cannot be on Fargate."""
Far = Literal["gpu", "arm64"]
"""Why the workload in the other namespace cannot."""
CAUSES = ("arm64", "daemonset", "gpu", "host network", "host port", "privileged")
MACHINE_HOURS = {
    "t3.medium": 0.0416,
    "t3.large": 0.0832,
    "m5.large": 0.096,
    "m5.xlarge": 0.192,
    "m6g.large": 0.077,
    "m6g.xlarge": 0.154,
    "g4dn.xlarge": 0.526,
}
"""US dollars an hour."""
VCPU_HOUR, GB_HOUR = 0.0404784, 0.004446
"""Of Fargate on x86."""
MONTH_HOURS = 730
ROUNDING = 1.02


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    space: str
    """The namespace with the web."""
    far_space: str
    label: tuple[str, str]
    """Label and value that the passengers' workloads have."""
    crew: str
    """The other value of that label."""
    near: str
    near_cause: Near
    near_is_beside: bool
    """Is it in the namespace of the web? Then a profile must choose by label."""
    far: str
    far_cause: Far
    far_is_big: bool
    zones: tuple[str, str]
    web: int
    api: int
    needs: dict[str, int]
    """Program -> MiB that it needs."""
    fit: int
    """Pods of the web that one more node holds."""
    other_node: str
    """The type of these nodes."""

    @property
    def near_space(self) -> str:
        return self.space if self.near_is_beside else self.far_space

    @property
    def causes(self) -> dict[str, str]:
        """Workload -> why it cannot be on Fargate."""
        return {self.near: self.near_cause, self.far: self.far_cause, "agent": "daemonset"}

    @property
    def counts(self) -> dict[str, int]:
        """Deployments that Fargate takes -> pods."""
        return {"web": self.web, "api": self.api}

    @property
    def node(self) -> str:
        """The cheapest type that holds what cannot be on Fargate."""
        if self.far_cause == "gpu":
            return "g4dn.xlarge"
        return "m6g.xlarge" if self.far_is_big else "m6g.large"

    @property
    def far_memory(self) -> int:
        """MiB that the workload of the other namespace asks for."""
        return 10 * 1024 if self.far_is_big else 3 * 1024

    def size(self, name: str) -> tuple[int, int]:
        """CPU units and MiB at which a pod of this Deployment is sold, with its agent."""
        memory = self.needs[name] + AGENT_MIB + OVERHEAD_MIB
        return 256, next(sold for sold in SOLD_MIB if sold >= memory)

    @property
    def images(self) -> dict[str, str]:
        """Workload -> reference of its image."""
        base = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/northern"
        return {name: f"{base}/{name}:1" for name in ("web", "api", "night", "agent", self.near, self.far)}

    @property
    def roles(self) -> dict[str, str]:
        """For the pods of a profile, and for nodes."""
        return {name: f"arn:aws:iam::{ACCOUNT}:role/northern-{name}" for name in ("pods", "nodes")}

    @property
    def node_budget(self) -> float:
        """US dollars an hour that nodes may cost."""
        return round(MACHINE_HOURS[self.node] * ROUNDING, 4)

    @property
    def month_budget(self) -> float:
        """US dollars a month that pods and nodes may cost."""
        pods = sum(count * pod_hour(*self.size(name)) for name, count in self.counts.items())
        return round((pods + MACHINE_HOURS[self.node]) * MONTH_HOURS * ROUNDING, 2)


def pod_hour(cpu: int, memory: int) -> float:
    """US dollars an hour of a pod on Fargate of this size."""
    return cpu / 1024 * VCPU_HOUR + memory / 1024 * GB_HOUR


def nodes_for(pods: int, fit: int) -> int:
    """Nodes for so many pods: two at least, one in each zone."""
    return max(2, math.ceil(pods / fit))


def turn(an_hour: float, node_hour: float, fit: int) -> int:
    """The smallest number of pods of this price for which nodes are cheaper; 0 for none up to ten thousand."""
    return next((n for n in range(1, 10_000) if nodes_for(n, fit) * node_hour < n * an_hour), 0)


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    label, passengers, crew = random.choice(
        (
            ("lane", "passengers", "crew"),
            ("side", "front", "back"),
            ("audience", "public", "staff"),
            ("deck", "upper", "lower"),
        )
    )
    small, large = 8 * random.randint(66, 82), 8 * random.randint(100, 205)
    web_is_small = random.random() < 0.5
    far_cause: Far = random.choice(("gpu", "arm64", "arm64"))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("northern", "north-sea", "aurora", "polar")),
        space=random.choice(("booking", "fares", "sales")),
        far_space=random.choice(("vision", "weather", "charts")),
        label=(label, passengers),
        crew=crew,
        near=random.choice(("gate", "relay", "scanner")),
        near_cause=random.choice(("privileged", "host network", "host port")),
        near_is_beside=random.random() < 0.7,
        far=random.choice(("model", "forecast", "counter")),
        far_cause=far_cause,
        far_is_big=far_cause == "arm64" and random.random() < 0.5,
        zones=random.choice((("us-east-1a", "us-east-1b"), ("us-east-1b", "us-east-1c"), ("us-east-1a", "us-east-1d"))),
        web=random.choice((3, 4, 12, 15)),
        api=2,
        needs={"web": small if web_is_small else large, "api": large if web_is_small else small},
        fit=8 if web_is_small else 6,
        other_node=random.choice(("t3.large", "m5.large")),
    )


def make_variant(random: Random) -> dict[str, Any]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "roles": plan.roles,
        "agent": {"image": plan.images["agent"], "memory": AGENT_MIB, "cpu": AGENT_CPU},
        "needs": plan.needs,
        "prices": {"vcpu": VCPU_HOUR, "gb": GB_HOUR, **MACHINE_HOURS},
        "node_budget": plan.node_budget,
        "month_budget": plan.month_budget,
        "other_node": plan.other_node,
        "fit": plan.fit,
    }
