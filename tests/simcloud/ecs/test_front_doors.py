"""A task asks others by the name of a load balancer: its security groups, rules and weights, and who is healthy."""

from __future__ import annotations

from collections import Counter
from typing import Any

import boto3
import pytest
from shop import Shop


class Front:
    """A balancer before the service `web`, and a task that asks it."""

    def __init__(self, shop: Shop, scheme: str = "internal", *, opened: bool = True) -> None:
        self.shop, self.elb = shop, boto3.client("elbv2")
        self.door = shop.security_group("door")
        if opened:
            self.open_door({"UserIdGroupPairs": [{"GroupId": shop.group}]})
        self._let(shop.group, 80, {"UserIdGroupPairs": [{"GroupId": self.door}]})
        asked = {"Name": "front", "Subnets": shop.subnets, "SecurityGroups": [self.door], "Scheme": scheme}
        made = self.elb.create_load_balancer(**asked)["LoadBalancers"][0]
        self.arn, self.name = made["LoadBalancerArn"], made["DNSName"]
        self.group = self.target_group("blue")
        forward = [{"Type": "forward", "TargetGroupArn": self.group}]
        self.listener = self.elb.create_listener(
            LoadBalancerArn=self.arn, Protocol="HTTP", Port=80, DefaultActions=forward
        )["Listeners"][0]["ListenerArn"]
        shop.cloud.push_image("shop/web", "1.0", size_mib=90, ports=(80,), paths={"/": 200, "/slow": 204})

    def _let(self, group: str, port: int, source: dict[str, Any]) -> None:
        permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
        self.shop.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])

    def open_door(self, source: dict[str, Any]) -> None:
        """Let somebody in."""
        self._let(self.door, 80, source)

    def target_group(self, name: str) -> str:
        """A new one."""
        asked = {"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": self.shop.vpc, "TargetType": "ip"}
        made = self.elb.create_target_group(**asked, HealthCheckIntervalSeconds=10)
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def serve(self, count: int = 2) -> None:
        """The service runs and is healthy."""
        balancers = [{"targetGroupArn": self.group, "containerName": "web", "containerPort": 80}]
        self.shop.create_service(desiredCount=count, loadBalancers=balancers)
        self.shop.cloud.advance(minutes=3)

    def answers(self, *paths: str, seconds: float = 30) -> list[str]:
        """What a task logs that asks each path again every second."""
        shop = self.shop
        asks = [f"http://{self.name}{path}" for path in paths or ("/",)]
        image = shop.cloud.push_image("shop/asker", asks=asks, asks_again=1.0)
        container = shop.container(image=image)
        del container["portMappings"]
        shop.register(container, family="asker")
        arn = shop.run(taskDefinition="asker")["taskArn"]
        shop.cloud.advance(seconds=30 + seconds)
        stream = f"web/web/{arn.rsplit('/', 1)[-1]}"
        events = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
        return [each["message"].removeprefix(f"GET http://{self.name}") for each in events]


def test_a_healthy_task_behind_the_balancer_answers(open_shop: Shop) -> None:
    front = Front(open_shop)
    front.serve(2)
    assert set(front.answers()) == {"/: 200"}
    assert front.answers("/nothing")[0] == "/nothing: 404"


def test_a_task_that_is_sick_gets_nothing_as_long_as_another_is_well(open_shop: Shop) -> None:
    front = Front(open_shop)
    front.serve(2)
    first, second = (task for task in open_shop.cloud.world.tasks.values() if task.service)
    open_shop.cloud.lose_zone(first.interface.zone)
    open_shop.cloud.advance(seconds=25)
    assert [first.target_health[front.group].health.state, second.target_health[front.group].health.state] == [
        "unhealthy",
        "healthy",
    ]
    told = front.answers(seconds=10)
    assert set(told) == {"/: 200"}, "the host of the sick one would not answer"


def test_the_balancers_own_group_decides_who_comes_in(open_shop: Shop) -> None:
    front = Front(open_shop, opened=False)
    front.serve(1)
    assert front.answers()[0] == "/: Connection timed out"
    reason = next(line.why for line in open_shop.cloud.story if "gets no answer from" in line.what)
    assert front.door in reason


def test_without_targets_it_says_503_and_where_nobody_listens_502(open_shop: Shop) -> None:
    front = Front(open_shop)
    assert front.answers()[0] == "/: 503 Service Temporarily Unavailable"
    open_shop.cloud.push_image("shop/web", "1.0", size_mib=90, ports=(8080,))
    front.serve(1)
    assert "/: 502 Bad Gateway" in front.answers(seconds=120), "as long as a task is registered"


@pytest.mark.parametrize(
    "said", [{"Values": ["/teapot*"]}, {"PathPatternConfig": {"RegexValues": ["^/teapot/[0-9]$"]}}], ids=str
)
def test_a_rule_of_a_path_decides_before_the_default_one(open_shop: Shop, said: Any) -> None:
    front = Front(open_shop)
    front.elb.create_rule(
        ListenerArn=front.listener,
        Priority=1,
        Conditions=[{"Field": "path-pattern", **said}],
        Actions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "418"}}],
    )
    front.serve(1)
    assert front.answers("/teapot/1", "/slow")[:2] == ["/teapot/1: 418", "/slow: 204"]


def test_weights_divide_the_requests(open_shop: Shop) -> None:
    front = Front(open_shop)
    green = front.target_group("green")
    groups = [{"TargetGroupArn": front.group, "Weight": 3}, {"TargetGroupArn": green, "Weight": 1}]
    front.elb.modify_listener(
        ListenerArn=front.listener, DefaultActions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]
    )
    front.serve(1)
    told = Counter(front.answers(seconds=20)[:20])
    assert told == {"/: 200": 15, "/: 503 Service Temporarily Unavailable": 5}


@pytest.mark.parametrize("port", [80, 81])
def test_a_port_without_a_listener_and_a_name_that_is_gone_answer_nothing(open_shop: Shop, port: int) -> None:
    front = Front(open_shop)
    if port == 80:
        front.elb.delete_load_balancer(LoadBalancerArn=front.arn)
        assert front.answers()[0] == "/: Name or service not known"
    else:
        front._let(front.door, 81, {"UserIdGroupPairs": [{"GroupId": open_shop.group}]})
        front.name += ":81"
        assert front.answers()[0] == "/: Connection timed out"


def test_a_balancer_that_faces_the_internet_sees_the_address_of_the_nat_gateway(shop: Shop) -> None:
    from test_lost_zone_around import with_one_nat_gateway

    with_one_nat_gateway(shop, "us-east-1a")
    front = Front(shop, "internet-facing")
    front.serve(1)
    assert front.answers()[0] == "/: Connection timed out", "the rule lets in a group of the VPC, not the NAT gateway"
    front.open_door({"IpRanges": [{"CidrIp": "0.0.0.0/0"}]})
    assert front.answers()[0] == "/: 200"
