"""AWS::EC2: the network in which tasks run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class _OfEc2(ByApi):
    SERVICE = "ec2"


class Vpc(_OfEc2):
    """A VPC, with its two settings for names."""

    KIND, CREATE, ANSWER, TAGS = "AWS::EC2::VPC", "CreateVpc", "Vpc.VpcId", ":vpc"
    DELETE = ("DeleteVpc", "VpcId")
    CHANGED = frozenset({"EnableDnsHostnames", "EnableDnsSupport"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"VpcId": "Vpc.VpcId", "CidrBlock": "Vpc.CidrBlock"}
    ATTRIBUTES = frozenset({"VpcId", "CidrBlock", "DefaultSecurityGroup", "DefaultNetworkAcl"})

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        for name in ("EnableDnsSupport", "EnableDnsHostnames"):
            if name in wish.properties:
                value = {"Value": _true(wish.properties[name])}
                self.ask(call, "ModifyVpcAttribute", {"VpcId": self.physical_resource_id, name: value})
        inside = [{"Name": "vpc-id", "Values": [self.physical_resource_id]}]
        groups = self.ask(call, "DescribeSecurityGroups", {"Filters": inside})["SecurityGroups"]
        usual = next((one["GroupId"] for one in groups if one["GroupName"] == "default"), "")
        lists = self.ask(call, "DescribeNetworkAcls", {"Filters": inside})["NetworkAcls"]
        acl = next((one["NetworkAclId"] for one in lists if one["IsDefault"]), "")
        self.attributes.update({"DefaultSecurityGroup": usual, "DefaultNetworkAcl": acl})


class Subnet(_OfEc2):
    """A subnet."""

    KIND, CREATE, ANSWER, TAGS = "AWS::EC2::Subnet", "CreateSubnet", "Subnet.SubnetId", ":subnet"
    DELETE = ("DeleteSubnet", "SubnetId")
    REQUIRED = ("VpcId",)
    CHANGED = frozenset({"MapPublicIpOnLaunch"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {
        "SubnetId": "Subnet.SubnetId",
        "AvailabilityZone": "Subnet.AvailabilityZone",
        "VpcId": "Subnet.VpcId",
        "CidrBlock": "Subnet.CidrBlock",
    }
    ATTRIBUTES = frozenset(FROM_ANSWER)

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        wanted = _true(wish.properties.get("MapPublicIpOnLaunch"))
        if wanted != _true(before.get("MapPublicIpOnLaunch")):
            asked = {"SubnetId": self.physical_resource_id, "MapPublicIpOnLaunch": {"Value": wanted}}
            self.ask(call, "ModifySubnetAttribute", asked)


class InternetGateway(_OfEc2):
    """An Internet gateway; VPCGatewayAttachment puts it to a VPC."""

    KIND, CREATE = "AWS::EC2::InternetGateway", "CreateInternetGateway"
    ANSWER, TAGS = "InternetGateway.InternetGatewayId", ":internet-gateway"
    DELETE = ("DeleteInternetGateway", "InternetGatewayId")
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"InternetGatewayId": "InternetGateway.InternetGatewayId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)


class Attachment(_OfEc2):
    """An Internet gateway at a VPC."""

    KIND, CREATE = "AWS::EC2::VPCGatewayAttachment", "AttachInternetGateway"
    REQUIRED = ("VpcId",)

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = cls.request(wish.properties)
        cls.ask(call, cls.CREATE, request)
        return cls(f"IGW|{request['VpcId']}", wish.properties)

    def delete(self, call: Call) -> None:
        self.ask_gone(call, "DetachInternetGateway", self.request(self.properties))


class RouteTable(_OfEc2):
    """A route table."""

    KIND, CREATE, ANSWER = "AWS::EC2::RouteTable", "CreateRouteTable", "RouteTable.RouteTableId"
    TAGS = ":route-table"
    DELETE = ("DeleteRouteTable", "RouteTableId")
    REQUIRED = ("VpcId",)
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"RouteTableId": "RouteTable.RouteTableId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)


class Route(_OfEc2):
    """A route of a table."""

    KIND, CREATE = "AWS::EC2::Route", "CreateRoute"
    REQUIRED = ("RouteTableId",)
    ATTRIBUTES = frozenset({"CidrBlock"})
    TO = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = cls.request(wish.properties)
        cls.ask(call, cls.CREATE, request)
        to = next((request[name] for name in cls.TO if name in request), "")
        return cls(f"{request['RouteTableId']}|{to}", wish.properties, {"CidrBlock": to})

    def delete(self, call: Call) -> None:
        request = self.request(self.properties)
        named = {name: request[name] for name in ("RouteTableId", *self.TO) if name in request}
        self.ask_gone(call, "DeleteRoute", named)


class Association(_OfEc2):
    """Which route table a subnet has."""

    KIND, CREATE, ANSWER = "AWS::EC2::SubnetRouteTableAssociation", "AssociateRouteTable", "AssociationId"
    DELETE = ("DisassociateRouteTable", "AssociationId")
    REQUIRED = ("RouteTableId", "SubnetId")
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Id": "AssociationId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)


class Address(_OfEc2):
    """An elastic IP address: Ref is the address itself."""

    KIND, CREATE, ANSWER, TAGS = "AWS::EC2::EIP", "AllocateAddress", "PublicIp", ":elastic-ip"
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"AllocationId": "AllocationId", "PublicIp": "PublicIp"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        return {"Domain": "vpc", **super().asked(wish)}

    def delete(self, call: Call) -> None:
        self.ask_gone(call, "ReleaseAddress", {"AllocationId": self.attributes["AllocationId"]})


class NatGateway(_OfEc2):
    """A NAT gateway."""

    KIND, CREATE, ANSWER = "AWS::EC2::NatGateway", "CreateNatGateway", "NatGateway.NatGatewayId"
    TAGS = ":natgateway"
    DELETE = ("DeleteNatGateway", "NatGatewayId")
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"NatGatewayId": "NatGateway.NatGatewayId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)


class Endpoint(_OfEc2):
    """A VPC endpoint."""

    KIND, CREATE, ANSWER = "AWS::EC2::VPCEndpoint", "CreateVpcEndpoint", "VpcEndpoint.VpcEndpointId"
    TAGS = ":vpc-endpoint"
    REQUIRED = ("VpcId",)
    CHANGED = frozenset({"PolicyDocument", "PrivateDnsEnabled", "RouteTableIds", "SecurityGroupIds", "SubnetIds"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {
        "Id": "VpcEndpoint.VpcEndpointId",
        "NetworkInterfaceIds": "VpcEndpoint.NetworkInterfaceIds",
        "CreationTimestamp": "VpcEndpoint.CreationTimestamp",
    }
    ATTRIBUTES = frozenset({*FROM_ANSWER, "DnsEntries"})

    @classmethod
    def request(cls, properties: Values) -> Values:
        return super().request(_with_document(properties, "PolicyDocument"))

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        entries = self.ask(call, "DescribeVpcEndpoints", {"VpcEndpointIds": [self.physical_resource_id]})
        known = entries["VpcEndpoints"][0].get("DnsEntries") or []
        self.attributes["DnsEntries"] = [f"{one.get('HostedZoneId', '')}:{one['DnsName']}" for one in known]
        if not before:
            return
        now, old = self.request(wish.properties), self.request(before)
        changes: Values = {"VpcEndpointId": self.physical_resource_id}
        for name, add in (
            ("RouteTableIds", "RouteTableIds"),
            ("SecurityGroupIds", "SecurityGroupIds"),
            ("SubnetIds",) * 2,
        ):
            changes[f"Add{add}"] = [one for one in now.get(name, []) if one not in old.get(name, [])]
            changes[f"Remove{add}"] = [one for one in old.get(name, []) if one not in now.get(name, [])]
        for name in ("PolicyDocument", "PrivateDnsEnabled"):
            if now.get(name) != old.get(name) and name in now:
                changes[name] = now[name]
        self.ask(call, "ModifyVpcEndpoint", {name: value for name, value in changes.items() if value != []})

    def delete(self, call: Call) -> None:
        self.ask_gone(call, "DeleteVpcEndpoints", {"VpcEndpointIds": [self.physical_resource_id]})


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def _with_document(properties: Values, name: str) -> Values:
    """A policy as the text that the API takes."""
    import json

    given = properties.get(name)
    return properties if given is None or isinstance(given, str) else {**properties, name: json.dumps(given)}
