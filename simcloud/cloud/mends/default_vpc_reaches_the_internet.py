"""moto's default VPC has no internet gateway, so a task in it with a public address could pull no image. AWS's has one,
and a main route table that leads to it: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
(read 2026-11-22)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Give each default VPC its gateway and its route when the backend of a region is made."""
    backend: Any = module.EC2Backend
    begin = backend.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        for vpc in self.vpcs.values():
            if vpc.is_default == "true" or vpc.is_default is True:
                _open(self, vpc.id)

    backend.__init__ = init


def _open(backend: Any, vpc: str) -> None:
    gateway = backend.create_internet_gateway()
    backend.attach_internet_gateway(gateway.id, vpc)
    tables = (table for table in backend.route_tables.values() if table.vpc_id == vpc)
    main = next(table for table in tables if table.main_association_id is not None)
    backend.create_route(main.id, "0.0.0.0/0", gateway_id=gateway.id)
