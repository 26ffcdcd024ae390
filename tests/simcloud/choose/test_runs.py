"""A run judged by its bill and its bounds, and the same run once more with other choices."""

from __future__ import annotations

import pickle
from decimal import Decimal

import boto3
import pytest
from botocore.exceptions import ClientError
from priced_shop import build, build_private

from simcloud import Cloud
from simcloud.choose.rerun import again, on_processor, resized
from simcloud.choose.rightsizing import Bounds, best, judged
from simcloud.cloud.usage import usage_of
from simcloud.price.choices import Choices
from simcloud.price.price import price
from simcloud.price.projection import month
from simcloud.price.whatif import what_if

D = Decimal
FARGATE = "Fargate"


def resize(cloud: Cloud, cpu: str, memory: str) -> None:
    ecs = boto3.client("ecs")
    held = ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    ecs.register_task_definition(
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu=cpu,
        memory=memory,
        containerDefinitions=[{"name": "app", "image": held["containerDefinitions"][0]["image"]}],
    )
    ecs.update_service(service="web", taskDefinition="web")
    cloud.advance(minutes=15)


@pytest.mark.row("T10")
def test_a_right_sized_service_is_scored_by_its_bill_within_its_bounds(shop: Cloud) -> None:
    bounds = Bounds(latency=0.2, memory=90)
    found = best(shop, "web", bounds=bounds)
    assert found is not None
    cpu, memory, cost = found
    assert (cpu, memory) == (512, 1024), "a quarter of a vCPU answers 25 a second, 20 are at 80 %: 0.25 s"
    assert cost.quantize(D("0.01")) == D("36.04")

    wasteful = judged(shop, "web", bounds=bounds, hours=2)
    assert wasteful.fits
    assert wasteful.bill.cost == pytest.approx(2 * cost, rel=D("1e-3"))
    assert wasteful.score(cost) == pytest.approx(0.5, rel=1e-3)
    resize(shop, str(cpu), str(memory))
    right = judged(shop, "web", bounds=bounds, hours=2)
    assert right.fits
    assert right.latency == pytest.approx(0.05 / (1 - 20 / 50))
    assert right.score(cost) == pytest.approx(1.0, rel=1e-3)
    resize(shop, "256", "512")
    small = judged(shop, "web", bounds=bounds, hours=2)
    assert small.misses == ("latency was 0.25 s in the worst minute, and may be 0.20 s",)
    assert small.score(cost) == 0


@pytest.mark.row("T10")
def test_too_little_memory_leaves_the_bounds_however_cheap_it_is(shop: Cloud) -> None:
    judgement = judged(shop, "web", bounds=Bounds(memory=14.0), hours=1)
    assert [miss.split(" was ")[0] for miss in judgement.misses] == ["memory"]
    assert judgement.score(judgement.bill.cost) == 0
    assert judged(shop, "web", bounds=Bounds(memory=20.0), hours=1).fits


def test_more_than_it_can_answer_leaves_the_bounds(shop: Cloud) -> None:
    shop.load("web", rate=400)
    judgement = judged(shop, "web", hours=1)
    assert judgement.unanswered == pytest.approx(0.5)
    assert [miss.split()[0] for miss in judgement.misses] == ["latency", "memory", "50.0%"]
    found = best(shop, "web")
    assert found is not None
    assert found[0] == 4096, "200 a second and task: two vCPU are busy at 100 %"


def test_judging_leaves_the_world_as_it_was(shop: Cloud) -> None:
    before = pickle.dumps(shop.world)
    judged(shop, "web", hours=3)
    best(shop, "web")
    assert pickle.dumps(shop.world) == before
    with pytest.raises(LookupError):
        judged(shop, "nobody")


@pytest.mark.row("F21")
def test_an_idle_and_a_busy_service_cost_the_same_and_half_the_size_half_of_it(shop: Cloud) -> None:
    busy = judged(shop, "web", hours=2).bill
    shop.load("web", rate=0)
    idle = judged(shop, "web", hours=2).bill
    assert idle == busy
    resize(shop, "512", "1024")
    assert judged(shop, "web", hours=2).bill.cost * 2 == pytest.approx(idle.cost)


def test_the_same_run_again_costs_the_same(shop: Cloud) -> None:
    before = price(usage_of(shop.world))
    with again(shop, lambda entry: entry) as other:
        assert other.world.now == shop.world.now
        assert price(usage_of(other.world)) == before
    assert shop.is_live
    assert price(usage_of(shop.world)) == before


