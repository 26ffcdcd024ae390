"""Services behind a load balancer: their tasks in its target group."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from shop import Shop

CREATED = ("ecs:CreateService", "ecs:DescribeServices")


@pytest.fixture
def group(open_shop: Shop) -> dict[str, Any]:
    """A target group of type ip that a listener of an Application Load Balancer forwards to. The tasks let it in."""
    balancing: Any = boto3.client("elbv2")
    front = open_shop.security_group("front")
    open_shop.ec2.authorize_security_group_ingress(
        GroupId=open_shop.group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": front}]}],
    )
    made = balancing.create_target_group(
        Name="web", Protocol="HTTP", Port=80, VpcId=open_shop.vpc, TargetType="ip", HealthCheckIntervalSeconds=30
    )["TargetGroups"][0]
    balancer = balancing.create_load_balancer(
        Name="front", Subnets=open_shop.subnets, Scheme="internal", SecurityGroups=[front]
    )["LoadBalancers"][0]
    balancing.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": made["TargetGroupArn"]}],
    )
    return dict(made)


def behind(group: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"targetGroupArn": group["TargetGroupArn"], "containerName": "web", "containerPort": 80}]


def states(group: dict[str, Any]) -> dict[str, str]:
    """State of each target, by address."""
    health = boto3.client("elbv2").describe_target_health(TargetGroupArn=group["TargetGroupArn"])
    return {each["Target"]["Id"]: each["TargetHealth"]["State"] for each in health["TargetHealthDescriptions"]}


def addresses(group: dict[str, Any]) -> set[str]:
    return set(states(group))


def messages(shop: Shop) -> list[str]:
    return [event["message"] for event in reversed(shop.service()["events"])]


@pytest.mark.operation(*CREATED)
def test_running_tasks_are_targets_and_the_service_says_so(open_shop: Shop, group: dict[str, Any]) -> None:
    made = open_shop.create_service(loadBalancers=behind(group), healthCheckGracePeriodSeconds=30)
    assert made["loadBalancers"] == behind(group)
    open_shop.cloud.advance(minutes=2)
    tasks = open_shop.cloud.service("web", "shop").tasks
    assert addresses(group) == {task.private_ip for task in tasks}
    assert f"(service web) registered 2 targets in (target-group {group['TargetGroupArn']})" in messages(open_shop)
    assert messages(open_shop)[-1] == "(service web) has reached a steady state."
    assert open_shop.service()["healthCheckGracePeriodSeconds"] == 30


def test_a_task_that_is_stopped_drains_for_the_deregistration_delay(open_shop: Shop, group: dict[str, Any]) -> None:
    boto3.client("elbv2").modify_target_group_attributes(
        TargetGroupArn=group["TargetGroupArn"],
        Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}],
    )
    open_shop.create_service(loadBalancers=behind(group))
    open_shop.cloud.advance(minutes=2)
    task = open_shop.cloud.service("web", "shop").tasks[0]
    open_shop.ecs.stop_task(cluster="shop", task=task.id)
    assert states(group)[task.private_ip] == "draining"
    open_shop.cloud.advance(seconds=59)
    assert open_shop.described(task.arn)["lastStatus"] == "DEACTIVATING"
    open_shop.cloud.advance(seconds=2)
    assert open_shop.described(task.arn)["lastStatus"] in ("STOPPING", "DEPROVISIONING")
    assert task.private_ip not in addresses(group)
    assert f"(service web) deregistered 1 targets in (target-group {group['TargetGroupArn']})" in messages(open_shop)
    assert "(service web) has begun draining connections on 1 tasks." in messages(open_shop)


@pytest.mark.operation("ecs:UpdateService", *CREATED)
def test_taking_the_balancer_away_is_a_deployment_without_targets(open_shop: Shop, group: dict[str, Any]) -> None:
    open_shop.create_service(loadBalancers=behind(group))
    open_shop.cloud.advance(minutes=2)
    answer = open_shop.ecs.update_service(cluster="shop", service="web", loadBalancers=[])["service"]
    assert len(answer["deployments"]) == 2
    open_shop.cloud.advance(minutes=10)
    service = open_shop.service()
    assert (service["loadBalancers"], len(service["deployments"]), service["runningCount"]) == ([], 1, 2)
    assert addresses(group) == set()
    open_shop.cloud.world.check()


def test_alarms_on_a_whole_load_balancer_and_a_whole_cluster_wake_with_the_first_tasks(
    open_shop: Shop, group: dict[str, Any]
) -> None:
    """They were evaluated, and went to sleep, before the service was there."""
    watch: Any = boto3.client("cloudwatch")
    listeners: Any = boto3.client("elbv2").describe_load_balancers()["LoadBalancers"]
    front = listeners[0]["LoadBalancerArn"].partition("loadbalancer/")[2]
    open_shop.ecs.update_cluster_settings(cluster="shop", settings=[{"name": "containerInsights", "value": "enabled"}])
    for name, namespace, metric, dimension in (
        ("asked", "AWS/ApplicationELB", "RequestCount", ("LoadBalancer", front)),
        ("count", "ECS/ContainerInsights", "RunningTaskCount", ("ClusterName", "shop")),
    ):
        watch.put_metric_alarm(
            AlarmName=name,
            Namespace=namespace,
            MetricName=metric,
            Dimensions=[{"Name": dimension[0], "Value": dimension[1]}],
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="notBreaching",
        )
    open_shop.cloud.advance(minutes=2)
    open_shop.create_service(loadBalancers=behind(group))
    open_shop.cloud.advance(minutes=3)
    open_shop.cloud.load("web", 20, cluster="shop")
    open_shop.cloud.advance(minutes=3)
    told = {alarm["AlarmName"]: alarm["StateValue"] for alarm in watch.describe_alarms()["MetricAlarms"]}
    assert told == {"asked": "ALARM", "count": "ALARM"}
