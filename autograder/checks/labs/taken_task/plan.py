"""What differs from one learner's lab 16 to the next: names, ports, the program's calls, and what was left open."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

ACCOUNT, REGION = "123456789012", "us-east-1"
FRONT_PORT = 8080
PAYROLL_PORT = 8443
OUTSIDE = ("evil.example.com", 4444)
INSTANCE_KEYS = ("169.254.169.254", 80)
Wide = Literal["s3:* on everything", "s3:* on ferryline-*", "everything"]
"""What the task role may do as it was found."""
Job = Literal["stores", "reads", "stores and tells"]
"""What the program does with its folder."""
CALLS: dict[Job, tuple[str, ...]] = {
    "stores": ("s3:PutObject",),
    "reads": ("s3:GetObject", "s3:PutObject"),
    "stores and tells": ("s3:PutObject", "sqs:SendMessage"),
}


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    front: str
    database: str
    port: int
    """Of the database."""
    variable: str
    """In which the program finds its password."""
    folder: str
    wide: Wide
    job: Job
    payroll_bucket: str
    payroll_is_open: bool
    """Does the payroll service let in everybody in the VPC?"""
    way_out_is_open: bool
    """Do the front's tasks get out at every port? Else at 443 and the database's alone."""
    operator: str

    @property
    def bucket(self) -> str:
        return f"ferryline-{self.folder}"

    @property
    def queue(self) -> str:
        return f"{self.folder}-queue"

    @property
    def password(self) -> str:
        """The database's, as it stands in the definition."""
        return f"gull-{self.ticket[-3:]}-{self.port}"

    @property
    def roles(self) -> dict[str, str]:
        """Names of the front's two roles."""
        return {"execution": f"{self.front}-execution", "task": f"{self.front}-task"}

    def own(self, key: str = "2026/4711.pdf") -> str:
        """ARN of an object in the front's folder."""
        return f"arn:aws:s3:::{self.bucket}/{self.front}/{key}"

    @property
    def queue_arn(self) -> str:
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.queue}"

    def program(self, key: str = "2026/4711.pdf") -> list[tuple[str, str]]:
        """The calls of the front's program: action and resource."""
        return [(action, self.queue_arn if "sqs" in action else self.own(key)) for action in CALLS[self.job]]

    @property
    def targets(self) -> dict[str, list[Any]]:
        """What somebody inside a front's task may try: a call and its resource, or a host and its port."""
        return {
            "payroll file": ["s3:GetObject", f"arn:aws:s3:::{self.payroll_bucket}/november.csv"],
            "payroll secret": ["secretsmanager:GetSecretValue", "payroll-login"],
            "all images": ["ecr:GetAuthorizationToken", "*"],
            "database": [self.database, self.port],
            "payroll service": ["payroll", PAYROLL_PORT],
            "outside": list(OUTSIDE),
            "instance keys": list(INSTANCE_KEYS),
        }

    @property
    def reached(self) -> dict[str, bool]:
        """Which of them work as it was found."""
        in_reach = self.wide != "s3:* on ferryline-*" or self.payroll_bucket.startswith("ferryline-")
        return {
            "payroll file": in_reach,
            "payroll secret": self.wide == "everything",
            "all images": self.wide == "everything",
            "database": True,
            "payroll service": self.payroll_is_open and self.way_out_is_open,
            "outside": self.way_out_is_open,
            "instance keys": False,
        }


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast")),
        front=random.choice(("receipts", "checkin", "refunds", "luggage")),
        database=random.choice(("bookings", "ledger", "customers")),
        port=random.choice((5432, 3306, 6379)),
        variable=random.choice(("DATABASE_PASSWORD", "BOOKINGS_PASSWORD", "DB_SECRET")),
        folder=random.choice(("papers", "documents", "scans")),
        wide=random.choice(("s3:* on everything", "s3:* on ferryline-*", "everything")),
        job=random.choice(("stores", "reads", "stores and tells")),
        payroll_bucket=random.choice(("ferryline-payroll", "northern-payroll")),
        payroll_is_open=random.random() < 0.6,
        way_out_is_open=random.random() < 0.6,
        operator=random.choice(("jon", "ida", "noor", "per")),
    )


def make_variant(random: Random) -> dict[str, Any]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "front": plan.front,
        "database": plan.database,
        "port": plan.port,
        "variable": plan.variable,
        "program": [list(each) for each in plan.program()],
        "folder": f"{plan.bucket}/{plan.front}/",
        "targets": plan.targets,
        "operator": plan.operator,
    }
