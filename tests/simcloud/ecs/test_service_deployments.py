"""Service deployments and service revisions through boto3: the history of a service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import Shop

HEAD = "arn:aws:ecs:us-east-1:123456789012"
LIST, DESCRIBE = "ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments"


def history(shop: Shop, **asked: Any) -> list[dict[str, Any]]:
    """Newest first."""
    found: list[dict[str, Any]] = shop.ecs.list_service_deployments(cluster="shop", service="web", **asked)[
        "serviceDeployments"
    ]
    return found


def newest(shop: Shop) -> dict[str, Any]:
    """The newest service deployment, described."""
    arn = history(shop)[0]["serviceDeploymentArn"]
    answer: dict[str, Any] = shop.ecs.describe_service_deployments(serviceDeploymentArns=[arn])
    assert answer["failures"] == []
    return dict(answer["serviceDeployments"][0])


def deploy_what_cannot_start(shop: Shop) -> None:
    """A revision whose image does not exist."""
    shop.register(shop.container(image=shop.image.replace("1.0", "9.9")))
    shop.ecs.update_service(cluster="shop", service="web", taskDefinition="web")


@pytest.mark.operation("ecs:CreateService", LIST, DESCRIBE)
def test_r235_a_service_deployment_goes_from_pending_to_successful(open_shop: Shop) -> None:
    made = open_shop.create_service()
    assert history(open_shop)[0]["status"] == "PENDING"
    assert "startedAt" not in history(open_shop)[0]
    open_shop.cloud.advance(seconds=5)
    begun = newest(open_shop)
    assert begun["status"] == "IN_PROGRESS"
    assert begun["serviceDeploymentArn"].startswith(f"{HEAD}:service-deployment/shop/web/")
    number = made["deployments"][0]["id"].removeprefix("ecs-svc/")
    assert begun["targetServiceRevision"] == {
        "arn": f"{HEAD}:service-revision/shop/web/{number}",
        "requestedTaskCount": 2,
        "runningTaskCount": 0,
        "pendingTaskCount": 2,
    }
    assert begun["sourceServiceRevisions"] == []
    assert begun["deploymentCircuitBreaker"] == {"status": "DISABLED", "failureCount": 0, "threshold": 3}
    assert begun["alarms"]["status"] == "DISABLED"
    open_shop.cloud.advance(minutes=2)
    done = newest(open_shop)
    assert done["status"] == "SUCCESSFUL"
    assert done["createdAt"] < done["startedAt"] < done["finishedAt"] == done["updatedAt"]
    assert open_shop.service()["currentServiceDeployment"] == done["serviceDeploymentArn"]


@pytest.mark.operation("ecs:UpdateService", LIST, DESCRIBE)
def test_a_newer_deployment_stops_the_one_in_progress(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(seconds=5)
    open_shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    assert [each["status"] for each in history(open_shop)] == ["PENDING", "STOP_REQUESTED"]
    open_shop.cloud.advance(seconds=5)
    assert [each["status"] for each in history(open_shop)] == ["IN_PROGRESS", "STOPPED"]
    assert len(newest(open_shop)["sourceServiceRevisions"]) == 1


@pytest.mark.operation("ecs:UpdateService", LIST)
def test_deployments_are_filtered_by_status_and_time_and_come_in_pages(open_shop: Shop) -> None:
    open_shop.create_service()
    for _ in range(2):
        open_shop.cloud.advance(minutes=5)
        open_shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    assert [each["status"] for each in history(open_shop)] == ["PENDING", "SUCCESSFUL", "SUCCESSFUL"]
    assert len(history(open_shop, status=["PENDING"])) == 1
    middle: datetime = history(open_shop)[1]["createdAt"]
    assert len(history(open_shop, createdAt={"after": middle})) == 1
    assert len(history(open_shop, createdAt={"before": middle})) == 1
    first = open_shop.ecs.list_service_deployments(cluster="shop", service="web", maxResults=2)
    assert len(first["serviceDeployments"]) == 2
    assert len(history(open_shop, maxResults=2, nextToken=first["nextToken"])) == 1


@pytest.mark.operation("ecs:CreateService", "ecs:DescribeServiceRevisions")
def test_a_revision_records_what_was_deployed_and_never_changes(open_shop: Shop) -> None:
    first = open_shop.create_service()["currentServiceRevisions"][0]["arn"]
    open_shop.cloud.advance(minutes=2)
    open_shop.register(open_shop.container(), cpu="512", memory="1024")
    open_shop.ecs.update_service(cluster="shop", service="web", taskDefinition="web")
    second = open_shop.service()["currentServiceRevisions"][0]["arn"]
    missing = f"{HEAD}:service-revision/shop/web/1234567890123456789"
    answer = open_shop.ecs.describe_service_revisions(serviceRevisionArns=[first, second, missing])
    assert answer["failures"] == [{"arn": missing, "reason": "MISSING"}]
    old, new = answer["serviceRevisions"]
    assert (old["taskDefinition"], new["taskDefinition"]) == (
        f"{HEAD}:task-definition/web:1",
        f"{HEAD}:task-definition/web:2",
    )
    assert old["serviceArn"] == f"{HEAD}:service/shop/web"
    assert (old["launchType"], old["platformVersion"], old["platformFamily"]) == ("FARGATE", "1.4.0", "Linux")
    assert old["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == open_shop.subnets
    assert old["containerImages"][0]["imageDigest"].startswith("sha256:")
    assert new["containerImages"] == [{"containerName": "web", "image": open_shop.image}]


@pytest.mark.operation("ecs:StopServiceDeployment", DESCRIBE)
def test_a_stopped_deployment_rolls_back_to_the_one_that_completed(open_shop: Shop) -> None:
    before = open_shop.create_service()["deployments"][0]["id"]
    open_shop.cloud.advance(minutes=2)
    deploy_what_cannot_start(open_shop)
    open_shop.cloud.advance(minutes=1)
    arn = history(open_shop)[0]["serviceDeploymentArn"]
    answer = open_shop.ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")
    assert answer["serviceDeploymentArn"] == arn
    assert newest(open_shop)["status"] == "ROLLBACK_REQUESTED"
    open_shop.cloud.advance(minutes=3)
    done = newest(open_shop)
    assert done["status"] == "ROLLBACK_SUCCESSFUL"
    assert done["rollback"]["serviceRevisionArn"].endswith(before.removeprefix("ecs-svc/"))
    service = open_shop.service()
    assert service["taskDefinition"].endswith("web:1")
    assert [each["id"] for each in service["deployments"]] == [before]
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"
    assert f"(service web) rolling back to deployment {before}." in [each["message"] for each in service["events"]]
    assert len(history(open_shop)) == 2


def test_a_first_deployment_has_nothing_to_go_back_to(shop: Shop) -> None:
    shop.create_service()
    shop.cloud.advance(seconds=5)
    shop.ecs.stop_service_deployment(serviceDeploymentArn=history(shop)[0]["serviceDeploymentArn"])
    shop.cloud.advance(minutes=10)
    assert newest(shop)["status"] == "ROLLBACK_FAILED"
    assert shop.service()["deployments"][0]["rolloutState"] == "FAILED"
    shop.cloud.world.check()


@pytest.mark.operation("ecs:CreateService", DESCRIBE)
def test_the_circuit_breaker_rolls_back_by_itself(open_shop: Shop) -> None:
    breaker = {"enable": True, "rollback": True}
    before = open_shop.create_service(deploymentConfiguration={"deploymentCircuitBreaker": breaker})["deployments"][0]
    open_shop.cloud.advance(minutes=2)
    deploy_what_cannot_start(open_shop)
    bad = open_shop.service()["deployments"][0]["id"]
    open_shop.cloud.advance(minutes=10)
    done = newest(open_shop)
    assert done["status"] == "ROLLBACK_SUCCESSFUL"
    assert done["rollback"]["reason"] == "ECS deployment circuit breaker: tasks failed to start."
    assert (done["deploymentCircuitBreaker"]["status"], done["deploymentCircuitBreaker"]["threshold"]) == (
        "TRIGGERED",
        3,
    )
    messages = [each["message"] for each in open_shop.service()["events"]]
    assert f"(service web) (deployment {bad}) deployment failed: tasks failed to start." in messages
    assert f"(service web) rolling back to deployment {before['id']}." in messages
    assert open_shop.service()["runningCount"] == 2


def test_a_breaker_without_rollback_leaves_the_deployment_failed(open_shop: Shop) -> None:
    breaker = {"enable": True, "rollback": False, "thresholdConfiguration": {"type": "COUNT", "value": 2}}
    open_shop.create_service(deploymentConfiguration={"deploymentCircuitBreaker": breaker})
    open_shop.cloud.advance(minutes=2)
    deploy_what_cannot_start(open_shop)
    open_shop.cloud.advance(minutes=30)
    service = open_shop.service()
    assert [(each["status"], each["rolloutState"]) for each in service["deployments"]] == [
        ("PRIMARY", "FAILED"),
        ("ACTIVE", "COMPLETED"),
    ]
    assert service["deployments"][0]["rolloutStateReason"] == "ECS deployment circuit breaker: tasks failed to start."
    assert (service["runningCount"], newest(open_shop)["status"]) == (2, "STOPPED")
    assert "stoppedAt" in newest(open_shop)


REFUSED: list[tuple[str, str, str, dict[str, Any], str, str]] = [
    (
        "what-is-over",
        "done",
        "stop_service_deployment",
        {},
        "ConflictException",
        "The service deployment cannot be stopped because its status is SUCCESSFUL.",
    ),
    (
        "abort",
        "done",
        "stop_service_deployment",
        {"stopType": "ABORT"},
        "InvalidParameterException",
        "The stop type ABORT is not supported. Specify ROLLBACK and try again.",
    ),
    (
        "unknown",
        "unknown",
        "stop_service_deployment",
        {},
        "ServiceDeploymentNotFoundException",
        "The specified service deployment was not found.",
    ),
    (
        "a-hook-that-does-not-wait",
        "done",
        "continue_service_deployment",
        {"hookId": "ecs-pause-1"},
        "InvalidParameterException",
        "The lifecycle hook ecs-pause-1 is not awaiting an action.",
    ),
]


@pytest.mark.parametrize(
    ("which", "operation", "asked", "code", "text"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_cannot_be_stopped_or_continued(
    open_shop: Shop, which: str, operation: str, asked: dict[str, Any], code: str, text: str
) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    known = {"done": history(open_shop)[0]["serviceDeploymentArn"], "unknown": f"{HEAD}:service-deployment/shop/web/x"}
    before = str(open_shop.cloud.story)
    with pytest.raises(ClientError) as caught:
        getattr(open_shop.ecs, operation)(serviceDeploymentArn=known[which], **asked)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, text)
    assert str(open_shop.cloud.story) == before


@pytest.mark.operation("ecs:DeleteService", DESCRIBE)
def test_a_deleted_service_takes_its_history_with_it(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    arn = history(open_shop)[0]["serviceDeploymentArn"]
    open_shop.ecs.delete_service(cluster="shop", service="web", force=True)
    open_shop.cloud.advance(minutes=2)
    answer = open_shop.ecs.describe_service_deployments(serviceDeploymentArns=[arn])
    assert answer["failures"] == [{"arn": arn, "reason": "MISSING"}]
