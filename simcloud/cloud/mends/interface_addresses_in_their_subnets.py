"""moto draws the address of a network interface from its whole subnet, with those that AWS keeps and those that other
interfaces hold. In AWS it is one that is free."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.mends.subnet_addresses_in_order import lowest_free


def mend(module: ModuleType) -> None:
    """Where no address is asked for, take the lowest that is free."""
    interface: Any = module.NetworkInterface
    begin = interface.__init__

    def init(
        self: Any, ec2: Any, subnet: Any, private_ip_address: Any, private_ip_addresses: Any = None, **kwargs: Any
    ) -> None:
        if not private_ip_address and not private_ip_addresses:
            place = ec2.get_subnet(subnet) if isinstance(subnet, str) else subnet
            private_ip_address = lowest_free(place) if place.cidr_block else private_ip_address
        begin(self, ec2, subnet, private_ip_address, private_ip_addresses, **kwargs)

    interface.__init__ = init
