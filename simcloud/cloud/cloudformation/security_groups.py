"""AWS::EC2::SecurityGroup, and rules of one that stand by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call

EVERYWHERE = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
"""The rule for egress that EC2 gives a new group: a template that has its own egress takes it away."""


class SecurityGroup(ByApi):
    """A security group with its rules. Ref is its id."""

    KIND, SERVICE, CREATE = "AWS::EC2::SecurityGroup", "ec2", "CreateSecurityGroup"
    NAME, ANSWER, TAGS = "GroupName", "GroupId", ":security-group"
    RENAMED: ClassVar[Mapping[str, str]] = {"GroupDescription": "Description"}
    DELETE = ("DeleteSecurityGroup", "GroupId")
    REQUIRED = ("GroupDescription",)
    CHANGED = frozenset({"SecurityGroupEgress", "SecurityGroupIngress"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"GroupId": "GroupId", "Id": "GroupId"}
    ATTRIBUTES = frozenset({"GroupId", "Id", "VpcId"})

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        found = super().faults(properties)
        for name in ("SecurityGroupIngress", "SecurityGroupEgress"):
            given = properties.get(name) or []
            if not isinstance(given, list):
                found.append(f"#/{name}: expected type: JSONArray, found: JSONObject")
                continue
            for index, one in enumerate(given):
                found += _faults(one, f"#/{name}/{index}")
        return found

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        group = {"GroupId": self.physical_resource_id}
        if not before and wish.properties.get("SecurityGroupEgress"):
            self.ask(call, "RevokeSecurityGroupEgress", {**group, "IpPermissions": [EVERYWHERE]})
        for name, way in (("SecurityGroupIngress", "Ingress"), ("SecurityGroupEgress", "Egress")):
            old, now = _rules(before.get(name)), _rules(wish.properties.get(name))
            if gone := [one for one in old if one not in now]:
                self.ask(call, f"RevokeSecurityGroup{way}", {**group, "IpPermissions": gone})
            if new := [one for one in now if one not in old]:
                self.ask(call, f"AuthorizeSecurityGroup{way}", {**group, "IpPermissions": new})
        known = self.ask(call, "DescribeSecurityGroups", {"GroupIds": [self.physical_resource_id]})
        self.attributes["VpcId"] = known["SecurityGroups"][0].get("VpcId", "")


class _Rule(ByApi):
    SERVICE = "ec2"
    REQUIRED: ClassVar[tuple[str, ...]] = ("IpProtocol",)
    ATTRIBUTES = frozenset({"Id"})
    WAY = ""

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        return _faults(properties, "#")

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        answer = cls.ask(call, f"AuthorizeSecurityGroup{cls.WAY}", _asked(wish.properties))
        made = answer.get("SecurityGroupRules") or [{}]
        identity = str(made[0].get("SecurityGroupRuleId") or wish.name)
        return cls(identity, wish.properties, {"Id": identity})

    def delete(self, call: Call) -> None:
        self.ask_gone(call, f"RevokeSecurityGroup{self.WAY}", _asked(self.properties))


class Ingress(_Rule):
    """What a group lets in."""

    KIND, WAY = "AWS::EC2::SecurityGroupIngress", "Ingress"


class Egress(_Rule):
    """What a group lets out."""

    KIND, WAY = "AWS::EC2::SecurityGroupEgress", "Egress"
    REQUIRED = ("GroupId", "IpProtocol")


def _faults(given: Any, at: str) -> list[str]:
    """What is wrong with a flat rule."""
    if not isinstance(given, dict):
        return [f"{at}: expected type: JSONObject, found: String"]
    if "IpProtocol" not in given:
        return [f"{at}: required key [IpProtocol] not found"]
    ports = [name for name in ("FromPort", "ToPort") if name in given and not _is_port(given[name])]
    return [f"{at}/{name}: expected type: Integer, found: String" for name in ports]


def _is_port(value: Any) -> bool:
    return isinstance(value, (int, str)) and str(value).lstrip("-").isdigit()


def _asked(properties: Values) -> Values:
    named: Values = {name: str(properties[name]) for name in ("GroupId", "GroupName") if name in properties}
    return {**named, "IpPermissions": [_rule(properties)]}


def _rules(given: Any) -> list[Values]:
    return [_rule(one) for one in given or ()]


def _rule(given: Values) -> Values:
    """A flat rule as the API's permission."""
    rule: Values = {"IpProtocol": str(given["IpProtocol"])}
    for name in ("FromPort", "ToPort"):
        if name in given:
            rule[name] = int(given[name])
    told = {"Description": str(given["Description"])} if given.get("Description") else {}
    if "CidrIp" in given:
        rule["IpRanges"] = [{"CidrIp": str(given["CidrIp"]), **told}]
    if "CidrIpv6" in given:
        rule["Ipv6Ranges"] = [{"CidrIpv6": str(given["CidrIpv6"]), **told}]
    other = given.get("SourceSecurityGroupId") or given.get("DestinationSecurityGroupId")
    if other:
        rule["UserIdGroupPairs"] = [{"GroupId": str(other), **told}]
    prefixes = given.get("SourcePrefixListId") or given.get("DestinationPrefixListId")
    if prefixes:
        rule["PrefixListIds"] = [{"PrefixListId": str(prefixes), **told}]
    return rule
