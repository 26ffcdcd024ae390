"""Targets become healthy or not by the image's port and path, the group's settings, and the way to the task."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from shop import Shop


class Front:
    """The shop with a load balancer in front of its service."""

    def __init__(self, shop: Shop, **check: Any) -> None:
        self.shop = shop
        self.elb: Any = boto3.client("elbv2")
        self.group = shop.security_group("front")
        asked = {"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": shop.vpc, "TargetType": "ip"}
        settings = {"HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 5, **check}
        self.targets = self.elb.create_target_group(**asked, **settings)["TargetGroups"][0]["TargetGroupArn"]
        made = self.elb.create_load_balancer(
            Name="front", Subnets=shop.subnets, Scheme="internal", SecurityGroups=[self.group]
        )["LoadBalancers"][0]
        self.balancer = made["LoadBalancerArn"]
        self.elb.create_listener(
            LoadBalancerArn=self.balancer,
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.targets}],
        )

    def open(self, port: int = 80) -> None:
        """Let the balancer's group in."""
        rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [{"GroupId": self.group}]}
        self.shop.ec2.authorize_security_group_ingress(GroupId=self.shop.group, IpPermissions=[rule])

    def serve(self, **members: Any) -> None:
        """A service of one task, which is registered by then."""
        balanced = [{"targetGroupArn": self.targets, "containerName": "web", "containerPort": 80}]
        self.shop.create_service(desiredCount=1, loadBalancers=balanced, **members)
        self.shop.cloud.advance(seconds=22)

    def image(self, **behaviour: Any) -> None:
        """An image of this behaviour in the place of the shop's."""
        made = self.shop.cloud.push_image("shop/web", "2.0", size_mib=90, **behaviour)
        self.shop.register(self.shop.container(image=made))

    def health(self) -> list[dict[str, str]]:
        found = self.elb.describe_target_health(TargetGroupArn=self.targets)["TargetHealthDescriptions"]
        return [each["TargetHealth"] for each in found]

    def messages(self) -> list[str]:
        return [event["message"] for event in self.shop.service()["events"]]


@pytest.fixture
def front(open_shop: Shop) -> Front:
    return Front(open_shop)


@pytest.mark.row("P01")
def test_a_target_is_initial_and_after_its_first_check_healthy(front: Front) -> None:
    front.open()
    front.serve()
    assert front.health() == [
        {
            "State": "initial",
            "Reason": "Elb.InitialHealthChecking",
            "Description": "Initial health checks in progress",
        }
    ]
    front.shop.cloud.advance(seconds=10)
    assert front.health() == [{"State": "healthy"}]


@pytest.mark.row("F12")
def test_a_group_that_is_closed_to_the_balancer_times_out_and_the_task_is_stopped(front: Front) -> None:
    """R-111, R-223; the story names the group."""
    front.serve()
    front.shop.cloud.advance(seconds=90)
    stopped = front.shop.cloud.service("web", "shop").stopped_tasks[0]
    assert stopped.stop_code == "ServiceSchedulerInitiated"
    assert stopped.stopped_reason == f"Task failed ELB health checks in (target-group {front.targets})"
    assert f"no ingress rule of {front.shop.group}" in stopped.why
    assert (
        f"(service web) (port 80) is unhealthy in (target-group {front.targets}) due to (reason Request timed out)"
        in front.messages()
    )


def test_opening_the_group_saves_the_task(front: Front) -> None:
    front.serve(healthCheckGracePeriodSeconds=600)
    front.shop.cloud.advance(seconds=60)
    (health,) = front.health()
    assert (health["State"], health["Reason"]) == ("unhealthy", "Target.Timeout")
    front.open()
    front.shop.cloud.advance(seconds=70)
    assert front.health() == [{"State": "healthy"}]
    assert front.shop.cloud.service("web", "shop").stopped_tasks == ()


