"""Anything may be called and commanded in any order: the world makes sense after each step, and the APIs show it."""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

sys.path.append(str(Path(__file__).parents[1] / "ecs"))

from agreement import client, disagreements
from shop import Shop

from simcloud import Cloud
from simcloud.cloud import snapshot
from simcloud.sim.task import STOPPED

NAMES = st.sampled_from(["front", "back", "spot"])
PLACES = st.integers(0, 30)
"""Which of what there is: by its place in the list."""
ZONES = st.sampled_from(["us-east-1a", "us-east-1b"])
HOSTS = st.sampled_from(["internet", "api.ecr.us-east-1.amazonaws.com", "logs.us-east-1.amazonaws.com"])
OURS = ("SimulatorFault", "InternalFailure", "NotSimulated")
"""Codes that say that the simulation broke, or that this file asks for what is not simulated."""
LOOKS = ("Describe", "List", "Get")
STRATEGY = [
    {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
]
METRICS = {
    "cpu": "ECSServiceAverageCPUUtilization",
    "memory": "ECSServiceAverageMemoryUtilization",
}


def frozen(cloud: Cloud) -> bytes:
    """The world and moto's part of it, without the generators, and without how often was looked."""
    written = io.BytesIO()
    state = snapshot.take(cloud._live)
    state.entropy = None
    calls = {key: count for key, count in state.live.accepted.items() if not key[1].startswith(LOOKS)}
    state.live = replace(state.live, accepted=calls, calls=0)
    snapshot.Pickler(written, []).dump(state)
    return written.getvalue()


@functools.cache
def prepared() -> tuple[Cloud, Shop, str]:
    """An account with a network, an image, a cluster with both providers, and a target group behind a balancer. Made
    once: each life is lived in a copy of it."""
    cloud = Cloud(seed=3).open()
    shop = Shop(cloud)
    shop.open_endpoints()
    shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    cloud.push_image("shop/web", "1.0", size_mib=90, ports=(80,), requests_per_vcpu=100.0)
    elb = boto3.client("elbv2")
    asked = {"Name": "front", "Subnets": shop.subnets, "SecurityGroups": [shop.group], "Scheme": "internal"}
    balancer = elb.create_load_balancer(**asked)["LoadBalancers"][0]["LoadBalancerArn"]
    made = elb.create_target_group(
        Name="front", Protocol="HTTP", Port=80, VpcId=shop.vpc, TargetType="ip", HealthCheckIntervalSeconds=10
    )
    group = made["TargetGroups"][0]["TargetGroupArn"]
    elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
    )
    shop.ec2.authorize_security_group_ingress(
        GroupId=shop.group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": shop.group}]}
        ],
    )
    cloud.world.check()
    assert not disagreements(cloud)
    return cloud, shop, group


