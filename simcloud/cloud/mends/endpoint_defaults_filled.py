"""moto fills in none of the defaults of a VPC endpoint that decide whether a task can start: in AWS the type is
Gateway, an interface endpoint has private DNS, and the VPC's default security group
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html, read 2026-11-22). What AWS refuses
is refused by laws (FG462 to FG466)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Fill them in, then let moto make it."""
    backend: Any = module.VPCBackend
    make = backend.create_vpc_endpoint

    def create_vpc_endpoint(
        self: Any, vpc_id: str, service_name: str, endpoint_type: str | None, *args: Any, **kwargs: Any
    ) -> Any:
        self.get_vpc(vpc_id)  # raises where there is none
        kind = endpoint_type or "Gateway"
        if kind == "Interface":
            if kwargs.get("private_dns_enabled") is None:
                kwargs["private_dns_enabled"] = True
            if not kwargs.get("security_group_ids"):
                kwargs["security_group_ids"] = [self.get_default_security_group(vpc_id).id]
        return make(self, vpc_id, service_name, kind, *args, **kwargs)

    backend.create_vpc_endpoint = create_vpc_endpoint