def test_a_path_that_the_image_does_not_answer_is_a_mismatch(open_shop: Shop) -> None:
    front = Front(open_shop, HealthCheckPath="/health", Matcher={"HttpCode": "200-299"})
    front.open()
    front.image(paths=(("/", 200), ("/ready", 204)))
    front.serve(healthCheckGracePeriodSeconds=600)
    front.shop.cloud.advance(seconds=30)
    assert front.health() == [
        {
            "State": "unhealthy",
            "Reason": "Target.ResponseCodeMismatch",
            "Description": "Health checks failed with these codes: [404]",
        }
    ]
    front.elb.modify_target_group(TargetGroupArn=front.targets, HealthCheckPath="/ready")
    front.shop.cloud.advance(seconds=60)
    assert front.health() == [{"State": "healthy"}]


def test_a_port_on_which_nothing_listens_fails(front: Front) -> None:
    front.open()
    front.image(ports=(8080,))
    front.serve(healthCheckGracePeriodSeconds=600)
    front.shop.cloud.advance(seconds=30)
    assert front.health() == [
        {"State": "unhealthy", "Reason": "Target.FailedHealthChecks", "Description": "Health checks failed"}
    ]


def test_a_slow_image_needs_a_grace_period(front: Front) -> None:
    front.open()
    front.image(start_seconds=100.0)
    front.serve()
    front.shop.cloud.advance(minutes=5)
    assert len(front.shop.cloud.service("web", "shop").stopped_tasks) >= 2
    front.shop.ecs.update_service(cluster="shop", service="web", healthCheckGracePeriodSeconds=300)
    front.shop.cloud.advance(minutes=12)
    assert front.messages()[0] == "(service web) has reached a steady state."


def test_a_healthy_task_whose_way_is_closed_later_is_replaced_after_another_has_come(front: Front) -> None:
    """R-205."""
    front.open()
    front.serve()
    front.shop.cloud.advance(minutes=2)
    first = front.shop.cloud.service("web", "shop").tasks[0]
    front.image(paths=(("/", 500),))
    rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": front.group}]}
    front.shop.ec2.revoke_security_group_ingress(GroupId=front.shop.group, IpPermissions=[rule])
    front.shop.cloud.advance(seconds=30)
    both = front.shop.cloud.service("web", "shop").tasks
    assert first.id in {task.id for task in both}
    assert len(both) == 2
    front.shop.cloud.advance(seconds=40)
    assert front.shop.cloud.task(first.id).stopped_reason.startswith("Task failed ELB health checks")


def test_the_balancer_has_metrics_of_its_targets_and_requests(front: Front) -> None:
    front.open()
    front.serve()
    front.shop.cloud.advance(minutes=2)
    front.shop.cloud.load("web", 40, cluster="shop")
    front.shop.cloud.advance(minutes=3)
    group, balancer = front.targets.rpartition(":")[2], front.balancer.partition("loadbalancer/")[2]
    dimensions = [{"Name": "TargetGroup", "Value": group}, {"Name": "LoadBalancer", "Value": balancer}]

    def last(name: str, statistic: str) -> float | None:
        now = front.shop.cloud.now.replace(second=0)
        found: list[dict[str, Any]] = boto3.client("cloudwatch").get_metric_statistics(
            Namespace="AWS/ApplicationELB",
            MetricName=name,
            Dimensions=dimensions,
            Period=60,
            Statistics=[statistic],  # type: ignore[list-item]
            StartTime=now.replace(minute=now.minute - 1),
            EndTime=now,
        )["Datapoints"]  # type: ignore[assignment]
        return found[0][statistic] if found else None

    assert last("HealthyHostCount", "Average") == 1.0
    assert last("RequestCountPerTarget", "Sum") == 2400.0
    assert last("HTTPCode_Target_2XX_Count", "Sum") == 25 * 60
    assert last("HTTPCode_Target_5XX_Count", "Sum") == 15 * 60
    assert last("TargetResponseTime", "Average") == 60.0
    assert last("HTTPCode_ELB_5XX_Count", "Sum") is None
