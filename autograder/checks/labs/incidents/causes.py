"""The causes that can be planted: what a learner reads in the list, and what no other cause makes AWS or us write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["way", "role", "thing", "program", "front"]
"""What is wrong: the way to AWS, a role, a thing that is named, the program's own run, or what asks for its health."""


@dataclass(frozen=True)
class Cause:
    """One planted cause."""

    key: str
    kind: Kind
    sentence: str
    """As it stands in the learner's list."""
    mark: str
    """A pattern in the texts or the story of the service, with `{name}` for the service; no other cause shows it."""
    says: str
    """A pattern in what AWS or the program says of it, where that is not the mark: several causes may read so."""


def _cause(kind: Kind, key: str, sentence: str, mark: str, says: str = "") -> Cause:
    return Cause(key, kind, sentence, mark, says or mark)


ROLE = r"assumed-role/{name}-execution/\S+ is not authorized to perform: "
DENIED = r"is not authorized to perform: "
NO_ROUTE = r": rtb-\S+ of subnet-\S+ has no route to [\d.]+$"
API_TIMED_OUT = r"api\.ecr\S+ dial tcp \S+ i/o timeout"
LAYERS_TIMED_OUT = r"layer-bucket\.s3\S+ dial tcp \S+ i/o timeout"
FAILED = r"Health checks failed(?! with)"
TIMED_OUT = r"Request timed out"


