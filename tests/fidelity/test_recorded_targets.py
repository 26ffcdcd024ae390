"""A target group as the real Elastic Load Balancing answered about it on 27 September 2026, call by call.

Recorded by https://github.com/radkawar/stackd: testdata/aws/elbv2/target_group_native.json. Refusals of it stand in
test_neighbours_balancing.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud

NOT_IN_USE = {
    "State": "unused",
    "Reason": "Target.NotInUse",
    "Description": "Target group is not configured to receive traffic from the load balancer",
}
NOT_REGISTERED = {
    "State": "unused",
    "Reason": "Target.NotRegistered",
    "Description": "Target is not registered to the target group",
}
ATTRIBUTES = {
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
    "deregistration_delay.timeout_seconds": "300",
    "stickiness.type": "lb_cookie",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.duration_seconds": "86400",
    "load_balancing.algorithm.type": "round_robin",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "stickiness.enabled": "false",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "stickiness.app_cookie.cookie_name": "",
    "load_balancing.algorithm.anomaly_mitigation": "off",
}


class Group:
    """An HTTP target group of addresses that no load balancer uses."""

    def __init__(self) -> None:
        self.elb: Any = boto3.client("elbv2")
        ec2: Any = boto3.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")
        self.asked = {"Name": "probe", "Protocol": "HTTP", "Port": 80, "TargetType": "ip", "VpcId": vpc}
        self.made = self.elb.create_target_group(**self.asked)["TargetGroups"][0]
        self.named = {"TargetGroupArn": self.made["TargetGroupArn"]}

    def health(self, *targets: dict[str, Any]) -> list[tuple[dict[str, Any], str, dict[str, str]]]:
        asked = {**self.named, **({"Targets": list(targets)} if targets else {})}
        found = self.elb.describe_target_health(**asked)["TargetHealthDescriptions"]
        return [(each["Target"], each["HealthCheckPort"], each["TargetHealth"]) for each in found]


@pytest.fixture
def group() -> Iterator[Group]:
    with Cloud(seed=27):
        yield Group()


def test_the_group_is_made_once_with_its_defaults(group: Group) -> None:
    again = group.elb.create_target_group(**group.asked)["TargetGroups"][0]
    assert again == group.made
    assert again == {
        "TargetGroupArn": group.made["TargetGroupArn"],
        "TargetGroupName": "probe",
        "Protocol": "HTTP",
        "Port": 80,
        "VpcId": group.asked["VpcId"],
        "HealthCheckProtocol": "HTTP",
        "HealthCheckPort": "traffic-port",
        "HealthCheckEnabled": True,
        "HealthCheckIntervalSeconds": 30,
        "HealthCheckTimeoutSeconds": 5,
        "HealthyThresholdCount": 5,
        "UnhealthyThresholdCount": 2,
        "HealthCheckPath": "/",
        "Matcher": {"HttpCode": "200"},
        "TargetType": "ip",
        "ProtocolVersion": "HTTP1",
        "IpAddressType": "ipv4",
    }


def test_the_group_has_these_attributes(group: Group) -> None:
    told = group.elb.describe_target_group_attributes(**group.named)["Attributes"]
    assert {one["Key"]: one["Value"] for one in told} == ATTRIBUTES
    longer = [{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}]
    group.elb.modify_target_group_attributes(**group.named, Attributes=longer)
    told = group.elb.describe_target_group_attributes(**group.named)["Attributes"]
    assert {one["Key"]: one["Value"] for one in told} == {**ATTRIBUTES, "deregistration_delay.timeout_seconds": "30"}


def test_targets_without_a_load_balancer_are_unused(group: Group) -> None:
    target = {"Id": "10.0.0.254", "Port": 8080}
    assert group.health() == []
    group.elb.register_targets(**group.named, Targets=[target])
    assert group.health() == [(target, "8080", NOT_IN_USE)]
    stranger = {"Id": "10.0.254.253", "Port": 8080}
    assert group.health(stranger) == [(stranger, "8080", NOT_REGISTERED)]
    group.elb.deregister_targets(**group.named, Targets=[stranger])
    group.elb.deregister_targets(**group.named, Targets=[target])
    assert group.health() == []


def test_a_group_is_deleted_twice_and_then_not_found(group: Group) -> None:
    group.elb.delete_target_group(**group.named)
    group.elb.delete_target_group(**group.named)
    with pytest.raises(ClientError) as caught:
        group.elb.describe_target_groups(TargetGroupArns=[group.named["TargetGroupArn"]])
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == ("TargetGroupNotFound", "One or more target groups not found")
