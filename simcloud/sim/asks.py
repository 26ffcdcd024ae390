"""What the simulation must ask about the rest of the cloud, handed in by `simcloud.cloud` as plain functions.

The simulation knows no VPC, no policy and no registry. It asks, gets a value, and goes on. Every answer carries the
reason in words, so that the story can tell why a task did not start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from simcloud.sim.image import Image


@dataclass(frozen=True, slots=True)
class Route:
    """The answer to *can this network interface open a TCP connection to host:port?*"""

    open: bool
    address: str
    """The address that the host name resolved to, as seen from the interface; '' where it did not resolve."""
    kind: Literal["open", "timeout", "no-name", "denied"]
    """`denied`: the connection opens, but the policy of the endpoint that answers refuses the call."""
    why: str
    """One sentence for the story: the hop that decided it."""
    denied: str = ""
    """AWS's tail of that refusal; '' for the other kinds."""

    @property
    def refusal(self) -> Permission | None:
        """The endpoint policy's refusal as a permission; None where the path fails for another reason or not."""
        return Permission(False, self.denied, self.why) if self.kind == "denied" else None


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer to *may this role do this action on this resource?*"""

    allowed: bool
    because: str
    """AWS's own tail of the message, such as `because no identity-based policy allows the ecr:BatchGetImage action`."""
    why: str
    """One sentence for the story: the statement that decided it."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a `valueFrom` refers to. `found` is false where there is no such secret, parameter or version."""

    found: bool
    value: str = ""
    service: Literal["secretsmanager", "ssm"] = "secretsmanager"
    arn: str = ""
    key: str = ""
    """The ARN of the customer KMS key that encrypts it; '' for the AWS managed key."""


class Asks(Protocol):
    """The questions. Implemented by `simcloud.cloud.asking.Asking`; tests of `sim` hand in a stand-in."""

    def route(self, interface: str, host: str, port: int) -> Route:
        """From the network interface with this id (eni-...)."""

    def may(self, role: str, session: str, action: str, resource: str) -> Permission:
        """For the role with this ARN, in a session of this name (the task id)."""

    def assumable(self, role: str) -> Permission:
        """May ecs-tasks.amazonaws.com assume the role with this ARN?"""

    def image(self, reference: str) -> Image | None:
        """The image that a container definition names; None where registry, repository or tag does not exist."""

    def secret(self, value_from: str) -> Secret: ...

    def log_group(self, region: str, name: str) -> bool:
        """Does the log group exist?"""
