"""What each role is used for, and what it is never used for: requests that must be allowed, and that must not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import boto3

from autograder.checks.asking import asked
from autograder.checks.labs.two_roles.plan import Job, Plan

ANY = "*"


@dataclass(frozen=True)
class Ask:
    """One action on one thing."""

    action: str
    resource: str


@dataclass(frozen=True)
class Things:
    """The ARNs of what the lab is about, in one account and region."""

    plan: Plan
    account: str
    region: str

    def arn(self, service: str, rest: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"

    def role(self, name: str) -> str:
        return f"arn:aws:iam::{self.account}:role/{name}"

    def repository(self, service: str) -> str:
        return self.arn("ecr", f"repository/ferryline/{service}")

    def stream(self, service: str) -> str:
        return self.arn("logs", f"log-group:/ferryline/{service}:log-stream:app/app/0123456789abcdef0123456789abcdef")

    def stored(self, name: str) -> str:
        """ARN of a secret, by asking; of a parameter, by its name."""
        if self.plan.store == "parameter":
            return self.arn("ssm", f"parameter/{name}")
        client = boto3.client("secretsmanager")
        return str(asked(client.describe_secret, f"the secret {name}", SecretId=name)["ARN"])

    def object(self, key: str, bucket: str = "") -> str:
        return f"arn:aws:s3:::{bucket or self.plan.bucket}/{key}"

    @property
    def reading(self) -> str:
        """The action that reads the password."""
        return "ssm:GetParameters" if self.plan.store == "parameter" else "secretsmanager:GetSecretValue"


JOBS: dict[Job, tuple[str, ...]] = {
    "stores": ("s3:PutObject",),
    "reads": ("s3:GetObject",),
    "sends": ("sqs:SendMessage",),
    "takes": ("sqs:ReceiveMessage", "sqs:DeleteMessage"),
    "announces": ("sns:Publish",),
}


def messages_thing(things: Things, suffix: str = "") -> str:
    """The queue or topic that the program uses, or the neighbour whose name goes on with the suffix."""
    plan = things.plan
    service, name = ("sns", plan.topic) if plan.messages == "announces" else ("sqs", plan.queue)
    return things.arn(service, name + suffix)


def the_program_calls(things: Things, key: str = "2026/4711.pdf") -> Iterator[Ask]:
    """The calls that the program makes as the task role."""
    plan = things.plan
    yield from (Ask(action, things.object(f"{plan.prefix}/{key}")) for action in JOBS[plan.files])
    yield from (Ask(action, messages_thing(things)) for action in JOBS[plan.messages])


def never_by_execution(things: Things) -> Iterator[Ask]:
    """What the start of a task does not need, of the first kind: other services' things, and the program's own."""
    other = things.plan.sick[0]
    yield Ask(things.reading, things.stored(f"{other}-bookings"))
    yield Ask("ecr:BatchGetImage", things.repository(other))
    yield Ask("logs:CreateLogStream", things.stream(other))
    yield from the_program_calls(things)


def never_by_execution_either(things: Things) -> Iterator[Ask]:
    """Of the second kind: neighbours whose names begin alike, and other actions on the same things."""
    plan = things.plan
    mine = things.stored(plan.secret)
    yield Ask(things.reading, things.stored(f"{plan.secret}-old"))
    yield Ask("ecr:BatchGetImage", things.repository(f"{plan.service}-admin"))
    yield Ask("logs:CreateLogStream", things.stream(f"{plan.service}-audit"))
    yield Ask("ecr:PutImage", things.repository(plan.service))
    yield Ask("ecr:DeleteRepository", things.repository(plan.service))
    yield Ask("logs:DeleteLogGroup", things.arn("logs", f"log-group:/ferryline/{plan.service}"))
    yield Ask("ssm:PutParameter" if plan.store == "parameter" else "secretsmanager:PutSecretValue", mine)
    yield Ask("kms:ScheduleKeyDeletion", things.arn("kms", "key/00000000-0000-0000-0000-000000000000"))
    yield Ask("kms:Decrypt", things.arn("kms", "key/00000000-0000-0000-0000-000000000000"))
    yield Ask("iam:PassRole", things.role(plan.old_role))
    yield Ask("sts:AssumeRole", things.role(plan.old_role))


def never_by_task(things: Things) -> Iterator[Ask]:
    """What the program never does, of the first kind: other buckets and queues, and what belongs to the start."""
    plan = things.plan
    yield from (Ask(action, things.object("x/1.pdf", f"{plan.bucket}-accounts")) for action in JOBS[plan.files])
    yield from (Ask(action, things.object("contracts/1.pdf")) for action in JOBS[plan.files])
    yield from (Ask(action, messages_thing(things, "-dead")) for action in JOBS[plan.messages])
    yield Ask(things.reading, things.stored(plan.secret))
    yield Ask("ecr:BatchGetImage", things.repository(plan.service))


def never_by_task_either(things: Things) -> Iterator[Ask]:
    """Of the second kind: names that begin alike, and other actions on the same things."""
    plan = things.plan
    mine, other_way = f"{plan.prefix}/1.pdf", "s3:GetObject" if plan.files == "stores" else "s3:PutObject"
    yield from (Ask(action, things.object(f"{plan.prefix}-old/1.pdf")) for action in JOBS[plan.files])
    yield from (Ask(action, things.object(mine)) for action in (other_way, "s3:DeleteObject", "s3:PutObjectAcl"))
    yield from (Ask(action, f"arn:aws:s3:::{plan.bucket}") for action in ("s3:DeleteBucket", "s3:PutBucketPolicy"))
    queue, topic = things.arn("sqs", plan.queue), things.arn("sns", plan.topic)
    used = JOBS[plan.messages]
    more = [(f"sqs:{action}", queue) for action in ("PurgeQueue", "ReceiveMessage", "SendMessage")]
    more.append(("sns:Subscribe", topic))
    yield from (Ask(action, thing) for action, thing in more if action not in used)
    yield Ask("iam:PassRole", things.role(plan.old_role))
    yield Ask("sts:AssumeRole", things.role(plan.old_role))
    yield Ask("ecs:RunTask", ANY)
