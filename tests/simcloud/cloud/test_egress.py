"""Nothing leaves the machine, and what is refused says so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.cloud.egress import NothingLeaves, is_local
from simcloud.cloud.places import Elsewhere, place

ELSEWHERE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("dynamodb", "list_tables", {}, {}),
    ("application-signals", "list_services", {}, {"StartTime": 0, "EndTime": 1}),
    ("pricing", "describe_services", {}, {}),
    ("rds", "describe_db_instances", {}, {}),
    ("ecr-public", "describe_repositories", {}, {}),
    ("ecs", "list_clusters", {"endpoint_url": "http://10.0.0.9"}, {}),
    ("ecs", "list_clusters", {"endpoint_url": "http://localhost:4566"}, {}),
    ("ecs", "list_clusters", {"endpoint_url": "https://ecs.us-east-1.amazonaws.com.example.org"}, {}),
    ("ecs", "list_clusters", {"region_name": "cn-north-1"}, {}),
    ("ecs", "list_clusters", {"region_name": "xx-nowhere-9"}, {}),
    ("ecs", "list_clusters", {"config": Config(use_fips_endpoint=True)}, {}),
    ("ecs", "list_clusters", {"config": Config(use_dualstack_endpoint=True)}, {}),
    ("s3", "list_buckets", {"endpoint_url": "http://169.254.169.254"}, {}),
]


@pytest.mark.parametrize(("service", "operation", "options", "params"), ELSEWHERE)
def test_a_call_that_would_not_end_in_the_simulator_is_refused(
    cloud: Cloud, service: str, operation: str, options: dict[str, Any], params: dict[str, Any]
) -> None:
    client = boto3.client(service, **{"region_name": "us-east-1", **options})
    with pytest.raises(ClientError) as refused:
        getattr(client, operation)(**params)
    assert refused.value.response["Error"]["Code"] == "NotSimulated"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "was not sent" in str(refused.value)


@pytest.mark.parametrize(
    ("url", "service", "region"),
    [
        ("https://ecs.us-east-1.amazonaws.com/", "ecs", "us-east-1"),
        ("https://api.ecr.eu-west-1.amazonaws.com/", "ecr", "eu-west-1"),
        ("https://my.bucket.s3.eu-west-1.amazonaws.com/key", "s3", "eu-west-1"),
        ("https://bucket.s3.amazonaws.com/", "s3", ""),
        ("https://iam.amazonaws.com/", "iam", ""),
        ("https://monitoring.us-east-1.amazonaws.com/", "cloudwatch", "us-east-1"),
    ],
)
def test_hosts_of_the_simulated_services_are_known(url: str, service: str, region: str) -> None:
    assert place(url) == (service, region)


@pytest.mark.parametrize(
    "url",
    [
        "https://ecs-fips.us-east-1.amazonaws.com/",
        "https://ecs.us-east-1.api.aws/",
        "https://ecs.us-east-1.amazonaws.com:8443/",
        "https://me@ecs.us-east-1.amazonaws.com/",
        "https://ecs.us-east-1.amazonaws.com.cn/",
        "https://bucket.s3-accesspoint.us-east-1.amazonaws.com/",
        "ftp://s3.amazonaws.com/",
        "https://",
    ],
)
def test_every_other_host_is_elsewhere(url: str) -> None:
    with pytest.raises(Elsewhere):
        place(url)


def test_sockets_and_urllib_reach_this_machine_alone(cloud: Cloud) -> None:
    with pytest.raises(NothingLeaves):
        socket.create_connection(("93.184.216.34", 80), timeout=1)
    with pytest.raises(NothingLeaves):
        socket.getaddrinfo("example.com", 80)
    with pytest.raises((NothingLeaves, OSError)), urllib.request.urlopen("http://example.com"):
        raise AssertionError("example.com answered")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, pytest.raises(NothingLeaves):
        datagram.sendto(b"x", ("8.8.8.8", 53))
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), (None, True), ("169.254.169.254", False), ("a.b", False)],
)
def test_this_machine_is_told_from_others(host: str | None, local: bool) -> None:
    assert is_local(host) is local


def test_instance_metadata_and_container_credentials_are_not_asked(cloud: Cloud) -> None:
    from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher

    assert InstanceMetadataFetcher().retrieve_iam_role_credentials() == {}
    with pytest.raises(NothingLeaves):
        InstanceMetadataFetcher(env={}, num_attempts=1).retrieve_iam_role_credentials()
    with pytest.raises(NothingLeaves):
        ContainerMetadataFetcher().retrieve_full_uri("http://169.254.170.2/credentials")


def test_real_keys_and_profile_are_neither_read_nor_sent(tmp_path: Path) -> None:
    """In a fresh process whose environment and home hold real-looking credentials and a profile that does not exist."""
    home = tmp_path / ".aws"
    home.mkdir()
    (home / "credentials").write_text("[default]\naws_access_key_id=AKIAREALREALREALREAL\naws_secret_access_key=real\n")
    (home / "config").write_text("[profile production]\nregion=eu-north-1\n")
    code = (
        "import boto3; from simcloud import Cloud\n"
        "with Cloud() as cloud:\n"
        "    print(boto3.client('sts').get_caller_identity()['Arn'], boto3.Session().get_credentials().access_key,\n"
        "          boto3.Session().region_name, boto3.Session().available_profiles, cloud.transcript[0]['key'])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "HOME": str(tmp_path),
            "AWS_PROFILE": "nobody",
            "AWS_ACCESS_KEY_ID": "AKIAREALREALREALREA2",
            "AWS_SECRET_ACCESS_KEY": "real",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split(" ", 3) == [
        "arn:aws:iam::123456789012:user/learner",
        "testing",
        "us-east-1",
        "[] testing\n",
    ]
