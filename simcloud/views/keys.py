"""The three keys to ECR: which of them a place in the network holds."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.reason.network import Interface, Network
from simcloud.reason.path import Path
from simcloud.reason.start import THREE_KEYS, paths


@dataclass(frozen=True)
class Key:
    """One of ecr.api, ecr.dkr and S3: does the door open, and by what?"""

    service: str
    path: Path

    @property
    def held(self) -> bool:
        """Does the task get through?"""
        return self.path.open

    @property
    def says(self) -> str:
        """`ecr.api: open, by vpce-1`, or why not."""
        if self.held:
            return f"{self.service}: open, by {self.path.decided_by.id}"
        return f"{self.service}: shut. {self.path.why}"


def keys(network: Network, interface: Interface | str) -> tuple[Key, ...]:
    """The three keys, as seen from an interface."""
    found = paths(network, interface, logs=False)
    return tuple(Key(errand.service, path) for errand, path in found if errand.service in THREE_KEYS)
