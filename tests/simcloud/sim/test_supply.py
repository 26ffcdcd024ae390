"""Launches where Fargate has no room: quotas, droughts, and what services make of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from stand_in import Bench, definition

from simcloud.sim import events as e
from simcloud.sim.supply import DroughtBegun, DroughtEnded, SupplyChanged, vcpu_in_use
from simcloud.sim.task import RUNNING

SHORT = (
    "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or "
    "in a different availability zone."
)


def split(desired: int, base: int, weights: tuple[int, int], spot_base: int = 0) -> dict[str, int]:
    """Tasks by capacity provider of a steady service."""
    bench = Bench()
    strategy = [
        {"capacityProvider": "FARGATE", "base": base, "weight": weights[0]},
        {"capacityProvider": "FARGATE_SPOT", "base": spot_base, "weight": weights[1]},
    ]
    service = bench.create_service(desired, launchType="", capacityProviderStrategy=strategy)
    bench.until(lambda: service.steady)
    return Counter(task.provider for task in bench.tasks(RUNNING))


def test_r071_six_tasks_with_base_2_and_weights_1_to_3_are_three_and_three() -> None:
    assert split(6, 2, (1, 3)) == {"FARGATE": 3, "FARGATE_SPOT": 3}


@pytest.mark.row("F19")
def test_r071_ten_tasks_with_base_2_and_weights_1_to_3_are_four_on_demand_and_six_on_spot() -> None:
    assert split(10, 2, (1, 3)) == {"FARGATE": 4, "FARGATE_SPOT": 6}


def test_r071_a_base_above_the_desired_count_takes_every_task() -> None:
    assert split(3, 5, (1, 3)) == {"FARGATE": 3}


def test_r072_a_remainder_goes_where_the_share_is_furthest_behind() -> None:
    assert split(7, 2, (1, 3)) == {"FARGATE": 3, "FARGATE_SPOT": 4}
    assert split(4, 0, (1, 1)) == {"FARGATE": 2, "FARGATE_SPOT": 2}
    assert split(5, 0, (1, 1)) == {"FARGATE": 3, "FARGATE_SPOT": 2}


def test_r068_a_weight_of_zero_takes_nothing_beyond_its_base() -> None:
    assert split(6, 1, (0, 1)) == {"FARGATE": 1, "FARGATE_SPOT": 5}


def test_r073_running_tasks_stay_where_they_are_when_the_weights_change(bench: Bench) -> None:
    strategy = [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    service = bench.create_service(4, launchType="", capacityProviderStrategy=strategy)
    bench.until(lambda: service.steady)
    before = {task.arn: task.provider for task in bench.tasks(RUNNING)}
    bench.happen(
        e.ServiceUpdated(service.arn, {"capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}]})
    )
    bench.wait(600)
    assert {task.arn: task.provider for task in bench.tasks(RUNNING)} == before


@pytest.mark.parametrize("where", [("FARGATE",), ("us-east-1a", "us-east-1b"), ("FARGATE/us-east-1a", "us-east-1b")])
def test_r077_a_service_says_in_awss_words_that_there_is_no_capacity(bench: Bench, where: tuple[str, ...]) -> None:
    for what in where:
        bench.happen(DroughtBegun(what))
    service = bench.create_service(2)
    bench.wait(30)
    assert [message.message for message in service.events] == [SHORT]
    assert bench.tasks() == []


def test_a_drought_in_one_zone_sends_tasks_to_the_other(bench: Bench) -> None:
    bench.happen(DroughtBegun("FARGATE/us-east-1a"))
    service = bench.create_service(4)
    bench.until(lambda: service.steady)
    assert Counter(task.interface.subnet for task in bench.tasks(RUNNING)) == {"subnet-b": 4}


def test_a_drought_ends_by_itself_after_its_time_and_the_next_try_finds_it_out(bench: Bench) -> None:
    bench.happen(DroughtBegun("FARGATE", 100.0))
    service = bench.create_service(1)
    took = bench.until(lambda: bool(bench.tasks()))
    assert 100 < took <= 2 + 60 + 120, "the first try after the drought, not its end, brings the task"
    bench.until(lambda: service.steady)


def test_r094_a_quota_counts_the_vcpu_of_starting_tasks_and_of_one_kind_alone(bench: Bench) -> None:
    bench.happen(SupplyChanged(vcpu={"FARGATE": 1.0}))
    bench.run_task(provider="FARGATE_SPOT")
    service = bench.create_service(6)
    bench.wait(3)
    assert vcpu_in_use(bench.world, "FARGATE") == 1.0
    assert vcpu_in_use(bench.world, "FARGATE_SPOT") == 0.25
    assert service.events[0].message == (
        "(service web) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run "
        "concurrently."
    )
    bench.happen(SupplyChanged(vcpu={}))
    bench.until(lambda: service.steady)
    assert len(bench.tasks(RUNNING)) == 7


def test_r094_an_account_without_any_vcpu_is_blocked(bench: Bench) -> None:
    bench.happen(SupplyChanged(vcpu={"FARGATE": 0.0}))
    service = bench.create_service(1)
    bench.wait(3)
    assert service.events[0].message == (
        "(service web) was unable to place a task because your account is currently blocked."
    )


def test_a_new_deployment_tries_at_once(bench: Bench) -> None:
    bench.happen(DroughtBegun("FARGATE"))
    service = bench.create_service(1)
    bench.wait(1000)
    bench.happen(DroughtEnded("FARGATE"))
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    assert bench.until(lambda: bool(bench.tasks())) <= 3


def test_tasks_that_found_no_place_count_as_failures_of_their_deployment(bench: Bench) -> None:
    breaker: dict[str, Any] = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    service = bench.create_service(1, deploymentConfiguration=breaker)
    bench.until(lambda: service.steady)
    bench.happen(DroughtBegun("FARGATE"))
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    bench.until(lambda: service.primary.definition != arn, most=900)
    assert [task.status for task in bench.tasks()] == [RUNNING], "the old task served all the time"


def test_zones_are_filled_evenly_for_each_capacity_provider(bench: Bench) -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 3},
    ]
    service = bench.create_service(10, launchType="", capacityProviderStrategy=strategy)
    bench.until(lambda: service.steady)
    spread = Counter((task.provider, task.interface.subnet) for task in bench.tasks(RUNNING))
    assert set(spread.values()) == {2, 3}
    assert spread["FARGATE", "subnet-a"] == spread["FARGATE", "subnet-b"] == 2


def test_two_subnets_of_one_zone_take_no_more_than_one_of_another(bench: Bench) -> None:
    network = {"subnets": ["subnet-1-a", "subnet-2-a", "subnet-b"], "securityGroups": ["sg-1"]}
    service = bench.create_service(4, networkConfiguration={"awsvpcConfiguration": network})
    bench.until(lambda: service.steady)
    assert Counter(task.interface.subnet for task in bench.tasks(RUNNING)) == {
        "subnet-1-a": 1,
        "subnet-2-a": 1,
        "subnet-b": 2,
    }
