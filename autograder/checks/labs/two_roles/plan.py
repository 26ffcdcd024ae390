"""What differs from one learner's lab 04 to the next: names, what the program does, where its password is."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Store = Literal["secret", "secret with a key", "parameter"]
"""Where the password is: in Secrets Manager, there under a key of the account's own, or in the Parameter Store."""
Job = Literal["stores", "reads", "sends", "takes", "announces"]
AtStart = Literal["token", "image", "secret", "parameter", "log"]
"""What the execution role of the service that does not start lacks."""
InApp = Literal["s3:PutObject", "sqs:SendMessage", "sns:Publish"]
"""What the task role of the service that does nothing lacks."""

SERVICES = ("receipts", "boarding", "freight", "parking", "refunds", "vouchers")
ROLES = ("auk", "tern", "gull", "puffin", "heron", "skua", "eider", "fulmar", "gannet", "petrel")
"""Names that do not tell which role is which."""


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    service: str
    count: int
    files: Job
    """`stores` or `reads`: what the program does with the bucket."""
    messages: Job
    """`sends`, `takes` or `announces`."""
    store: Store
    prefix: str
    sick: tuple[str, str]
    """Two more services, in alphabetical order."""
    at_start: AtStart
    in_app: InApp
    first_fails_at_start: bool
    """Is it the first of the two that does not start? Else it is the second."""
    roles: tuple[str, str, str, str, str]
    """The old role of the service; execution and task role of the one that does not start, then of the other."""
    deployer: str

    @property
    def at_start_service(self) -> str:
        return self.sick[0] if self.first_fails_at_start else self.sick[1]

    @property
    def in_app_service(self) -> str:
        return self.sick[1] if self.first_fails_at_start else self.sick[0]

    @property
    def old_role(self) -> str:
        return self.roles[0]

    @property
    def bucket(self) -> str:
        return f"ferryline-{self.service}-{self.ticket[3:].lower()}"

    @property
    def queue(self) -> str:
        return f"{self.service}-work"

    @property
    def topic(self) -> str:
        return f"{self.service}-news"

    @property
    def secret(self) -> str:
        """The name of the secret or parameter; a parameter's begins with no slash."""
        return f"{self.service}-bookings"

    @property
    def program(self) -> list[str]:
        """What the program does, in sentences."""
        where = f"below {self.prefix}/ in the bucket {self.bucket}"
        said = {
            "stores": f"stores each document as a new object {where}; it reads and lists none",
            "reads": f"reads documents {where}; it stores and lists none",
            "sends": f"sends a message for each into the queue {self.queue}",
            "takes": f"receives messages from the queue {self.queue} and deletes those that are done",
            "announces": f"publishes a message about each to the topic {self.topic}",
        }
        return [said[self.files], said[self.messages]]


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    names = random.sample(SERVICES, 3)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast", "mainland")),
        service=names[0],
        count=random.choice((1, 2)),
        files=random.choice(("stores", "reads")),
        messages=random.choice(("sends", "takes", "announces")),
        store=random.choice(("secret", "secret with a key", "parameter")),
        prefix=random.choice(("documents", "papers", "slips", "pages")),
        sick=(min(names[1:]), max(names[1:])),
        at_start=random.choice(("token", "image", "secret", "parameter", "log")),
        in_app=random.choice(("s3:PutObject", "sqs:SendMessage", "sns:Publish")),
        first_fails_at_start=random.choice((True, False)),
        roles=tuple(random.sample(ROLES, 5)),  # type: ignore[arg-type]
        deployer=random.choice(("jon", "ines", "tove", "radu")),
    )


def make_variant(random: Random) -> dict[str, object]:
    """What the learner is told. What is wrong is theirs to find: the ticket stands for it."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "service": plan.service,
        "program": plan.program,
        "sick": list(plan.sick),
        "deployer": plan.deployer,
    }
