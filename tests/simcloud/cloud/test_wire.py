"""The own wire carries every operation of our services, both ways, as botocore reads and writes it."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.cloud import notes, routes, wire
from simcloud.cloud.cbor import pack
from simcloud.cloud.errors import Refused
from simcloud.rules.refusal import Refusal

SERVICES = ("ecs", "application-autoscaling", "codedeploy", "eks")


def sample(shape: Any, depth: int = 0) -> Any:
    """A value of this shape, with every member, as a handler would give it or a caller would send it."""
    match shape.type_name:
        case "structure":
            return {name: sample(one, depth + 1) for name, one in shape.members.items() if depth < 9}
        case "list":
            return [sample(shape.member, depth + 1)] * max(1, shape.metadata.get("min", 1)) if depth < 9 else []
        case "map":
            return {sample(shape.key): sample(shape.value, depth + 1)} if depth < 9 else {}
        case "string":
            return shape.enum[0] if shape.enum else "é x" + "y" * shape.metadata.get("min", 0)
        case "integer" | "long":
            return max(3, shape.metadata.get("min", 0))
        case "float" | "double":
            return 20.0 if shape.name == "Double" else 60.0
        case "boolean":
            return True
        case "timestamp":
            return 1767603600.25
        case "blob":
            return b"\x00\xff"
        case other:
            raise AssertionError(other)


def times_as_numbers(value: Any) -> Any:
    """botocore's datetimes as the seconds that they were."""
    if isinstance(value, dict):
        return {name: times_as_numbers(one) for name, one in value.items()}
    if isinstance(value, list):
        return [times_as_numbers(one) for one in value]
    return value.timestamp() if hasattr(value, "timestamp") else value


