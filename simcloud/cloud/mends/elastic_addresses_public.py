"""moto gives Elastic IP addresses out of 127.0.0.0/8, which is loopback. Here they look like what they are: addresses
of the internet, out of the block from which tasks get theirs."""

from __future__ import annotations

from types import ModuleType

from moto.ec2.utils import random_public_ip


def mend(module: ModuleType) -> None:
    """Take public addresses."""
    module.random_ip = random_public_ip  # type: ignore[attr-defined]
