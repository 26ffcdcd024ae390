"""The AWS CLI and the JavaScript SDK do on the server what boto3 does in a notebook."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asking_the_server import HERE, control

from simcloud.cloud.serving.server import Server
from tests.rotation import on_turn

Aws = Callable[..., subprocess.CompletedProcess[str]]

NO_SUCH_SIZE = (
    "No Fargate configuration exists for given values: 1024 CPU, 1024 memory."
    " See the Amazon ECS documentation for the valid values."
)


def told(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def definition(cpu: str, memory: str) -> list[str]:
    container = [{"name": "app", "image": "public.ecr.aws/docker/library/nginx:latest"}]
    return [
        *("ecs", "register-task-definition", "--family", "web", "--requires-compatibilities", "FARGATE"),
        *("--network-mode", "awsvpc", "--cpu", cpu, "--memory", memory),
        *("--container-definitions", json.dumps(container)),
    ]


def test_the_cli_runs_a_task_until_it_is_running(server: Server, aws: Aws) -> None:
    url = f"{server.url}/@cli"
    assert told(aws(url, "ecs", "create-cluster", "--cluster-name", "demo"))["cluster"]["status"] == "ACTIVE"
    assert told(aws(url, *definition("256", "512")))["taskDefinition"]["revision"] == 1
    subnet = told(aws(url, "ec2", "describe-subnets"))["Subnets"][0]["SubnetId"]
    network = f"awsvpcConfiguration={{subnets=[{subnet}],assignPublicIp=ENABLED}}"
    run = ("ecs", "run-task", "--cluster", "demo", "--task-definition", "web", "--launch-type", "FARGATE")
    task = told(aws(url, *run, "--network-configuration", network))["tasks"][0]
    assert task["lastStatus"] == "PROVISIONING"
    describe = ("ecs", "describe-tasks", "--cluster", "demo", "--tasks", task["taskArn"])
    assert told(aws(url, *describe))["tasks"][0]["lastStatus"] == "PROVISIONING"
    control(url, "advance", minutes=2)
    assert told(aws(url, *describe))["tasks"][0]["lastStatus"] == "RUNNING"
    assert "RUNNING" in control(url, f"story?about={task['taskArn'].rpartition('/')[2]}")


@on_turn(0, 4)
def test_the_cli_is_refused_in_the_words_of_aws_and_told_why_elsewhere(server: Server, aws: Aws) -> None:
    url = f"{server.url}/@refused"
    refused = aws(url, *definition("1024", "1024"))
    assert refused.returncode != 0
    assert refused.stderr.strip().splitlines()[-1] == (
        f"An error occurred (ClientException) when calling the RegisterTaskDefinition operation: {NO_SUCH_SIZE}"
    )
    assert "Here: cpu 1024 is sold with 2048 to 8192 in steps of 1024 MiB, not 1024" in control(url, "why")


@on_turn(1, 4)
def test_services_that_spell_errors_in_xml_do_so(server: Server, aws: Aws) -> None:
    unknown = aws(server.url, "ec2", "describe-security-groups", "--group-ids", "sg-0123456789abcdef0")
    assert "(InvalidGroup.NotFound)" in unknown.stderr
    left_out = aws(server.url, "ec2", "create-key-pair", "--key-name", "k")
    assert "(NotSimulated)" in left_out.stderr
    bucket = aws(server.url, "s3api", "head-bucket", "--bucket", "nobody-made-this")
    assert "404" in bucket.stderr
    elsewhere = aws(server.url, "lambda", "list-functions")
    assert "(NotSimulated)" in elsewhere.stderr


@on_turn(2, 4)
def test_a_file_goes_to_s3_and_comes_back(server: Server, aws: Aws, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("sent by the CLI")
    url = f"{server.url}/@files"
    assert aws(url, "s3", "mb", "s3://a-bucket-of-files").returncode == 0
    assert aws(url, "s3", "cp", str(tmp_path / "there"), "s3://a-bucket-of-files/there").returncode == 0
    assert aws(url, "s3", "cp", "s3://a-bucket-of-files/there", str(tmp_path / "back")).returncode == 0
    assert (tmp_path / "back").read_text() == "sent by the CLI"


@on_turn(3, 4)
def test_the_javascript_sdk_runs_a_task_and_reads_a_refusal(
    server: Server, surroundings: dict[str, str], node_modules: Path, tmp_path: Path
) -> None:
    program = node_modules / "life_of_a_task.mjs"  # a module is looked up from where the program lies
    program.write_text((HERE / "life_of_a_task.mjs").read_text())
    environment = {**surroundings, "AWS_ENDPOINT_URL": f"{server.url}/@javascript"}
    done = subprocess.run(
        ["node", str(program)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    told_by_it = told(done)
    assert told_by_it["cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/from-javascript"
    assert told_by_it["registeredAt"].startswith("2026-01-05T09:0")
    assert told_by_it["statuses"][0] == "PROVISIONING"
    assert told_by_it["statuses"][-1] == "RUNNING"
    assert told_by_it["refusal"] == {"name": "ClientException", "message": NO_SUCH_SIZE, "status": 400}
