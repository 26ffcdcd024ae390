"""What differs from one learner's lab 05 to the next: names, where passwords lie open, why four do not start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

Cause = Literal["permission", "key", "way", "name"]
CAUSES: Mapping[Cause, str] = {
    "permission": "the role that reads the secret or parameter may not read it",
    "key": "the role may read the secret, but may not use the KMS key that it is encrypted with",
    "way": "there is no way from the task's network to the store",
    "name": "what the definition names is not there: no such secret, or no such key in its JSON",
}
Denial = Literal["nobody", "task role", "singular"]
"""Nobody was given the permission; the task role was; or the execution role has ssm:GetParameter, without the s."""
Misnamed = Literal["json key", "remade"]
"""A key that the JSON has not; or the ARN of a secret that was deleted and made anew under the same name."""

SERVICES = ("receipts", "boarding", "freight", "parking", "refunds", "vouchers", "cabins", "luggage", "pilots", "buoys")
FAMILIES = ("ledger", "mailer", "parcels", "roster", "statistics")
BIRDS = (
    "seagull",
    "puffin",
    "tern",
    "heron",
    "gannet",
    "petrel",
    "eider",
    "fulmar",
    "skua",
    "curlew",
    "dunlin",
    "knot",
)

OPEN: Mapping[str, tuple[str, str]] = {
    "ledger": ("DATABASE_URL", "postgres://ledger:{password}@books.ferryline.example:5432/ledger"),
    "mailer": ("SMTP_PASSWORD", "{password}"),
    "parcels": ("CARRIER_TOKEN", "{password}"),
    "roster": ("ROSTER_API_KEY", "{password}"),
    "statistics": ("CACHE_URL", "redis://:{password}@cache.ferryline.example:6379/0"),
}
"""By family: a variable that holds a credential, and its value."""
HARMLESS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ledger": (("DATABASE_URL", "postgres://books.ferryline.example:5432/ledger"), ("PASSWORD_LENGTH", "24")),
    "mailer": (("SMTP_PASSWORD_FILE", "/run/smtp"), ("SENDER_URL", "mailto:crew@ferryline.example")),
    "parcels": (("TOKEN_URL", "https://login.ferryline.example/token"), ("TOKEN_SECONDS", "3600")),
    "roster": (("SECRET_NAME", "ferryline/roster"), ("API_KEYS_ALLOWED", "false")),
    "statistics": (("CACHE_URL", "redis://cache.ferryline.example:6379/0"), ("PASSWORDLESS", "true")),
}
"""By family: what only looks like one."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    variable: str
    count: int
    follows: str
    """A service that reads the same secret, in the usual way."""
    pinned: str
    """A service that reads one version of it, for ever."""
    stranger: str
    """A service that reads another secret, whose name begins alike."""
    causes: Mapping[str, Cause]
    """Service that does not start -> why."""
    denial: Denial
    misnamed: Misnamed
    has_key: bool
    """Is the secret under a customer managed key?"""
    keys: tuple[str, str, str]
    """The keys of its JSON."""
    right: int
    """Which of them holds the password that the service uses."""
    guilty: tuple[str, str]
    """Families that hold a credential in the open."""
    innocent: tuple[str, str]
    passwords: tuple[str, ...]
    """Twelve different ones."""

    @property
    def secret(self) -> str:
        return f"ferryline/{self.service}-{self.ticket[3:]}"

    @property
    def key(self) -> str:
        """The JSON key of the service's password."""
        return self.keys[self.right]

    @property
    def value(self) -> dict[str, str]:
        """What the secret holds when the lab begins."""
        return dict(zip(self.keys, self.passwords[:3], strict=True))

    @property
    def old_password(self) -> str:
        """What the service's first revision holds."""
        return self.passwords[3]

    @property
    def users(self) -> tuple[str, str, str]:
        """The services that use the secret: yours first."""
        return self.service, self.follows, self.pinned

    @property
    def others(self) -> list[str]:
        return sorted((self.follows, self.pinned, self.stranger))

    @property
    def sick(self) -> list[str]:
        return sorted(self.causes)

    @property
    def open(self) -> set[tuple[str, str]]:
        """(revision, variable) of each credential in the open."""
        own = {(f"{self.service}:1", self.variable), (f"{self.service}:2", self.variable)}
        return own | {(f"{family}:1", OPEN[family][0]) for family in self.guilty}

    @property
    def credentials(self) -> list[str]:
        """What stood in the open somewhere."""
        return [self.value[self.key], self.old_password, *(self.password_of(family) for family in self.guilty)]

    def password_of(self, family: str) -> str:
        """The credential in a family's definition."""
        return self.passwords[4 + self.guilty.index(family)]

    def sick_with(self, cause: Cause) -> str:
        """The service that does not start for this cause."""
        return next(service for service, why in self.causes.items() if why == cause)

    def sick_password(self, service: str) -> str:
        """What its program is to find."""
        return self.passwords[6 + self.sick.index(service)]


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    names = random.sample(SERVICES, 8)
    families = random.sample(FAMILIES, 4)
    causes: list[Cause] = random.sample(list(CAUSES), 4)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=names[0],
        variable=random.choice(("BOOKINGS_PASSWORD", "DATABASE_PASSWORD", "STORE_PASSWORD")),
        count=random.choice((2, 3)),
        follows=names[1],
        pinned=names[2],
        stranger=names[3],
        causes=dict(zip(sorted(names[4:]), causes, strict=True)),
        denial=random.choice(("nobody", "task role", "singular")),
        misnamed=random.choice(("json key", "remade")),
        has_key=random.choice((True, False)),
        keys=tuple(random.sample(("owner", "writer", "reader", "reports", "support"), 3)),  # type: ignore[arg-type]
        right=random.randrange(3),
        guilty=(families[0], families[1]),
        innocent=(families[2], families[3]),
        passwords=tuple(f"{bird}-{random.randrange(1000, 10_000)}" for bird in random.sample(BIRDS, 12)),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told. What is wrong is theirs to find: the ticket stands for it."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "variable": plan.variable,
        "secret": plan.secret,
        "others": plan.others,
        "sick": plan.sick,
        "causes": dict(CAUSES),
    }
