"""Try two roles: choose which role holds which permission, and see what a task's start and its code may then do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcloud.facts.managed_policies import MANAGED_POLICIES
from simcloud.reason.iam import Policies, decide
from simcloud.reason.policy import Policy, Request
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

ACCOUNT = "123456789012"
EXECUTION, TASK = "execution role", "task role"
PRINCIPALS = {role: f"arn:aws:iam::{ACCOUNT}:role/receipts-{role.split()[0]}" for role in (EXECUTION, TASK)}
NOBODY, BOTH = "neither role", "both roles"
HOLDERS = (NOBODY, EXECUTION, TASK, BOTH)
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"

IMAGE = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/receipts"
LOG = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/ferryline/receipts:log-stream:*"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:bookings-a1b2c3"
BUCKET = "arn:aws:s3:::ferryline-receipts"


@dataclass(frozen=True)
class Step:
    """Something that is done in the life of a task: by which of the two roles, and which action on what it takes."""

    does: str
    role: str
    action: str
    resource: str


STEPS = (
    Step("gets a token for the registry", EXECUTION, "ecr:GetAuthorizationToken", "*"),
    Step("gets the image", EXECUTION, "ecr:BatchGetImage", IMAGE),
    Step("reads the secret for the environment", EXECUTION, "secretsmanager:GetSecretValue", SECRET),
    Step("opens the log stream", EXECUTION, "logs:CreateLogStream", LOG),
    Step("your code writes a receipt", TASK, "s3:PutObject", f"{BUCKET}/4711.pdf"),
    Step("your code reads the secret again", TASK, "secretsmanager:GetSecretValue", SECRET),
)


def try_roles() -> Explorer:
    """The explorer of the lesson on roles."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "managed": Choice("AmazonECSTaskExecutionRolePolicy is attached to", HOLDERS),
        "secret": Choice("secretsmanager:GetSecretValue on the secret is allowed to", HOLDERS),
        "bucket": Choice("s3:PutObject on the bucket is allowed to", HOLDERS),
    }
    return explorer("Which role is asked, and what does it answer?", controls, verdict)


def verdict(managed: str, secret: str, bucket: str) -> Table:
    """Each step with the role that is asked for it, and IAM's answer. Each argument is one of HOLDERS."""
    rows = []
    failed: Step | None = None
    for step in STEPS:
        if failed is not None and failed.role == EXECUTION:
            rows.append((step.does, step.role, step.action, "not reached", ""))
            continue
        policies = Policies(identity=_policies(step.role, managed, secret, bucket))
        answer = decide(Request(step.action, step.resource, principal=PRINCIPALS[step.role]), policies)
        rows.append((step.does, step.role, step.action, "allowed" if answer.allowed else "denied", answer.because))
        if not answer.allowed:
            failed = failed or step
    headings = ("step", "who is asked", "action", "answer", "in AWS's words")
    return Table("The life of a task, step by step", headings, tuple(rows), _closing(failed))


def _closing(failed: Step | None) -> str:
    if failed is None:
        return "The task starts, and its code does its work."
    if failed.role == EXECUTION:
        return "The task never starts: TaskFailedToStart. Your code has not run at all."
    return "The task starts and runs. Its code gets AccessDenied, and only its log says so."


def _policies(role: str, managed: str, secret: str, bucket: str) -> list[Policy]:
    """The identity policies of one of the two roles."""
    held = []
    if managed in (role, BOTH):
        held.append(Policy("AmazonECSTaskExecutionRolePolicy", MANAGED_POLICIES[MANAGED]))
    if secret in (role, BOTH):
        held.append(_one("read-the-secret", "secretsmanager:GetSecretValue", SECRET))
    if bucket in (role, BOTH):
        held.append(_one("write-receipts", "s3:PutObject", f"{BUCKET}/*"))
    return held


def _one(name: str, action: str, resource: str) -> Policy:
    document: dict[str, Any] = {"Effect": "Allow", "Action": action, "Resource": resource}
    return Policy(name, {"Version": "2012-10-17", "Statement": [document]})
