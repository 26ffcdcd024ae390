"""What differs from one learner's lab 15 to the next: names, addresses, and which six causes were planted."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from autograder.checks.labs.incidents.causes import BY_KEY, CAUSES, Cause, of_kind

SERVICES = ("anchor", "bosun", "cleat", "davit", "fender", "galley", "halyard", "jetty", "keel", "lantern", "mizzen")
ACCOUNT, REGION = "123456789012", "us-east-1"


@dataclass(frozen=True)
class Planted:
    """One service and what is wrong with it."""

    service: str
    key: str
    block: str
    """Its VPC's address block, where it has a VPC of its own."""
    slow: int
    """Seconds until its program answers."""
    port: int
    path: str
    """Where the program answers health checks."""

    @property
    def cause(self) -> Cause:
        return BY_KEY[self.key]

    @property
    def is_private(self) -> bool:
        """Has it a VPC of its own, without a way to the internet?"""
        return self.cause.kind == "way" and self.key != "way-no-public-ip"

    @property
    def group(self) -> str:
        """Its log group."""
        return f"/ferryline/{self.service}"

    @property
    def secret(self) -> str:
        return f"{self.service}-db"

    @property
    def password(self) -> str:
        """What stands in the secret under `password`."""
        return f"{self.service}-{self.port}-{self.slow}"

    @property
    def repository(self) -> str:
        return f"ferryline/{self.service}"

    @property
    def execution(self) -> str:
        return f"{self.service}-execution"

    @property
    def task_role(self) -> str:
        return f"{self.service}-task"


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    bucket: str
    planted: tuple[Planted, ...]

    def of(self, *kinds: str) -> list[Planted]:
        """Those that are ill in one of these manners, by name of the service."""
        return [one for one in self.planted if one.cause.kind in kinds]


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process. A ticket can name its causes: `FL-7:way-1,role-2`."""
    random = Random(ticket)
    ways = random.sample(of_kind("way"), 2)
    drawn = [*ways, *(random.choice(of_kind(kind)) for kind in ("role", "thing", "program", "front"))]
    keys = [cause.key for cause in drawn]
    random.shuffle(keys)
    if ":" in ticket:
        keys = ticket.split(":")[1].split(",")
    names = sorted(random.sample(SERVICES, len(keys)))
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        bucket=f"ferryline-manifests-{ticket.split(':')[0][3:].lower()}",
        planted=tuple(
            Planted(
                name,
                key,
                block=f"10.{random.randrange(10, 240)}.0.0/16",
                slow=random.choice((180, 200, 220)),
                port=random.choice((8000, 8080, 9000)),
                path=random.choice(("/health", "/ready", "/status", "/alive")),
            )
            for name, key in zip(names, keys, strict=True)
        ),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told. What is wrong is theirs to find: the ticket stands for it."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "services": [one.service for one in plan.planted],
        "private": [one.service for one in plan.planted if one.is_private],
        "bucket": plan.bucket,
        "causes": {cause.key: cause.sentence for cause in CAUSES},
    }
