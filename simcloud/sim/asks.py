"""What the simulation must ask about the rest of the cloud, handed in by `simcloud.cloud` as plain functions.

The simulation knows no VPC, no policy and no registry. It asks, gets a value, and goes on. Every answer carries the
reason in words, so that the story can tell why a task did not start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from simcloud.sim.image import Image

TASKS = "ecs-tasks.amazonaws.com"
"""The service that assumes task roles and execution roles (R-149)."""


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
    by: str = ""
    """By which kind of gateway or endpoint it leaves: nat-gateway, interface-endpoint, ...; '' if unknown."""
    seen: tuple[tuple[str, str], ...] = ()
    """Condition keys that a call by an endpoint carries: aws:SourceVpce and aws:SourceVpc."""

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
    expired: bool = False
    """Is it there, but marked for deletion?"""
    said: str = ""
    """What Secrets Manager says where the secret is there, and the version that was asked for is not."""


@dataclass(frozen=True, slots=True)
class FileSystem:
    """An EFS file system, as one network interface and one access point see it."""

    arn: str = ""
    """'' where there is none of this id."""
    address: str = ""
    """Of its mount target in the interface's zone, by name; '' where the name does not resolve."""
    why: str = ""
    """One sentence: why it has an address here, or none."""
    root: str = "/"
    """The directory that is mounted; '' where there is no such access point of it."""
    has_root: bool = True
    """Is that directory there, or made by the access point?"""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in S3."""

    bucket_found: bool = False
    found: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Forward:
    """What a listener of a load balancer does with a request."""

    status: str = ""
    """The status with which it answers itself; '' where it forwards."""
    groups: tuple[tuple[str, float], ...] = ()
    """ARNs of target groups, with their weights."""


class Asks(Protocol):
    """The questions. Implemented by `simcloud.cloud.asking.Asking`; tests of `sim` hand in a stand-in."""

    def route(self, interface: str, host: str, port: int, call: tuple[str, str, str] | None = None) -> Route:
        """From the network interface with this id (eni-...). `call`: action, resource and role, for the policy of an
        endpoint on the way; None for what the start of a task calls there."""

    def may(
        self, role: str, session: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> Permission:
        """For the role with this ARN, in a session of this name (the task id)."""

    def missing(self, action: str, resource: str) -> tuple[str, str]:
        """AWS's error code and text where the action is about a thing that does not exist; nothing where it does, or
        where that is not known."""

    def assumable(self, role: str, service: str = TASKS) -> Permission:
        """May the service assume the role with this ARN?"""

    def image(self, reference: str) -> Image | None:
        """The image that a container definition names; None where registry, repository or tag does not exist."""

    def secret(self, value_from: str) -> Secret: ...

    def stored_object(self, bucket: str, key: str) -> StoredObject: ...

    def file_system(self, interface: str, identity: str, access_point: str, root: str) -> FileSystem:
        """The file system with this id. `access_point`: '' for none; `root`: the directory where there is none."""

    def may_mount(
        self, role: str, session: str, action: str, file_system: str, context: Mapping[str, str]
    ) -> Permission:
        """For the file system with this ARN: by the role's policies and the file system's own. '' for the role where
        the mount is not authorized by IAM: then the file system's own policy alone decides."""

    def snapshot(self, identity: str) -> bool:
        """Does the EBS snapshot exist?"""

    def key(self, key: str) -> bool:
        """Is there a KMS key that can be used, by id, ARN or alias?"""

    def zone(self, subnet: str) -> str:
        """The Availability Zone of a subnet; '' for one that is gone."""

    def forward(self, host: str, port: int, path: str) -> Forward | None:
        """By the load balancer of this name; None where it does not listen on the port."""

    def log_group(self, region: str, name: str) -> bool:
        """Does the log group exist?"""
