"""The figures of service auto scaling, one test each, as literals: named by their row of the course's fact sheet."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from scaled_shop import TARGET, Scaled

sys.path.append(str(Path(__file__).parents[2] / "golden"))

from scaling_bench import alarm, policy, scalable, target_tracking
from stand_in import WEB, Bench

from simcloud import Cloud
from simcloud.sim import events as e
from simcloud.sim.load.curve import Constant
from simcloud.sim.load.events import LoadSet
from simcloud.sim.scaling.capacity import Bounds, by_steps, by_tracking, rounded
from simcloud.sim.service import Service
from simcloud.sim.watching.events import MetricsPut
from simcloud.sim.watching.metric import metric, once

CAPACITY = 25.0
"""Requests a second that one task of the bench, or of the shop, answers with all its CPU."""


@pytest.fixture(scope="module")
def built() -> Iterator[Scaled]:
    with Cloud(seed=11) as cloud:
        yield Scaled(cloud)


@pytest.fixture
def scaled(built: Scaled) -> Iterator[Scaled]:
    """A copy of an account with a service `web` of two tasks."""
    built.cloud.open()
    with built.cloud.copy() as future:
        mine = copy.copy(built)
        mine.cloud, mine.shop = future, copy.copy(built.shop)
        mine.shop.cloud = future
        yield mine


@pytest.fixture
def bench() -> Bench:
    return Bench()


def running(bench: Bench, desired: int) -> Service:
    """A service in steady state, at a full minute."""
    service = bench.create_service(desired)
    bench.wait(120)
    return service


def offer(bench: Bench, service: Service, rate: float) -> float:
    """From now on so many requests a second; the moment."""
    bench.happen(LoadSet(service.arn, Constant(rate), f"{rate:g}"))
    return bench.world.now


def put(bench: Bench, name: str, value: float) -> None:
    bench.happen(MetricsPut(((metric("Shop", name), bench.world.now - 30.0, once(value), ""),)))


def set_counts(bench: Bench) -> list[tuple[float, int]]:
    """When which count was set, oldest first."""
    done = reversed(bench.world.scaling.activities)
    return [(each.started_at, each.count) for each in done if each.count is not None]


def steps(*adjustments: tuple[float | None, float | None, int], **members: Any) -> dict[str, Any]:
    """A StepScalingPolicyConfiguration."""
    made = []
    for low, high, change in adjustments:
        bounds = {"MetricIntervalLowerBound": low, "MetricIntervalUpperBound": high}
        made.append({"ScalingAdjustment": change, **{key: value for key, value in bounds.items() if value is not None}})
    return {"AdjustmentType": "PercentChangeInCapacity", "StepAdjustments": made, **members}


def test_r242_the_triple_of_an_ecs_service_has_names_and_no_arn(scaled: Scaled) -> None:
    arn = scaled.api.register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId="service/shop/web",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=1,
        MaxCapacity=2,
    )["ScalableTargetARN"]
    assert arn.startswith("arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/")
    with pytest.raises(ClientError) as refused:
        scaled.register(ResourceId="arn:aws:ecs:us-east-1:123456789012:service/shop/web")
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_r243_from_zero_tasks_no_utilisation_brings_a_service_back(scaled: Scaled) -> None:
    scaled.register(0, 4)
    scaled.track(value=50.0)
    scaled.shop.ecs.update_service(cluster="shop", service="web", desiredCount=0)
    scaled.cloud.advance(minutes=10)
    scaled.cloud.load("web", 500.0, cluster="shop")
    scaled.cloud.advance(hours=2)
    assert scaled.desired == 0
    scaled.schedule("morning", "rate(1 hour)", MinCapacity=1)
    scaled.cloud.advance(hours=2)
    assert scaled.desired >= 1
    with pytest.raises(ClientError, match="Maximum capacity cannot be less than minimum capacity"):
        scaled.register(3, 2)


def test_r244_a_count_outside_the_bounds_is_moved_when_scaling_looks(scaled: Scaled) -> None:
    scaled.register(1, 4)
    scaled.track(value=60.0)
    scaled.cloud.advance(minutes=3)
    scaled.shop.ecs.update_service(cluster="shop", service="web", desiredCount=9)
    scaled.cloud.advance(minutes=5)
    assert scaled.desired == 9, "set by hand, and nobody has looked"
    scaled.cloud.load("web", 500.0, cluster="shop")
    scaled.cloud.advance(minutes=5)
    assert scaled.desired == 4, "its alarm called the policy"
    scaled.register(6, 8)
    scaled.cloud.advance(seconds=5)
    assert scaled.desired == 6


def test_r245_target_tracking_owns_two_alarms_that_go_with_it(scaled: Scaled) -> None:
    scaled.register()
    arn = scaled.track()["PolicyARN"]
    head = "TargetTracking-service/shop/web-Alarm"
    found = scaled.alarms()
    assert sorted(each["AlarmName"].removeprefix(head).partition("-")[0] for each in found) == ["High", "Low"]
    assert {each["AlarmDescription"] for each in found} == {
        f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {arn}."
    }
    scaled.api.delete_scaling_policy(**TARGET, PolicyName="cpu")
    assert scaled.alarms() == []


@pytest.mark.parametrize(("goal", "low"), [(70, 63), (80, 72), (30, 27)])
def test_r246_the_alarms_stand_at_the_target_and_at_nine_tenths_of_it(scaled: Scaled, goal: int, low: int) -> None:
    scaled.register()
    scaled.track(value=float(goal))
    shown = {
        (each["ComparisonOperator"], each["Threshold"], each["EvaluationPeriods"], each["Period"])
        for each in scaled.alarms()
    }
    assert shown == {("GreaterThanThreshold", goal, 3, 60), ("LessThanThreshold", low, 15, 60)}


@pytest.mark.row("F17")
def test_r246_out_takes_three_minutes_of_load_and_in_fifteen(bench: Bench) -> None:
    service = running(bench, 4)
    target_tracking(bench, service, 60.0, 1, 10)
    begin = offer(bench, service, 0.9 * 4 * CAPACITY)
    bench.until(lambda: service.desired == 6)
    assert bench.world.now - begin == 180.0
    bench.wait(20 * 60)
    begin = offer(bench, service, 0.3 * 6 * CAPACITY)
    bench.until(lambda: service.desired < 6)
    assert bench.world.now - begin == 900.0


def test_r247_the_low_alarm_of_ecs_is_not_that_of_ec2(scaled: Scaled) -> None:
    scaled.register()
    scaled.track(value=40.0)
    assert sorted(each["Threshold"] for each in scaled.alarms()) == [36.0, 40.0], "28 is an EC2 group's, at 0.7"


def test_r248_four_tasks_at_90_percent_of_a_target_of_60_become_six() -> None:
    assert by_tracking(60.0, 4, 90.0, Bounds(1, 10)) == 6
    assert by_tracking(60.0, 4, 90.0, Bounds(1, 5)) == 5


def test_r249_scaling_in_never_brings_the_metric_above_the_target(bench: Bench) -> None:
    service = running(bench, 10)
    target_tracking(bench, service, 60.0, 1, 20)
    offer(bench, service, 0.31 * 10 * CAPACITY)
    bench.wait(2 * 3600)
    assert [count for _, count in set_counts(bench)] == [6], "5 would have 62 %"


def test_r250_of_several_policies_the_largest_count_wins(bench: Bench) -> None:
    """At the same moment CPU asks for 6 and memory for 8 of the same 4 tasks."""
    bench.around.images[WEB] = replace(bench.around.images[WEB], request_mib=20.0, latency_seconds=0.05)
    service = running(bench, 4)
    target = target_tracking(bench, service, 60.0, 1, 20)
    target_tracking(bench, service, 28.25, 1, 20, name="memory", watched="MemoryUtilization", target=target)
    bench.wait(180)
    offer(bench, service, 0.9 * 4 * CAPACITY)
    bench.wait(200)
    assert [count for _, count in set_counts(bench)] == [6, 8], "289 MiB of 512 are 56.4 %, nearly twice the target"


def test_r250_all_policies_have_to_agree_on_fewer_tasks(bench: Bench) -> None:
    """Memory stands at 12.5 %, within its band, and holds back CPU, which is far below its target."""
    service = running(bench, 4)
    target = target_tracking(bench, service, 60.0, 1, 20)
    target_tracking(bench, service, 13.0, 1, 20, name="memory", watched="MemoryUtilization", target=target)
    offer(bench, service, 1.0)
    bench.wait(3600)
    assert service.desired == 4


def test_r251_missing_data_is_no_low_load(bench: Bench) -> None:
    service = running(bench, 4)
    bench.around.images.clear()
    target_tracking(bench, service, 60.0, 1, 10)
    for task in bench.tasks("RUNNING"):
        bench.stop(task)
    bench.wait(3600)
    assert service.desired == 4


def test_r252_scale_outs_are_300_seconds_apart_and_an_out_interrupts_the_wait_after_an_in(bench: Bench) -> None:
    service = running(bench, 2)
    target_tracking(bench, service, 50.0, 1, 30)
    offer(bench, service, 20 * CAPACITY)
    bench.wait(1000)
    moments = [at for at, _ in set_counts(bench)]
    assert [later - earlier for earlier, later in pairwise(moments)][:2] == [300.0, 300.0]
    offer(bench, service, 0.1 * service.desired * CAPACITY)
    bench.until(lambda: service.desired < set_counts(bench)[-2][1], 7200)
    offer(bench, service, 30 * CAPACITY)
    least, begin = service.desired, bench.world.now
    bench.until(lambda: service.desired > least)
    assert bench.world.now - begin <= 240.0


def test_r253_schedules_set_bounds_and_know_no_cooldown(scaled: Scaled) -> None:
    scaled.register(1, 10)
    scaled.schedule("once", "at(2026-01-05T12:00:00)", MinCapacity=4)
    scaled.schedule("nightly", "cron(0 22 * * ? *)", MinCapacity=0, MaxCapacity=1, Timezone="Europe/Berlin")
    scaled.schedule("often", "rate(30 minutes)", MaxCapacity=9)
    now = scaled.cloud.now
    scaled.cloud.advance(seconds=(now.replace(hour=12, minute=0, second=5, microsecond=0) - now).total_seconds())
    assert scaled.desired == 4
    assert scaled.target()["MaxCapacity"] == 9
    scaled.cloud.advance(hours=9)
    assert scaled.desired == 1, "22:00 in Berlin is 21:00 UTC"


@pytest.mark.parametrize(("value", "change"), [(59.9, 0), (60.0, 10), (69.9, 10), (70.0, 30)])
def test_r254_a_step_of_10_to_20_above_50_holds_60_and_not_70(value: float, change: int) -> None:
    configuration = steps((0, 10, 0), (10, 20, 10), (20, None, 30), AdjustmentType="ChangeInCapacity")
    assert by_steps(configuration, 10, value - 50.0, Bounds(0, 100)) == 10 + change


@pytest.mark.parametrize(("change", "tasks"), [(12.7, 12), (0.67, 1), (-0.58, -1), (-6.67, -6)])
def test_r255_a_percentage_is_rounded_away_from_zero_below_one_and_toward_it_above(change: float, tasks: int) -> None:
    assert rounded(change) == tasks


def test_r256_a_quarter_of_four_tasks_is_two_where_two_is_the_least() -> None:
    configuration = steps((0, None, 25), MinAdjustmentMagnitude=2)
    assert by_steps(configuration, 4, 5.0, Bounds(0, 100)) == 6


def test_r256_a_step_policy_waits_300_seconds_unless_told_otherwise(bench: Bench) -> None:
    service = running(bench, 2)
    target = scalable(bench, service, 1, 50)
    arn = policy(bench, target, "out", "StepScaling", steps((0, None, 1), AdjustmentType="ChangeInCapacity"))
    alarm(bench, "high", metric("Shop", "Load"), "GreaterThanThreshold", 50.0, actions=[arn])
    for _ in range(12):
        put(bench, "Load", 60.0)
        bench.wait(60)
    moments = [at for at, _ in set_counts(bench)]
    assert [later - earlier for earlier, later in pairwise(moments)] == [300.0] * (len(moments) - 1)
    assert len(moments) >= 2


def test_r257_the_example_of_the_guide_goes_10_11_14_13_10(bench: Bench) -> None:
    service = running(bench, 10)
    target = scalable(bench, service, 1, 100)
    out = steps((0, 10, 0), (10, 20, 10), (20, None, 30), Cooldown=240, MinAdjustmentMagnitude=1)
    back = steps((-10, 0, 0), (-20, -10, -10), (None, -20, -30), Cooldown=240, MinAdjustmentMagnitude=1)
    for name, operator, configuration in (("out", "GreaterThanThreshold", out), ("in", "LessThanThreshold", back)):
        arn = policy(bench, target, name, "StepScaling", configuration)
        alarm(bench, name, metric("Shop", "Load"), operator, 50.0, actions=[arn])
    for value in (60.0, 70.0, 40.0, 30.0):
        put(bench, "Load", value)
        bench.wait(360)
    assert [count for _, count in set_counts(bench)] == [11, 14, 13, 10]


def test_r258_during_the_wait_only_the_difference_to_a_bigger_step_is_added(bench: Bench) -> None:
    """10 tasks: +10 % makes 11; a minute later +30 % of the same 10 makes 13, and not 14."""
    service = running(bench, 10)
    target = scalable(bench, service, 1, 100)
    arn = policy(bench, target, "out", "StepScaling", steps((0, 20, 10), (20, None, 30)))
    alarm(bench, "high", metric("Shop", "Load"), "GreaterThanThreshold", 50.0, actions=[arn])
    for value in (60.0, 60.0, 90.0, 90.0):
        put(bench, "Load", value)
        bench.wait(60)
    assert [count for _, count in set_counts(bench)] == [11, 13]


def test_r259_requests_per_target_need_the_label_of_the_target_group(scaled: Scaled) -> None:
    scaled.register()
    with pytest.raises(ClientError) as refused:
        scaled.track(PredefinedMetricSpecification={"PredefinedMetricType": "ALBRequestCountPerTarget"})
    text = "Resource label should be specified for predefined metric type ALBRequestCountPerTarget"
    assert text in refused.value.response["Error"]["Message"]


def test_r259_a_service_follows_requests_per_target_of_its_load_balancer(scaled: Scaled) -> None:
    """400 requests a second with a target of 3,000 a minute and target are eight tasks."""
    elb, ec2 = boto3.client("elbv2"), boto3.client("ec2")
    shop = scaled.shop
    within = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": shop.group}]}
    ec2.authorize_security_group_ingress(GroupId=shop.group, IpPermissions=[within])
    shop.cloud.push_image("shop/web", "1.0", size_mib=90, ports=(80,), requests_per_vcpu=1000.0)
    made = elb.create_load_balancer(Name="f", Subnets=shop.subnets, SecurityGroups=[shop.group], Scheme="internal")
    balancer = made["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=shop.vpc, TargetType="ip")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    forward = [{"Type": "forward", "TargetGroupArn": arn}]
    elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
    behind = [{"targetGroupArn": arn, "containerName": "web", "containerPort": 80}]
    shop.create_service(serviceName="front", loadBalancers=behind)
    of = {**TARGET, "ResourceId": "service/shop/front"}
    scaled.api.register_scalable_target(**of, MinCapacity=1, MaxCapacity=20)
    label = f"{balancer.split(':loadbalancer/')[1]}/{arn.rpartition(':')[2]}"
    specification = {"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": label}
    scaled.api.put_scaling_policy(
        **of,
        PolicyName="requests",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 3000.0,
            "PredefinedMetricSpecification": specification,
        },
    )
    scaled.cloud.advance(minutes=6)
    scaled.cloud.load("front", 400.0, cluster="shop")
    scaled.cloud.advance(minutes=15)
    assert scaled.cloud.service("front", "shop").desired == 8


def test_r260_a_high_resolution_policy_has_alarms_of_20_seconds(scaled: Scaled) -> None:
    monitoring = {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}
    scaled.shop.ecs.update_service(cluster="shop", service="web", monitoring=monitoring)
    scaled.register(1, 10)
    kind = "ECSServiceAverageCPUUtilizationHighResolution"
    scaled.track(value=60.0, PredefinedMetricSpecification={"PredefinedMetricType": kind})
    assert {each["Period"] for each in scaled.alarms()} == {20}
    scaled.cloud.advance(minutes=5)
    before = scaled.cloud.now
    scaled.cloud.load("web", 2 * CAPACITY, cluster="shop")
    scaled.cloud.advance(seconds=90)
    assert scaled.desired == 4, "two tasks at 100 % with a target of 60, after three periods of 20 s"
    assert (scaled.cloud.now - before).total_seconds() < 180


def test_r261_there_are_three_kinds_of_policies(scaled: Scaled) -> None:
    kinds = scaled.api.meta.service_model.shape_for("PolicyType").enum
    assert set(kinds) == {"StepScaling", "TargetTrackingScaling", "PredictiveScaling"}


def test_r262_utilisation_is_of_what_is_reserved_and_never_passes_100_percent(bench: Bench) -> None:
    from simcloud.sim.watching import sources

    service = running(bench, 4)
    watched = metric(
        "AWS/ECS",
        "CPUUtilization",
        [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}],
    )
    found = []
    for share in (0.25, 0.9, 7.0):
        offer(bench, service, share * 4 * CAPACITY)
        bench.wait(120)
        datum = sources.measure(bench.world, watched, bench.world.now - 60, bench.world.now)
        found.append(datum.statistic("Average") if datum else None)
    assert found == [25.0, 90.0, 100.0]


def test_r263_1500_messages_with_ten_tasks_and_100_a_task_are_15() -> None:
    """0.1 s a message and 10 s of latency are 100 messages a task."""
    assert 10 / 0.1 == 100
    assert by_tracking(100.0, 10, 1500 / 10, Bounds(1, 100)) == 15


def test_r264_a_queue_length_that_more_tasks_do_not_shorten_scales_to_the_maximum(bench: Bench) -> None:
    """500 messages are there whatever is done: tracked as they are they ask for more at every look."""
    from scaling_bench import alarm as put_alarm

    service = running(bench, 2)
    target = scalable(bench, service, 1, 40)
    arn = policy(bench, target, "length", "TargetTrackingScaling", {"TargetValue": 100.0}, "long", "short")
    put_alarm(bench, "long", metric("Shop", "Visible"), "GreaterThanThreshold", 100.0, periods=3, actions=[arn])
    for _ in range(30):
        put(bench, "Visible", 500.0)
        bench.wait(60)
    assert [count for _, count in set_counts(bench)] == [10, 40]


def test_r265_a_fixed_desired_count_fights_the_scaler(bench: Bench) -> None:
    """Each deployment that says 2 undoes what the policy did, and the policy does it again."""
    service = running(bench, 2)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 4 * CAPACITY)
    bench.until(lambda: service.desired > 2)
    scaled_to = service.desired
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 2}))
    assert service.desired == 2
    bench.until(lambda: service.desired >= scaled_to)
    assert [count for _, count in set_counts(bench)].count(scaled_to) == 2


def test_r228_scale_in_is_off_during_a_deployment_and_scale_out_is_not(bench: Bench) -> None:
    service = running(bench, 4)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 1.0)
    bench.wait(600)
    bench.around.images.clear()
    bench.happen(e.ServiceUpdated(service.arn, {}, deploys=True))
    bench.wait(1800)
    assert service.desired == 4
    offer(bench, service, 0.9 * 4 * CAPACITY)
    bench.until(lambda: service.desired > 4)
    assert service.desired == 6
