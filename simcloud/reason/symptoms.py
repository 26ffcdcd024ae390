"""From what AWS says of a stopped task to where one looks first: its beginning tells the step, its end what went wrong.

AWS writes these texts in one manner: first what Fargate was doing for the task, then what stopped it. Two questions
are enough to find the place that has to be mended. Which texts there are is read from `facts.words`; tests hold every
one of them against the two questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from simcloud.facts.fact import Words
from simcloud.facts.words import start, stop, stop_codes

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "gets its network interface": ("network interface provisioning", "Create Network Interface"),
    "reads secrets, or logs in to the registry": ("unable to pull secrets or registry auth",),
    "reads environment files": ("failed to download env files",),
    "pulls the image": ("CannotPullContainerError",),
    "opens the log": ("failed to validate logger args",),
    "mounts the EFS file system": ("EFS utils commands",),
    "makes or attaches the EBS volume": ("EBS volume", "Infrastructure Role"),
    "takes on a role": ("unable to assume the role",),
    "starts one container after the other": ("dependency graph", "Task failed to start"),
    "runs the program": ("Essential container in task exited", "exec format error", "OutOfMemoryError"),
    "asks for its health": ("failed ELB health checks", "failed container health checks"),
    "stops it as asked": ("Task stopped by user", "Scaling activity initiated"),
    "takes its place away": ("Spot Task was interrupted", "performing maintenance"),
}
"""What Fargate was doing for the task, and the words of the text that tell it."""

NO_PERMISSION, NO_WAY, NOT_THERE, DOES_NOT_FIT, NO_FAULT = (
    "no permission",
    "no way there",
    "not there",
    "does not fit",
    "nothing of these",
)
KINDS: Final[dict[str, tuple[str, ...]]] = {
    NO_PERMISSION: (
        "is not authorized to perform",
        "was unable to assume",
        "access denied",
        "authorization failed",
        "403 forbidden",
    ),
    NO_WAY: (
        "connection issue",
        "check your network connection",
        "i/o timeout",
        "no such host",
        'failed to resolve "',
        "context deadline exceeded",
        "signal: killed",
        "due to timeout",
        "timeout waiting for network interface",
    ),
    DOES_NOT_FIT: (
        "matching platform",
        "exec format error",
        "no space left",
        "outofmemoryerror",
        "pull rate limit",
        "insufficientfreeaddresses",
        "incorrect state",
        "non-successful exitcode",
        "has timed out",
    ),
    NOT_THERE: (
        "does not exist",
        "not found",
        "can't find",
        "did not contain",
        "marked for deletion",
        "invalid parameters",
        "no such file",
        "invalid schema",
        "found empty value",
        "unexpected arn format",
    ),
}
"""What stopped it, and the words that tell it, in small letters; the first kind that is found holds."""

_LOOKS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "gets its network interface": {
        NO_WAY: (
            "status of AWS and of the account's quotas",
            "try again; if it stays, AWS support",
        ),
        DOES_NOT_FIT: (
            "free addresses of the subnet",
            "a larger or another subnet",
        ),
    },
    "reads secrets, or logs in to the registry": {
        NO_PERMISSION: (
            "execution role",
            "allow the action on the resource that the text names",
        ),
        NO_WAY: (
            "subnet's route table, public IP, endpoints, security groups",
            "open the path to the service that the text names",
        ),
        NOT_THERE: (
            "the reference in `secrets`, and the secret",
            "the right ARN, key or name",
        ),
        NO_FAULT: (
            "what the service says at the end of the text: the secret's state and version, its KMS key",
            "mend what it names: enable the key, or refer to a version that exists",
        ),
    },
    "reads environment files": {
        NO_PERMISSION: (
            "execution role",
            "s3:GetObject on the file, s3:GetBucketLocation on the bucket",
        ),
        NO_WAY: (
            "route to S3: gateway endpoint or NAT",
            "open the path",
        ),
        NOT_THERE: (
            "bucket and key of the file",
            "the right ARN, or put the file there",
        ),
    },
    "pulls the image": {
        NO_PERMISSION: (
            "execution role, repository policy, registry login",
            "allow the action that the text names",
        ),
        NO_WAY: (
            "route to the registry and to S3, for its layers",
            "open the path to the host that the text names",
        ),
        NOT_THERE: (
            "name and tag of the image",
            "push the image, or correct the definition",
        ),
        DOES_NOT_FIT: (
            "architecture and size of the image, limits of the registry",
            "build for the platform, more ephemeral storage, or log in",
        ),
    },
    "opens the log": {
        NO_PERMISSION: (
            "execution role",
            "allow the action that the text names",
        ),
        NO_WAY: (
            "route to CloudWatch Logs",
            "endpoint `logs`, or NAT",
        ),
        NOT_THERE: (
            "name and region of the log group",
            "make the group, or correct the name",
        ),
    },
    "mounts the EFS file system": {
        NO_PERMISSION: (
            "task role and file system policy",
            "elasticfilesystem:ClientMount, and what else the policy asks",
        ),
        NO_WAY: (
            "mount target in the task's zone, port 2049, DNS of the VPC",
            "make the mount target or open the port",
        ),
        NOT_THERE: (
            "root directory or access point",
            "make the directory, or use an access point",
        ),
    },
    "makes or attaches the EBS volume": {
        NO_PERMISSION: (
            "infrastructure role: trust and policy",
            "trust ecs.amazonaws.com; allow what the text names",
        ),
        NOT_THERE: (
            "snapshot of the volume",
            "the right snapshot",
        ),
        DOES_NOT_FIT: (
            "KMS key of the volume",
            "enable the key, or name another",
        ),
    },
    "takes on a role": {
        NO_PERMISSION: (
            "trust policy of the role",
            "let ecs-tasks.amazonaws.com assume it",
        ),
    },
    "starts one container after the other": {
        DOES_NOT_FIT: (
            "log and exit code of the container that others wait for",
            "mend that container, its health check or its start time-out",
        ),
        NO_FAULT: (
            "log and exit code of the container that others wait for",
            "mend that container, its health check or its start time-out",
        ),
    },
    "runs the program": {
        NO_FAULT: (
            "exit code of the container and the last lines of its log",
            "mend the program; 137 means killed: memory or stopTimeout",
        ),
        DOES_NOT_FIT: (
            "memory limit of the container, architecture of the image",
            "more memory, or the right build",
        ),
    },
    "asks for its health": {
        NO_FAULT: (
            "health check's path, port and time; the task's security group",
            "mend the check, open the port, or a longer grace period",
        ),
    },
    "stops it as asked": {
        NO_FAULT: (
            "who asked: CloudTrail, deployments, scaling activities",
            "nothing, if it was meant",
        ),
    },
    "takes its place away": {
        NO_FAULT: (
            "Spot or maintenance; the service replaces it",
            "a base on FARGATE; a handler for SIGTERM",
        ),
    },
}
"""Where to look first, and what is mended there."""


@dataclass(frozen=True)
class Reading:
    """What a stopped reason tells."""

    step: str
    """What Fargate was doing; a key of STEPS, or '' where the text is none of these."""
    step_by: str
    """The words of the text that tell it."""
    kind: str
    """What stopped it; a key of KINDS, or NO_FAULT."""
    kind_by: str
    look: str
    """Where to look first; '' where nothing is known."""
    mend: str


def read(reason: str) -> Reading:
    """Read the stoppedReason of a task, or the reason of a container. A text that is not known gives empty strings."""
    small = reason.lower()
    step, step_by = next(
        ((step, mark) for step, marks in STEPS.items() for mark in marks if mark.lower() in small), ("", "")
    )
    kind, kind_by = next(
        ((kind, mark) for kind, marks in KINDS.items() for mark in marks if mark in small), (NO_FAULT, "")
    )
    at = small.find(kind_by)
    look, mend = _LOOKS.get(step, {}).get(kind, ("", ""))
    return Reading(step, step_by, kind, reason[at : at + len(kind_by)], look, mend)


@dataclass(frozen=True)
class Known:
    """A text about a stopped task that the course knows, with AWS's places as `{name}`."""

    text: str
    status: str
    """documented, observed or assumed."""


@cache
def known() -> tuple[Known, ...]:
    """All of them, whole ones only, in the order of the files. Where a text ends in a cause, one for each cause."""
    found = [one for module in (stop, start, stop_codes) for one in vars(module).values() if isinstance(one, Words)]
    causes = [one for one in found if not read(one).step and "https response error StatusCode: 4" in one]
    whole = [one for one in found if read(one).step]
    return tuple(
        Known(text, one.status)
        for one in whole
        for text in ([one.replace("{cause}", cause) for cause in causes] if "{cause}" in one else [str(one)])
    )


def known_of(step: str, kind: str) -> tuple[Known, ...]:
    """Those of them that are read so."""
    return tuple(one for one in known() if (read(one.text).step, read(one.text).kind) == (step, kind))


EXIT_CODES: Final[dict[int, str]] = {
    0: "ended as it should",
    1: "the program gave up: its log says why",
    137: "killed: out of memory, or stopTimeout was over",
    139: "the program touched memory that is not its own",
    143: "ended after SIGTERM, in good order",
    255: "often: killed before it had started",
}
"""What an exit code of a container usually means (R-140)."""
