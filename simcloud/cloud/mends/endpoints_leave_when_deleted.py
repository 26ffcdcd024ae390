"""moto keeps a deleted VPC endpoint in DescribeVpcEndpoints for ever, and says of ids that do not exist that they are
deleted. In AWS a deleted endpoint is soon gone, and `Unsuccessful` names the ids that are unknown
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html, read 2026-11-22)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Delete what is there, forget it, and name the rest."""
    from moto.core.responses import ActionResult
    from moto.ec2.exceptions import InvalidVpcEndPointIdError

    def delete_vpc_endpoints(self: Any) -> Any:
        ec2, unknown = self.ec2_backend, []
        for name in self._get_param("VpcEndpointIds", []):
            if name not in ec2.vpc_end_points:
                error = InvalidVpcEndPointIdError(name)
                unknown.append({"ResourceId": name, "Error": {"Code": error.code, "Message": error.message}})
                continue
            ec2.delete_vpc_endpoints(vpce_ids=[name])
            ec2.vpc_end_points.pop(name)
        return ActionResult({"Unsuccessful": unknown})

    module.VPCs.delete_vpc_endpoints = delete_vpc_endpoints
