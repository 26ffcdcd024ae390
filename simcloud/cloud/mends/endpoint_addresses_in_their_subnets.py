"""moto gives the interfaces of a VPC endpoint random addresses outside their subnet and the default security group,
whatever groups were asked for. In AWS the address is in the subnet and the interface has the endpoint's groups."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.mends.subnet_addresses_in_order import lowest_free


def mend(module: ModuleType) -> None:
    """Draw the address inside the subnet, and give the interface the endpoint's groups and description."""
    backend: Any = module.VPCBackend
    make = backend.create_vpc_endpoint

    def create_vpc_endpoint(self: Any, *args: Any, **kwargs: Any) -> Any:
        for subnet_id in kwargs.get("subnet_ids") or ():
            lowest_free(self.get_subnet(subnet_id))
        endpoint = make(self, *args, **kwargs)
        for eni_id, subnet_id in zip(endpoint.network_interface_ids, endpoint.subnet_ids or (), strict=False):
            _settle(self, endpoint, eni_id, subnet_id)
        return endpoint

    backend.create_vpc_endpoint = create_vpc_endpoint


def _settle(backend: Any, endpoint: Any, eni_id: str, subnet_id: str) -> None:
    """Replace moto's interface by one that is where it should be, under the same id."""
    backend.enis.pop(eni_id)
    made = backend.create_network_interface(
        backend.get_subnet(subnet_id),
        None,
        group_ids=list(endpoint.security_group_ids),
        description=f"VPC Endpoint Interface {endpoint.id}",
    )
    backend.enis.pop(made.id)
    made.id = eni_id
    made.interface_type = "vpc_endpoint"
    backend.enis[eni_id] = made
