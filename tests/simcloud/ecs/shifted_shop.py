"""The shop behind a load balancer with two target groups, between which ECS shifts the traffic of `web`."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import boto3
from shop import ACCOUNT, Shop, trust

from simcloud import Cloud

POLICY = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/balancing"
CANARY: dict[str, Any] = {
    "strategy": "CANARY",
    "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 10},
    "bakeTimeInMinutes": 5,
}
BLUE_GREEN: dict[str, Any] = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10}
ONE_OF_BOTH = [("blue", 100), ("green", 0)]


class Shifted:
    """The account, and what tests do with it."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.cloud = shop, shop.cloud
        self.elb: Any = boto3.client("elbv2")
        self.watch: Any = boto3.client("cloudwatch")
        self.front = shop.security_group("front")
        rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": self.front}]}
        shop.ec2.authorize_security_group_ingress(GroupId=shop.group, IpPermissions=[rule])
        self.balancer = self.elb.create_load_balancer(
            Name="front", Subnets=shop.subnets, Scheme="internal", SecurityGroups=[self.front]
        )["LoadBalancers"][0]["LoadBalancerArn"]
        self.groups = {name: self._group(name) for name in ("blue", "green")}
        self.listeners = {80: self._listener(80, ONE_OF_BOTH), 8080: self._listener(8080, [("green", 1)])}
        self.production = self._rule(80, ONE_OF_BOTH)
        self.test = self._rule(8080, [("green", 1)])
        shop.iam.create_role(RoleName="balancing", AssumeRolePolicyDocument=trust("ecs.amazonaws.com"))
        shop.iam.attach_role_policy(RoleName="balancing", PolicyArn=POLICY)

    def copied(self) -> Iterator[Shifted]:
        """The same in a copy of the world: what a test does is gone with it."""
        with self.cloud.copy() as future:
            mine = copy.copy(self)
            mine.cloud, mine.shop, mine.groups = future, copy.copy(self.shop), dict(self.groups)
            mine.shop.cloud = future
            yield mine
            future.world.check()

    def _group(self, name: str) -> str:
        asked = {"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": self.shop.vpc, "TargetType": "ip"}
        made = self.elb.create_target_group(**asked, HealthCheckIntervalSeconds=10, HealthCheckPath="/health")
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def forward(self, weights: list[tuple[str, int]]) -> dict[str, Any]:
        """An action with these weights, by name of the target group."""
        named = [{"TargetGroupArn": self.groups[name], "Weight": weight} for name, weight in weights]
        return {"Type": "forward", "ForwardConfig": {"TargetGroups": named}}

    def _listener(self, port: int, weights: list[tuple[str, int]]) -> str:
        made = self.elb.create_listener(
            LoadBalancerArn=self.balancer, Protocol="HTTP", Port=port, DefaultActions=[self.forward(weights)]
        )
        return str(made["Listeners"][0]["ListenerArn"])

    def _rule(self, port: int, weights: list[tuple[str, int]]) -> str:
        made = self.elb.create_rule(
            ListenerArn=self.listeners[port],
            Priority=1,
            Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
            Actions=[self.forward(weights)],
        )
        return str(made["Rules"][0]["RuleArn"])

    def image(self, tag: str, **behaviour: Any) -> str:
        """An image that answers on /health and /."""
        return self.cloud.push_image("shop/web", tag, size_mib=90, paths=(("/", 200), ("/health", 200)), **behaviour)

    def release(self, tag: str, **behaviour: Any) -> str:
        """A revision of the task definition with this image; its ARN."""
        made = self.shop.register(self.shop.container(image=self.image(tag, **behaviour)), cpu="256", memory="512")
        return str(made["taskDefinitionArn"])

    def balanced(self, *, test: bool = True, **members: Any) -> list[dict[str, Any]]:
        """loadBalancers of the service."""
        advanced = {
            "alternateTargetGroupArn": self.groups["green"],
            "productionListenerRule": self.production,
            "roleArn": ROLE,
            **({"testListenerRule": self.test} if test else {}),
            **members,
        }
        one = {"targetGroupArn": self.groups["blue"], "containerName": "web", "containerPort": 80}
        return [{**one, "advancedConfiguration": advanced}]

    def serve(self, configuration: dict[str, Any], **members: Any) -> None:
        """A steady service `web` of two tasks with this deployment configuration."""
        self.release("1.0")
        asked: dict[str, Any] = {"loadBalancers": self.balanced(), **members}
        self.shop.create_service(deploymentConfiguration=configuration, **asked)
        self.cloud.advance(minutes=6)
        assert self.shop.service()["deployments"][0]["rolloutState"] == "COMPLETED"

    def deploy(self, definition: str, **members: Any) -> str:
        """UpdateService; the ARN of the service deployment."""
        self.shop.ecs.update_service(cluster="shop", service="web", taskDefinition=definition, **members)
        self.cloud.advance(seconds=5)
        return str(self.shop.service()["currentServiceDeployment"])

    def described(self, arn: str) -> dict[str, Any]:
        """DescribeServiceDeployments of one."""
        found: dict[str, Any] = self.shop.ecs.describe_service_deployments(serviceDeploymentArns=[arn])[
            "serviceDeployments"
        ][0]
        return found

    def until(self, arn: str, stage: str, most: int = 60) -> None:
        """Let time pass until the deployment is at this stage."""
        for _ in range(most * 6):
            if self.described(arn).get("lifecycleStage") == stage:
                return
            self.cloud.advance(seconds=10)
        raise AssertionError(f"{stage} did not come: {self.described(arn)}")

    def weights(self, rule: str = "") -> dict[str, int]:
        """DescribeRules: the weight of each target group by its name."""
        action = self.elb.describe_rules(RuleArns=[rule or self.production])["Rules"][0]["Actions"][0]
        names = {arn: name for name, arn in self.groups.items()}
        return {names[each["TargetGroupArn"]]: each["Weight"] for each in action["ForwardConfig"]["TargetGroups"]}

    def healthy(self, name: str) -> int:
        """So many targets of the group are healthy."""
        found = self.elb.describe_target_health(TargetGroupArn=self.groups[name])["TargetHealthDescriptions"]
        return sum(each["TargetHealth"]["State"] == "healthy" for each in found)

    def dimensions(self, name: str) -> list[dict[str, str]]:
        """Of the metrics of a target group."""
        return [
            {"Name": "LoadBalancer", "Value": self.balancer.partition("loadbalancer/")[2]},
            {"Name": "TargetGroup", "Value": self.groups[name].rpartition(":")[2]},
        ]

    def last(self, name: str, group: str, statistic: str = "Sum") -> float | None:
        """The newest whole minute of a metric of a target group."""
        end = self.cloud.world.now // 60 * 60
        found = self.watch.get_metric_statistics(
            Namespace="AWS/ApplicationELB", MetricName=name, Dimensions=self.dimensions(group), Period=60,
            Statistics=[statistic], StartTime=end - 60, EndTime=end)["Datapoints"]  # fmt: skip
        return found[0][statistic] if found else None

    def alarm(self, name: str = "green-5xx", group: str = "green", threshold: float = 10.0, **members: Any) -> None:
        """An alarm on the errors of a target group."""
        self.watch.put_metric_alarm(
            AlarmName=name, Namespace="AWS/ApplicationELB", MetricName="HTTPCode_Target_5XX_Count",
            Dimensions=self.dimensions(group), Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=threshold,
            ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching", **members)  # fmt: skip

    def messages(self) -> list[str]:
        """The service's events, newest first."""
        return [event["message"] for event in self.shop.service()["events"]]


def built() -> Iterator[Shifted]:
    """The account, for a whole file of tests: it takes longer to build than to copy."""
    with Cloud(seed=7) as cloud:
        shop = Shop(cloud)
        shop.open_endpoints()
        yield Shifted(shop)
