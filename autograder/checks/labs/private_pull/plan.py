"""What differs from one learner's lab 03 to the next: names, address blocks, and what the colleague left half done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Literal

InterfaceState = Literal["missing", "no-dns", "ready"]
"""An interface endpoint: there is none; private DNS is off; it is as it should be, but for the security group."""
Tables = Literal["own", "shared", "main"]
"""Route tables of the private subnets: one each, one for both, or none of their own (the VPC's main table decides)."""
GatewayState = Literal["missing", "public-table", "one-table"]
"""The gateway endpoint for S3: there is none; it is in the public subnet's table; in that of the first private one."""
Door = Literal["right", "public", "wide"]
"""Who may come in at the endpoints' security group: the private subnets at 443; the public one at 443; everybody."""
Egress = Literal["open", "inside"]
"""Where the tasks' security group lets them go: anywhere, or to the VPC's own addresses at 443 only."""


@dataclass(frozen=True)
class Faults:
    """What the colleague left behind."""

    tables: Tables
    api: InterfaceState
    dkr: InterfaceState
    s3: GatewayState
    logs: InterfaceState
    door: Door
    egress: Egress
    extra: str
    """An interface endpoint that no task needs: `ecs`, `ecs-agent`, `ecs-telemetry`, or `s3` (the wrong kind)."""

    @property
    def opens(self) -> bool:
        """Does the endpoints' security group let the tasks in?"""
        return self.door != "public"

    @property
    def shut(self) -> tuple[str, ...]:
        """The keys that a task cannot reach when the lab begins, in the order in which it asks for them."""
        interfaces = {"ecr.api": self.api, "ecr.dkr": self.dkr}
        return (*(key for key, state in interfaces.items() if state != "ready" or not self.opens), "s3")

    @property
    def first_answer_is_inside(self) -> bool:
        """Has the name of the first shut key an address of the VPC, so that only the security group is in the way?"""
        return (self.api if self.shut[0] == "ecr.api" else self.dkr) == "ready"


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    count: int
    port: int
    vpc: str
    private: tuple[str, str]
    public: str
    faults: Faults

    @property
    def repository(self) -> str:
        return f"ferryline/{self.service}"

    @property
    def log_group(self) -> str:
        return f"/ferryline/{self.service}"


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    second = random.randrange(10, 240)
    blocks = [f"10.{second}.{third}.0/24" for third in random.sample(range(8, 200, 8), 3)]
    first_failure = random.choice(list(POSSIBLE))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=random.choice(("crew", "roster", "berths", "freight", "moorings", "ledger")),
        count=random.choice((2, 3)),
        port=random.choice((8000, 8080, 8081, 9000)),
        vpc=f"10.{second}.0.0/16",
        private=(blocks[0], blocks[1]),
        public=blocks[2],
        faults=random.choice(POSSIBLE[first_failure]),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told. The faults are theirs to find: the ticket stands for them."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {"ticket": plan.ticket, "cluster": plan.cluster, "service": plan.service, "count": plan.count}


def _possible() -> Iterator[Faults]:
    """Every set of faults that makes a lab: something half done, and at least two keys to open."""
    interface: tuple[InterfaceState, ...] = ("missing", "no-dns", "ready")
    tables: tuple[Tables, ...] = ("own", "shared", "main")
    gateway: tuple[GatewayState, ...] = ("missing", "public-table", "one-table")
    doors: tuple[Door, ...] = ("right", "public", "wide")
    egress: tuple[Egress, ...] = ("open", "inside")
    extra = ("ecs", "ecs-agent", "ecs-telemetry", "s3")
    for drawn in product(tables, interface, interface, gateway, interface, doors, egress, extra):
        faults = Faults(*drawn)
        started = "ready" in (faults.api, faults.dkr) or "no-dns" in (faults.api, faults.dkr)
        shut_logs = faults.logs != "ready" or not faults.opens
        split = faults.s3 != "one-table" or faults.tables == "own"
        if started and shut_logs and split and len(faults.shut) >= 2:
            yield faults


def _by_first_failure() -> dict[tuple[str, bool], tuple[Faults, ...]]:
    """The sets of faults by what the learner sees first, so that each first failure is as frequent as the others."""
    groups: dict[tuple[str, bool], list[Faults]] = {}
    for faults in _possible():
        groups.setdefault((faults.shut[0], faults.first_answer_is_inside), []).append(faults)
    return {first: tuple(members) for first, members in groups.items()}


POSSIBLE = _by_first_failure()
"""In a fixed order, so that a ticket means the same for ever; a change here is a new version of the lab."""
