"""The figures and words of the fact sheet on the life of a task, as literals, by the rule's number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from stand_in import ADDRESS, ROLE, TASK_ROLE, WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.asks import Secret
from simcloud.sim.retirement import RetirementAnnounced
from simcloud.sim.task import DEPROVISIONING, RUNNING, STOPPED, STOPPING, Task

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/db"
GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
INITIALISE = "ResourceInitializationError: unable to pull secrets or registry auth: "
LOGGER = "ResourceInitializationError: failed to validate logger args: "
REQUEST = "RequestID: [-0-9a-f]{36}, "


def ended(bench: Bench, stored: dict[str, Any] | None = None) -> Task:
    """A task of this definition, when it has stopped."""
    task = bench.run_task(stored)
    bench.until(lambda: task.status == STOPPED)
    return task


def matches(text: str, pattern: str) -> bool:
    """Is it this text? A request id differs each time: `<id>` stands for it."""
    return re.fullmatch(re.escape(pattern).replace(re.escape("RequestID: <id>, "), REQUEST), text) is not None


def test_r102_a_task_goes_through_eight_statuses_in_this_order(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=5)
    bench.around.check = {"interval": 10.0}
    bench.create_service(1, loadBalancers=[{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}])
    bench.until(lambda: bool(bench.tasks()))
    task, seen = bench.tasks()[0], ["PROVISIONING"]
    while seen[-1] != STOPPED:
        bench.wait(0.5)
        seen += [] if task.status == seen[-1] else [task.status]
        if (task.status, task.wanted) == (RUNNING, True):
            bench.stop(task)
    assert seen == [
        "PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED",
    ]  # fmt: skip


def test_r103_the_targets_drain_for_300_seconds_while_it_is_deactivating(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0}
    bench.create_service(1, loadBalancers=[{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}])
    bench.until(lambda: bool(bench.tasks(RUNNING)))
    task = bench.tasks(RUNNING)[0]
    bench.stop(task)
    assert task.status == "DEACTIVATING"
    assert bench.until(lambda: task.status != "DEACTIVATING") == 300
    assert task.status == STOPPING


def test_r104_the_moments_of_a_life_stand_in_this_order(bench: Bench) -> None:
    task = bench.run_task()
    bench.until(lambda: task.status == RUNNING)
    bench.wait(60)
    bench.stop(task)
    bench.until(lambda: task.status == STOPPED)
    names = ("created", "pull_started", "pull_stopped", "started", "stopping", "execution_stopped", "stopped")
    moments = [getattr(task, f"{name}_at") for name in names]
    assert moments == sorted(set(moments))


def test_r105_a_small_image_is_pulled_in_some_4_5_seconds_and_runs_2_1_later(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], size_mib=75)
    task = bench.run_task()
    bench.until(lambda: task.status == RUNNING)
    assert task.pull_started_at is not None
    assert task.pull_stopped_at is not None
    assert task.containers["web"].started_at is not None
    assert task.pull_stopped_at - task.pull_started_at == pytest.approx(4.52, abs=0.1)
    assert task.containers["web"].started_at - task.pull_stopped_at == pytest.approx(2.093, abs=0.1)


def test_r106_the_interface_is_taken_away_in_some_16_seconds(bench: Bench) -> None:
    task = bench.run_task()
    bench.until(lambda: task.status == RUNNING)
    bench.stop(task)
    bench.until(lambda: task.status == DEPROVISIONING)
    assert bench.until(lambda: task.status == STOPPED) == pytest.approx(16, abs=1)


def test_r107_the_interface_takes_10_to_15_seconds_and_a_stop_as_long_as_it_may(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    task = bench.run_task()
    assert 10 <= bench.until(lambda: task.status == "PENDING") <= 15
    bench.until(lambda: task.status == RUNNING)
    bench.stop(task)
    assert bench.until(lambda: task.status != STOPPING) == 30


def test_r108_a_sealed_off_task_gives_up_after_4_minutes_49(bench: Bench) -> None:
    bench.around.closed["api.ecr.us-east-1"] = "timeout"
    task = bench.run_task()
    bench.until(lambda: task.status == "PENDING")
    assert bench.until(lambda: task.status != "PENDING") == 289


def test_r110_each_end_has_its_code_and_reason(bench: Bench) -> None:
    def told(task: Task) -> tuple[str, str]:
        bench.until(lambda: task.status == STOPPED)
        return task.stop_code, task.stopped_reason

    by_user, by_itself = bench.run_task(), bench.run_task(definition(container(command=["sleep", "30"])))
    bench.until(lambda: by_user.status == RUNNING)
    bench.stop(by_user)
    assert told(by_user) == ("UserInitiated", "Task stopped by user")
    assert told(by_itself) == ("EssentialContainerExited", "Essential container in task exited")
    service = bench.create_service(1)
    bench.wait(60)
    kept = next(task for task in bench.tasks(RUNNING) if task.service)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 0}))
    code, reason = told(kept)
    assert code == "ServiceSchedulerInitiated"
    assert re.fullmatch(r"Scaling activity initiated by \(deployment ecs-svc/[0-9]{19}\)", reason)


def test_r111_a_target_that_stays_unhealthy_ends_its_task_in_these_words(bench: Bench) -> None:
    bench.around.check = {"interval": 10.0, "closed": "no ingress rule lets it in"}
    bench.create_service(1, loadBalancers=[{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}])
    bench.until(lambda: bool(bench.tasks(STOPPED)))
    task = bench.tasks(STOPPED)[0]
    assert task.stopped_reason == f"Task failed ELB health checks in (target-group {GROUP})"
    assert task.stop_code == "ServiceSchedulerInitiated"


def test_r112_a_container_that_its_own_check_finds_ill_ends_its_task_in_these_words(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], unhealthy_after=60)
    check = {"command": ["CMD-SHELL", "curl localhost"], "interval": 10, "retries": 2}
    service = bench.create_service(1, definition(container(healthCheck=check)))
    bench.until(lambda: bool(bench.tasks(STOPPED)))
    task = bench.tasks(STOPPED)[0]
    assert (task.stop_code, task.stopped_reason) == ("ServiceSchedulerInitiated", "Task failed container health checks")
    told = [event.message for event in service.events]
    assert f"(service web) (task {task.id}) failed container health checks." in told


def test_r113_a_retired_task_of_a_service_is_stopped_in_the_services_name(bench: Bench) -> None:
    bench.create_service(1)
    bench.wait(120)
    task = bench.tasks(RUNNING)[0]
    bench.happen(RetirementAnnounced(task.arn))
    bench.wait(7 * 86400 - 1)
    assert task.status == RUNNING, "seven days are the default"
    bench.wait(60)
    maintained = "ECS is performing maintenance on the underlying infrastructure hosting the task"
    assert task.stopped_reason == f"Service web: {maintained}"
    assert task.stop_code == "ServiceSchedulerInitiated"


def test_r115_out_of_memory_is_the_containers_reason_and_137(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], memory_mib=600)
    task = ended(bench)
    web = task.containers["web"]
    assert (web.reason, web.exit_code) == ("OutOfMemoryError: Container killed due to memory usage", 137)
    assert (task.stop_code, task.stopped_reason) == ("EssentialContainerExited", "Essential container in task exited")


def test_r119_without_a_way_to_ecr_the_text_is_this(bench: Bench) -> None:
    bench.around.closed["api.ecr.us-east-1"] = "timeout"
    assert ended(bench).stopped_reason == (
        INITIALISE + "The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task "
        "and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded "
        "maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "
        f'"https://api.ecr.us-east-1.amazonaws.com/": dial tcp {ADDRESS}:443: i/o timeout'
    )


def test_r121_a_secret_that_may_not_be_read_fails_as_asm_does(bench: Bench) -> None:
    bench.around.secrets[SECRET] = Secret(True, "x", arn=SECRET)
    bench.around.denied.add("secretsmanager:GetSecretValue")
    reason = ended(bench, definition(container(secrets=[{"name": "X", "valueFrom": SECRET}]))).stopped_reason
    assert reason.startswith(
        INITIALISE + "execution resource retrieval failed: unable to retrieve secret from asm: service call has been "
        f"retried 1 time(s): failed to fetch secret {SECRET} from secrets manager: "
    )


def test_r122_a_parameter_that_may_not_be_read_names_the_plural_action(bench: Bench) -> None:
    bench.around.secrets[PARAMETER] = Secret(True, "x", "ssm", PARAMETER)
    bench.around.denied.add("ssm:GetParameters")
    task = ended(bench, definition(container(secrets=[{"name": "X", "valueFrom": PARAMETER}])))
    assert matches(
        task.stopped_reason,
        INITIALISE + "execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been "
        "retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: <id>, "
        f"api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/{task.id} is not "
        f"authorized to perform: ssm:GetParameters on resource: {PARAMETER} because no identity-based policy allows "
        "the ssm:GetParameters action",
    )


def test_r123_parameters_out_of_reach_have_this_headline(bench: Bench) -> None:
    bench.around.closed["ssm.us-east-1"] = "timeout"
    reason = ended(bench, definition(container(secrets=[{"name": "X", "valueFrom": PARAMETER}]))).stopped_reason
    assert (
        "The task cannot pull secrets from AWS Systems Manager Parameter Store. Check your network connection between "
        "the task and AWS Systems Manager." in reason
    )


def test_r124_a_key_that_the_secret_lacks_is_named(bench: Bench) -> None:
    bench.around.secrets[SECRET] = Secret(True, '{"user": "shop"}', arn=SECRET)
    asked = container(secrets=[{"name": "X", "valueFrom": f"{SECRET}:password::"}])
    reason = ended(bench, definition(asked)).stopped_reason
    assert reason.endswith("retrieved secret from Secrets Manager did not contain json key password")


def test_r125_logs_out_of_reach_kill_the_validation(bench: Bench) -> None:
    bench.around.closed["logs.us-east-1"] = "timeout"
    assert ended(bench).stopped_reason == (
        LOGGER + "The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a "
        "connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed"
    )


def test_r126_a_log_group_that_is_not_there_has_this_text(bench: Bench) -> None:
    bench.around.groups.clear()
    assert matches(
        ended(bench).stopped_reason,
        LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error "
        "CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: <id>, "
        "ResourceNotFoundException: The specified log group does not exist. : exit status 1",
    )


def test_r127_a_log_group_that_may_not_be_made_has_this_text(bench: Bench) -> None:
    bench.around.groups.clear()
    bench.around.denied.add("logs:CreateLogGroup")
    asked = container()
    asked["logConfiguration"]["options"]["awslogs-create-group"] = "true"
    task = ended(bench, definition(asked))
    head = task.stopped_reason.partition("log-group:/ecs/web")[0]
    assert matches(
        head,
        LOGGER + "create stream has been retried 1 times: failed to create Cloudwatch log group: operation error "
        "CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: <id>, api error "
        f"AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/exec/{task.id} is not authorized to "
        "perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:123456789012:",
    )


def test_r128_without_a_way_to_s3_the_layers_fail_late(bench: Bench) -> None:
    bench.around.closed["prod-us-east-1-starport-layer-bucket"] = "timeout"
    task = ended(bench)
    assert task.pull_started_at is not None
    head = f"CannotPullContainerError: The task cannot pull {WEB} from the Amazon ECR repository "
    assert task.stopped_reason.startswith(head)
    assert (
        "There is a connection issue between the task and Amazon ECR. Check your task network configuration."
        in task.stopped_reason
    )


def test_r129_docker_hub_out_of_reach_is_asked_by_head(bench: Bench) -> None:
    bench.around.closed["registry-1.docker.io"] = "timeout"
    reason = ended(bench, definition({"name": "web", "image": "nginx:1.27"})).stopped_reason
    assert reason == (
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref "
        "docker.io/library/nginx:1.27: failed to do request: Head "
        f'"https://registry-1.docker.io/v2/library/nginx/manifests/1.27": dial tcp {ADDRESS}:443: i/o timeout'
    )


def test_r130_a_tag_that_is_not_there_is_not_found(bench: Bench) -> None:
    bench.around.images.clear()
    assert ended(bench).stopped_reason == (
        f"CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {WEB}: "
        f"{WEB}: not found"
    )


def test_r131_an_image_that_may_not_be_pulled_has_the_agents_headline(bench: Bench) -> None:
    bench.around.denied.add("ecr:BatchGetImage")
    task = ended(bench)
    assert (
        "The task can’t pull the image. Check that the role has the permissions to pull images from the registry. "
        in task.stopped_reason
    )
    assert task.stopped_reason.endswith(
        f"denied: User: arn:aws:sts::123456789012:assumed-role/exec/{task.id} is not authorized to perform: "
        "ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/shop/web because no "
        "identity-based policy allows the ecr:BatchGetImage action"
    )


def test_r132_a_role_without_a_token_fails_in_the_auth_step(bench: Bench) -> None:
    bench.around.denied.add("ecr:GetAuthorizationToken")
    task = ended(bench)
    assert task.pull_started_at is None
    assert task.stopped_reason == (
        INITIALISE + "execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been "
        "retried 1 time(s): AccessDeniedException: User: "
        f"arn:aws:sts::123456789012:assumed-role/exec/{task.id} is not authorized to perform: "
        "ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the "
        "ecr:GetAuthorizationToken action"
    )


def test_r133_an_index_without_the_platform_and_a_single_image_for_another(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], architectures=("ARM64",))
    assert ended(bench).stopped_reason == (
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain "
        "descriptor matching platform 'linux/amd64'"
    )
    bench.around.images[WEB] = replace(bench.around.images[WEB], index=False)
    task = ended(bench)
    assert task.containers["web"].exit_code == 1
    assert re.fullmatch("exec /.*: exec format error", bench.around.streams[f"ecs/web/{task.id}"][-1])


def test_r135_an_image_larger_than_the_storage_has_no_space_left(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], size_mib=21 * 1024)
    reason = ended(bench).stopped_reason
    assert reason.startswith("CannotPullContainerError: ")
    assert reason.endswith("no space left on device")


def test_r138_a_service_whose_role_ecs_cannot_assume_says_so_and_tries_again(bench: Bench) -> None:
    bench.around.untrusting.add(ROLE)
    service = bench.create_service(1)
    bench.wait(60)
    assert service.events[-1].message == (
        f"(service web) failed to launch a task with (error ECS was unable to assume the role '{ROLE}' that was "
        "provided for this task. Please verify that the role being passed has the proper trust relationship and "
        "permissions and that your IAM user has permissions to pass this role.)"
    )
    assert service.next_launch > service.created_at
    bench.around.untrusting.clear()
    bench.until(lambda: bool(bench.tasks(RUNNING)), most=1800)


@pytest.mark.parametrize(
    ("behaviour", "command", "code"),
    [
        ({"stop_seconds": 1.0, "stop_code": 143}, [], 143),
        ({"stop_seconds": None}, [], 137),
        ({"exit_after": 5.0, "exit_code": 139}, [], 139),
        ({}, ["sh", "-c", "sleep 5; exit 1"], 1),
        ({}, ["sleep", "5"], 0),
    ],
)
def test_r140_exit_codes_tell_how_a_process_ended(
    bench: Bench, behaviour: dict[str, Any], command: list[str], code: int
) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], **behaviour)
    task = bench.run_task(definition(container(**({"command": command} if command else {}))))
    bench.until(lambda: task.status == RUNNING)
    if "stop_seconds" in behaviour:
        bench.stop(task)
    bench.until(lambda: task.status == STOPPED)
    assert task.containers["web"].exit_code == code


def test_r146_an_ill_standalone_task_is_only_shown_as_ill(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], unhealthy_after=60)
    check = {"command": ["CMD-SHELL", "curl localhost"], "interval": 10, "retries": 2}
    task = bench.run_task(definition(container(healthCheck=check), container("side")))
    bench.until(lambda: task.health == "UNHEALTHY")
    bench.wait(3600)
    assert (task.status, task.health) == (RUNNING, "UNHEALTHY")


def test_r150_the_platform_acts_as_the_execution_role_and_the_code_as_the_task_role(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], calls=(("sqs:SendMessage", "arn:aws:sqs:q"),))
    bench.around.denied.add("sqs:SendMessage")
    task = bench.run_task(definition(taskRoleArn=TASK_ROLE))
    bench.wait(60)
    last = bench.around.streams[f"ecs/web/{task.id}"][-1]
    assert f"assumed-role/app/{task.id} is not authorized to perform: sqs:sendmessage" in last
