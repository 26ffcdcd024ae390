"""One step of the start sequence, and what all steps share."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Literal

from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.asks import Route
from simcloud.sim.task import Task

Kind = Literal["auth", "login", "secret", "environment-file", "file-system", "pull", "logs"]
HTTPS = 443


@dataclass(frozen=True, slots=True)
class Step:
    """What is attempted, for which container."""

    kind: Kind
    container: str = ""
    subject: str = ""
    """The registry's region, the secret's variable name, an ARN of S3 or of a secret, or the volume's name."""


def session_arn(role: str, task: Task) -> str:
    """The ARN under which AWS's messages name a role that the platform assumed for this task."""
    account = role.split(":")[4] if role.count(":") >= 5 else task.account
    return f"arn:aws:sts::{account}:assumed-role/{role_name(role)}/{task.id}"


def role_name(role: str) -> str:
    """A role in a sentence."""
    return role.rsplit("/", 1)[-1]


def request_id(task: Task, step: Step) -> str:
    """A request id for a message: the same for the same step of the same task."""
    key = f"{task.id}/{step.kind}/{step.container}/{step.subject}".encode()
    return str(uuid.UUID(bytes=hashlib.blake2b(key, digest_size=16).digest(), version=4))


def unreachable(text: str, host: str, route: Route) -> str:
    """A message made for a time-out, with the other ending where the host's name did not even resolve."""
    if route.kind != "no-name":
        return text
    timed_out = stop_words.DIAL_TIMEOUT.format(address=route.address)
    return text.replace(timed_out, stop_words.NO_SUCH_HOST.format(host=host))
