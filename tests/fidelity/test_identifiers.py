"""Names and ARNs that cannot be what a request of ECS calls by them: the real AWS says so before it looks for them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from launching import CLIENT, HEAD, INVALID, World, run, service, task_set

from simcloud import Cloud
from simcloud.rules import engine
from simcloud.rules.engine import Law, laws

NO_TASK = "0" * 32
FAR = "arn:aws:ecs:eu-west-1:123456789012"
OTHER = "arn:aws:ecs:us-east-1:210987654321"
REGION = "Invalid Region in ARN"
MISMATCH = "AccountIDs mismatch"
ACCOUNTS = "Identifier is for 210987654321. Your accountId is 123456789012"
CLUSTERS = "Invalid identifier: Identifier is for cluster default. Your cluster is bare"
BY_DEFAULT = "Invalid identifier: Identifier is for cluster bare. Your cluster is default"
FORM = "Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was "


def case(name: str, operation: str, request: dict[str, Any], law: str, text: str, code: str = INVALID) -> Any:
    """One refused request. The law carries the public address that quotes the text."""
    return pytest.param(operation, request, law, code, text, id=name)


REFUSED = [
    case("services-far", "describe_services", {"services": [f"{FAR}:service/default/standing"]}, "FG1540", REGION),
    case("cluster-far", "list_tasks", {"cluster": f"{FAR}:cluster/default"}, "FG1540", REGION),
    case(
        "definition-far",
        "describe_task_definition",
        {"taskDefinition": f"{FAR}:task-definition/web:1"},
        "FG1540",
        REGION,
    ),
    case("launch-far", "run_task", run(taskDefinition=f"{FAR}:task-definition/web"), "FG1540", REGION),
    case("second-task-far", "describe_tasks", {"tasks": [NO_TASK, f"{FAR}:task/default/{NO_TASK}"]}, "FG1540", REGION),
    case("tasks-of-others", "describe_tasks", {"tasks": [f"{OTHER}:task/default/{NO_TASK}"]}, "FG1541", ACCOUNTS),
    case("service-of-others", "update_service", {"service": f"{OTHER}:service/default/standing"}, "FG1541", ACCOUNTS),
    case("definition-of-others", "run_task", run(taskDefinition=f"{OTHER}:task-definition/web:1"), "FG1542", MISMATCH),
    case("cluster-of-others", "create_service", service(cluster=f"{OTHER}:cluster/default"), "FG1542", MISMATCH),
    case(
        "tasks-elsewhere",
        "describe_tasks",
        {"cluster": "bare", "tasks": [f"{HEAD}:task/default/{NO_TASK}"]},
        "FG1543",
        CLUSTERS,
    ),
    case("no-cluster-given", "describe_tasks", {"tasks": [f"{HEAD}:task/bare/{NO_TASK}"]}, "FG1543", BY_DEFAULT),
    case("services-elsewhere", "describe_services", {"services": [f"{HEAD}:service/bare/web"]}, "FG1543", BY_DEFAULT),
    case(
        "by-the-cluster's-arn",
        "stop_task",
        {"cluster": f"{HEAD}:cluster/bare", "task": f"{HEAD}:task/default/{NO_TASK}"},
        "FG1543",
        CLUSTERS,
    ),
    case(
        "cluster-with-a-space",
        "describe_services",
        {"cluster": "my shop", "services": ["a"]},
        "FG1544",
        f"{FORM}my shop",
    ),
    case("cluster-with-a-dot", "run_task", run(cluster="my.shop"), "FG1544", f"{FORM}my.shop"),
    case("cluster-too-long", "delete_cluster", {"cluster": "a" * 256}, "FG1544", FORM + "a" * 256),
    case(
        "cluster-in-quotes",  # https://github.com/aws/aws-cli/issues/7875
        "update_service",
        {"cluster": f'"{HEAD}:cluster/default"', "service": "standing"},
        "FG1544",
        "Unsupported resource type: cluster",
    ),
    case(
        "cluster-and-service",  # https://github.com/crossplane-contrib/provider-aws/issues/1548
        "list_services",
        {"cluster": f"{HEAD}:cluster/default/standing"},
        "FG1544",
        "Unsupported resource type: cluster",
    ),
    case(
        "an-image-for-a-definition",
        "create_service",
        service(taskDefinition="123456789012.dkr.ecr.us-east-1.amazonaws.com/web"),
        "FG1545",
        "Family contains invalid characters.",
        CLIENT,
    ),
    case(
        "latest-revision",
        "create_task_set",
        task_set(taskDefinition="web:latest"),
        "FG1546",
        "Invalid revision number. Number: latest",
    ),
    case(
        "revision-lost-in-a-script",
        "update_service",
        {"service": "standing", "taskDefinition": "web:"},
        "FG1546",
        "Invalid revision number. Number: ",
    ),
    case(
        "brace-behind-the-revision",  # https://github.com/hashicorp/terraform/issues/17746
        "create_service",
        service(taskDefinition=f"{HEAD}:task-definition/web:1}}"),
        "FG1546",
        "Invalid revision number. Number: 1}",
    ),
    case(
        "deregister-foo",  # https://github.com/getmoto/moto (tests/test_ecs/test_ecs_boto3.py)
        "deregister_task_definition",
        {"taskDefinition": "web:foo"},
        "FG1546",
        "Invalid revision number. Number: foo",
    ),
    case("revision-for-a-family", "list_tasks", {"family": "web:2"}, "FG1547", "family must match ^[a-zA-Z0-9\\-_]+$"),
    case("blank-cluster", "describe_clusters", {"clusters": ["default", ""]}, "FG1548", "Clusters can not be blank."),
    case(
        "a-task-for-a-task-set",
        "describe_task_sets",
        {"cluster": "default", "service": "external", "taskSets": [f"{HEAD}:task/default/{NO_TASK}"]},
        "FG1549",
        "Task Set Identifier is invalid",
    ),
    case(
        "a-task-for-a-service",
        "list_tasks",
        {"serviceName": f"{HEAD}:task/default/{NO_TASK}"},
        "FG1550",
        "Service Identifier is invalid",
    ),
    case(  # https://github.com/aws/aws-sdk-js/issues/1466
        "a-container-for-a-task",
        "stop_task",
        {"task": f"{HEAD}:container/default/{NO_TASK}"},
        "FG1550",
        "Task Identifier is invalid",
    ),
    case(
        "a-task-in-quotation-marks",
        "describe_tasks",
        {"tasks": [f'"{HEAD}:task/default/{NO_TASK}"']},
        "FG1551",
        "Invalid identifier: Unexpected number of separators",
    ),
    case(
        "a-service-in-quotation-marks",
        "describe_services",
        {"services": ["standing", f"'{HEAD}:service/default/standing'"]},
        "FG1551",
        "Invalid identifier: Unexpected number of separators",
    ),
    case(
        "no-definition",
        "describe_task_definition",
        {"taskDefinition": ""},
        "FG1552",
        "Task Definition can not be blank.",
    ),
]

ACCEPTED = [
    pytest.param("describe_tasks", {"tasks": [f"{HEAD}:task/default/{NO_TASK}", NO_TASK]}, id="its-own-cluster"),
    pytest.param("describe_tasks", {"tasks": [f"{HEAD}:task/{NO_TASK}"]}, id="task-arn-of-old"),
    pytest.param(
        "describe_services",
        {"cluster": f"{HEAD}:cluster/default", "services": [f"{HEAD}:service/default/standing", "second"]},
        id="both-by-arn",
    ),
    pytest.param("run_task", run(cluster=f"{HEAD}:cluster/default"), id="cluster-by-arn"),
    pytest.param("run_task", run(taskDefinition=f"{HEAD}:task-definition/web"), id="family-by-arn"),
    pytest.param("run_task", run(cluster=""), id="no-cluster-said"),
    pytest.param(
        "describe_task_sets", {"cluster": "default", "service": "external", "taskSets": ["ecs-svc/1"]}, id="set"
    ),
    pytest.param("list_tasks", {"family": "web"}, id="family-alone"),
]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Cloud(seed=15) as cloud:
        yield World(cloud)


def refusal(world: World, operation: str, request: dict[str, Any]) -> tuple[str, str]:
    """Code and text; two empty texts where it was accepted."""
    try:
        with world.cloud.copy():
            world.call(operation, request)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    return "", ""


@pytest.mark.parametrize(("operation", "request_", "law", "code", "text"), REFUSED)
def test_a_name_that_cannot_be_is_refused_in_the_words_of_aws(
    world: World, operation: str, request_: dict[str, Any], law: str, code: str, text: str
) -> None:
    before = pickle.dumps(world.cloud.world)
    with pytest.raises(ClientError) as caught:
        world.call(operation, request_)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, text)
    assert "".join(getattr(caught.value, "__notes__", ())).startswith(f"Law {law}:")
    assert pickle.dumps(world.cloud.world) == before, "a refused call leaves the world as it was"


@pytest.mark.parametrize(("operation", "request_"), ACCEPTED)
def test_a_name_that_can_be_is_looked_for(world: World, operation: str, request_: dict[str, Any]) -> None:
    assert refusal(world, operation, request_) == ("", "")


@pytest.mark.parametrize("law", [law for law in laws() if law.topic == "identifiers"], ids=lambda law: law.id)
def test_a_case_notices_when_the_law_is_off(world: World, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [param.values for param in REFUSED if param.values[2] == law.id]
    assert cases, f"no case is refused by {law.id}"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert any(refusal(world, operation, request) != (code, text) for operation, request, _, code, text in cases)
