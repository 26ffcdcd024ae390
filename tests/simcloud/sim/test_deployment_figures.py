"""The figures of the fact sheet on services and deployments, as literals, by the rule's number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from stand_in import WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.breaker import threshold
from simcloud.sim.bulletin import announce
from simcloud.sim.protection import TaskProtected
from simcloud.sim.service import Service
from simcloud.sim.stages import STAGES, steps_of
from simcloud.sim.task import RUNNING

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BALANCED = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]


def service_of(desired: int, configuration: dict[str, Any]) -> Service:
    return Service("web", "arn", "cluster", desired, 0.0, "me", asked={"deploymentConfiguration": configuration})


def redeployed(bench: Bench, service: Service, **members: Any) -> None:
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(container(**members), revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))


def test_r200_the_least_is_rounded_up_and_the_most_down() -> None:
    held = service_of(7, {"minimumHealthyPercent": 51, "maximumPercent": 151})
    assert (held.least, held.most) == (4, 10)


def test_r200_the_usual_percents_are_100_and_200() -> None:
    held = service_of(3, {})
    assert (held.percents, held.least, held.most) == ((100, 200), 3, 6)


def test_r204_without_checks_a_task_counts_forty_seconds_after_running(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(120)
    old = bench.tasks(RUNNING)[0]
    bench.happen(e.ServiceUpdated(service.arn, {}, deploys=True))
    bench.until(lambda: len(bench.tasks(RUNNING)) == 2)
    new = next(task for task in bench.tasks(RUNNING) if task is not old)
    bench.until(lambda: not old.wanted)
    assert new.started_at is not None
    assert old.stopping_at is not None
    assert old.stopping_at - new.started_at == pytest.approx(40, abs=1)


def test_r204_behind_a_load_balancer_it_counts_when_it_is_healthy_there(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0}
    service = bench.create_service(1, loadBalancers=BALANCED)
    healthy = bench.until(lambda: any("is healthy in" in line.what for line in bench.world.story))
    assert bench.until(lambda: service.steady) <= 2
    assert healthy == pytest.approx(29, abs=2)


def test_r205_at_100_percent_unhealthy_tasks_are_stopped_to_make_room(bench: Bench) -> None:
    """With room the replacement comes first (tests of target health); without it the sick one goes first."""
    bench.around.check = {"interval": 10.0}
    limits = {"minimumHealthyPercent": 50, "maximumPercent": 100}
    service = bench.create_service(2, loadBalancers=BALANCED, deploymentConfiguration=limits)
    bench.until(lambda: service.steady)
    bench.around.check = {"interval": 10.0, "closed": "no ingress rule lets it in"}
    bench.happen(e.SurroundingsChanged())
    most = 0
    for _ in range(60):
        bench.wait(1)
        most = max(most, sum(task.wanted for task in bench.tasks()))
    assert most == 2


def test_r206_a_new_revision_starts_a_deployment_and_a_desired_count_does_not(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(120)
    first = service.primary
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 2}))
    bench.wait(120)
    assert service.deployments == [first]
    redeployed(bench, service)
    bench.wait(30)
    assert [each.status for each in service.deployments] == ["PRIMARY", "ACTIVE"]
    assert first is service.deployments[1]
    bench.wait(300)
    assert [each.status for each in service.deployments] == ["PRIMARY"]


def test_r208_scale_in_stops_where_most_tasks_are_and_the_newest_first(bench: Bench) -> None:
    service = bench.create_service(3)
    bench.wait(120)
    crowded, alone = ("subnet-a", "subnet-b")
    there = [task for task in bench.tasks(RUNNING) if task.interface.subnet == crowded]
    assert len(there) == 2
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 2}))
    bench.wait(60)
    left = bench.tasks(RUNNING)
    assert sorted(task.interface.subnet for task in left) == [crowded, alone]
    assert there[0] in left


def test_r210_the_wait_between_failing_starts_grows_to_fifteen_minutes(bench: Bench) -> None:
    bench.around.images.clear()
    bench.create_service(1)
    bench.wait(3 * 3600)
    waits = [line.what for line in bench.world.story if "before it launches again" in line.what]
    assert len(waits) > 4
    assert {waits[-1], waits[-2]} == {"waits 900 s before it launches again"}


def test_r210_a_new_task_definition_revision_ends_the_wait(bench: Bench) -> None:
    bench.around.images.clear()
    service = bench.create_service(1)
    bench.wait(1200)
    assert service.next_launch > bench.world.now
    redeployed(bench, service, image=WEB.replace("1.0", "3.0"))
    bench.wait(3)
    assert bench.tasks("PROVISIONING")


@pytest.mark.parametrize(("desired", "failures"), [(1, 3), (25, 13), (400, 200), (800, 200)])
def test_r212_half_of_the_desired_count_but_3_to_200_failures_break(desired: int, failures: int) -> None:
    assert threshold(desired, {}) == failures


def test_r213_the_old_least_of_ten_is_gone() -> None:
    assert threshold(10, {}) == 5


def test_r214_a_task_that_its_health_checks_fail_counts_once(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0}
    service = bench.create_service(1, loadBalancers=BALANCED)
    bench.until(lambda: service.steady)
    bad = WEB.replace("1.0", "2.0")
    bench.around.images[bad] = replace(
        bench.around.images[WEB], reference=bad, digest="sha256:" + "b" * 64, paths=(("/", 500),)
    )
    redeployed(bench, service, image=bad)
    bench.until(lambda: service.primary.failed_tasks == 1)
    failed = [task for task in bench.tasks() if task.stopped_reason.startswith("Task failed ELB health checks")]
    assert len(failed) == 1


def test_r217_each_attempt_that_fails_tells_the_pull_error_in_an_event(bench: Bench) -> None:
    bench.around.images.clear()
    service = bench.create_service(1)
    bench.until(lambda: service.failed_rounds == 2, most=1200)
    said = [event.message for event in service.events if "was unable to place a task" in event.message]
    assert len(said) == 2
    for message in said:
        assert message.startswith("(service web) was unable to place a task. Reason: CannotPullContainerError: ")
        assert message.endswith("/shop/web:1.0: not found.")


def test_r219_the_rollout_says_in_awss_words_how_it_goes(bench: Bench) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    service = bench.create_service(1, deploymentConfiguration=breaker)
    good = service.primary
    assert good.rollout_reason == f"ECS deployment {good.id} in progress."
    bench.wait(120)
    assert good.rollout_reason == f"ECS deployment {good.id} completed."
    redeployed(bench, service, image=WEB.replace("1.0", "9.9"))
    bad = service.primary
    bench.until(lambda: service.primary is good)
    assert (bad.rollout, bad.rollout_reason) == ("FAILED", "ECS deployment circuit breaker: tasks failed to start.")
    assert good.rollout == "IN_PROGRESS"
    assert good.rollout_reason == f"ECS deployment circuit breaker: rolling back to deploymentId {good.id}."


def test_r219_without_a_completed_deployment_nothing_more_is_launched(bench: Bench) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    bench.around.images.clear()
    service = bench.create_service(1, deploymentConfiguration=breaker)
    bench.until(lambda: service.primary.rollout == "FAILED", most=3600)
    known = set(bench.world.tasks)
    bench.wait(3600)
    assert set(bench.world.tasks) <= known
    assert service.primary.rollout == "FAILED"


def test_r218_without_the_breaker_a_bad_release_stays_in_progress(bench: Bench) -> None:
    service = bench.create_service(2)
    bench.wait(120)
    held = bench.tasks(RUNNING)
    redeployed(bench, service, image=WEB.replace("1.0", "9.9"))
    bench.wait(6 * 3600)
    assert service.primary.rollout == "IN_PROGRESS"
    assert bench.tasks(RUNNING) == held


@pytest.mark.parametrize(
    ("kind", "value", "desired", "failures"),
    [("COUNT", 4, 100, 4), ("BOUNDED_PERCENT", 50, 2, 3), ("UNBOUNDED_PERCENT", 50, 2, 1),
     ("UNBOUNDED_PERCENT", 50, 1000, 500), ("BOUNDED_PERCENT", 33, 10, 4)],
)  # fmt: skip
def test_r220_a_threshold_of_ones_own(kind: str, value: int, desired: int, failures: int) -> None:
    assert threshold(desired, {"thresholdConfiguration": {"type": kind, "value": value}}) == failures


def test_r222_an_ordinary_rollout_tells_these_events(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0}
    service = bench.create_service(1, loadBalancers=BALANCED)
    bench.until(lambda: service.steady)
    before, (old,) = len(service.events), bench.tasks(RUNNING)
    redeployed(bench, service)
    deployment = service.primary.id
    bench.until(lambda: service.steady, most=3600)
    (new,) = (task for task in bench.tasks(RUNNING) if task is not old)
    said = [event.message.removeprefix("(service web) ") for event in reversed(service.events)][before:]
    begun, over = said[:2], said[-2:]
    assert begun == [f"has started 1 tasks: (task {new.id}).", f"registered 1 targets in (target-group {GROUP})"]
    assert set(said[2:-2]) == {
        f"has stopped 1 running tasks: (task {old.id}).",
        "has begun draining connections on 1 tasks.",
        f"deregistered 1 targets in (target-group {GROUP})",
    }
    assert over == [f"(deployment {deployment}) deployment completed.", "has reached a steady state."]


def test_r224_the_hundred_newest_events_are_kept(bench: Bench) -> None:
    service = bench.create_service(0)
    for number in range(130):
        announce(bench.world, service, "(service {service}) {number}", number=number)
    assert len(service.events) == 100
    assert service.events[0].message == "(service web) 129"


def test_r224_the_same_event_is_not_repeated_for_six_hours(bench: Bench) -> None:
    service = bench.create_service(0)
    text = "(service {service}) is unable to consistently start tasks successfully."
    said = []
    for seconds in (0, 6 * 3600 - 2, 2):
        bench.wait(seconds)
        said.append(announce(bench.world, service, text))
    assert said == [True, False, True]


def test_r224_a_steady_state_is_told_again_every_six_hours(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.until(lambda: service.steady)
    bench.wait(12 * 3600 + 60)
    told = [event.at for event in reversed(service.events) if "steady state" in event.message]
    assert [round(at - told[0]) for at in told] == [0, 21600, 43200]
    assert sum("steady state" in line.what for line in bench.world.story) == 1
    bench.stop(bench.tasks(RUNNING)[0])
    bench.wait(600)
    again = next(event.at for event in service.events if "steady state" in event.message)
    bench.wait(6 * 3600)
    assert sum("steady state" in event.message and event.at > again for event in service.events) == 1


def test_r227_a_rolling_deployment_waits_for_a_protected_task(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(120)
    held = bench.tasks(RUNNING)[0]
    bench.happen(TaskProtected(held.arn, 1200.0))
    redeployed(bench, service)
    bench.wait(1100)
    assert held.status == RUNNING
    assert service.primary.rollout == "IN_PROGRESS"
    bench.wait(300)
    assert held.status != RUNNING
    assert service.primary.rollout == "COMPLETED"


def test_r231_a_step_of_a_tenth_comes_ten_times_and_one_of_thirty_four_times() -> None:
    def shares(percent: float) -> list[float]:
        linear = {"stepPercent": percent, "stepBakeTimeInMinutes": 6}
        return steps_of({"strategy": "LINEAR", "linearConfiguration": linear})[0]

    assert shares(10.0) == [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]
    assert shares(30.0) == [30.0, 60.0, 90.0, 100.0]
    assert len(shares(3.0)) == 34


def test_r232_the_stages_come_in_this_order() -> None:
    assert STAGES == (
        "RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT",
        "POST_TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP",
    )  # fmt: skip
