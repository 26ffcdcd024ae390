"""DescribeVpcEndpointServices imports every backend of moto (1.7 s) and draws ids that depend on what came before.

The same names, from a table; which of them have a gateway endpoint:
https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
"""

from __future__ import annotations

import functools
import hashlib
from types import ModuleType
from typing import Any

GATEWAYS = ("s3", "dynamodb")
"""Services with a gateway endpoint (read 2026-11-22)."""

_FURTHER = ("cloudformation", "codepipeline", "dynamodb", "ecr.api", "ecr.dkr", "kinesis-streams", "s3")
_ZONES = "abc"


@functools.cache
def names(module: Any) -> tuple[str, ...]:
    """The services that have an interface endpoint, by the last part of the service name."""
    known = {name for name in module.AWS_ENDPOINT_SERVICES if name not in ("s3", "dynamodb")}
    return tuple(sorted(known | set(_FURTHER)))


def types_of(module: Any, service_name: str, region: str) -> list[str]:
    """The endpoint types of a service: [] where there is no such service in the region."""
    prefix = f"com.amazonaws.{region}."
    if not service_name.startswith(prefix):
        return []
    name = service_name.removeprefix(prefix)
    if name not in names(module):
        return []
    return ["Gateway", "Interface"] if name in GATEWAYS else ["Interface"]


def private_name(name: str, region: str) -> str:
    """The DNS name that private DNS of an interface endpoint answers."""
    match name:
        case "ecr.api":
            return f"api.ecr.{region}.amazonaws.com"
        case "ecr.dkr":
            return f"*.dkr.ecr.{region}.amazonaws.com"
        case _:
            return f"{name}.{region}.amazonaws.com"


def _service(name: str, kind: str, region: str, zones: list[str]) -> dict[str, Any]:
    digest = hashlib.blake2b(f"{region} {name} {kind}".encode(), digest_size=9).hexdigest()[:17]
    service: dict[str, Any] = {
        "AcceptanceRequired": False,
        "AvailabilityZones": zones,
        "BaseEndpointDnsNames": [f"{name}.{region}.vpce.amazonaws.com"],
        "ManagesVpcEndpoints": False,
        "Owner": "amazon",
        "ServiceId": f"vpce-svc-{digest}",
        "ServiceName": f"com.amazonaws.{region}.{name}",
        "ServiceType": [{"ServiceType": kind}],
        "Tags": [],
        "VpcEndpointPolicySupported": True,
    }
    if kind == "Interface":
        private = private_name(name, region)
        service["PrivateDnsName"] = private
        service["PrivateDnsNameVerificationState"] = "verified"
        service["PrivateDnsNames"] = [{"PrivateDnsName": private}]
    return service


def mend(module: ModuleType) -> None:
    """Answer from the table."""

    def collect(account_id: str, region: str) -> list[dict[str, Any]]:
        regions = module.RegionsAndZonesBackend.zones
        zones = [zone.name for zone in regions.get(region, ())] or [region + letter for letter in _ZONES]
        gateways = [_service(name, "Gateway", region, zones) for name in GATEWAYS]
        return gateways + [_service(name, "Interface", region, zones) for name in names(module)]

    module.VPCBackend._collect_default_endpoint_services = staticmethod(collect)
