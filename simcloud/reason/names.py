"""Which service a host name belongs to, and which address a name has when it is asked for inside a VPC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv4Network

from simcloud.reason.addresses import address
from simcloud.reason.network import Interface, Network, VpcEndpoint

AWS_BLOCK = "44.192.0.0/11"
"""Public names of AWS services get an address from this block of Amazon's
(https://ip-ranges.amazonaws.com/ip-ranges.json), the same each time. Which one is our choice: DNS answers vary."""
OTHER_BLOCK = "198.51.100.0/24"
"""Every other name gets an address from a block reserved for documentation (RFC 5737)."""

_PATTERNS = (
    (r"api\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com", "ecr.api"),
    (r"\d{12}\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com", "ecr.dkr"),
    (r"(?:.+\.)?s3\.(?P<region>[a-z0-9-]+)\.amazonaws\.com", "s3"),
    (r"firehose\.(?P<region>[a-z0-9-]+)\.amazonaws\.com", "kinesis-firehose"),
    (r"(?P<service>[a-z0-9-]+)\.(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com", ""),
)


@dataclass(frozen=True)
class Service:
    """An AWS service in a region, as VPC endpoints name it. `short` is '' for what is no AWS service."""

    short: str
    region: str = ""

    @property
    def endpoint_service(self) -> str:
        """The service name of its VPC endpoint: `com.amazonaws.us-east-1.ecr.api`."""
        return f"com.amazonaws.{self.region}.{self.short}" if self.short else ""


INTERNET = Service("")


def service_of(host: str) -> Service:
    """The service behind a host name; `INTERNET` for every name that is not a regional one of AWS."""
    for pattern, short in _PATTERNS:
        found = re.fullmatch(pattern, host.lower())
        if found:
            return Service(short or found["service"], found["region"])
    return INTERNET


def is_layer_bucket(host: str) -> bool:
    """Is it the bucket from which ECR hands out image layers?"""
    return re.fullmatch(r"prod-[a-z0-9-]+-starport-layer-bucket\.s3\.[a-z0-9-]+\.amazonaws\.com", host) is not None


def ecr_api(region: str) -> str:
    """The host of ECR's API: GetAuthorizationToken."""
    return f"api.ecr.{region}.amazonaws.com"


def ecr_dkr(region: str, account: str) -> str:
    """The host of the account's registry: image manifests."""
    return f"{account}.dkr.ecr.{region}.amazonaws.com"


def layer_bucket(region: str) -> str:
    """The host of the S3 bucket in which ECR keeps the image layers of a region
    (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html)."""
    return f"prod-{region}-starport-layer-bucket.s3.{region}.amazonaws.com"


def regional(service: str, region: str) -> str:
    """The host of any other service: `logs`, `secretsmanager`, `ssm`, `kms`, `ssmmessages`, `sts`."""
    return f"{service}.{region}.amazonaws.com"


@dataclass(frozen=True)
class Answer:
    """What DNS says inside a VPC: an address ('' for none), and the endpoint interface that it belongs to."""

    address: str
    says: str
    endpoint: VpcEndpoint | None = None
    interface: Interface | None = None


def resolve(network: Network, vpc: str, zone: str, host: str) -> Answer:
    """The answer of the VPC's own resolver. An address in place of a name is its own answer."""
    if address(host) is not None:
        return Answer(host, f"{host} is an address: no name to look up")
    if not network.vpcs[vpc].dns_support:
        return Answer("", f"DNS support is off in {vpc}, so nothing answers the question for {host}")
    if (zone_name := _hosted_zone(network, vpc, host)) is not None:
        return _from_zone(network, vpc, zone_name, host)
    endpoint = _private(network, vpc, host)
    if endpoint is not None:
        near = [one for one in endpoint.interfaces if network.subnets[one.subnet].zone == zone]
        chosen = (near or list(endpoint.interfaces))[0]
        return Answer(
            chosen.address, f"{host} is {chosen.address}, by the private DNS of {endpoint.id}", endpoint, chosen
        )
    public = public_address(network, host)
    return Answer(public, f"{host} is {public}, a public address{_why_not_private(network, vpc, host)}")


def _hosted_zone(network: Network, vpc: str, host: str) -> str | None:
    """The private hosted zone of the VPC that the name lies in; the longest of several."""
    zones = [name for name in network.private_zones.get(vpc, {}) if host.lower().endswith(f".{name}")]
    return max(zones, key=len, default=None)


def _from_zone(network: Network, vpc: str, zone: str, host: str) -> Answer:
    """What the zone says: nobody else is asked, whether or not it knows the name."""
    if not network.vpcs[vpc].dns_hostnames:
        return Answer("", f"DNS host names are off in {vpc}, so the private hosted zone {zone} does nothing")
    records = network.private_zones[vpc][zone]
    if host.lower() not in records:
        return Answer("", f"the private hosted zone {zone} has no name {host}")
    addresses = records[host.lower()]
    if not addresses:
        return Answer("", f"no healthy instance is registered under {host}")
    return Answer(addresses[0], f"{host} is {addresses[0]}, by the private hosted zone {zone}")


def _candidates(network: Network, vpc: str, host: str) -> list[VpcEndpoint]:
    """Interface endpoints of the host's service in the VPC. None for the layer bucket, which has no private name:
    ECR's layers come through the gateway endpoint for S3 alone (R-141)."""
    name = service_of(host).endpoint_service
    if not name or is_layer_bucket(host):
        return []
    return [one for one in network.endpoints_in(vpc) if one.kind == "interface" and one.service == name]


def _private(network: Network, vpc: str, host: str) -> VpcEndpoint | None:
    if not network.vpcs[vpc].dns_hostnames:
        return None
    found = (one for one in _candidates(network, vpc, host) if one.private_dns and one.interfaces)
    return next(found, None)


def _why_not_private(network: Network, vpc: str, host: str) -> str:
    """What stands in the way, where the VPC has an endpoint for the service and the name is public all the same."""
    ids = [one.id for one in network.endpoints_in(vpc) if one.kind == "interface" and one.short == "s3"]
    if is_layer_bucket(host) and ids:
        return f" ({ids[0]} is an interface endpoint for S3: ECR's image layers do not come that way)"
    for one in _candidates(network, vpc, host):
        if not one.private_dns:
            return f" (private DNS of {one.id} is off)"
        if not network.vpcs[vpc].dns_hostnames:
            return f" (DNS host names are off in {vpc}, so the private DNS of {one.id} does nothing)"
        if not one.interfaces:
            return f" ({one.id} stands in no subnet)"
    return ""


def public_address(network: Network, host: str) -> str:
    """The address that the public DNS gives: the same for the same name in every world."""
    service = service_of(host)
    listed = [one for one in network.prefix_lists.values() if one.name == service.endpoint_service and service.short]
    inside = IPv4Network(listed[0].cidrs[0] if listed else AWS_BLOCK if service.short else OTHER_BLOCK)
    number = int.from_bytes(blake2b(host.lower().encode(), digest_size=8).digest(), "big")
    return str(inside[1 + number % (inside.num_addresses - 2)])
