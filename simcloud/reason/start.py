"""Does the network let a task start? The connections of the start sequence in their order, and the first that fails.

A short form of what the simulation does in full: no permissions, no images, no clock. Linux platform version 1.4.0 and
later, where all of it goes through the task's own interface (R-142).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simcloud.facts import words
from simcloud.reason import names
from simcloud.reason.network import Interface, Network
from simcloud.reason.path import Path, find_path

THREE_KEYS = ("ecr.api", "ecr.dkr", "s3")
"""What a pull from ECR needs, whatever else the task needs (R-141)."""


@dataclass(frozen=True)
class Errand:
    """One connection that the platform opens for the task: to do what, and with which service."""

    does: str
    service: str
    """As VPC endpoints name it: `ecr.api`."""
    host: str


@dataclass(frozen=True)
class Start:
    """The errands in order with their paths, up to the first that is not open."""

    done: tuple[tuple[Errand, Path], ...]
    message: str
    """AWS's stopped reason; '' where the task starts."""

    @property
    def starts(self) -> bool:
        """Does the network let the task start?"""
        return not self.message

    @property
    def last(self) -> tuple[Errand, Path]:
        """The errand that failed, or the last of all."""
        return self.done[-1]


def errands(region: str, account: str, *, logs: bool = True, secret: bool = False) -> tuple[Errand, ...]:
    """The connections that the start of a task with an image in the account's own ECR needs, in order."""
    return (
        Errand("gets a token for the registry", "ecr.api", names.ecr_api(region)),
        *([Errand("reads the secret", "secretsmanager", names.regional("secretsmanager", region))] if secret else []),
        Errand("gets the image's manifest", "ecr.dkr", names.ecr_dkr(region, account)),
        Errand("gets the image's layers", "s3", names.layer_bucket(region)),
        *([Errand("opens the log stream", "logs", names.regional("logs", region))] if logs else []),
    )


def paths(
    network: Network, interface: Interface | str, *, logs: bool = True, secret: bool = False
) -> Iterator[tuple[Errand, Path]]:
    """Every errand with its path, open or not."""
    for errand in errands(network.region, network.account, logs=logs, secret=secret):
        yield errand, find_path(network, interface, errand.host)


def start(
    network: Network, interface: Interface | str, *, repository: str = "web", logs: bool = True, secret: bool = False
) -> Start:
    """Would a task with this interface start? The image is the repository's tag `latest` in the account's own ECR."""
    done: list[tuple[Errand, Path]] = []
    for errand, path in paths(network, interface, logs=logs, secret=secret):
        done.append((errand, path))
        if not path.open:
            return Start(tuple(done), _message(network, errand, path, repository))
    return Start(tuple(done), "")


def _message(network: Network, errand: Errand, path: Path, repository: str) -> str:
    """AWS's text, with the ending that fits: a time-out, a name that does not resolve, a refusal."""
    text = _TEXTS[errand.service].format(
        region=network.region,
        address=path.address,
        registry=names.ecr_dkr(network.region, network.account),
        repository=repository,
        tag="latest",
        image=f"{names.ecr_dkr(network.region, network.account)}/{repository}:latest",
        host=errand.host,
        arn=f"arn:aws:secretsmanager:{network.region}:{network.account}:secret:{repository}",
    )
    timeout = f"dial tcp {path.address}:443: i/o timeout"
    if path.kind == "no-name":
        return text.replace(timeout, f"dial tcp: lookup {errand.host}: no such host")
    return text.replace(timeout, "403 Forbidden") if path.kind == "denied" else text


_TEXTS = {
    "ecr.api": words.ECR_UNREACHABLE,
    "ecr.dkr": words.MANIFEST_UNREACHABLE,
    "s3": words.LAYERS_UNREACHABLE,
    "logs": words.LOGS_UNREACHABLE,
    "secretsmanager": words.SECRET_UNREACHABLE,
}
