"""What plain moto takes and what the simulated AWS refuses: six wrong requests and two right ones, asked of both.

    .venv/bin/python tests/bench/compare_moto.py

The wrong ones are wrong by AWS's documentation, as docs/fidelity.md cites it law by law. AWS itself is not asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from typing import Any

IMAGE = "public.ecr.aws/nginx/nginx:1.27"
RIGHT: dict[str, Any] = {
    "family": "web",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "256",
    "memory": "512",
    "containerDefinitions": [{"name": "web", "image": IMAGE}],
}


def container(**more: Any) -> list[dict[str, Any]]:
    return [{"name": "web", "image": IMAGE, **more}]


WRONG = {
    "256 CPU units with 30,720 MiB": {"memory": "30720"},
    "300 CPU units": {"cpu": "300"},
    "network mode bridge": {"networkMode": "bridge"},
    "host port 8080 for container port 80": {
        "containerDefinitions": container(portMappings=[{"containerPort": 80, "hostPort": 8080}])
    },
    "a privileged container": {"containerDefinitions": container(privileged=True)},
    "awslogs without an execution role": {
        "containerDefinitions": container(
            logConfiguration={
                "logDriver": "awslogs",
                "options": {"awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p"},
            }
        )
    },
}


def asked(ours: bool) -> dict[str, str]:
    """What each request came to: 'taken', 'refused' or the name of a Python error."""
    import boto3
    from botocore.exceptions import ClientError

    if ours:
        from simcloud import Cloud

        Cloud(seed=1).open()
    else:
        from moto import mock_aws

        mock_aws().start()
    ecs, ec2 = boto3.client("ecs", "us-east-1"), boto3.client("ec2", "us-east-1")
    ecs.create_cluster(clusterName="c")

    def came_to(call: Any, **arguments: Any) -> str:
        try:
            call(**arguments)
        except ClientError:
            return "refused"
        except Exception as error:
            return type(error).__name__
        return "taken"

    found = {name: came_to(ecs.register_task_definition, **{**RIGHT, **change}) for name, change in WRONG.items()}
    ecs.register_task_definition(**RIGHT)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    place: dict[str, Any] = {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}}
    run = {"cluster": "c", "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": place}
    found["right: a task without security groups"] = came_to(ecs.run_task, **run)
    place["awsvpcConfiguration"]["securityGroups"] = [ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]]
    service = {"cluster": "c", "serviceName": "s", "taskDefinition": "web", "desiredCount": 3, "launchType": "FARGATE"}
    ecs.create_service(**service, networkConfiguration=place)
    waited = came_to(ecs.get_waiter("services_stable").wait, cluster="c", services=["s"],
                     WaiterConfig={"Delay": 15 if ours else 0, "MaxAttempts": 40})  # fmt: skip
    now = ecs.describe_services(cluster="c", services=["s"])["services"][0]
    found["right: a service of three tasks"] = f"{now['runningCount']} run" + (
        "" if waited == "taken" else f", {waited}"
    )
    return found


def main() -> None:
    """Each side in a process of its own; one line a request."""
    sides = []
    for side in ("moto", "ours"):
        done = subprocess.run([sys.executable, __file__, side], capture_output=True, text=True, check=True)
        sides.append(json.loads(done.stdout.splitlines()[-1]))
    plain, ours = sides
    print(f"{'request':52} {'plain moto':28} simulated AWS")
    for name in plain:
        print(f"{name:52} {plain[name]:28} {ours[name]}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        warnings.simplefilter("ignore")
        print(json.dumps(asked(sys.argv[1] == "ours")))
    else:
        main()
