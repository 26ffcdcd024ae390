"""Callers whom the server of the simulated AWS does not let in get the same bytes as everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import pytest

from simcloud.cloud.serving.account import Account, Settings
from simcloud.cloud.serving.answering import answer
from simcloud.cloud.serving.asked import Asked

KIM = "arn:aws:iam::123456789012:user/kim"


@pytest.fixture
def account() -> Iterator[Account]:
    opened = Account(Settings(speed=0))
    yield opened
    opened.cloud.close()


def key() -> str:
    iam = boto3.client("iam")
    iam.create_user(UserName="kim")
    made: str = iam.create_access_key(UserName="kim")["AccessKey"]["AccessKeyId"]
    return made


def asked(key: str, service: str, body: str, method: str = "POST", path: str = "/", **headers: str) -> Asked:
    scope = f"{key}/20260105/us-east-1/{service}/aws4_request"
    signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return Asked(method, path, "", {"Authorization": signature, **headers}, body.encode())


def ecs(key: str) -> Asked:
    return asked(key, "ecs", "{}", **{"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListClusters"})


def test_a_user_without_policies_is_denied_over_http(account: Account) -> None:
    status, headers, body = answer(account, ecs(key()))
    told = json.loads(body)
    tail = "because no identity-based policy allows the ecs:ListClusters action"
    assert (status, headers["x-amzn-errortype"]) == (400, "AccessDeniedException")
    assert told["message"] == f"User: {KIM} is not authorized to perform: ecs:ListClusters on resource: * {tail}"
    assert any("Whoever calls may do what one of its policies allows" in each for each in account.why)


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CASES: list[tuple[str, str, str, str, dict[str, str], int, str]] = [
    ("ec2", "POST", "/", "Action=DescribeVpcs&Version=2016-11-15", FORM, 403, "<Code>UnauthorizedOperation</Code>"),
    ("iam", "POST", "/", "Action=ListUsers&Version=2010-05-08", FORM, 403, "<Code>AccessDenied</Code>"),
    ("sqs", "POST", "/", "Action=ListQueues&Version=2012-11-05", FORM, 403, "<Code>AccessDenied</Code>"),
    ("s3", "GET", "/reports/a/b.csv", "", {}, 403, 'perform: s3:GetObject on resource: "arn:aws:s3:::reports/a/b.csv"'),
    ("s3", "PUT", "/reports", "", {}, 403, "perform: s3:CreateBucket on resource"),
    ("eks", "GET", "/clusters/web", "", {}, 403, "eks:DescribeCluster on resource: arn:aws:eks:us-east-1:123456789012"),
]  # fmt: skip


@pytest.mark.parametrize(("service", "method", "path", "body", "headers", "status", "part"), CASES)
def test_each_protocol_says_it_in_its_form(
    account: Account, service: str, method: str, path: str, body: str, headers: dict[str, str], status: int, part: str
) -> None:
    came, _, written = answer(account, asked(key(), service, body, method, path, **headers))
    assert (came, part in written.decode()) == (status, True), written


def test_any_text_in_the_environment_of_a_client_is_the_learner(account: Account) -> None:
    for text in ("testing", "test", "whatever", "AKIA"):
        assert answer(account, ecs(text))[0] == 200
    assert answer(account, ecs("AKIAIOSFODNN7EXAMPLE"))[0] == 400
    assert "`testing`" in account.why[0]


def test_a_presigned_address_is_its_signers(account: Account) -> None:
    boto3.client("s3").create_bucket(Bucket="reports")
    query = f"X-Amz-Credential={key()}%2F20260105%2Fus-east-1%2Fs3%2Faws4_request"
    status, _, written = answer(account, Asked("GET", "/reports/a", query, {}, b""))
    assert status == 403
    assert KIM in written.decode()