@pytest.mark.row("T10")
def test_a_smaller_size_run_again_costs_what_the_what_if_says(shop: Cloud) -> None:
    told = what_if(usage_of(shop.world), Choices(cpu=512, memory=1024))
    with again(shop, resized("512", "1024")) as other:
        assert price(usage_of(other.world)) == told.after
        assert other.service("web").running == 2


@pytest.mark.row("F07")
def test_on_arm_the_image_has_to_be_built_for_it_which_only_the_rerun_shows(shop: Cloud) -> None:
    told = what_if(usage_of(shop.world), Choices(architecture="ARM64"))
    fargate = told.before.of(FARGATE).cost
    assert told.after.of(FARGATE).cost / fargate == pytest.approx(D("0.80"), abs=D("0.001"))
    with again(shop, on_processor("ARM64")) as other:
        assert other.service("web").running == 0
        stopped = other.service("web").stopped_tasks[-1]
        assert "platform" in stopped.stopped_reason


@pytest.mark.row("F07")
def test_with_an_image_for_both_the_bill_falls_by_the_real_ratio() -> None:
    with Cloud(seed=4) as cloud:
        build(cloud, ("X86_64", "ARM64"))
        before = price(usage_of(cloud.world)).of(FARGATE).cost
        with again(cloud, on_processor("ARM64")) as other:
            assert other.service("web").running == 2
            after = price(usage_of(other.world)).of(FARGATE).cost
    assert after / before == pytest.approx(D("0.8001"), abs=D("0.0001"))


@pytest.mark.row("F11")
def test_a_windows_task_runs_and_is_billed_with_its_licence_for_five_minutes_at_least(shop: Cloud) -> None:
    ecs = boto3.client("ecs")
    windows = {
        "family": "windows",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "memory": "2048",
        "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"},
        "containerDefinitions": [{"name": "app", "image": "registry.example.com/web:latest"}],
    }
    with pytest.raises(ClientError):
        ecs.register_task_definition(**windows, cpu="512")
    ecs.register_task_definition(**windows, cpu="1024")
    subnet = shop.service("web").tasks[0].subnet
    network = {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}}
    made = ecs.run_task(taskDefinition="windows", launchType="FARGATE", networkConfiguration=network)
    task = made["tasks"][0]["taskArn"]
    shop.advance(minutes=2)
    assert shop.task(task).status == "RUNNING"
    ecs.stop_task(task=task)
    shop.advance(minutes=3)
    bill = price(usage_of(shop.world)).of("Windows")
    assert [(line.what, line.amount, line.cost) for line in bill] == [
        ("Fargate vCPU, Windows", 300, D("0.00762501")),
        ("Fargate Windows licence", 300, D("0.00383334")),
        ("Fargate memory, Windows", 600, D("0.00166668")),
    ]


@pytest.mark.row("P03")
def test_the_same_service_with_nat_and_with_endpoints_starts_both_ways_and_costs_the_difference() -> None:
    from simcloud.views.cost import compared

    bills = {}
    for way in ("nat", "endpoints"):
        with Cloud(seed=5) as cloud:
            build_private(cloud, way)
            assert cloud.service("web").running == 2
            bills[way] = month(usage_of(cloud.world), repr(cloud.world.now - 6 * 3600), repr(cloud.world.now))
    nat, endpoints = bills["nat"], bills["endpoints"]
    assert nat.of(FARGATE) == endpoints.of(FARGATE)
    assert nat.of("NAT gateway hours").total == D("32.85")
    assert nat.of("public IPv4").total == D("3.65")
    assert endpoints.of("interface endpoint hours").total == D("21.90"), "ecr.api, ecr.dkr and logs in one zone"
    assert endpoints.of("NAT").lines == ()
    said = compared({"with a NAT gateway": nat, "with endpoints": endpoints}).text
    assert "NAT gateway hours" in said
    assert "$32.85" in said
    assert "$21.90" in said


def test_a_run_in_a_world_that_was_built_unrecorded_needs_it_built_again() -> None:
    with Cloud(seed=6) as cloud:
        with cloud.unrecorded():
            build(cloud)
        boto3.client("ecs").update_service(service="web", desiredCount=4)
        cloud.advance(hours=1)
        with again(cloud, lambda entry: entry, prepare=build) as other:
            assert other.service("web").running == cloud.service("web").running == 4
        with cloud.copy() as future:
            with again(future, lambda entry: entry, prepare=build) as other:
                other.advance(hours=1)
            assert future.is_live
        assert cloud.is_live
