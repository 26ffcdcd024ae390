"""The images of the guides' examples can be pulled, and run as servers or to their end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from simcloud import Cloud

SERVERS = (
    "nginx",
    "public.ecr.aws/docker/library/httpd:latest",
    "amazon/amazon-ecs-sample",
    "amazon/aws-xray-daemon",
    "amazon/aws-for-fluent-bit:stable",
    "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest",
    "public.ecr.aws/datadog/agent:latest",
    "public.ecr.aws/aws-containers/ecsdemo-frontend:776fd50",
    "public.ecr.aws/docker/library/postgres:16",
    "wordpress",
)
ENDING = ("amazonlinux:2023", "public.ecr.aws/docker/library/busybox:latest", "hello-world", "node:20")
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud() as made:
        boto3.client("ecs").create_cluster()
        yield made


def _ran(cloud: Cloud, image: str, **asked: Any) -> dict[str, Any]:
    """The task of this image in the default VPC, after ten minutes."""
    with cloud.copy() as future:
        ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")
        subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        ecs.register_task_definition(
            family="guide",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "app", "image": image}],
            **{"cpu": "1024", "memory": "2048", **asked},
        )
        network = {"subnets": [subnets[0]["SubnetId"]], "assignPublicIp": "ENABLED"}
        (task,) = ecs.run_task(
            taskDefinition="guide", launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": network}
        )["tasks"]
        future.advance(minutes=10)
        described: dict[str, Any] = ecs.describe_tasks(tasks=[task["taskArn"]])["tasks"][0]
        return described


@pytest.mark.parametrize("image", SERVERS)
def test_a_server_of_a_guide_runs(cloud: Cloud, image: str) -> None:
    assert _ran(cloud, image)["lastStatus"] == "RUNNING"


@pytest.mark.parametrize("tag", ["windowsservercore-ltsc2019", "windowsservercore-ltsc2022"])
def test_the_web_server_of_windows_runs(cloud: Cloud, tag: str) -> None:
    task = _ran(cloud, f"mcr.microsoft.com/windows/servercore/iis:{tag}", runtimePlatform=WINDOWS)
    assert (task["lastStatus"], task["platformFamily"]) == ("RUNNING", "Windows_Server_2022_Core")


@pytest.mark.parametrize("image", ENDING)
def test_an_image_without_a_server_ends_well(cloud: Cloud, image: str) -> None:
    task = _ran(cloud, image)
    assert (task["stopCode"], task["containers"][0]["exitCode"]) == ("EssentialContainerExited", 0)