CAUSES: tuple[Cause, ...] = (
    _cause(
        "way",
        "way-no-public-ip",
        "no public IP address in a public subnet",
        r"has no public IP, and an internet gateway carries traffic of public addresses alone",
        API_TIMED_OUT,
    ),
    _cause(
        "way",
        "way-no-secrets-endpoint",
        "no endpoint for secretsmanager",
        r"does not reach secretsmanager\S+:443" + NO_ROUTE,
        r"secretsmanager\S+: dial tcp \S+ i/o timeout",
    ),
    _cause(
        "way",
        "way-no-api-endpoint",
        "no endpoint for ecr.api",
        r"does not reach api\.ecr\S+:443" + NO_ROUTE,
        API_TIMED_OUT,
    ),
    _cause(
        "way",
        "way-no-dkr-endpoint",
        "no endpoint for ecr.dkr",
        r"does not reach \d+\.dkr\.ecr\S+:443" + NO_ROUTE,
        r"\.dkr\.ecr\S+: dial tcp \S+ i/o timeout",
    ),
    _cause(
        "way",
        "way-no-logs-endpoint",
        "no endpoint for logs",
        r"does not reach logs\.\S+:443" + NO_ROUTE,
        r"connection issue between the task and Amazon CloudWatch",
    ),
    _cause("way", "way-no-s3-endpoint", "no endpoint for S3", r"layer-bucket\.s3\S+:443" + NO_ROUTE, LAYERS_TIMED_OUT),
    _cause(
        "way",
        "way-s3-other-table",
        "the endpoint for S3 is not in the route table of the tasks' subnets",
        r"\(vpce-\S+ for s3 is in rtb-\S+ not in this one\)",
        LAYERS_TIMED_OUT,
    ),
    _cause(
        "way",
        "way-private-dns-off",
        "private DNS is off at an endpoint",
        r"\(private DNS of vpce-\S+ is off\)",
        API_TIMED_OUT,
    ),
    _cause(
        "way",
        "way-endpoints-shut",
        "the endpoints' security group does not let the tasks in",
        r"does not reach api\.ecr\S+:443: no ingress rule of sg-\S+ of vpce-",
        API_TIMED_OUT,
    ),
    _cause(
        "way",
        "way-tasks-locked-in",
        "the tasks' security group does not let them out",
        r"does not reach api\.ecr\S+:443: no egress rule of sg-",
        API_TIMED_OUT,
    ),
    _cause(
        "role",
        "role-no-login",
        "the execution role may not log in to the registry",
        ROLE + "ecr:GetAuthorizationToken",
        DENIED + "ecr:GetAuthorizationToken",
    ),
    _cause(
        "role",
        "role-no-pull",
        "the execution role may not pull the image",
        ROLE + "ecr:BatchGetImage",
        DENIED + "ecr:BatchGetImage",
    ),
    _cause(
        "role",
        "role-no-secret",
        "the execution role may not read the secret",
        ROLE + "secretsmanager:GetSecretValue",
        DENIED + "secretsmanager:GetSecretValue",
    ),
    _cause(
        "role",
        "role-no-key",
        "the execution role may not use the secret's key",
        ROLE + "kms:Decrypt",
        DENIED + "kms:Decrypt",
    ),
    _cause(
        "role",
        "role-no-log-stream",
        "the execution role may not open a log stream",
        ROLE + "logs:CreateLogStream",
        DENIED + "logs:CreateLogStream",
    ),
    _cause(
        "role",
        "role-execution-trust",
        "ECS tasks may not take on the execution role",
        r"unable to assume the role '\S+/{name}-execution'",
    ),
    _cause(
        "role",
        "role-task-trust",
        "ECS tasks may not take on the task role",
        r"unable to assume the role '\S+/{name}-task'",
    ),
    _cause("thing", "thing-no-tag", "the image has no such tag", r"/ferryline/{name}:\S+ not found"),
    _cause("thing", "thing-no-repository", "there is no such repository", r"/ferryline/{name}-\S+: not found"),
    _cause(
        "thing",
        "thing-no-secret",
        "there is no such secret",
        r"ResourceNotFoundException: Secrets Manager can't find the specified secret",
    ),
    _cause("thing", "thing-no-json-key", "the secret has no such key in it", r"did not contain json key \S+"),
    _cause("thing", "thing-secret-deleted", "the secret is marked for deletion", r"because it was marked for deletion"),
    _cause(
        "thing",
        "thing-no-log-group",
        "there is no such log group",
        r"ResourceNotFoundException: The specified log group does not exist",
    ),
    _cause(
        "thing",
        "thing-other-architecture",
        "the image is built for another architecture",
        r"does not contain descriptor matching platform 'linux/arm64'",
    ),
    _cause(
        "program",
        "program-denied",
        "the task role may not do what the program does",
        r"assumed-role/{name}-task/\S+ is not authorized to perform: s3:PutObject",
        DENIED + r"s3:PutObject",
    ),
    _cause("program", "program-memory", "the program needs more memory than it has", r"OutOfMemoryError"),
    _cause(
        "program",
        "program-ends",
        "this version of the program ends by itself",
        r"{name} \S+: cannot read tariff table, giving up",
    ),
    _cause(
        "program",
        "program-check-port",
        "the container's health check asks at a port where nobody listens",
        r"its health check asks port \d+",
        r"failed container health checks",
    ),
    _cause(
        "program",
        "program-check-path",
        "the container's health check asks for a path that the program does not have",
        r"its health check asks for /\S+ which it does not have",
        r"failed container health checks",
    ),
    _cause(
        "front",
        "front-path",
        "the load balancer's health check asks for a path that the program does not have",
        r"these codes: \[404\]",
    ),
    _cause(
        "front",
        "front-port",
        "the load balancer's health check asks at a port where nobody listens",
        r"nothing in the task listens on port \d+",
        FAILED,
    ),
    _cause(
        "front",
        "front-shut-out",
        "the tasks' security group does not let the load balancer in",
        r"no ingress rule of sg-\S+ of eni-\S+ lets TCP \d+ in",
        TIMED_OUT,
    ),
    _cause(
        "front",
        "front-too-soon",
        "the load balancer counts failed checks before the program is up",
        r"its process does not listen yet",
        FAILED,
    ),
    _cause(
        "front",
        "front-locked-in",
        "the load balancer's security group does not let it out to the tasks",
        r"{name} in subnet-\S+ does not reach \S+: no egress rule of sg-",
        TIMED_OUT,
    ),
)
BY_KEY = {cause.key: cause for cause in CAUSES}


def of_kind(kind: Kind) -> tuple[Cause, ...]:
    """The causes of one kind, in the order of the list."""
    return tuple(cause for cause in CAUSES if cause.kind == kind)
