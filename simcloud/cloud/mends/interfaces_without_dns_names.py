"""A network interface in a VPC without DNS host names (the default of CreateVpc) has no `private_dns_name` at all in
moto, and whatever reads it breaks. In AWS such an interface has an empty name."""

from __future__ import annotations

from types import ModuleType


def mend(module: ModuleType) -> None:
    """Let the name be empty."""
    module.NetworkInterface.private_dns_name = ""
