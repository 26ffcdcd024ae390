"""The service scheduler: keeps the count, backs off, spreads, scales, rolls."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from stand_in import ROLE, WEB, Bench, container, definition

from simcloud.facts import timings
from simcloud.sim import events as e
from simcloud.sim.service import Service
from simcloud.sim.task import PROVISIONING, RUNNING


def messages(service: Service) -> list[str]:
    """Oldest first."""
    return [event.message for event in reversed(service.events)]


def test_a_service_starts_its_tasks_and_becomes_steady(bench: Bench) -> None:
    service = bench.create_service(3)
    bench.until(lambda: len(bench.tasks(RUNNING)) == 3)
    assert service.primary.rollout == "IN_PROGRESS", "a task counts 40 s after it reached RUNNING"
    bench.wait(timings.STEADY_SECONDS.value)
    assert service.primary.rollout == "COMPLETED"
    assert messages(service)[-2:] == [
        f"(service web) (deployment {service.primary.id}) deployment completed.",
        "(service web) has reached a steady state.",
    ]


def test_tasks_are_spread_over_the_subnets(bench: Bench) -> None:
    bench.create_service(4)
    bench.wait(60)
    subnets = [task.interface.subnet for task in bench.tasks(RUNNING)]
    assert sorted(subnets) == ["subnet-a", "subnet-a", "subnet-b", "subnet-b"]


@pytest.mark.row("P01")
def test_a_task_that_stops_is_replaced(bench: Bench) -> None:
    bench.create_service(2)
    bench.wait(120)
    gone = bench.tasks(RUNNING)[0]
    bench.stop(gone)
    bench.wait(5)
    assert len(bench.tasks(PROVISIONING)) == 1
    bench.wait(90)
    assert len(bench.tasks(RUNNING)) == 2
    assert gone not in bench.tasks(RUNNING)


@pytest.mark.row("T05")
def test_failing_starts_show_as_events_and_are_tried_ever_more_slowly(bench: Bench) -> None:
    bench.around.closed["api.ecr."] = "timeout"
    service = bench.create_service(1)
    bench.wait(4 * 3600)
    starts = [line.at for line in bench.world.story if "asked for by" in line.what]
    waits = [after - before for before, after in itertools.pairwise(starts)]
    assert waits == sorted(waits)
    attempt = timings.ENI_SECONDS.value + timings.NETWORK_GIVE_UP.value
    assert waits[0] == attempt + 31
    assert waits[-1] == attempt + 900
    assert not any("RUNNING" in line.what for line in bench.world.story)
    assert any(
        message.startswith("(service web) was unable to place a task. Reason: ResourceInitializationError:")
        for message in messages(service)
    )
    assert "(service web) is unable to consistently start tasks successfully." in messages(service)
    assert service.primary.failed_tasks in (len(starts), len(starts) - 1)
    assert service.primary.rollout == "IN_PROGRESS"


def test_a_service_that_cannot_start_may_be_left_alone_for_weeks(bench: Bench) -> None:
    bench.around.images.clear()
    service = bench.create_service(1)
    bench.wait(400)
    service.failed_rounds = 2_000  # three weeks of the longest wait
    bench.wait(3600)
    assert 2_002 <= service.failed_rounds <= 2_006
    assert service.next_launch - bench.world.now <= 900


def test_two_failures_of_one_launch_are_one_step_of_the_throttle(bench: Bench) -> None:
    bench.around.images.clear()
    service = bench.create_service(2)
    bench.wait(150)
    assert service.primary.failed_tasks == 2
    assert service.failed_rounds == 1


def test_a_start_that_works_ends_the_throttle(bench: Bench) -> None:
    kept = dict(bench.around.images)
    bench.around.images.clear()
    service = bench.create_service(1)
    bench.wait(400)
    assert service.failed_rounds >= 2
    bench.around.images.update(kept)
    bench.until(lambda: len(bench.tasks(RUNNING)) == 1)
    assert service.failed_rounds == 0


def test_tasks_that_reached_running_are_replaced_without_a_growing_wait(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], exit_after=10, exit_code=1)
    bench.create_service(1)
    bench.wait(600)
    starts = [line.at for line in bench.world.story if "asked for by" in line.what]
    waits = {round(after - before, 3) for before, after in itertools.pairwise(starts)}
    assert len(starts) > 10
    assert len(waits) == 1


def test_a_role_that_cannot_be_assumed_launches_nothing(bench: Bench) -> None:
    bench.around.untrusting.add(ROLE)
    service = bench.create_service(1)
    bench.wait(60)
    assert bench.tasks() == []
    assert messages(service)[0].startswith(
        f"(service web) failed to launch a task with (error ECS was unable to assume the role '{ROLE}'"
    )


def test_scaling_stops_tasks_of_the_subnet_with_the_most(bench: Bench) -> None:
    service = bench.create_service(5)
    bench.wait(120)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 2}))
    bench.wait(60)
    assert sorted(task.interface.subnet for task in bench.tasks(RUNNING)) == ["subnet-a", "subnet-b"]
    stopped = bench.tasks("STOPPED")[0]
    assert stopped.stop_code == "ServiceSchedulerInitiated"
    assert stopped.stopped_reason == f"Scaling activity initiated by (deployment {service.primary.id})"


def test_a_rolling_deployment_never_has_fewer_than_the_least_or_more_than_the_most(bench: Bench) -> None:
    service = bench.create_service(4, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 150})
    bench.wait(120)
    arn = bench.register({**definition(), "taskDefinitionArn": service.primary.definition[:-1] + "2", "revision": 2})
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    for _ in range(400):
        bench.wait(1)
        wanted = [task for task in bench.tasks() if task.wanted]
        assert len(wanted) <= 6
        assert sum(task.status == RUNNING for task in wanted) >= 2
    assert len(service.deployments) == 1
    assert {task.definition.arn for task in bench.tasks(RUNNING)} == {arn}


def test_a_bad_revision_leaves_the_old_tasks_serving(bench: Bench) -> None:
    service = bench.create_service(2)
    bench.wait(120)
    bad = definition(
        container(image=WEB.replace("1.0", "9.9")), revision=2, taskDefinitionArn=service.primary.definition[:-1] + "2"
    )
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": bench.register(bad)}, deploys=True))
    bench.wait(900)
    assert len(bench.tasks(RUNNING)) == 2
    assert [each.status for each in service.deployments] == ["PRIMARY", "ACTIVE"]
    assert service.primary.rollout == "IN_PROGRESS"
    assert service.primary.failed_tasks > 2


def test_one_task_at_100_and_200_percent_starts_the_new_one_first(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(120)
    bench.happen(e.ServiceUpdated(service.arn, {}, deploys=True))
    least = 2
    for _ in range(120):
        bench.wait(1)
        least = min(least, len(bench.tasks(RUNNING)))
    assert least == 1


def test_a_deleted_service_drains_and_becomes_inactive(bench: Bench) -> None:
    service = bench.create_service(2)
    bench.wait(120)
    bench.happen(e.ServiceDeleted(service.arn))
    assert service.status == "DRAINING"
    bench.until(lambda: service.status == "INACTIVE", most=120)
    assert bench.tasks(RUNNING) == []


def test_a_steady_service_says_so_once(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(3600)
    assert sum("steady state" in message for message in messages(service)) == 1


@pytest.mark.parametrize(("desired", "percents"), [(1, (50, 150)), (2, (75, 125)), (3, (100, 125)), (1, (50, 100))])
def test_a_deployment_that_can_neither_stop_nor_start_says_so(
    bench: Bench, desired: int, percents: tuple[int, int]
) -> None:
    least, most = percents
    service = bench.create_service(
        desired, deploymentConfiguration={"minimumHealthyPercent": least, "maximumPercent": most}
    )
    bench.wait(120)
    bench.happen(e.ServiceUpdated(service.arn, {}, deploys=True))
    bench.wait(600)
    assert len(bench.tasks(RUNNING)) == desired
    assert messages(service)[-1] == (
        "(service web) was unable to stop or start tasks during a deployment because of the service deployment "
        "configuration. Update the minimumHealthyPercent or maximumPercent value and try again."
    )
