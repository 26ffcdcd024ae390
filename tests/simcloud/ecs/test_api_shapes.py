"""The ECS API beside the life of tasks: shapes, names, pages, tags, refusals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, REGION, Shop

from simcloud import Cloud

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


def code(caught: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    """Code and message of an error."""
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_new_task_has_the_members_that_aws_fills(shop: Shop) -> None:
    task = shop.run(startedBy="me", group="jobs", tags=[{"key": "team", "value": "red"}])
    assert re.fullmatch(rf"{HEAD}:task/shop/[0-9a-f]{{32}}", task["taskArn"])
    assert {
        name: task[name]
        for name in (
            "clusterArn",
            "lastStatus",
            "desiredStatus",
            "launchType",
            "cpu",
            "memory",
            "platformVersion",
            "platformFamily",
            "group",
            "startedBy",
            "tags",
        )
    } == {
        "clusterArn": f"{HEAD}:cluster/shop",
        "lastStatus": "PROVISIONING",
        "desiredStatus": "RUNNING",
        "launchType": "FARGATE",
        "cpu": "256",
        "memory": "512",
        "platformVersion": "1.4.0",
        "platformFamily": "Linux",
        "group": "jobs",
        "startedBy": "me",
        "tags": [{"key": "team", "value": "red"}],
    }
    assert task["availabilityZone"] == "us-east-1a"
    assert task["ephemeralStorage"] == {"sizeInGiB": 20}
    assert task["attachments"][0]["status"] == "PRECREATED"
    assert [each["lastStatus"] for each in task["containers"]] == ["PENDING"]
    assert "startedAt" not in task


def test_a_running_task_has_its_interface_timestamps_and_runtime_ids(open_shop: Shop) -> None:
    arn = open_shop.run()["taskArn"]
    open_shop.cloud.advance(minutes=1)
    task = open_shop.described(arn)
    details = {each["name"]: each["value"] for each in task["attachments"][0]["details"]}
    assert set(details) == {"subnetId", "networkInterfaceId", "macAddress", "privateDnsName", "privateIPv4Address"}
    assert task["attachments"][0]["status"] == "ATTACHED"
    assert task["containers"][0]["networkInterfaces"] == [
        {"attachmentId": task["attachments"][0]["id"], "privateIpv4Address": details["privateIPv4Address"]}
    ]
    assert task["containers"][0]["runtimeId"].startswith(task["taskArn"].rsplit("/", 1)[-1])
    assert task["containers"][0]["imageDigest"].startswith("sha256:")
    moments = [task[name] for name in ("createdAt", "connectivityAt", "pullStartedAt", "pullStoppedAt", "startedAt")]
    assert moments == sorted(moments)


def test_looking_changes_nothing(open_shop: Shop) -> None:
    arn = open_shop.run()["taskArn"]
    open_shop.cloud.advance(minutes=1)
    looks = [open_shop.described(arn) for _ in range(10)]
    assert all(look == looks[0] for look in looks)


def test_a_missing_task_is_listed_under_failures_and_a_word_is_refused(shop: Shop) -> None:
    missing = "0" * 32
    answer = shop.ecs.describe_tasks(cluster="shop", tasks=[missing])
    assert answer["failures"] == [{"arn": f"{HEAD}:task/shop/{missing}", "reason": "MISSING"}]
    with pytest.raises(ClientError) as caught:
        shop.ecs.describe_tasks(cluster="shop", tasks=["None"])
    assert code(caught) == ("InvalidParameterException", "taskId length should be one of [32,36]")
    with pytest.raises(ClientError, match="taskIds can have at most 100 items"):
        shop.ecs.describe_tasks(cluster="shop", tasks=[missing] * 101)


def test_stopping_what_is_not_there_is_refused(shop: Shop) -> None:
    with pytest.raises(ClientError) as caught:
        shop.ecs.stop_task(cluster="shop", task="0" * 32)
    assert code(caught) == ("InvalidParameterException", "The referenced task was not found.")


def test_a_cluster_that_is_not_there_is_not_found(shop: Shop) -> None:
    for call in (
        lambda: shop.ecs.list_tasks(cluster="nope"),
        lambda: shop.run(cluster="nope"),
        lambda: shop.ecs.describe_services(cluster="nope", services=["web"]),
    ):
        with pytest.raises(shop.ecs.exceptions.ClusterNotFoundException, match="Cluster not found"):
            call()


def test_stop_task_keeps_the_reason_and_lists_the_task_as_stopped(open_shop: Shop) -> None:
    task = open_shop.run_and_wait(1)
    answer = open_shop.ecs.stop_task(cluster="shop", task=task.arn, reason="too old")["task"]
    assert (answer["desiredStatus"], answer["stopCode"], answer["stoppedReason"]) == (
        "STOPPED",
        "UserInitiated",
        "too old",
    )
    assert open_shop.ecs.list_tasks(cluster="shop")["taskArns"] == []
    assert open_shop.ecs.list_tasks(cluster="shop", desiredStatus="STOPPED")["taskArns"] == [task.arn]
    open_shop.ecs.get_waiter("tasks_stopped").wait(cluster="shop", tasks=[task.arn])
    assert open_shop.described(task.arn)["containers"][0]["exitCode"] == 0


def test_list_tasks_filters_and_pages(shop: Shop) -> None:
    for number in range(3):
        shop.run(startedBy=f"me-{number}")
    arns = shop.ecs.list_tasks(cluster="shop")["taskArns"]
    assert len(arns) == 3
    assert shop.ecs.list_tasks(cluster="shop", startedBy="me-1")["taskArns"] == arns[1:2]
    assert shop.ecs.list_tasks(cluster="shop", family="other")["taskArns"] == []
    pages = shop.ecs.get_paginator("list_tasks").paginate(cluster="shop", PaginationConfig={"PageSize": 2})
    assert [len(page["taskArns"]) for page in pages] == [2, 1]


def test_the_same_client_token_runs_no_second_task_and_another_request_is_a_conflict(shop: Shop) -> None:
    first, again = shop.run(clientToken="abc"), shop.run(clientToken="abc")
    assert first["taskArn"] == again["taskArn"]
    assert len(shop.cloud.tasks()) == 1
    with pytest.raises(shop.ecs.exceptions.ConflictException) as caught:
        shop.run(clientToken="abc", count=2)
    assert caught.value.response["resourceIds"] == [first["taskArn"]]


@pytest.mark.parametrize(
    "asked",
    [
        {"taskDefinition": "nope"},
        {"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-nope"]}}},
        {"count": 11},
        {"capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]},
        {"overrides": {"containerOverrides": [{"name": "nope"}]}},
        {"platformVersion": "9.9.9"},
    ],
)
def test_a_refused_run_leaves_the_world_as_it_was(shop: Shop, asked: dict[str, Any]) -> None:
    with shop.cloud.copy():
        expected = shop.run()["taskArn"]
    before = str(shop.cloud.story)
    with pytest.raises(ClientError):
        shop.run(**asked)
    assert str(shop.cloud.story) == before
    assert shop.ecs.list_tasks(cluster="shop")["taskArns"] == []
    assert shop.run()["taskArn"] == expected, "a refused call has drawn no id"


@pytest.mark.row("F19")
@pytest.mark.row("F02")
def test_a_strategy_splits_the_tasks_and_needs_the_providers_associated(shop: Shop) -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 3},
    ]
    asked = {
        "cluster": "shop",
        "taskDefinition": "web",
        "networkConfiguration": shop.network(),
        "count": 10,
        "capacityProviderStrategy": strategy,
    }
    with pytest.raises(ClientError, match="not associated with the cluster"):
        shop.ecs.run_task(**asked)
    shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    names = [task["capacityProviderName"] for task in shop.ecs.run_task(**asked)["tasks"]]
    assert (names.count("FARGATE"), names.count("FARGATE_SPOT")) == (4, 6)


def test_overrides_reach_the_containers(open_shop: Shop) -> None:
    over = {
        "containerOverrides": [
            {
                "name": "web",
                "command": ["sh", "-c", "echo done; exit 4"],
                "environment": [{"name": "MODE", "value": "once"}],
            }
        ]
    }
    task = open_shop.run_and_wait(1, overrides=over)
    assert task.containers[0].environment == {"MODE": "once"}
    assert task.exit_code == 4
    assert open_shop.described(task.arn)["overrides"]["containerOverrides"][0]["command"][0] == "sh"


def test_a_cluster_counts_its_tasks_and_shows_more_only_when_asked(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    open_shop.run()
    cluster = open_shop.ecs.describe_clusters(clusters=["shop", "nope"])
    assert cluster["failures"] == [{"arn": f"{HEAD}:cluster/nope", "reason": "MISSING"}]
    shown = cluster["clusters"][0]
    assert (shown["runningTasksCount"], shown["pendingTasksCount"], shown["activeServicesCount"]) == (2, 1, 1)
    assert (shown["settings"], shown["statistics"], shown["tags"]) == ([], [], [])
    more = open_shop.ecs.describe_clusters(clusters=["shop"], include=["SETTINGS", "STATISTICS"])["clusters"][0]
    assert more["settings"] == [{"name": "containerInsights", "value": "disabled"}]
    assert {"name": "runningFargateTasksCount", "value": "2"} in more["statistics"]


def test_a_cluster_in_use_is_not_deleted(open_shop: Shop) -> None:
    open_shop.create_service()
    with pytest.raises(open_shop.ecs.exceptions.ClusterContainsServicesException):
        open_shop.ecs.delete_cluster(cluster="shop")
    open_shop.ecs.delete_service(cluster="shop", service="web", force=True)
    open_shop.cloud.advance(minutes=3)
    task = open_shop.run()
    with pytest.raises(open_shop.ecs.exceptions.ClusterContainsTasksException):
        open_shop.ecs.delete_cluster(cluster="shop")
    open_shop.ecs.stop_task(cluster="shop", task=task["taskArn"])
    open_shop.cloud.advance(minutes=1)
    assert open_shop.ecs.delete_cluster(cluster="shop")["cluster"]["status"] == "INACTIVE"
    assert open_shop.ecs.list_clusters()["clusterArns"] == []


def test_clusters_come_in_pages(cloud: Cloud) -> None:
    import boto3

    ecs = boto3.client("ecs")
    for number in range(5):
        ecs.create_cluster(clusterName=f"c{number}")
    pages = ecs.get_paginator("list_clusters").paginate(PaginationConfig={"PageSize": 2})
    assert [len(page["clusterArns"]) for page in pages] == [2, 2, 1]
    with pytest.raises(ClientError, match="Invalid token"):
        ecs.list_clusters(nextToken="made up")


def test_task_definitions_are_numbered_listed_and_deregistered(shop: Shop) -> None:
    second = shop.register(tags=[{"key": "team", "value": "red"}])
    assert second["taskDefinitionArn"] == f"{HEAD}:task-definition/web:2"
    described = shop.ecs.describe_task_definition(taskDefinition="web", include=["TAGS"])
    assert described["taskDefinition"]["revision"] == 2
    assert described["tags"] == [{"key": "team", "value": "red"}]
    shop.ecs.deregister_task_definition(taskDefinition="web:2")
    assert shop.ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]["revision"] == 1
    assert shop.ecs.describe_task_definition(taskDefinition="web:2")["taskDefinition"]["status"] == "INACTIVE"
    assert shop.register()["revision"] == 3
    listed = shop.ecs.list_task_definitions(familyPrefix="web", sort="DESC")["taskDefinitionArns"]
    assert [arn.rsplit(":", 1)[-1] for arn in listed] == ["3", "1"]
    assert shop.ecs.list_task_definition_families()["families"] == ["web"]
    with pytest.raises(ClientError) as caught:
        shop.ecs.describe_task_definition(taskDefinition="web:abc")
    assert code(caught) == ("ClientException", "Unable to describe task definition.")


def test_a_stored_definition_has_integers_in_strings_and_ports_filled_in(shop: Shop) -> None:
    stored = shop.register(cpu=".5 vCPU", memory="1 GB")
    assert (stored["cpu"], stored["memory"]) == ("512", "1024")
    assert stored["containerDefinitions"][0]["portMappings"] == [
        {"containerPort": 80, "hostPort": 80, "protocol": "tcp"}
    ]
    assert "FARGATE" in stored["compatibilities"]
    assert stored["registeredBy"].startswith(f"arn:aws:iam::{ACCOUNT}:")


def test_an_inactive_definition_runs_no_task(shop: Shop) -> None:
    shop.ecs.deregister_task_definition(taskDefinition="web:1")
    with pytest.raises(ClientError, match="inactive"):
        shop.run(taskDefinition="web:1")


def test_tags_are_added_and_taken_away(shop: Shop) -> None:
    arn = f"{HEAD}:cluster/shop"
    shop.ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
    shop.ecs.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert shop.ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]
    with pytest.raises(ClientError, match="reserved"):
        shop.ecs.tag_resource(resourceArn=arn, tags=[{"key": "aws:x", "value": "1"}])
    with pytest.raises(ClientError):
        shop.ecs.list_tags_for_resource(resourceArn=f"{HEAD}:cluster/nope")


def test_a_client_of_another_region_is_told_where_ecs_is(shop: Shop) -> None:
    import boto3

    with pytest.raises(ClientError, match="ECS is simulated in us-east-1") as caught:
        boto3.client("ecs", region_name="eu-west-1").list_clusters()
    assert code(caught)[0] == "NotSimulated"
