"""The shorter way to the door gives what botocore's own gives, and is left where anybody would see the difference."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from pkgutil import resolve_name
from typing import Any

import boto3
import long_story
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from moto import mock_aws

from simcloud import Cloud
from simcloud.cloud import shortcut

Way = Callable[[], None]


@pytest.fixture
def by_botocore(monkeypatch: pytest.MonkeyPatch) -> Way:
    """From its call on, requests take botocore's own way."""
    return lambda: monkeypatch.setattr(BaseClient, "_make_request", shortcut._usual)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that took the shorter way."""
    found: list[str] = []
    whole = shortcut._answered

    def answered(client: Any, operation: Any, request: dict[str, Any]) -> Any:
        found.append(operation.name)
        return whole(client, operation, request)

    monkeypatch.setattr(shortcut, "_answered", answered)
    return found


def test_a_long_story_over_twelve_services_has_the_same_bytes_either_way(by_botocore: Way, taken: list[str]) -> None:
    told = []
    for choose in (lambda: None, by_botocore):
        choose()
        with Cloud(seed=11) as cloud:
            long_story.tell(cloud, extra=True)
            told.append(json.dumps(cloud.transcript))
    calls = [one["op"] for one in json.loads(told[0]) if one["kind"] == "call"]
    assert told[0] == told[1]
    assert len(taken) > 0.8 * len(calls)
    assert "PutObject" in calls
    assert "PutObject" not in taken


def throttled(config: Config | None = None) -> tuple[Any, float]:
    """What a call comes to that AWS refuses for a while, and the simulated seconds that botocore waited."""
    with Cloud(seed=5) as cloud:
        client: Any = boto3.client("ec2", config=config)
        cloud.throttle("ec2:DescribeVpcs", minutes=9)
        began = cloud.now
        with pytest.raises(ClientError) as refused:
            client.describe_vpcs()
        return refused.value.response, (cloud.now - began).total_seconds()


@pytest.mark.parametrize("mode", ["standard", "legacy", "adaptive"])
def test_what_is_refused_is_tried_again_as_often_and_as_late(by_botocore: Way, mode: str) -> None:
    config = Config(retries={"mode": mode, "max_attempts": 3})  # type: ignore[arg-type]
    ours = throttled(config)
    by_botocore()
    assert ours == throttled(config)
    tried = ours[0]["ResponseMetadata"]["RetryAttempts"]
    assert (tried > 0) == (ours[1] > 0)
    assert tried == 3 or mode == "legacy"  # whose list has this error with another status


@pytest.mark.parametrize("event", [*shortcut.EVENTS, "before-endpoint-resolution", "after-call", "before-call"])
@pytest.mark.parametrize("late", [False, True], ids=["before its first call", "after it"])
def test_whoever_listens_is_told(cloud: Cloud, event: str, late: bool) -> None:
    client = boto3.client("ecs")
    heard: list[str] = []
    if late:
        client.list_clusters()
    client.meta.events.register(f"{event}.ecs", lambda event_name, **_: heard.append(event_name))
    client.list_clusters()
    assert heard
    assert heard[0].startswith(event)


@pytest.mark.parametrize("mocking", [False, True])
def test_moto_is_told_where_somebody_mocks_by_it(cloud: Cloud, taken: list[str], mocking: bool) -> None:
    from moto.core import models

    client = boto3.Session().client("sts")  # moto is there by now, so its own listener is among this one's
    client.get_caller_identity()
    with mock_aws() if mocking else nullcontext():
        assert client.meta.events._emitter._handlers.prefix_search("before-send.sts.X").count(models.botocore_stubber)  # type: ignore[attr-defined]
        client.get_caller_identity()
    assert len(taken) == (1 if mocking else 2)


@pytest.mark.parametrize("event", ["before-call", "after-call", "after-call-error"])
@pytest.mark.parametrize("operation", ["list_clusters", "describe_clusters"])
def test_whoever_is_told_of_a_response_finds_in_it_what_botocore_has(
    cloud: Cloud, by_botocore: Way, event: str, operation: str
) -> None:
    def seen() -> Any:
        client = boto3.client("ecs")
        found: list[Any] = []

        def note(context: dict[str, Any], http_response: Any = None, **_: Any) -> None:
            found.append(sorted(context))
            if http_response is not None:
                kept = http_response.headers
                named = [name in kept for name in ("X-Amzn-RequestId", "x-amzn-requestid")]
                popped = kept.pop("Content-Type", None)
                found.append((context["retries"]["attempt"], list(kept), named, popped, http_response.raw.read()))

        client.meta.events.register(f"{event}.ecs", note)
        getattr(client, operation)()
        return found

    ours = seen()
    by_botocore()
    assert ours == seen()
    assert ours or event == "after-call-error"


@pytest.mark.parametrize("logger", ["botocore", "botocore.hooks", "botocore.retries.standard", "botocore.regions"])
def test_whoever_reads_a_log_reads_all_of_it(
    cloud: Cloud, by_botocore: Way, caplog: pytest.LogCaptureFixture, logger: str
) -> None:
    def said() -> list[tuple[str, Any]]:
        client = boto3.client("ecs")
        client.list_clusters()
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger=logger):
            client.list_clusters()
        return [(one.name, one.msg) for one in caplog.records]

    ours = said()
    by_botocore()
    assert ours == said()
    assert ours


@pytest.mark.parametrize("name", [f"{kind}.{step}" for kind, steps in shortcut.STEPS.items() for step in steps])
def test_whoever_puts_something_in_the_place_of_a_step_is_asked(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, taken: list[str], name: str
) -> None:
    kind, step = resolve_name(name.rpartition(".")[0]), name.rpartition(".")[2]
    whole, asked = vars(kind)[step], []

    def mine(*given: Any, **named: Any) -> Any:
        asked.append(step)
        return whole(*given, **named)

    monkeypatch.setattr(kind, step, mine)
    boto3.client("ecs").list_clusters()
    assert not taken
    assert asked or step == "_send"  # nothing is ever sent


@pytest.mark.parametrize("key", ["AKIA\ud800", "AKIA\nX", None])
def test_a_key_that_no_header_can_tell_is_refused_as_by_botocore(cloud: Cloud, by_botocore: Way, key: Any) -> None:
    def refused() -> str:
        session: Any = boto3.Session()._session  # type: ignore[attr-defined]
        session._credentials = Credentials(key, "x" if key else None)
        client = session.create_client("sts", region_name="us-east-1")
        try:
            return str(client.get_caller_identity())
        except Exception as error:
            return type(error).__name__

    ours = refused()
    by_botocore()
    assert ours == refused()


def test_credentials_of_one_request_are_taken(cloud: Cloud, by_botocore: Way) -> None:
    def refused() -> str:
        client = boto3.client("sts")

        def lend(context: dict[str, Any], **_: Any) -> None:
            context["signing"] = {"request_credentials": Credentials("AKIA" + "B" * 16, "x")}

        client.meta.events.register("before-parameter-build.sts", lend)
        try:
            return str(client.get_caller_identity()["Arn"])
        except ClientError as error:
            return error.response["Error"]["Code"]

    ours = refused()
    by_botocore()
    assert ours == refused()


def test_another_botocore_is_left_to_itself(cloud: Cloud, monkeypatch: pytest.MonkeyPatch, taken: list[str]) -> None:
    client: Any = boto3.client("ecs")
    monkeypatch.setattr("botocore.endpoint.history_recorder", object())
    assert not shortcut._is_plain(
        client, client.meta.service_model.operation_model("ListClusters"), {"auth_type": None}
    )
    monkeypatch.undo()
    client.list_clusters()
    assert not taken


def test_a_listener_may_answer_instead(cloud: Cloud) -> None:
    client = boto3.client("ecs")
    client.list_clusters()
    client.meta.events.register("before-call.ecs.ListClusters", lambda **_: (_Answered, {"clusterArns": ["mine"]}))
    assert client.list_clusters()["clusterArns"] == ["mine"]


class _Answered:
    status_code = 200


def test_an_endpoint_that_a_listener_chooses_is_asked(cloud: Cloud) -> None:
    client = boto3.client("ec2")
    before = client.describe_vpcs()["Vpcs"]

    def elsewhere(builtins: dict[str, Any], **_: Any) -> None:
        builtins["AWS::Region"] = "eu-west-1"

    client.meta.events.register("before-endpoint-resolution.ec2", elsewhere)
    there = boto3.client("ec2", region_name="eu-west-1").describe_vpcs()["Vpcs"]
    assert client.describe_vpcs()["Vpcs"] == there != before


def test_a_log_of_what_is_sent_is_whole(cloud: Cloud, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="botocore"):
        boto3.client("ecs").list_clusters()
    assert "Sending http request" in caplog.text


def test_without_credentials_botocore_says_so(cloud: Cloud) -> None:
    from botocore import UNSIGNED

    unsigned: Any = boto3.client("sts", config=Config(signature_version=UNSIGNED))
    assert unsigned.get_caller_identity()["Arn"].endswith("user/learner")


def test_a_role_is_known_by_its_session(cloud: Cloud, taken: list[str]) -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = boto3.client("iam").create_role(RoleName="reader", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
    key = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    session = boto3.client(
        "sts",
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key["SessionToken"],
    )
    assert session.get_caller_identity()["Arn"].endswith("assumed-role/reader/me")
    assert taken.count("GetCallerIdentity") == 1


def test_headers_are_found_however_they_are_spelt() -> None:
    headers = shortcut.Headers({"X-Amz-Target": "one"})
    headers["Content-Type"] = "two"
    assert headers["x-amz-target"] == headers.get("X-AMZ-TARGET") == "one"
    assert "content-TYPE" in headers
    assert headers.get("other", 3) == 3
