"""Task sets of a service with an external deployment controller, through boto3."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import Shop

HEAD = "arn:aws:ecs:us-east-1:123456789012"
INVALID = "InvalidParameterException"


def external(shop: Shop, desired: int = 3, **asked: Any) -> dict[str, Any]:
    """A service `web` that the customer's own controller deploys."""
    answer: dict[str, Any] = shop.ecs.create_service(
        cluster="shop", serviceName="web", desiredCount=desired, deploymentController={"type": "EXTERNAL"}, **asked
    )
    return dict(answer["service"])


def add(shop: Shop, percent: float = 100.0, **asked: Any) -> dict[str, Any]:
    """A task set of `web` on Fargate."""
    request = {
        "cluster": "shop",
        "service": "web",
        "taskDefinition": "web",
        "launchType": "FARGATE",
        "networkConfiguration": shop.network(),
        "scale": {"value": percent, "unit": "PERCENT"},
        **asked,
    }
    return dict(shop.ecs.create_task_set(**request)["taskSet"])


def sets(shop: Shop, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.ecs.describe_task_sets(cluster="shop", service="web", **asked)["taskSets"]
    return found


@pytest.mark.operation("ecs:CreateService", "ecs:DescribeServices")
def test_an_external_service_is_made_of_task_sets(shop: Shop) -> None:
    made = external(shop)
    assert (made["deployments"], made["taskSets"], made["launchType"]) == ([], [], "EC2")
    assert made["deploymentConfiguration"] == {"maximumPercent": 200, "minimumHealthyPercent": 100}
    assert "taskDefinition" not in made
    assert "platformVersion" not in made
    shop.cloud.advance(minutes=5)
    assert shop.service()["events"] == []


@pytest.mark.operation("ecs:CreateTaskSet", "ecs:DescribeTaskSets", "ecs:DescribeServices")
def test_a_task_set_runs_its_share_of_the_desired_count_rounded_up(open_shop: Shop) -> None:
    external(open_shop)
    made = add(open_shop, 50.0, externalId="blue", tags=[{"key": "colour", "value": "blue"}])
    assert made["taskSetArn"] == f"{HEAD}:task-set/shop/web/{made['id']}"
    assert (made["status"], made["stabilityStatus"], made["computedDesiredCount"]) == ("ACTIVE", "STABILIZING", 0)
    open_shop.cloud.advance(minutes=2)
    held = sets(open_shop, include=["TAGS"])[0]
    assert (held["computedDesiredCount"], held["runningCount"], held["pendingCount"]) == (2, 2, 0)
    assert (held["stabilityStatus"], held["scale"]) == ("STEADY_STATE", {"value": 50.0, "unit": "PERCENT"})
    assert (held["externalId"], held["tags"]) == ("blue", [{"key": "colour", "value": "blue"}])
    assert "startedBy" not in held
    described = open_shop.service()
    assert [each["id"] for each in described["taskSets"]] == [made["id"]]
    assert described["runningCount"] == 2
    tasks = open_shop.ecs.list_tasks(cluster="shop", startedBy=made["id"])["taskArns"]
    assert len(tasks) == 2
    open_shop.cloud.world.check()


@pytest.mark.operation(
    "ecs:UpdateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet", "ecs:DescribeServices"
)
def test_blue_gives_way_to_green(open_shop: Shop) -> None:
    external(open_shop, 2)
    blue = add(open_shop)
    open_shop.ecs.update_service_primary_task_set(cluster="shop", service="web", primaryTaskSet=blue["id"])
    assert open_shop.service()["taskDefinition"] == f"{HEAD}:task-definition/web:1"
    assert open_shop.service()["launchType"] == "FARGATE"
    open_shop.register(open_shop.container(), cpu="512", memory="1024")
    green = add(open_shop, 0.0)
    open_shop.ecs.update_task_set(
        cluster="shop", service="web", taskSet=green["taskSetArn"], scale={"value": 100.0, "unit": "PERCENT"}
    )
    open_shop.cloud.advance(minutes=2)
    assert [each["runningCount"] for each in sets(open_shop)] == [2, 2]
    open_shop.ecs.update_service_primary_task_set(cluster="shop", service="web", primaryTaskSet=green["taskSetArn"])
    assert [each["status"] for each in sets(open_shop)] == ["ACTIVE", "PRIMARY"]
    gone = open_shop.ecs.delete_task_set(cluster="shop", service="web", taskSet=blue["id"], force=True)["taskSet"]
    assert gone["status"] == "DRAINING"
    open_shop.cloud.advance(minutes=2)
    service = open_shop.service()
    assert [each["id"] for each in service["taskSets"]] == [green["id"]]
    assert (service["taskDefinition"], service["runningCount"]) == (f"{HEAD}:task-definition/web:2", 2)
    open_shop.cloud.world.check()


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeTaskSets")
def test_the_desired_count_of_the_service_scales_its_task_sets(open_shop: Shop) -> None:
    external(open_shop, 2)
    add(open_shop, 100.0)
    add(open_shop, 10.0)
    open_shop.ecs.update_service(cluster="shop", service="web", desiredCount=4)
    open_shop.cloud.advance(minutes=2)
    assert [each["runningCount"] for each in sets(open_shop)] == [4, 1]
    open_shop.ecs.delete_service(cluster="shop", service="web", force=True)
    open_shop.cloud.advance(minutes=2)
    assert open_shop.service()["status"] == "INACTIVE"


def test_the_same_client_token_makes_no_second_task_set(open_shop: Shop) -> None:
    external(open_shop)
    first, again = add(open_shop, clientToken="t-1"), add(open_shop, clientToken="t-1")
    assert first["id"] == again["id"]
    assert len(sets(open_shop)) == 1
    with pytest.raises(ClientError) as caught:
        add(open_shop, 50.0, clientToken="t-1")
    assert caught.value.response["Error"]["Code"] == INVALID


def test_a_task_set_that_is_not_there_is_missing(shop: Shop) -> None:
    external(shop)
    answer = shop.ecs.describe_task_sets(cluster="shop", service="web", taskSets=["ecs-svc/1"])
    assert answer["failures"] == [{"arn": f"{HEAD}:task-set/shop/web/ecs-svc/1", "reason": "MISSING"}]


def refusal(call: Any, **asked: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(cluster="shop", service="web", **asked)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_refusals_about_task_sets(open_shop: Shop) -> None:
    ecs = open_shop.ecs
    external(open_shop, 1)
    primary, other = add(open_shop), add(open_shop)
    ecs.update_service_primary_task_set(cluster="shop", service="web", primaryTaskSet=primary["id"])
    assert refusal(ecs.delete_task_set, taskSet=primary["id"], force=True) == (
        INVALID,
        "Primary TaskSet cannot be deleted",
    )
    assert refusal(ecs.delete_task_set, taskSet=other["id"]) == (
        INVALID,
        "The task set cannot be stopped while it is scaled above 0.",
    )
    assert refusal(ecs.update_task_set, taskSet="ecs-svc/1", scale={"value": 1, "unit": "PERCENT"}) == (
        "TaskSetNotFoundException",
        "TaskSet not found.",
    )
    for _ in range(3):
        add(open_shop, 0.0)
    whole = {"launchType": "FARGATE", "networkConfiguration": open_shop.network()}
    #
    assert refusal(ecs.create_task_set, taskDefinition="web", **whole) == (
        INVALID,
        "5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.",
    )


def test_a_service_that_ecs_deploys_has_no_task_sets(shop: Shop) -> None:
    shop.create_service()
    # https://github.com/hashicorp/terraform-provider-aws/issues/30347
    assert refusal(shop.ecs.create_task_set, taskDefinition="web") == (
        INVALID,
        "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
    )


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServices")
def test_a_service_can_be_handed_over_to_ecs_and_keeps_its_tasks(open_shop: Shop) -> None:
    external(open_shop, 2)
    blue = add(open_shop)
    open_shop.ecs.update_service_primary_task_set(cluster="shop", service="web", primaryTaskSet=blue["id"])
    open_shop.cloud.advance(minutes=2)
    before = {task.id for task in open_shop.cloud.service("web", "shop").tasks}
    answer = open_shop.ecs.update_service(cluster="shop", service="web", deploymentController={"type": "ECS"})[
        "service"
    ]
    assert answer["deploymentController"] == {"type": "ECS"}
    assert [each["id"] for each in answer["deployments"]] == [blue["id"]]
    assert answer["deploymentConfiguration"]["strategy"] == "ROLLING"
    open_shop.cloud.advance(minutes=2)
    assert {task.id for task in open_shop.cloud.service("web", "shop").tasks} == before
    open_shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    open_shop.cloud.advance(minutes=5)
    service = open_shop.service()
    assert (service["runningCount"], len(service["deployments"])) == (2, 1)
    assert before.isdisjoint(task.id for task in open_shop.cloud.service("web", "shop").tasks)
    open_shop.cloud.world.check()


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeTaskSets")
def test_a_service_can_be_handed_over_to_another_controller(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    answer = open_shop.ecs.update_service(cluster="shop", service="web", deploymentController={"type": "EXTERNAL"})
    assert answer["service"]["deployments"] == []
    open_shop.cloud.advance(minutes=1)
    assert [(each["status"], each["runningCount"]) for each in sets(open_shop)] == [("PRIMARY", 2)]
    open_shop.cloud.world.check()


def test_ecs_takes_over_a_service_without_task_sets_only_with_a_definition(open_shop: Shop) -> None:
    external(open_shop, 1)
    taken = {"deploymentController": {"type": "ECS"}}
    assert refusal(open_shop.ecs.update_service, **taken) == ("ClientException", "TaskDefinition not found.")
    open_shop.ecs.update_service(
        cluster="shop", service="web", taskDefinition="web", networkConfiguration=open_shop.network(), **taken
    )
    assert [each["status"] for each in open_shop.service()["deployments"]] == ["PRIMARY"]
    open_shop.cloud.advance(minutes=1)
    open_shop.cloud.world.check()
