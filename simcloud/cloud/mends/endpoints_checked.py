"""moto makes any VPC endpoint that it is asked for. AWS refuses a service that does not exist, an endpoint type that
the service does not have, and private DNS in a VPC whose DNS attributes are off; and it fills in the defaults (type
Gateway, private DNS on, the VPC's default security group), all of which decide whether a task can start.

Texts: the service, moto's own (DescribeVpcEndpointServices); the type, https://github.com/hashicorp/terraform/issues/24478;
private DNS, https://docs.aws.amazon.com/guardduty/latest/ug/troubleshooting-guardduty-runtime-monitoring.html;
defaults, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html (all read 2026-11-22).
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud import notes
from simcloud.cloud.mends.endpoint_services_as_a_table import types_of
from simcloud.rules.refusal import Refusal

_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html"


def mend(module: ModuleType) -> None:
    """Check first, then let moto make it, with AWS's defaults filled in."""
    backend: Any = module.VPCBackend
    make = backend.create_vpc_endpoint

    def create_vpc_endpoint(
        self: Any, vpc_id: str, service_name: str, endpoint_type: str | None, *args: Any, **kwargs: Any
    ) -> Any:
        vpc = self.get_vpc(vpc_id)
        kind = endpoint_type or "Gateway"
        _check_service(module, service_name, kind, self.region_name)
        if kind == "Interface":
            if kwargs.get("private_dns_enabled") is None:
                kwargs["private_dns_enabled"] = True
            if kwargs["private_dns_enabled"]:
                check_private_dns(vpc)
            if not kwargs.get("security_group_ids"):
                kwargs["security_group_ids"] = [self.get_default_security_group(vpc_id).id]
        return make(self, vpc_id, service_name, kind, *args, **kwargs)

    backend.create_vpc_endpoint = create_vpc_endpoint


def _check_service(module: Any, service_name: str, kind: str, region: str) -> None:
    if service_name.startswith("com.amazonaws.vpce."):
        return
    kinds = types_of(module, service_name, region)
    if not kinds:
        raise module.InvalidServiceName(service_name)
    if kind not in kinds:
        text = f"Endpoint type ({kind}) does not match available service types ([{', '.join(kinds)}])."
        _refuse(
            "InvalidParameter",
            text,
            Refusal(
                at="VpcEndpointType",
                aws=text,
                because=f"{service_name} has no {kind} endpoint, and Gateway is the type where none is named",
                law="An endpoint has one of the types that its service offers.",
                source=_API,
            ),
        )


def check_private_dns(vpc: Any) -> None:
    """Raise AWS's refusal unless both DNS attributes of the VPC are on."""
    if _is_on(vpc.enable_dns_support) and _is_on(vpc.enable_dns_hostnames):
        return
    text = (
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true"
        f" for {vpc.id}"
    )
    _refuse(
        "InvalidParameter",
        text,
        Refusal(
            at="PrivateDnsEnabled",
            aws=text,
            because="private DNS is on unless you turn it off, and it needs both DNS attributes of the VPC"
            " (ec2.modify_vpc_attribute)",
            law="Private DNS of an interface endpoint answers inside the VPC's own DNS, so both attributes must be on.",
            source=_API,
        ),
    )


def _is_on(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _refuse(code: str, text: str, refusal: Refusal) -> None:
    from moto.ec2.exceptions import EC2ClientError

    notes.explain([refusal])
    raise EC2ClientError(code, text)
