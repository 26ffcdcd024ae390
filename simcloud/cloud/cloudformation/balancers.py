"""AWS::ElasticLoadBalancingV2: load balancers, target groups, listeners and their rules. Ref is the ARN of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Values, Wish
from simcloud.cloud.live import Call


class _OfBalancing(ByApi):
    SERVICE, TAGS = "elbv2", "Tags"


class LoadBalancer(_OfBalancing):
    """An Application or Network Load Balancer."""

    KIND, CREATE, NAME = "AWS::ElasticLoadBalancingV2::LoadBalancer", "CreateLoadBalancer", "Name"
    ANSWER = "LoadBalancers.0.LoadBalancerArn"
    DELETE = ("DeleteLoadBalancer", "LoadBalancerArn")
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = {"LoadBalancerAttributes": ("Key", "Value")}
    CHANGED = frozenset({"LoadBalancerAttributes", "SecurityGroups", "SubnetMappings", "Subnets", "IpAddressType"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {
        "LoadBalancerArn": ANSWER,
        "DNSName": "LoadBalancers.0.DNSName",
        "LoadBalancerName": "LoadBalancers.0.LoadBalancerName",
        "CanonicalHostedZoneID": "LoadBalancers.0.CanonicalHostedZoneId",
        "SecurityGroups": "LoadBalancers.0.SecurityGroups",
    }
    ATTRIBUTES = frozenset({*FROM_ANSWER, "LoadBalancerFullName"})

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        arn = {"LoadBalancerArn": self.physical_resource_id}
        self.attributes["LoadBalancerFullName"] = self.physical_resource_id.partition(":loadbalancer/")[2]
        now = wish.properties
        if given := _attributes(now, "LoadBalancerAttributes"):
            self.ask(call, "ModifyLoadBalancerAttributes", {**arn, "Attributes": given})
        if before and before.get("SecurityGroups") != now.get("SecurityGroups"):
            self.ask(call, "SetSecurityGroups", {**arn, "SecurityGroups": now.get("SecurityGroups") or []})
        if before and before.get("Subnets") != now.get("Subnets"):
            self.ask(call, "SetSubnets", {**arn, "Subnets": now.get("Subnets") or []})


class TargetGroup(_OfBalancing):
    """A target group."""

    KIND, CREATE, NAME = "AWS::ElasticLoadBalancingV2::TargetGroup", "CreateTargetGroup", "Name"
    ANSWER = "TargetGroups.0.TargetGroupArn"
    DELETE = ("DeleteTargetGroup", "TargetGroupArn")
    HEALTH = (
        "HealthCheckEnabled",
        "HealthCheckIntervalSeconds",
        "HealthCheckPath",
        "HealthCheckPort",
        "HealthCheckProtocol",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "Matcher",
        "UnhealthyThresholdCount",
    )
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = {"TargetGroupAttributes": ("Key", "Value"), "Targets": ("Id",)}
    CHANGED = frozenset({*HEALTH, "TargetGroupAttributes", "Targets"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {
        "TargetGroupArn": ANSWER,
        "TargetGroupName": "TargetGroups.0.TargetGroupName",
    }
    ATTRIBUTES = frozenset({*FROM_ANSWER, "TargetGroupFullName", "LoadBalancerArns"})

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        arn = {"TargetGroupArn": self.physical_resource_id}
        self.attributes["TargetGroupFullName"] = (
            "targetgroup/" + self.physical_resource_id.partition(":targetgroup/")[2]
        )
        if given := _attributes(wish.properties, "TargetGroupAttributes"):
            self.ask(call, "ModifyTargetGroupAttributes", {**arn, "Attributes": given})
        if targets := wish.properties.get("Targets"):
            asked = [{"Id": str(one["Id"]), **({"Port": int(one["Port"])} if "Port" in one else {})} for one in targets]
            self.ask(call, "RegisterTargets", {**arn, "Targets": asked})
        if before:
            health = {name: one for name, one in wish.properties.items() if name in self.HEALTH}
            self.ask(call, "ModifyTargetGroup", {**arn, **self.request(health)})

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        return self.attributes.get(attribute_name, [])


class Listener(_OfBalancing):
    """A listener."""

    KIND, CREATE = "AWS::ElasticLoadBalancingV2::Listener", "CreateListener"
    ANSWER = "Listeners.0.ListenerArn"
    DELETE = ("DeleteListener", "ListenerArn")
    REQUIRED = ("DefaultActions", "LoadBalancerArn")
    CHANGED = frozenset({"AlpnPolicy", "Certificates", "DefaultActions", "Port", "Protocol", "SslPolicy"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"ListenerArn": ANSWER}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if before:
            given = self.request({name: one for name, one in wish.properties.items() if name in self.CHANGED})
            self.ask(call, "ModifyListener", {"ListenerArn": self.physical_resource_id, **given})


class Rule(_OfBalancing):
    """A rule of a listener."""

    KIND, CREATE = "AWS::ElasticLoadBalancingV2::ListenerRule", "CreateRule"
    ANSWER = "Rules.0.RuleArn"
    DELETE = ("DeleteRule", "RuleArn")
    REQUIRED = ("Actions", "Conditions", "Priority")
    CHANGED = frozenset({"Actions", "Conditions", "Priority"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"RuleArn": ANSWER, "IsDefault": "Rules.0.IsDefault"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if not before:
            return
        given = self.request({name: wish.properties[name] for name in ("Actions", "Conditions")})
        self.ask(call, "ModifyRule", {"RuleArn": self.physical_resource_id, **given})
        if before["Priority"] != wish.properties["Priority"]:
            place = {"RuleArn": self.physical_resource_id, "Priority": int(wish.properties["Priority"])}
            self.ask(call, "SetRulePriorities", {"RulePriorities": [place]})


def _attributes(properties: Values, name: str) -> list[Values]:
    from simcloud.cloud.cloudformation.outputs import text

    return [{"Key": str(one["Key"]), "Value": text(one["Value"])} for one in properties.get(name) or ()]
