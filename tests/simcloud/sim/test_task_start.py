"""How a task starts, and each way in which it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stand_in import ADDRESS, REGION, ROLE, TASK_ROLE, WEB, Bench, container, definition

from simcloud.facts import timings, words
from simcloud.sim.asks import Secret
from simcloud.sim.image import Image
from simcloud.sim.task import DEPROVISIONING, PENDING, RUNNING, STOPPED, Task

SECRET = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:db-AbCdEf"
PARAMETER = f"arn:aws:ssm:{REGION}:123456789012:parameter/db"


def stopped(bench: Bench, task: Task) -> str:
    """Wait for the task's end and give AWS's reason."""
    bench.until(lambda: task.status == STOPPED)
    assert task.stop_code == "TaskFailedToStart"
    assert task.started_at is None
    return task.stopped_reason


def session(task: Task) -> str:
    return f"arn:aws:sts::123456789012:assumed-role/exec/{task.id}"


def test_an_ordinary_task_goes_through_its_statuses_in_order(bench: Bench) -> None:
    task = bench.run_task()
    seen = [task.status]
    for _ in range(60):
        bench.wait(0.5)
        if task.status != seen[-1]:
            seen.append(task.status)
    assert seen == ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING"]


def test_the_pull_takes_as_long_as_the_image_is_large(bench: Bench) -> None:
    task = bench.run_task()
    bench.until(lambda: task.status == RUNNING)
    assert task.pull_started_at is not None
    assert task.pull_stopped_at is not None
    assert task.pull_stopped_at - task.pull_started_at == timings.PULL_LEAST_SECONDS.value + 90 / 30


@pytest.mark.row("F20")
def test_a_task_without_a_path_to_ecr_stays_pending_289_seconds_and_gets_awss_text(bench: Bench) -> None:
    bench.around.closed[f"api.ecr.{REGION}"] = "timeout"
    task = bench.run_task()
    bench.until(lambda: task.status == PENDING)
    assert bench.until(lambda: task.status == DEPROVISIONING) == 289
    assert stopped(bench, task) == (
        "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from "
        "Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network "
        "configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https "
        "response error StatusCode: 0, RequestID: , request send failed, Post "
        f'"https://api.ecr.us-east-1.amazonaws.com/": dial tcp {ADDRESS}:443: i/o timeout'
    )
    assert task.why == f"the path to api.ecr.{REGION}.amazonaws.com is timeout"
    assert bench.around.interfaces == {}


def test_a_path_that_is_mended_while_the_task_is_pending_lets_it_start(bench: Bench) -> None:
    bench.around.closed[f"api.ecr.{REGION}"] = "timeout"
    task = bench.run_task()
    bench.wait(250)
    assert task.status == PENDING
    assert task.why
    bench.around.closed.clear()
    bench.until(lambda: task.status == RUNNING, most=30)
    assert task.why == ""


@pytest.mark.row("F20")
@pytest.mark.parametrize(
    ("host", "words_of_it"),
    [
        (f"123456789012.dkr.ecr.{REGION}", 'Head "https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/shop/web/'),
        (f"prod-{REGION}-starport-layer-bucket", "failed to copy: httpReadSeeker: failed open"),
        (f"logs.{REGION}", "The task cannot find the Amazon CloudWatch log group defined in the task definition."),
    ],
)
def test_each_host_out_of_reach_has_its_own_text(bench: Bench, host: str, words_of_it: str) -> None:
    bench.around.closed[host] = "timeout"
    assert words_of_it in stopped(bench, bench.run_task())


def test_a_name_that_does_not_resolve_says_so(bench: Bench) -> None:
    bench.around.closed[f"api.ecr.{REGION}"] = "no-name"
    reason = stopped(bench, bench.run_task())
    assert reason.endswith("dial tcp: lookup api.ecr.us-east-1.amazonaws.com: no such host")


@pytest.mark.row("T04")
@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("ecr:GetAuthorizationToken", "*"),
        ("ecr:BatchGetImage", f"arn:aws:ecr:{REGION}:123456789012:repository/shop/web"),
        ("logs:CreateLogStream", f"arn:aws:logs:{REGION}:123456789012:log-group:/ecs/web:log-stream:ecs/web/"),
    ],
)
def test_each_missing_permission_of_the_execution_role_names_its_action(
    bench: Bench, action: str, resource: str
) -> None:
    bench.around.denied.add(action)
    task = bench.run_task()
    reason = stopped(bench, task)
    assert f"User: {session(task)} is not authorized to perform: {action} on resource: {resource}" in reason
    assert f"because no identity-based policy allows the {action} action" in reason


def test_an_endpoint_policy_that_refuses_is_an_access_denied_not_a_time_out(bench: Bench) -> None:
    bench.around.closed[f"api.ecr.{REGION}"] = "denied"
    reason = stopped(bench, bench.run_task())
    assert "AccessDeniedException" in reason
    assert reason.endswith("because no VPC endpoint policy allows the action")


def test_a_missing_tag_is_not_found(bench: Bench) -> None:
    bench.around.images.clear()
    task = bench.run_task()
    assert stopped(bench, task) == words.IMAGE_NOT_FOUND.format(image=WEB)
    assert task.containers["web"].reason == task.stopped_reason


@pytest.mark.row("F07")
def test_an_index_without_the_platform_is_not_pulled(bench: Bench) -> None:
    task = bench.run_task(definition(runtimePlatform={"cpuArchitecture": "ARM64"}))
    assert "does not contain descriptor matching platform 'linux/arm64'" in stopped(bench, task)


@pytest.mark.row("F07")
def test_a_single_image_for_another_processor_starts_and_dies(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], architectures=("ARM64",), index=False)
    task = bench.run_task()
    bench.until(lambda: task.status == STOPPED)
    assert task.stop_code == "EssentialContainerExited"
    assert task.containers["web"].exit_code == 1
    assert bench.around.streams[f"ecs/web/{task.id}"] == ["exec /usr/local/bin/app: exec format error"]


def test_an_image_larger_than_the_ephemeral_storage_does_not_fit(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], size_mib=21 * 1024)
    assert "no space left on device" in stopped(bench, bench.run_task())
    larger = bench.run_task(definition(ephemeralStorage={"sizeInGiB": 40}))
    bench.until(lambda: larger.status == RUNNING, most=1200)


def test_a_public_image_needs_no_token_and_no_role(bench: Bench) -> None:
    image = "public.ecr.aws/nginx/nginx:1.27"
    bench.around.images[image] = Image(image, "sha256:" + "b" * 64)
    bench.around.closed[f"api.ecr.{REGION}"] = "timeout"
    bench.around.denied.add("ecr:GetAuthorizationToken")
    plain = {"name": "web", "image": image, "essential": True}
    task = bench.run_task(definition(plain, executionRoleArn=""))
    bench.until(lambda: task.status == RUNNING)


def test_a_public_registry_out_of_reach_is_named_with_its_host(bench: Bench) -> None:
    bench.around.closed["registry-1.docker.io"] = "timeout"
    reason = stopped(bench, bench.run_task(definition({"name": "web", "image": "nginx:1.27"})))
    assert "failed to resolve ref docker.io/library/nginx:1.27" in reason
    assert 'Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.27"' in reason


@pytest.mark.row("F16")
def test_a_secret_is_in_the_environment_of_the_started_container(bench: Bench) -> None:
    bench.around.secrets[SECRET] = Secret(True, '{"user": "shop", "port": 5432}', arn=SECRET)
    bench.around.secrets[PARAMETER] = Secret(True, "eu", "ssm", PARAMETER)
    task = bench.run_task(
        definition(
            container(
                environment=[{"name": "STAGE", "value": "prod"}],
                secrets=[
                    {"name": "DB_USER", "valueFrom": f"{SECRET}:user::"},
                    {"name": "PLACE", "valueFrom": PARAMETER},
                ],
            )
        )
    )
    bench.until(lambda: task.status == RUNNING)
    assert task.containers["web"].environment == {"STAGE": "prod", "DB_USER": "shop", "PLACE": "eu"}


@pytest.mark.row("F16")
@pytest.mark.parametrize(
    ("value_from", "host", "words_of_it"),
    [
        (SECRET, f"secretsmanager.{REGION}", f'Post "https://secretsmanager.{REGION}.amazonaws.com/"'),
        (PARAMETER, f"ssm.{REGION}", "The task cannot pull secrets from AWS Systems Manager Parameter Store."),
    ],
)
def test_a_secret_out_of_reach_stops_the_task(bench: Bench, value_from: str, host: str, words_of_it: str) -> None:
    bench.around.closed[host] = "timeout"
    task = bench.run_task(definition(container(secrets=[{"name": "X", "valueFrom": value_from}])))
    reason = stopped(bench, task)
    assert reason.startswith("ResourceInitializationError: unable to pull secrets or registry auth:")
    assert words_of_it in reason


@pytest.mark.row("F16")
@pytest.mark.parametrize(
    ("value_from", "action"),
    [
        (SECRET, "secretsmanager:GetSecretValue"),
        (PARAMETER, "ssm:GetParameters"),
        (SECRET, "kms:Decrypt"),
    ],
)
def test_a_secret_that_may_not_be_read_names_the_action(bench: Bench, value_from: str, action: str) -> None:
    on_ssm = value_from == PARAMETER
    bench.around.secrets[value_from] = Secret(True, "x", "ssm" if on_ssm else "secretsmanager", value_from, "key-arn")
    bench.around.denied.add(action)
    task = bench.run_task(definition(container(secrets=[{"name": "X", "valueFrom": value_from}])))
    resource = "key-arn" if action == "kms:Decrypt" else value_from
    assert f"{session(task)} is not authorized to perform: {action} on resource: {resource}" in stopped(bench, task)


@pytest.mark.parametrize(
    ("value_from", "words_of_it"),
    [
        (SECRET, "Secrets Manager can't find the specified secret."),
        (PARAMETER, "invalid parameters: /db"),
    ],
)
def test_a_secret_that_does_not_exist_stops_the_task(bench: Bench, value_from: str, words_of_it: str) -> None:
    task = bench.run_task(definition(container(secrets=[{"name": "X", "valueFrom": value_from}])))
    assert words_of_it in stopped(bench, task)


def test_a_json_key_that_the_secret_lacks_stops_the_task(bench: Bench) -> None:
    bench.around.secrets[SECRET] = Secret(True, "no JSON", arn=SECRET)
    task = bench.run_task(definition(container(secrets=[{"name": "X", "valueFrom": f"{SECRET}:password::"}])))
    assert stopped(bench, task).endswith("retrieved secret from Secrets Manager did not contain json key password")


def test_a_log_group_that_does_not_exist_stops_the_task_unless_it_may_be_made(bench: Bench) -> None:
    bench.around.groups.clear()
    assert "The specified log group does not exist." in stopped(bench, bench.run_task())
    asked = container()
    asked["logConfiguration"]["options"]["awslogs-create-group"] = "true"
    task = bench.run_task(definition(asked))
    bench.until(lambda: task.status == RUNNING)
    bench.around.denied.add("logs:CreateLogGroup")
    assert "perform: logs:CreateLogGroup" in stopped(bench, bench.run_task(definition(asked)))


def test_a_subnet_without_free_addresses_stops_the_launch(bench: Bench) -> None:
    bench.around.full = True
    task = bench.run_task()
    assert "InsufficientFreeAddressesInSubnet" in stopped(bench, task)
    assert task.interface.id == ""


@pytest.mark.row("T04")
def test_the_app_is_denied_by_the_task_role_and_runs_on(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], calls=(("sqs:SendMessage", "arn:aws:sqs:q"),))
    bench.around.denied.add("sqs:SendMessage")
    task = bench.run_task(definition(taskRoleArn=TASK_ROLE))
    bench.wait(60)
    assert task.status == RUNNING
    log = bench.around.streams[f"ecs/web/{task.id}"][-1]
    assert f"User: arn:aws:sts::123456789012:assumed-role/app/{task.id} is not authorized to perform" in log


def test_the_app_without_a_task_role_has_no_credentials(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], calls=(("sqs:SendMessage", "arn:aws:sqs:q"),))
    task = bench.run_task(definition(executionRoleArn=ROLE))
    bench.wait(60)
    assert bench.around.streams[f"ecs/web/{task.id}"][-1] == "Unable to locate credentials"


@pytest.mark.row("N02")
@pytest.mark.row("M05")
def test_the_story_names_the_role_in_use_and_the_execution_role_comes_first(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], calls=(("sqs:SendMessage", "arn:aws:sqs:q"),))
    task = bench.run_task(definition(taskRoleArn=TASK_ROLE))
    bench.wait(60)
    told = [line.what.partition(", as ")[2] for line in bench.world.story.about(task.id)]
    assert [role for role in told if role] == ["execution role exec"] * 3 + ["task role app"]
