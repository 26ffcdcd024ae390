"""The lives of services under load, behind load balancers and under the circuit breaker whose stories are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scaling_bench import alarm, of_service, policy, scalable, target_tracking
from stand_in import WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.load.curve import Constant, Points
from simcloud.sim.load.events import LoadSet
from simcloud.sim.service import Service
from simcloud.sim.watching.metric import metric

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BALANCED = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]
BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
BAD = WEB.replace("1.0", "2.0")


def load(bench: Bench, service: Service, rate: float, queue: str = "") -> None:
    """A constant load from now on."""
    bench.happen(LoadSet(service.arn, Constant(rate), f"{rate:g}", queue))


def deploy(bench: Bench, service: Service, **members: Any) -> None:
    """A second revision of `web`."""
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(container(**members), revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))


def load_makes_a_service_grow_and_shrink() -> Bench:
    """Target tracking: three minutes to grow, fifteen to shrink (R-246)."""
    bench = Bench()
    service = bench.create_service(2)
    bench.wait(120)
    target_tracking(bench, service, 60.0, 1, 6)
    load(bench, service, 45)
    bench.wait(900)
    load(bench, service, 20)
    bench.wait(1200)
    return bench


def load_on_a_service_without_a_policy() -> Bench:
    """Fargate does not scale it: an alarm that somebody made tells of it, and that is all."""
    bench = Bench()
    service = bench.create_service(2)
    bench.wait(120)
    alarm(bench, "web-is-busy", of_service(service), "GreaterThanOrEqualToThreshold", 90.0, periods=2)
    bench.happen(LoadSet(service.arn, Points((bench.world.now, bench.world.now + 600), (10.0, 60.0)), "10 to 60"))
    bench.wait(1200)
    return bench


def a_queue_is_worked_off_by_more_tasks() -> Bench:
    """A step policy on the depth of the queue."""
    bench = Bench()
    service = bench.create_service(1)
    bench.wait(120)
    target = scalable(bench, service, 1, 5)
    steps = [
        {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 500.0, "ScalingAdjustment": 1},
        {"MetricIntervalLowerBound": 500.0, "ScalingAdjustment": 2},
    ]
    configuration = {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": steps, "Cooldown": 120}
    arn = policy(bench, target, "depth", "StepScaling", configuration)
    depth = metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", [{"Name": "QueueName", "Value": "orders"}])
    alarm(bench, "orders-wait", depth, "GreaterThanThreshold", 100.0, statistic="Maximum", actions=[arn])
    load(bench, service, 6, "orders")
    bench.wait(900)
    return bench


def a_release_that_answers_another_path() -> Bench:
    """Its health checks get 404: the breaker counts tasks that the load balancer found unhealthy (R-214, R-111)."""
    bench = Bench()
    bench.around.check = {"path": "/health", "interval": 10.0}
    service = bench.create_service(1, loadBalancers=BALANCED, deploymentConfiguration=BREAKER)
    bench.wait(120)
    digest = "sha256:" + "b" * 64
    bench.around.images[BAD] = replace(bench.around.images[WEB], reference=BAD, digest=digest, paths=(("/", 200),))
    deploy(bench, service, image=BAD)
    bench.wait(600)
    return bench


def a_closed_group_between_balancer_and_task() -> Bench:
    """Health checks time out; the group is opened, and the next task stays."""
    bench = Bench()
    bench.around.check = {"closed": "no ingress rule of sg-1 lets TCP 80 in", "interval": 10.0}
    bench.create_service(1, loadBalancers=BALANCED)
    bench.wait(90)
    bench.around.check = {"interval": 10.0}
    bench.happen(e.SurroundingsChanged())
    bench.wait(120)
    return bench


def a_slow_start_with_a_grace_period() -> Bench:
    """It listens after 50 seconds: unhealthy at first, which the grace period overlooks."""
    bench = Bench()
    bench.around.check = {"interval": 10.0, "healthy": 2}
    bench.around.images[WEB] = replace(bench.around.images[WEB], start_seconds=50.0)
    bench.create_service(1, loadBalancers=BALANCED, healthCheckGracePeriodSeconds=90)
    bench.wait(180)
    return bench


def the_four_minute_breaker_run() -> Bench:
    """A container that runs and exits by itself, desired count 1 (R-215)."""
    bench = Bench()
    service = bench.create_service(1, deploymentConfiguration=BREAKER)
    bench.wait(120)
    digest = "sha256:" + "b" * 64
    bench.around.images[BAD] = replace(
        bench.around.images[WEB], reference=BAD, digest=digest, exit_after=3, exit_code=1
    )
    deploy(bench, service, image=BAD)
    bench.wait(300)
    return bench


def the_eleven_minute_breaker_run() -> Bench:
    """An image tag that does not exist, desired count 1 (R-216)."""
    bench = Bench()
    service = bench.create_service(1, deploymentConfiguration=BREAKER)
    bench.wait(120)
    deploy(bench, service, image=WEB.replace("1.0", "9.9"))
    bench.wait(900)
    return bench


SCENARIOS_OF_LOAD: dict[str, Callable[[], Bench]] = {
    function.__name__: function
    for function in (
        load_makes_a_service_grow_and_shrink,
        load_on_a_service_without_a_policy,
        a_queue_is_worked_off_by_more_tasks,
        a_release_that_answers_another_path,
        a_closed_group_between_balancer_and_task,
        a_slow_start_with_a_grace_period,
        the_four_minute_breaker_run,
        the_eleven_minute_breaker_run,
    )
}