def operations() -> list[tuple[str, str]]:
    return [(service, name) for service in SERVICES for name in routes.model(service).operation_names]


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_makes_the_round_trip(cloud: Cloud, monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    known = routes.model(service)
    client = boto3.client(service)
    heard: dict[str, dict[str, Any]] = {}

    def handler(name: str) -> Any:
        def answer(request: dict[str, Any], call: Any) -> dict[str, Any]:
            heard[name] = request
            shape = known.operation_model(name).output_shape
            return {**(sample(shape) if shape else {}), "notInTheModel": 1}

        return answer

    table = {name: handler(name) for name in known.operation_names}
    monkeypatch.setattr(wire, "handlers", lambda _: table)
    for name in known.operation_names:
        operation = known.operation_model(name)
        sent = sample(operation.input_shape) if operation.input_shape else {}
        _legal(sent)
        came = client._make_api_call(name, sent)
        del came["ResponseMetadata"]
        assert times_as_numbers(heard[name]) == sent, name
        assert times_as_numbers(came) == (sample(operation.output_shape) if operation.output_shape else {}), name
    assert set(heard) == set(known.operation_names)


def _legal(value: Any) -> None:
    """botocore checks one enumeration of numbers by itself."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "resolutionSeconds":
                value[name] = 60
            _legal(one)
    elif isinstance(value, list):
        for one in value:
            _legal(one)


@pytest.mark.parametrize("name", routes.model("codedeploy").operation_names)
def test_cbor_says_the_same_as_json(cloud: Cloud, name: str) -> None:
    operation = routes.model("codedeploy").operation_model(name)
    sent = sample(operation.input_shape) if operation.input_shape else {}
    url = f"https://codedeploy.us-east-1.amazonaws.com/service/CodeDeploy_20141006/operation/{name}"
    asked = routes.understand("codedeploy", "POST", url, {}, pack(sent))
    assert (asked.operation.name, asked.request, asked.protocol) == (name, sent, "cbor")
    answer = sample(operation.output_shape) if operation.output_shape else {}
    written = wire._written(operation.output_shape, answer, "cbor")
    assert times_as_numbers(routes._uncbor(pack(written))) == answer


@pytest.mark.parametrize(
    "value",
    [0, 23, 24, 255, 256, 70000, 2**40, -1, -500, 1.5, True, False, None, "é", b"\x00", [1, [2]], {"a": {"b": 1}}],
)
def test_what_is_packed_botocore_unpacks(value: Any) -> None:
    assert routes._uncbor(pack(value)) == value


def refusing(refused: Exception) -> dict[str, Any]:
    def handler(request: dict[str, Any], call: Any) -> dict[str, Any]:
        raise refused

    return {"RunTask": handler}


def run_task() -> Any:
    return boto3.client("ecs").run_task(taskDefinition="web")


def test_a_refusal_is_the_modelled_exception_with_aws_text_alone(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    why = Refusal("cluster", "Cluster not found.", "there is no cluster", rule="FG1", law="A law.", source="R-1")
    also = Refusal("count", "Too many.", "eleven", rule="FG2", law="Another law.", source="R-2", status="assumed")
    refused = Refused("ClusterNotFoundException", "Cluster not found.", explained=(why, also))
    table = refusing(refused)
    monkeypatch.setattr(wire, "handlers", lambda _: table)
    client = boto3.client("ecs")
    with pytest.raises(client.exceptions.ClusterNotFoundException) as caught:
        client.run_task(taskDefinition="web")
    assert str(caught.value) == (
        "An error occurred (ClusterNotFoundException) when calling the RunTask operation: Cluster not found."
    )
    assert caught.value.__notes__ == [
        "Law FG1: A law.\nHere: there is no cluster (at cluster)\nSource: R-1",
        "Also in this request:\nLaw FG2: Another law.\nAWS says: Too many.\n"
        "Here: eleven (at count)\nSource: R-2 (assumed)",
    ]


def test_notes_of_one_error_never_reach_the_next(cloud: Cloud) -> None:
    notes.explain([Refusal(at="", aws="", because="stale", law="stale")])
    with pytest.raises(ClientError) as caught:
        boto3.client("iam").get_role(RoleName="nobody")
    assert not hasattr(caught.value, "__notes__")


def test_modelled_fields_of_an_error_arrive(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Refused("ConflictException", "no", fields={"resourceIds": ["a"]})
    table = refusing(refused)
    monkeypatch.setattr(wire, "handlers", lambda _: table)
    with pytest.raises(ClientError) as caught:
        run_task()
    assert caught.value.response["resourceIds"] == ["a"]


def test_a_fault_of_ours_is_a_client_error_that_names_the_call(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    table = refusing(KeyError("subnet"))
    monkeypatch.setattr(wire, "handlers", lambda _: table)
    faults = len(wire.faults)
    with pytest.raises(ClientError, match=r"SimulatorFault.*ecs:RunTask.*KeyError") as caught:
        run_task()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert caught.value.response["ResponseMetadata"]["RetryAttempts"] == 0
    assert "KeyError" in wire.faults[faults]


def test_a_fault_inside_moto_is_a_client_error_too(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("an assumption of moto's")

    ecr = boto3.client("ecr")
    ecr.describe_repositories()
    monkeypatch.setattr("moto.ecr.models.ECRBackend.put_image", broken)
    with pytest.raises(ClientError, match=r"SimulatorFault.*ecr:PutImage"):
        ecr.put_image(repositoryName="none", imageManifest="{}", imageTag="1")


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("eks", "list_insights", {"clusterName": "shop"}),
        ("codedeploy", "list_git_hub_account_token_names", {}),
        ("ec2", "create_key_pair", {"KeyName": "k"}),
        ("kms", "create_key", {"KeySpec": "RSA_2048"}),
        ("ecr", "get_download_url_for_layer", {"repositoryName": "repo", "layerDigest": "sha256:0"}),
        ("ec2", "create_ipam", {}),
    ],
)
def test_what_is_not_simulated_says_so(cloud: Cloud, service: str, operation: str, params: dict[str, Any]) -> None:
    with pytest.raises(ClientError) as caught:
        getattr(boto3.client(service), operation)(**params)
    assert caught.value.response["Error"]["Code"] == "NotSimulated"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert f"{service}:" in str(caught.value)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"count": "many"}', b'{"tags": 5}'])
def test_a_body_that_cannot_be_read_is_refused(cloud: Cloud, body: bytes) -> None:
    from simcloud.cloud.live import Call, live

    call = Call(live(), cloud.account, cloud.region, "arn")
    headers = {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.RunTask"}
    status, sent, content = wire.answer("ecs", "POST", "https://ecs.us-east-1.amazonaws.com/", headers, body, call)
    assert status == 400
    assert json.loads(content)["__type"] == sent["x-amzn-errortype"] == "SerializationException"