class AnyLife(RuleBasedStateMachine):
    """The rules are calls of boto3 and commands of a lesson. A call may be refused; then nothing has happened."""

    def __init__(self) -> None:
        super().__init__()
        self.base, self.shop, self.group = prepared()
        self.base.open()
        self.before = frozen(self.base)
        self.inside: AbstractContextManager[Cloud] = self.base.copy()
        self.cloud = self.inside.__enter__()

    def teardown(self) -> None:
        """The world from which the life was copied is as it was."""
        self.inside.__exit__(None, None, None)
        assert frozen(self.base) == self.before

    # --- what the rules share

    def call(self, do: Callable[..., Any], **params: Any) -> Any:
        """Call AWS. None where it refuses, and then the world is as before."""
        before = frozen(self.cloud)
        try:
            return do(**params)
        except ClientError as error:
            code, said = error.response["Error"]["Code"], str(error)
        self.demand(code not in OURS, said)
        if "hrottl" not in code:  # where AWS throttles, botocore waits before it tries again
            self.demand(frozen(self.cloud) == before, f"refused, and the world is another one: {said}")
        return None

    def demand(self, holds: bool, said: str) -> None:
        assert holds, "\n".join((said, "The story:", str(self.cloud.story)))

    def command(self, do: Callable[..., Any], *params: Any, **named: Any) -> None:
        """Command something. What is not there cannot be commanded, and nothing happens."""
        before = frozen(self.cloud)
        try:
            do(*params, **named)
            return
        except (LookupError, ValueError) as error:
            said = str(error)
        self.demand(frozen(self.cloud) == before, f"cannot be commanded, and the world is another one: {said}")

    def task(self, place: int, *, alive: bool = True) -> str | None:
        """The ARN of a task."""
        found = [each.arn for each in self.cloud.world.tasks.values() if not alive or each.status != STOPPED]
        return found[place % len(found)] if found else None

    def scaled(self, name: str) -> dict[str, str]:
        resource = {"ServiceNamespace": "ecs", "ResourceId": f"service/shop/{name}"}
        return {**resource, "ScalableDimension": "ecs:service:DesiredCount"}

    # --- ECS

    @rule(
        size=st.sampled_from([("256", "512"), ("512", "1024"), ("256", "4096")]),
        ends=st.sampled_from([None, 5, 200]),
        checked=st.booleans(),
    )
    def register(self, size: tuple[str, str], ends: int | None, checked: bool) -> None:
        members: dict[str, Any] = {"command": ["sleep", str(ends)]} if ends else {}
        if checked:
            members["healthCheck"] = {"command": ["CMD-SHELL", "curl localhost"], "interval": 5, "retries": 2}
        web = self.shop.container(**members)
        self.call(
            self.shop.ecs.register_task_definition,
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu=size[0],
            memory=size[1],
            executionRoleArn="arn:aws:iam::123456789012:role/exec",
            containerDefinitions=[web],
        )

    @rule(count=st.integers(0, 3), spot=st.booleans())
    def run_task(self, count: int, spot: bool) -> None:
        where = {"capacityProviderStrategy": STRATEGY} if spot else {"launchType": "FARGATE"}
        self.call(
            self.shop.ecs.run_task,
            cluster="shop",
            taskDefinition="web",
            count=count,
            networkConfiguration=self.shop.network(),
            **where,
        )

    @rule(name=NAMES, desired=st.integers(0, 4), breaker=st.booleans(), grace=st.sampled_from([None, 30]))
    def create_service(self, name: str, desired: int, breaker: bool, grace: int | None) -> None:
        """`front` stands behind the balancer, `spot` on both providers."""
        asked: dict[str, Any] = {"capacityProviderStrategy": STRATEGY} if name == "spot" else {"launchType": "FARGATE"}
        if name == "front":
            asked["loadBalancers"] = [{"targetGroupArn": self.group, "containerName": "web", "containerPort": 80}]
        if grace is not None:
            asked["healthCheckGracePeriodSeconds"] = grace
        configuration = {"deploymentCircuitBreaker": {"enable": breaker, "rollback": breaker}}
        self.call(
            self.shop.ecs.create_service,
            cluster="shop",
            serviceName=name,
            taskDefinition="web",
            desiredCount=desired,
            deploymentConfiguration=configuration,
            networkConfiguration=self.shop.network(),
            **asked,
        )

    @rule(
        name=NAMES,
        desired=st.sampled_from([None, 0, 1, 3, 5]),
        force=st.booleans(),
        newest=st.booleans(),
        percents=st.sampled_from([None, (0, 100), (50, 150), (100, 200), (100, 100)]),
    )
    def update_service(
        self, name: str, desired: int | None, force: bool, newest: bool, percents: tuple[int, int] | None
    ) -> None:
        asked: dict[str, Any] = {} if desired is None else {"desiredCount": desired}
        if newest:
            asked["taskDefinition"] = "web"
        if percents:
            least, most = percents
            asked["deploymentConfiguration"] = {"minimumHealthyPercent": least, "maximumPercent": most}
        self.call(self.shop.ecs.update_service, cluster="shop", service=name, forceNewDeployment=force, **asked)

    @rule(name=NAMES, force=st.booleans())
    def delete_service(self, name: str, force: bool) -> None:
        self.call(self.shop.ecs.delete_service, cluster="shop", service=name, force=force)

    @rule(place=PLACES)
    def stop_task(self, place: int) -> None:
        if arn := self.task(place, alive=False):
            self.call(self.shop.ecs.stop_task, cluster="shop", task=arn, reason="enough")

    @rule(place=PLACES, on=st.booleans())
    def protect(self, place: int, on: bool) -> None:
        if arn := self.task(place):
            self.call(
                self.shop.ecs.update_task_protection,
                cluster="shop",
                tasks=[arn],
                protectionEnabled=on,
                **({"expiresInMinutes": 5} if on else {}),
            )

    # --- scaling and load

    @rule(name=NAMES, least=st.integers(0, 2), most=st.integers(1, 6))
    def register_target(self, name: str, least: int, most: int) -> None:
        api = client("application-autoscaling")
        self.call(api.register_scalable_target, **self.scaled(name), MinCapacity=least, MaxCapacity=most)

    @rule(name=NAMES)
    def deregister_target(self, name: str) -> None:
        self.call(client("application-autoscaling").deregister_scalable_target, **self.scaled(name))

    @rule(
        name=NAMES,
        metric=st.sampled_from(sorted(METRICS)),
        goal=st.sampled_from([20.0, 60.0]),
        wait=st.sampled_from([0, 300]),
    )
    def put_policy(self, name: str, metric: str, goal: float, wait: int) -> None:
        configuration = {
            "TargetValue": goal,
            "PredefinedMetricSpecification": {"PredefinedMetricType": METRICS[metric]},
            "ScaleInCooldown": wait,
            "ScaleOutCooldown": wait,
        }
        self.call(
            client("application-autoscaling").put_scaling_policy,
            **self.scaled(name),
            PolicyName=metric,
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration=configuration,
        )

    @rule(name=NAMES, metric=st.sampled_from(sorted(METRICS)))
    def delete_policy(self, name: str, metric: str) -> None:
        api = client("application-autoscaling")
        self.call(api.delete_scaling_policy, **self.scaled(name), PolicyName=metric)

    @rule(name=NAMES, every=st.sampled_from([2, 7]), least=st.integers(0, 3))
    def put_schedule(self, name: str, every: int, least: int) -> None:
        self.call(
            client("application-autoscaling").put_scheduled_action,
            **self.scaled(name),
            ScheduledActionName="often",
            Schedule=f"rate({every} minutes)",
            ScalableTargetAction={"MinCapacity": least},
        )

    @rule(name=NAMES, rate=st.sampled_from([0.0, 20.0, 200.0]))
    def load(self, name: str, rate: float) -> None:
        self.command(self.cloud.load, name, rate, cluster="shop")

    @rule(name=NAMES, most=st.sampled_from([50.0, 400.0]), peak=st.integers(0, 23))
    def wave(self, name: str, most: float, peak: int) -> None:
        self.command(self.cloud.load, name, cluster="shop", daily=(5.0, most), peak=peak)

    # --- faults and capacity

    @rule(place=PLACES, code=st.sampled_from([0, 1, 137]))
    def kill(self, place: int, code: int) -> None:
        if arn := self.task(place):
            self.command(self.cloud.kill_task, arn, exit_code=code)

    @rule(place=PLACES)
    def retire(self, place: int) -> None:
        if arn := self.task(place):
            self.command(self.cloud.retire, arn)

    @rule(factor=st.sampled_from([1.0, 10.0]))
    def slow_pulls(self, factor: float) -> None:
        self.command(self.cloud.slow_pulls, factor)

    @rule(host=HOSTS, mend=st.booleans())
    def hosts(self, host: str, mend: bool) -> None:
        self.command(self.cloud.mend_host if mend else self.cloud.break_host, host)

    @rule(fraction=st.sampled_from([0.0, 0.5, 1.0]), drought=st.sampled_from([0.0, 600.0]))
    def reclaim(self, fraction: float, drought: float) -> None:
        self.command(self.cloud.reclaim_spot, fraction, drought=drought)

    @rule(provider=st.sampled_from(["FARGATE", "FARGATE_SPOT"]), end=st.booleans())
    def drought(self, provider: str, end: bool) -> None:
        self.command(self.cloud.end_drought if end else self.cloud.drought, provider)

    @rule(zone=ZONES, back=st.booleans())
    def zone(self, zone: str, back: bool) -> None:
        self.command(self.cloud.restore_zone if back else self.cloud.lose_zone, zone)

    @rule(
        ends=st.sampled_from([None, 3.0, 90.0]),
        ill=st.sampled_from([None, 0.0, 60.0]),
        start=st.sampled_from([0.0, 20.0, 100.0]),
        stop=st.sampled_from([0.5, 50.0]),
    )
    def push(self, ends: float | None, ill: float | None, start: float, stop: float) -> None:
        """The image behaves otherwise for tasks that pull it from now on."""
        self.cloud.push_image(
            "shop/web",
            "1.0",
            size_mib=90,
            ports=(80,),
            requests_per_vcpu=100.0,
            exit_after=ends,
            unhealthy_after=ill,
            start_seconds=start,
            stop_seconds=stop,
        )

    @rule(ways=st.booleans())
    def way_in(self, ways: bool) -> None:
        """The balancer's way to the tasks is opened or closed."""
        source = {"UserIdGroupPairs": [{"GroupId": self.shop.group}]}
        permission = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, **source}
        asked = {"GroupId": self.shop.group, "IpPermissions": [permission]}
        ec2 = self.shop.ec2
        self.call(ec2.authorize_security_group_ingress if ways else ec2.revoke_security_group_ingress, **asked)

    # --- time and copies

    @rule(seconds=st.sampled_from([0.0, 1.0, 13.5, 60.0, 300.0, 2000.0]))
    def advance(self, seconds: float) -> None:
        self.cloud.advance(seconds=seconds)

    @rule(minutes=st.sampled_from([1, 45]))
    def what_if(self, minutes: int) -> None:
        """What is lived in a copy leaves the original as it is."""
        before = frozen(self.cloud)
        with self.cloud.copy() as future:
            future.advance(minutes=minutes)
            future.world.check()
            assert not disagreements(future)
        assert frozen(self.cloud) == before

    @invariant()
    def makes_sense(self) -> None:
        self.cloud.world.check()
        before = frozen(self.cloud)
        found = disagreements(self.cloud)
        assert not found, "\n".join((*found, "The story:", str(self.cloud.story)))
        assert frozen(self.cloud) == before, "looking changed the world"


AnyLife.TestCase.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, derandomize=True, database=None
)
TestAnyLifeOfACloud = AnyLife.TestCase


@pytest.mark.long
def test_two_hundred_steps_in_many_lives() -> None:
    run_state_machine_as_test(
        AnyLife, settings=settings(max_examples=25, stateful_step_count=200, deadline=None, database=None)
    )
