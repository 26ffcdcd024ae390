"""moto gives a NAT gateway an address outside its subnet, and keeps its interface and its Elastic IP for ever after
it was deleted; of one that does not exist it raises an AttributeError. In AWS the address is of the subnet, and what
a deleted NAT gateway held is free again
(https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html, read 2026-11-22); AWS takes about a
minute for it, here it is done at once."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.mends.subnet_addresses_in_order import lowest_free


def mend(module: ModuleType) -> None:
    """Draw the address in the subnet; give back interface and Elastic IP."""
    from moto.ec2.utils import generate_dns_from_ip

    backend: Any = module.NatGatewayBackend
    make = backend.create_nat_gateway

    def create_nat_gateway(self: Any, subnet_id: str, *args: Any, **kwargs: Any) -> Any:
        address = lowest_free(self.get_subnet(subnet_id))
        gateway = make(self, subnet_id, *args, **kwargs)
        interface = gateway._eni
        interface.private_ip_address = gateway.private_ip = address
        interface.private_ip_addresses[0]["PrivateIpAddress"] = address
        if interface.private_dns_name:
            name = generate_dns_from_ip(address)
            interface.private_dns_name = interface.private_ip_addresses[0]["PrivateDnsName"] = name
        interface.description = f"Interface for NAT Gateway {gateway.id}"
        gateway.address_set[0]["privateIp"] = address
        return gateway

    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        from moto.ec2.exceptions import EC2ClientError

        gateway = self.nat_gateways.get(nat_gateway_id)
        if gateway is None:
            raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
        if gateway.state != "deleted":
            gateway.state = "deleted"
            _give_back(self, gateway)
        return gateway

    backend.create_nat_gateway = create_nat_gateway
    backend.delete_nat_gateway = delete_nat_gateway


def _give_back(backend: Any, gateway: Any) -> None:
    interface = gateway._eni
    for address in backend.addresses:
        if address.eni is interface:
            address.eni = address.association_id = None
    backend.enis.pop(interface.id, None)
