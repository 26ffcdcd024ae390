"""A zone is lost and comes back; services spread their tasks again."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from stand_in import Bench, definition

from simcloud.sim import events as e
from simcloud.sim.load.arithmetic import answered
from simcloud.sim.load.samples import at
from simcloud.sim.rebalancing import by_zone
from simcloud.sim.service import Service
from simcloud.sim.supply import DroughtBegun, DroughtEnded
from simcloud.sim.task import PENDING, RUNNING, STOPPED, Task
from simcloud.sim.zones import ZoneLost, ZoneRestored

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BALANCED = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]


def spread(bench: Bench, desired: int = 4, zones: str = "ab", **asked: Any) -> Service:
    """A steady service over the zones, with rebalancing."""
    network = {"subnets": [f"subnet-{zone}" for zone in zones], "securityGroups": ["sg-1"]}
    members = {
        "availabilityZoneRebalancing": "ENABLED",
        "networkConfiguration": {"awsvpcConfiguration": network},
        **asked,
    }
    service = bench.create_service(desired, **members)
    bench.until(lambda: service.steady)
    return service


def lose(bench: Bench, zone: str = "a") -> list[Task]:
    """The zone is gone; the tasks that were in it."""
    there = [task for task in bench.tasks() if task.interface.subnet == f"subnet-{zone}" and task.wanted]
    bench.happen(ZoneLost(f"us-east-1{zone}", frozenset({f"subnet-{zone}"})))
    return there


def counts(bench: Bench, service: Service) -> dict[str, int]:
    """Running tasks by the letter of the zone."""
    return {zone[-1]: count for zone, count in by_zone(bench.world, service).items()}


def said(service: Service) -> list[str]:
    """What it said about its zones, oldest first, without task ids."""
    told = [message.message for message in reversed(service.events)]
    return [text.removeprefix("(service web) ").split(":")[0] for text in told if "AZ" in text or "us-east-1" in text]


def test_tasks_of_a_lost_zone_die_at_once_and_ecs_stops_them_when_it_notices(bench: Bench) -> None:
    spread(bench)
    dead = lose(bench)
    assert {task.status for task in dead} == {RUNNING}, "nobody has told ECS"
    assert all(each.status == STOPPED for task in dead for each in task.containers.values())
    assert bench.until(lambda: not any(task.wanted for task in dead)) == 90
    bench.until(lambda: all(task.status == STOPPED for task in dead), most=60)
    assert {task.stop_code for task in dead} == {"InfrastructureHealth"}
    assert {task.containers["web"].exit_code for task in dead} == {None}, "there was nobody to see it end"


def test_new_tasks_are_placed_in_the_zones_that_are_left(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(300)
    assert counts(bench, service) == {"a": 0, "b": 4}


def test_targets_in_a_lost_zone_become_unhealthy_by_their_checks_before_ecs_knows(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0, "timeout": 5.0, "unhealthy": 2}
    spread(bench, loadBalancers=BALANCED)
    dead = lose(bench)
    bench.wait(20)
    assert {task.target_health[GROUP].health.reason for task in dead} == {"Target.Timeout"}
    assert {task.status for task in dead} == {RUNNING}
    bench.wait(400)
    assert {task.stopped_reason for task in dead} == {f"Task failed ELB health checks in (target-group {GROUP})"}


def test_requests_to_dead_tasks_get_no_answer_until_somebody_notices(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(1)
    now = at(bench.world, service.arn, bench.world.now)
    assert now is not None
    assert answered(now, 40.0) == pytest.approx(20.0)
    bench.wait(300)
    later = at(bench.world, service.arn, bench.world.now)
    assert later is not None
    assert answered(later, 40.0) == pytest.approx(40.0)


@pytest.mark.parametrize("seconds", [3, 12, 14.5, 16.5])
def test_a_task_that_starts_in_a_lost_zone_never_runs(bench: Bench, seconds: float) -> None:
    task = bench.run_task()
    bench.wait(seconds)
    assert task.status != RUNNING
    lose(bench)
    before = task.status
    bench.wait(80)
    assert task.status == before
    bench.until(lambda: task.status == STOPPED, most=60)
    assert not task.ever_ran


def test_a_task_that_was_stopping_ends_with_its_zone(bench: Bench) -> None:
    task = bench.run_task()
    bench.until(lambda: task.status == RUNNING)
    bench.stop(task)
    lose(bench)
    bench.until(lambda: task.status == STOPPED, most=30)
    assert task.stop_code == "UserInitiated"


def test_a_service_whose_only_zone_is_lost_waits_for_it(bench: Bench) -> None:
    service = spread(bench, 2, "a")
    lose(bench)
    bench.wait(600)
    assert counts(bench, service) == {"a": 0}
    assert "Capacity is unavailable at this time" in service.events[0].message
    bench.happen(ZoneRestored("us-east-1a"))
    bench.until(lambda: service.steady)


def test_r208_after_the_zone_is_back_tasks_are_started_there_before_others_are_stopped(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(300)
    bench.happen(ZoneRestored("us-east-1a"))
    least = 4
    for _ in range(200):
        bench.wait(1)
        least = min(least, len(bench.tasks(RUNNING)))
    assert counts(bench, service) == {"a": 2, "b": 2}
    assert least == 4
    assert said(service) == [
        "is not AZ balanced with 4 tasks in us-east-1b, 0 tasks in us-east-1a. AZ Rebalancing in progress.",
        "is unable to place a task in us-east-1a.",
        "stopped AZ Rebalancing.",
        "is not AZ balanced with 4 tasks in us-east-1b, 0 tasks in us-east-1a. AZ Rebalancing in progress.",
        "has started 2 tasks in us-east-1a to AZ Rebalance",
        "has stopped 2 running tasks in us-east-1b due to AZ rebalancing",
        "is AZ balanced with 2 tasks in us-east-1a, 2 tasks in us-east-1b.",
    ]


def test_r209_a_service_with_rebalancing_disabled_stays_as_it_is(bench: Bench) -> None:
    service = spread(bench, availabilityZoneRebalancing="DISABLED")
    lose(bench)
    bench.wait(300)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(3600)
    assert counts(bench, service) == {"a": 0, "b": 4}
    assert said(service) == []


@pytest.mark.parametrize(
    ("desired", "zones", "balance"),
    [(2, "ab", [1, 1]), (3, "ab", [1, 2]), (5, "abc", [1, 2, 2])],
)
def test_r208_the_guides_three_examples_of_balance(bench: Bench, desired: int, zones: str, balance: list[int]) -> None:
    service = spread(bench, desired, zones)
    lose(bench)
    bench.wait(400)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(400)
    assert sorted(counts(bench, service).values()) == balance


def test_no_more_tasks_are_moved_at_once_than_maximum_percent_leaves_room_for(bench: Bench) -> None:
    service = spread(bench, deploymentConfiguration={"maximumPercent": 125, "minimumHealthyPercent": 50})
    lose(bench)
    bench.wait(400)
    bench.happen(ZoneRestored("us-east-1a"))
    most = 0
    for _ in range(300):
        bench.wait(1)
        most = max(most, sum(task.wanted for task in bench.tasks()))
    assert most == 5
    assert counts(bench, service) == {"a": 2, "b": 2}


def test_a_move_keeps_the_split_over_capacity_providers(bench: Bench) -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 3},
    ]
    service = spread(bench, 10, launchType="", capacityProviderStrategy=strategy)
    lose(bench)
    bench.wait(400)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(400)
    assert Counter(task.provider for task in bench.tasks(RUNNING)) == {"FARGATE": 4, "FARGATE_SPOT": 6}
    assert counts(bench, service) == {"a": 5, "b": 5}


def test_protected_tasks_are_not_moved(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(400)
    for task in bench.tasks(RUNNING):
        task.protected_until = bench.world.now + 7200
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(1200)
    assert counts(bench, service) == {"a": 0, "b": 4}
    assert service.events[1].message == (
        f"(service web) was unable to AZ Rebalance because (taskSet {service.primary.id}) was unable to scale in due "
        "to (reason 4 tasks under protection)"
    )


def test_a_deployment_ends_the_move(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(400)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(5)
    assert service.moving
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    bench.wait(10)
    assert service.moving == ()
    assert "stopped AZ Rebalancing." in said(service)
    bench.until(lambda: service.steady)
    bench.wait(300)
    assert counts(bench, service) == {"a": 2, "b": 2}


def test_scaling_in_and_deleting_during_a_move_leave_nothing_behind(bench: Bench) -> None:
    service = spread(bench)
    lose(bench)
    bench.wait(400)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(5)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 1}))
    bench.wait(300)
    assert sum(task.wanted for task in bench.tasks()) == 1
    bench.happen(e.ServiceDeleted(service.arn))
    bench.wait(300)
    assert service.status == "INACTIVE"


def test_a_drought_in_a_zone_unbalances_a_service_only_as_long_as_it_lasts(bench: Bench) -> None:
    bench.happen(DroughtBegun("us-east-1a"))
    service = spread(bench)
    assert counts(bench, service) == {"a": 0, "b": 4}
    bench.happen(DroughtEnded("us-east-1a"))
    bench.wait(1200)
    assert counts(bench, service) == {"a": 2, "b": 2}


def test_a_pending_task_stays_pending_in_the_eyes_of_ecs(bench: Bench) -> None:
    task = bench.run_task()
    bench.until(lambda: task.status == PENDING)
    lose(bench)
    lose(bench)
    assert "its host is lost; ECS does not know it yet" in str(bench.world.story.about(task.id))
    assert sum("its host is lost;" in line.what for line in bench.world.story) == 1


def test_a_move_ends_even_where_the_providers_own_spread_points_the_other_way(bench: Bench) -> None:
    """On-demand tasks are both in zone b, Spot tasks one in each: a Spot task that is moved is wanted back by the
    spread of its own kind."""
    strategy = [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    bench.happen(DroughtBegun("FARGATE/us-east-1a"))
    service = spread(bench, 4, launchType="", capacityProviderStrategy=strategy)
    assert counts(bench, service) == {"a": 1, "b": 3}
    bench.wait(1200)
    assert counts(bench, service) == {"a": 2, "b": 2}
    assert sum("to AZ Rebalance" in text for text in said(service)) == 1
