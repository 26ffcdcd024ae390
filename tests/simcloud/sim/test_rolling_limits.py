"""Between which counts a rolling deployment moves, in figures and on random ways."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in import Bench, definition

from simcloud.sim import events as e
from simcloud.sim.service import Service


def service_of(bench: Bench, desired: int, least: int, most: int) -> Service:
    limits = {"minimumHealthyPercent": least, "maximumPercent": most}
    return bench.create_service(desired, deploymentConfiguration=limits)


@pytest.mark.parametrize(
    ("desired", "percents", "limits"),
    [
        (4, (50, 200), (2, 8)),
        (2, (75, 200), (2, 4)),
        (3, (100, 125), (3, 3)),
        (1, (100, 200), (1, 2)),
        (1, (0, 100), (0, 1)),
    ],
)
def test_r201_worked_limits(bench: Bench, desired: int, percents: tuple[int, int], limits: tuple[int, int]) -> None:
    """R-200: at least ceil(desired x minimum), at most floor(desired x maximum)."""
    service = service_of(bench, desired, *percents)
    assert (service.least, service.most) == limits


def roll(bench: Bench, service: Service, revision: int) -> None:
    arn = service.primary.definition.rsplit(":", 1)[0] + f":{revision}"
    bench.register({**definition(), "taskDefinitionArn": arn, "revision": revision})
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))


def counted(bench: Bench) -> tuple[int, int]:
    """RUNNING tasks that are to stay, and those with the ones that are starting."""
    wanted = [task for task in bench.world.tasks.values() if task.wanted]
    return sum(task.status == "RUNNING" for task in wanted), len(wanted)


def walk(bench: Bench, service: Service, seconds: int) -> list[tuple[int, int]]:
    seen = []
    for _ in range(seconds):
        bench.wait(1)
        seen.append(counted(bench))
    return seen


def test_r201_one_task_at_100_200_gets_a_second_before_the_first_goes(bench: Bench) -> None:
    service = service_of(bench, 1, 100, 200)
    bench.wait(120)
    roll(bench, service, 2)
    seen = walk(bench, service, 120)
    assert min(running for running, _ in seen) == 1
    assert max(all_of_them for _, all_of_them in seen) == 2


def test_r201_one_task_at_0_100_is_down_for_a_while(bench: Bench) -> None:
    service = service_of(bench, 1, 0, 100)
    bench.wait(120)
    roll(bench, service, 2)
    seen = walk(bench, service, 120)
    assert min(running for running, _ in seen) == 0
    assert max(all_of_them for _, all_of_them in seen) == 1
    assert seen[-1] == (1, 1)


@pytest.mark.parametrize(("desired", "percents"), [(2, (75, 100)), (3, (100, 125))])
def test_r202_limits_that_leave_no_room_block_and_say_so(bench: Bench, desired: int, percents: tuple[int, int]) -> None:
    service = service_of(bench, desired, *percents)
    bench.wait(120)
    roll(bench, service, 2)
    bench.wait(600)
    assert service.primary.rollout == "IN_PROGRESS"
    assert (
        "(service web) was unable to stop or start tasks during a deployment because of the service deployment "
        "configuration. Update the minimumHealthyPercent or maximumPercent value and try again."
    ) in {event.message for event in service.events}


MOVES = st.sampled_from(["roll", "kill", "wait", "unhealthy"])


@settings(max_examples=25, deadline=None)
@given(
    desired=st.integers(1, 5),
    least=st.sampled_from([0, 50, 100]),
    most=st.sampled_from([125, 150, 200]),
    moves=st.lists(st.tuples(MOVES, st.integers(1, 40)), min_size=1, max_size=8),
)
def test_never_more_tasks_than_the_maximum(desired: int, least: int, most: int, moves: list[tuple[str, int]]) -> None:
    """Whatever happens meanwhile: RUNNING and PENDING together stay under floor(desired x maximum) (R-200)."""
    bench = Bench()
    group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
    balanced: Any = [{"targetGroupArn": group, "containerName": "web", "containerPort": 80}]
    limits = {"minimumHealthyPercent": least, "maximumPercent": most}
    service = bench.create_service(desired, deploymentConfiguration=limits, loadBalancers=balanced)
    bench.wait(120)
    revision = 1
    for move, seconds in moves:
        if move == "roll":
            revision += 1
            roll(bench, service, revision)
        elif move == "kill" and bench.tasks("RUNNING"):
            bench.stop(bench.tasks("RUNNING")[0])
        elif move == "unhealthy":
            bench.around.check = {} if bench.around.check else {"closed": "the group is closed", "interval": 5.0}
            bench.happen(e.SurroundingsChanged())
        for _ in range(seconds):
            bench.wait(1)
            assert counted(bench)[1] <= service.most
