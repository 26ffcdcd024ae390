"""moto hands out a subnet's addresses from an iterator in a cache of the process, and reuses freed ones in the order
of a set of strings: the state is outside the world (a copy would differ), the order differs by PYTHONHASHSEED, and the
cache keeps every world alive. It also hands out what an interface holds already. Here the lowest free address is
handed out, with no state but the addresses in use."""

from __future__ import annotations

import itertools
from types import ModuleType
from typing import Any

RESERVED_HOSTS = 3
"""After the network address: the VPC's router, DNS, and one kept for later use
(https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html, read 2026-11-22)."""


def mend(module: ModuleType) -> None:
    """Find the lowest free address each time."""
    subnet: Any = module.Subnet
    begin = subnet.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        self.aws_reserved_ips = set(itertools.islice(self.cidr.hosts(), RESERVED_HOSTS))

    def get_available_subnet_ip(self: Any, instance: Any) -> str:
        address = lowest_free(self)
        self._unused_ips.discard(address)
        self._subnet_ips[address] = instance
        return address

    subnet.__init__ = init
    subnet._base_avail_ip_iterator = lambda self: self.cidr.hosts()
    subnet.get_available_subnet_ip = get_available_subnet_ip


def lowest_free(subnet: Any) -> str:
    """Of the addresses that neither AWS keeps nor anything holds. Raises EC2's error where there is none."""
    held = {
        address["PrivateIpAddress"]
        for interface in subnet.ec2_backend.enis.values()
        if interface.subnet.id == subnet.id
        for address in interface.private_ip_addresses
    }
    kept = subnet.aws_reserved_ips | subnet._reserved_ips
    free = (str(host) for host in subnet.cidr.hosts() if host not in kept)
    for address in free:
        if address not in held and address not in subnet._subnet_ips:
            return address
    from moto.ec2.exceptions import EC2ClientError

    raise EC2ClientError("InsufficientFreeAddressesInSubnet", FULL)


FULL = "The specified subnet does not contain enough free private IP addresses to fulfill your request."
"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (read 2026-11-22)."""
