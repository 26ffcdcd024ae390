"""moto hands out a subnet's addresses from an iterator in a cache of the process, and reuses freed ones in the order
of a set of strings: the state is outside the world (a copy would differ), the order differs by PYTHONHASHSEED, and the
cache keeps every world alive. Here the lowest free address is handed out, with no state but the addresses in use."""

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
        taken = self.aws_reserved_ips | self._reserved_ips
        free = (str(host) for host in self.cidr.hosts() if host not in taken and str(host) not in self._subnet_ips)
        address = next(free)  # StopIteration where the subnet is full, as in moto
        self._unused_ips.discard(address)
        self._subnet_ips[address] = instance
        return address

    subnet.__init__ = init
    subnet._base_avail_ip_iterator = lambda self: self.cidr.hosts()
    subnet.get_available_subnet_ip = get_available_subnet_ip
