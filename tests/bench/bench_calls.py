"""What the laws cost in a call, and how fast ECS answers beside plain moto. Not a test: run it on a quiet machine.

    .venv/bin/python tests/bench/bench_calls.py [rounds]

The laws: RegisterTaskDefinition with and without its laws, in one process, call by call in turn. moto: the same calls
in two processes that take turns by rounds. Printed are medians (p50) in milliseconds, and their ratios.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

LIMIT = 0.10
"""The laws may add this share to a RegisterTaskDefinition call."""

DEFINITION: dict[str, Any] = {
    "family": "web",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "1024",
    "memory": "2048",
    "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
    "taskRoleArn": "arn:aws:iam::123456789012:role/app",
    "volumes": [{"name": "scratch"}],
    "containerDefinitions": [
        {
            "name": "app",
            "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1.0",
            "portMappings": [{"containerPort": 80, "name": "http", "appProtocol": "http"}],
            "environment": [{"name": "STAGE", "value": "production"}],
            "secrets": [
                {"name": "DB", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"},
                {"name": "FLAG", "valueFrom": "/web/flag"},
            ],
            "mountPoints": [{"sourceVolume": "scratch", "containerPath": "/tmp"}],
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]},
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {"awslogs-group": "/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"},
            },
        },
        {
            "name": "collector",
            "image": "public.ecr.aws/aws-observability/aws-otel-collector:latest",
            "essential": False,
            "dependsOn": [{"containerName": "app", "condition": "START"}],
        },
    ],
}


PAIRS = 30
"""Calls with laws and without in a round: a fresh world each, so that old revisions make no call longer."""
UNCOUNTED = 10
"""The first pairs of a round read models and import what they need."""


def laws(rounds: int) -> None:
    """Print what the laws add to a RegisterTaskDefinition call: by the clock, and of the processor.

    A pair is one call with laws and one without, and who comes first takes turns. To read the request into the form
    that laws look at is no part of it: what is stored is made of that form, so both calls do it.
    """
    spent = [pair for turn in range(rounds) for pair in _round(turn)]
    told = []
    for kind, called in enumerate(("by the clock", "of the processor")):
        with_laws, without = ([call[kind] for call in side] for side in zip(*spent, strict=True))
        differences = [one - other for one, other in zip(with_laws, without, strict=True)]
        share = statistics.median(differences) / statistics.median(without)
        told.append(
            f"  {called:17} with laws {statistics.median(with_laws):.2f} ms, without"
            f" {statistics.median(without):.2f} ms; the laws add {share:.1%} (limit {LIMIT:.0%})"
        )
    print("\n".join((f"RegisterTaskDefinition, {len(spent)} pairs", *told)))


_Call = tuple[float, float]
"""Milliseconds by the clock, and of the processor."""


def _round(turn: int) -> list[tuple[_Call, _Call]]:
    """Pairs of calls in one world: with laws, without."""
    import boto3

    from simcloud import Cloud
    from simcloud.rules import engine

    judge, pairs = engine.judge, []
    with Cloud(seed=1):
        ecs = boto3.client("ecs")
        for number in range(UNCOUNTED + PAIRS):
            pair: dict[bool, _Call] = {}
            for judged in (True, False) if (number + turn) % 2 else (False, True):
                engine.judge = judge if judged else lambda *_: []  # type: ignore[assignment, unused-ignore]
                begun = time.perf_counter(), time.process_time()
                ecs.register_task_definition(**DEFINITION)
                ended = time.perf_counter(), time.process_time()
                pair[judged] = ((ended[0] - begun[0]) * 1000, (ended[1] - begun[1]) * 1000)
            pairs.append((pair[True], pair[False]))
        engine.judge = judge
    return pairs[UNCOUNTED:]


CALLS = """
import json, statistics, sys, time
import boto3
{opened}
ecs = boto3.client("ecs", region_name="us-east-1")
ec2 = boto3.client("ec2", region_name="us-east-1")
subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]  # moto breaks where there is none
network = {{"awsvpcConfiguration": {{"subnets": [subnet], "securityGroups": [group], "assignPublicIp": "ENABLED"}}}}
launch = dict(cluster="demo", taskDefinition="small", launchType="FARGATE", networkConfiguration=network)
definition = json.loads(sys.argv[1])
held = {{}}
def service():
    name = f"s{{time.perf_counter_ns()}}"
    held["service"] = ecs.create_service(serviceName=name, desiredCount=0, **launch)
def run():
    held["task"] = ecs.run_task(**launch)["tasks"][0]["taskArn"]
ecs.create_cluster(clusterName="demo")
small = dict(requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512")
app = dict(name="app", image="public.ecr.aws/docker/library/nginx:latest", cpu=64, memory=128)
ecs.register_task_definition(family="small", containerDefinitions=[app], **small)
calls = {{
    "RegisterTaskDefinition": lambda: ecs.register_task_definition(**definition),
    "DescribeTaskDefinition": lambda: ecs.describe_task_definition(taskDefinition="web"),
    "ListTaskDefinitions": lambda: ecs.list_task_definitions(familyPrefix="web"),
    "RunTask": run,
    "DescribeTasks": lambda: ecs.describe_tasks(cluster="demo", tasks=[held["task"]]),
    "StopTask": lambda: ecs.stop_task(cluster="demo", task=held["task"]),
    "CreateService": service,
    "DescribeServices": lambda: ecs.describe_services(
        cluster="demo", services=[held["service"]["service"]["serviceName"]]
    ),
    "ListClusters": lambda: ecs.list_clusters(),
}}
found = {{}}
for name, call in calls.items():
    call()
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    found[name] = statistics.median(times)
print(json.dumps(found))
"""
OURS = "from simcloud import Cloud\nCloud(seed=1).open()"
MOTO = "from moto import mock_aws\nmock_aws().start()"


def one(opened: str) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}
    environment |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    command = [sys.executable, "-c", CALLS.format(opened=opened), json.dumps(DEFINITION)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def beside_moto(rounds: int) -> None:
    """Print p50 of ECS calls, ours and plain moto's."""
    ours, motos = [], []
    for _ in range(rounds):
        ours.append(one(OURS))
        motos.append(one(MOTO))
    print(f"{'call':26}{'ours ms':>10}{'moto ms':>10}{'ratio':>8}   ({rounds} rounds of 15 calls)")
    for name in ours[0]:
        mine = statistics.median(found[name] for found in ours)
        other = statistics.median(found[name] for found in motos)
        print(f"{name:26}{mine:10.2f}{other:10.2f}{mine / other:8.2f}")
    every = (
        [statistics.median(found.values()) for found in ours],
        [statistics.median(found.values()) for found in motos],
    )
    mine, other = map(statistics.median, every)
    print(f"{'p50 over all of them':26}{mine:10.2f}{other:10.2f}{mine / other:8.2f}")


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    laws(asked)
    beside_moto(asked)
