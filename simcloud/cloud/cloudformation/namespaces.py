"""AWS::ServiceDiscovery: the names by which services find each other. Ref is the id of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class _Namespace(ByApi):
    SERVICE, TAGS = "servicediscovery", "Tags"
    DELETE = ("DeleteNamespace", "Id")
    REQUIRED: ClassVar[tuple[str, ...]] = ("Name",)
    CHANGED = frozenset({"Description"})
    ATTRIBUTES: ClassVar[frozenset[str]] = frozenset({"Arn", "Id"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request: Values = {**cls.well_formed(wish), "CreatorRequestId": f"{wish.logical}-{wish.name}"}
        operation = cls.ask(call, cls.CREATE, request)["OperationId"]
        known = cls.ask(call, "GetOperation", {"OperationId": operation})["Operation"]
        identity = str(known["Targets"]["NAMESPACE"])
        found = cls.ask(call, "GetNamespace", {"Id": identity})["Namespace"]
        zone = ((found.get("Properties") or {}).get("DnsProperties") or {}).get("HostedZoneId", "")
        return cls(identity, wish.properties, {"Arn": found["Arn"], "Id": identity, "HostedZoneId": zone})


class HttpNamespace(_Namespace):
    """Names that are looked up by API alone."""

    KIND, CREATE = "AWS::ServiceDiscovery::HttpNamespace", "CreateHttpNamespace"


class PrivateDnsNamespace(_Namespace):
    """Names in the DNS of a VPC."""

    KIND, CREATE = "AWS::ServiceDiscovery::PrivateDnsNamespace", "CreatePrivateDnsNamespace"
    REQUIRED = ("Name", "Vpc")
    ATTRIBUTES = frozenset({"Arn", "HostedZoneId", "Id"})


class PublicDnsNamespace(_Namespace):
    """Names in public DNS."""

    KIND, CREATE = "AWS::ServiceDiscovery::PublicDnsNamespace", "CreatePublicDnsNamespace"
    ATTRIBUTES = frozenset({"Arn", "HostedZoneId", "Id"})


class DiscoveryService(ByApi):
    """A name of a service in a namespace."""

    KIND, SERVICE, CREATE, NAME = "AWS::ServiceDiscovery::Service", "servicediscovery", "CreateService", "Name"
    ANSWER, TAGS = "Service.Id", "Tags"
    DELETE = ("DeleteService", "Id")
    CHANGED = frozenset({"Description"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Arn": "Service.Arn", "Id": "Service.Id", "Name": "Service.Name"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        return {**super().asked(wish), "CreatorRequestId": f"{wish.logical}-{wish.name}"}
