"""Containers while they run: health checks, restarts in place, waiting for each other, a log router, connections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from stand_in import TASK_ROLE, WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.task import RUNNING, STOPPED, Task

CHECK = {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], "interval": 10, "retries": 3}


def behaves(bench: Bench, **behaviour: Any) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], **behaviour)


def checked(**members: Any) -> dict[str, Any]:
    return container(healthCheck={**CHECK, **members})


def health(task: Task) -> str:
    return task.containers["web"].health


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.0, 1.5, 2.0])
def test_a_task_ends_with_its_program_in_whatever_moment_of_the_start_that_ends(bench: Bench, seconds: float) -> None:
    """One second lies between the start of the containers and RUNNING: what ends just then ends the task as well."""
    behaves(bench, exit_after=seconds, exit_code=3)
    task = bench.run_task(definition(container()))
    bench.until(lambda: task.status == STOPPED)
    assert (task.stop_code, task.containers["web"].exit_code) == ("EssentialContainerExited", 3)


def test_r053_a_container_is_unknown_until_its_first_check_and_then_healthy(bench: Bench) -> None:
    task = bench.run_task(definition(checked()))
    bench.until(lambda: task.containers["web"].status == RUNNING)
    assert health(task) == "UNKNOWN"
    assert bench.until(lambda: health(task) == "HEALTHY") == 10


def test_r053_so_many_failures_in_a_row_as_retries_make_it_unhealthy(bench: Bench) -> None:
    behaves(bench, unhealthy_after=0)
    task = bench.run_task(definition(checked()))
    bench.until(lambda: task.containers["web"].status == RUNNING)
    assert bench.until(lambda: health(task) == "UNHEALTHY") == 30


def test_r053_failures_within_the_start_period_are_not_counted(bench: Bench) -> None:
    behaves(bench, start_seconds=45)
    early = bench.run_task(definition(checked()))
    bench.until(lambda: health(early) == "UNHEALTHY")
    patient = bench.run_task(definition(checked(startPeriod=60)))
    bench.until(lambda: health(patient) == "HEALTHY")
    assert all("is UNHEALTHY" not in line.what for line in bench.world.story.about(patient.id))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["CMD-SHELL", "exit 0"], "HEALTHY"),
        (["CMD-SHELL", "exit 1"], "UNHEALTHY"),
        (["CMD", "sleep", "30"], "UNHEALTHY"),
        (["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"], "UNHEALTHY"),
        (["CMD-SHELL", "curl -f http://localhost:80/ || exit 1"], "HEALTHY"),
        (["CMD", "wget", "-q", "http://127.0.0.1/"], "HEALTHY"),
    ],
)
def test_the_command_of_the_check_finds_what_the_image_has(bench: Bench, command: list[str], expected: str) -> None:
    behaves(bench, ports=(80,))
    task = bench.run_task(definition(checked(command=command)))
    bench.wait(120)
    assert health(task) == expected


def test_r146_a_standalone_task_that_is_unhealthy_runs_on(bench: Bench) -> None:
    behaves(bench, unhealthy_after=60)
    task = bench.run_task(definition(checked()))
    bench.wait(600)
    assert (task.status, task.health) == (RUNNING, "UNHEALTHY")


def test_r146_only_essential_containers_make_the_health_of_a_task(bench: Bench) -> None:
    side = container("side", essential=False, healthCheck={**CHECK, "command": ["CMD-SHELL", "exit 1"]})
    task = bench.run_task(definition(checked(), side))
    bench.wait(120)
    assert (task.containers["side"].health, task.health) == ("UNHEALTHY", "HEALTHY")


def test_r112_a_service_replaces_an_unhealthy_task_and_says_so(bench: Bench) -> None:
    behaves(bench, unhealthy_after=120)
    service = bench.create_service(1, definition(checked()))
    bench.wait(100)
    first = bench.tasks(RUNNING)[0]
    behaves(bench, unhealthy_after=None)
    bench.until(lambda: not first.wanted, most=300)
    assert (first.stop_code, first.stopped_reason) == (
        "ServiceSchedulerInitiated",
        "Task failed container health checks",
    )
    assert any(
        each.message == f"(service web) (task {first.id}) failed container health checks." for each in service.events
    )
    bench.wait(120)
    assert [task.id for task in bench.tasks(RUNNING)] != [first.id]


def restarting(**policy: Any) -> dict[str, Any]:
    return container(restartPolicy={"enabled": True, "restartAttemptPeriod": 60, **policy})


def test_r054_a_container_that_ran_long_enough_is_restarted_in_the_same_task(bench: Bench) -> None:
    behaves(bench, exit_after=90, exit_code=1)
    task = bench.run_task(definition(restarting()))
    bench.until(lambda: task.containers["web"].runs == 2)
    assert (task.status, task.wanted, task.containers["web"].exit_code) == (RUNNING, True, None)
    bench.until(lambda: task.containers["web"].runs == 3)


def test_r054_a_container_that_exits_before_the_period_is_over_is_not(bench: Bench) -> None:
    behaves(bench, exit_after=59, exit_code=1)
    task = bench.run_task(definition(restarting()))
    bench.until(lambda: task.status == STOPPED)
    assert (task.stop_code, task.containers["web"].runs) == ("EssentialContainerExited", 1)


def test_r054_a_container_with_an_ignored_exit_code_is_not_restarted(bench: Bench) -> None:
    behaves(bench, exit_after=90, exit_code=0)
    task = bench.run_task(definition(restarting(ignoredExitCodes=[0])))
    bench.until(lambda: task.status == STOPPED)
    assert task.containers["web"].runs == 1


def test_r054_the_period_is_300_seconds_where_the_policy_does_not_say(bench: Bench) -> None:
    behaves(bench, exit_after=299, exit_code=1)
    task = bench.run_task(definition(container(restartPolicy={"enabled": True})))
    bench.until(lambda: task.status == STOPPED)
    behaves(bench, exit_after=300, exit_code=1)
    lasting = bench.run_task(definition(container(restartPolicy={"enabled": True})))
    bench.until(lambda: lasting.containers["web"].runs == 2)


def test_a_restarted_container_stops_with_its_task(bench: Bench) -> None:
    behaves(bench, exit_after=90, exit_code=1, stop_seconds=2)
    task = bench.run_task(definition(restarting()))
    bench.until(lambda: task.containers["web"].runs == 2)
    bench.stop(task)
    bench.wait(200)
    assert (task.status, task.containers["web"].runs) == (STOPPED, 2)


def waiting(condition: str, **members: Any) -> dict[str, Any]:
    first = container("first", essential=False, **members)
    return definition(first, container(dependsOn=[{"containerName": "first", "condition": condition}]))


def test_r052_a_start_timeout_ends_the_waiting_and_the_task(bench: Bench) -> None:
    behaves(bench, unhealthy_after=0)
    task = bench.run_task(waiting("HEALTHY", healthCheck=CHECK, startTimeout=60))
    bench.until(lambda: task.containers["first"].status == RUNNING)
    assert bench.until(lambda: not task.wanted) == 60
    assert task.stopped_reason == (
        "dependency graph: container ordering dependency [first] for target [web] has timed out"
    )
    assert task.stop_code == "TaskFailedToStart"


def test_without_a_start_timeout_the_task_stays_pending(bench: Bench) -> None:
    behaves(bench, unhealthy_after=0)
    task = bench.run_task(waiting("HEALTHY", healthCheck=CHECK))
    bench.wait(3600)
    assert task.status == "PENDING"


def test_a_dependency_that_ends_can_never_become_healthy(bench: Bench) -> None:
    task = bench.run_task(waiting("HEALTHY", healthCheck=CHECK, command=["sleep", "5"]))
    bench.until(lambda: not task.wanted)
    assert task.stop_code == "TaskFailedToStart"


def routed(**options: str) -> dict[str, Any]:
    router = container("router", firelensConfiguration={"type": "fluentbit"})
    lines = {"logDriver": "awsfirelens", "options": {"Name": "cloudwatch", "region": "us-east-1", **options}}
    return definition(router, container(logConfiguration=lines), taskRoleArn=TASK_ROLE)


def test_r291_lines_go_through_the_router_to_where_the_options_say(bench: Bench) -> None:
    task = bench.run_task(routed(log_group_name="/ecs/web", log_stream_prefix="app-"))
    bench.until(lambda: task.status == RUNNING)
    assert bench.around.streams[f"app-web-firelens-{task.id}"] == ["ready"]


def test_r291_the_router_needs_the_task_role_and_nothing_stops_without_it(bench: Bench) -> None:
    bench.around.denied.add("app: logs:PutLogEvents")
    task = bench.run_task(routed(log_group_name="/ecs/web"))
    bench.until(lambda: task.status == RUNNING)
    own = bench.around.streams[f"ecs/router/{task.id}"]
    assert own[-1].startswith("[error] [output:log group /ecs/web] PutLogEvents API responded with error=")
    assert f"assumed-role/app/{task.id} is not authorized to perform: logs:PutLogEvents" in own[-1]
    assert set(bench.around.streams) == {f"ecs/router/{task.id}"}


def test_a_group_that_is_missing_is_made_where_that_is_asked(bench: Bench) -> None:
    lost = bench.run_task(routed(log_group_name="/new"))
    made = bench.run_task(routed(log_group_name="/new", auto_create_group="true"))
    bench.wait(60)
    assert bench.around.streams[f"ecs/router/{lost.id}"][-1].endswith("The specified log group does not exist.'")
    assert bench.around.streams[f"fluentbit-web-firelens-{made.id}"] == ["ready"]


def test_connections_of_the_code_are_logged(bench: Bench) -> None:
    behaves(bench, connects=(("db.internal", 5432), ("api.example.com", 443)), log_lines=())
    bench.around.closed["db"] = "timeout"
    task = bench.run_task()
    bench.wait(60)
    assert bench.around.streams[f"ecs/web/{task.id}"] == [
        "could not connect to db.internal:5432: Connection timed out",
        "connected to api.example.com:443",
    ]


def test_a_late_timer_of_an_earlier_run_does_nothing(bench: Bench) -> None:
    behaves(bench, exit_after=90, exit_code=1)
    task = bench.run_task(definition(restarting()))
    bench.until(lambda: task.containers["web"].runs == 2)
    bench.happen(e.ContainerExited(task.arn, "web", 9, run=1))
    assert task.containers["web"].status == RUNNING
