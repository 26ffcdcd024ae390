"""Services through boto3."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from shop import Shop


@pytest.mark.row("P01")
def test_a_service_becomes_stable_and_says_so(open_shop: Shop) -> None:
    made = open_shop.create_service()
    assert (made["status"], made["desiredCount"], made["runningCount"]) == ("ACTIVE", 2, 0)
    assert made["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    open_shop.ecs.get_waiter("services_stable").wait(cluster="shop", services=["web"])
    open_shop.cloud.advance(minutes=1)
    service = open_shop.service()
    assert (service["runningCount"], service["pendingCount"]) == (2, 0)
    assert [each["status"] for each in service["deployments"]] == ["PRIMARY"]
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"
    assert service["events"][0]["message"] == "(service web) has reached a steady state."
    open_shop.cloud.world.check()


@pytest.mark.row("T05")
@pytest.mark.row("F20")
def test_a_service_without_a_way_out_has_events_and_never_a_running_task(shop: Shop) -> None:
    shop.create_service()
    for _ in range(12):
        shop.cloud.advance(minutes=5)
        assert shop.service()["runningCount"] == 0
    service = shop.service()
    messages = [event["message"] for event in service["events"]]
    assert any("was unable to place a task. Reason: ResourceInitializationError:" in each for each in messages)
    assert not any("steady state" in each for each in messages)
    assert service["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert service["deployments"][0]["failedTasks"] > 2
    stopped = shop.cloud.service("web", "shop").stopped_tasks[-1]
    assert "has no route to" in stopped.why


@pytest.mark.row("P03")
def test_opening_the_endpoints_lets_the_service_reach_its_count(shop: Shop) -> None:
    shop.create_service()
    shop.cloud.advance(minutes=10)
    shop.open_endpoints()
    shop.cloud.advance(minutes=10)
    view = shop.cloud.service("web", "shop")
    assert (view.running, view.desired, view.rollout) == (2, 2, "COMPLETED")
    assert {task.zone for task in view.tasks} == {"us-east-1a", "us-east-1b"}


@pytest.mark.row("T01")
def test_the_tasks_of_one_service_share_its_security_groups(open_shop: Shop) -> None:
    open_shop.create_service(desiredCount=3)
    open_shop.cloud.advance(minutes=2)
    interfaces = [task.interface for task in open_shop.cloud.service("web", "shop").tasks]
    shown = open_shop.ec2.describe_network_interfaces(NetworkInterfaceIds=interfaces)["NetworkInterfaces"]
    assert {group["GroupId"] for each in shown for group in each["Groups"]} == {open_shop.group}


def test_a_new_network_is_a_new_deployment(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    wider = open_shop.security_group("wider")
    answer = open_shop.ecs.update_service(
        cluster="shop", service="web", networkConfiguration=open_shop.network(securityGroups=[open_shop.group, wider])
    )
    assert [each["status"] for each in answer["service"]["deployments"]] == ["PRIMARY", "ACTIVE"]
    open_shop.cloud.advance(minutes=4)
    assert all(
        task.security_groups == (open_shop.group, wider) for task in open_shop.cloud.service("web", "shop").tasks
    )
    assert len(open_shop.service()["deployments"]) == 1


def test_a_new_count_is_no_deployment(open_shop: Shop) -> None:
    before = open_shop.create_service()["deployments"][0]["id"]
    answer = open_shop.ecs.update_service(cluster="shop", service="web", desiredCount=3)["service"]
    assert [each["id"] for each in answer["deployments"]] == [before]
    open_shop.cloud.advance(minutes=2)
    assert open_shop.service()["runningCount"] == 3


def test_deleting_a_service(open_shop: Shop) -> None:
    open_shop.create_service()
    with pytest.raises(ClientError, match="cannot be stopped while it is scaled above 0"):
        open_shop.ecs.delete_service(cluster="shop", service="web")
    assert open_shop.ecs.delete_service(cluster="shop", service="web", force=True)["service"]["status"] == "DRAINING"
    open_shop.ecs.get_waiter("services_inactive").wait(cluster="shop", services=["web"])
    assert open_shop.ecs.list_services(cluster="shop")["serviceArns"] == []
    with pytest.raises(open_shop.ecs.exceptions.ServiceNotActiveException):
        open_shop.ecs.update_service(cluster="shop", service="web", desiredCount=1)
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    assert open_shop.service()["runningCount"] == 2


def test_the_same_request_again_is_no_second_service_and_another_is_refused(open_shop: Shop) -> None:
    first, again = open_shop.create_service(), open_shop.create_service()
    assert first["deployments"][0]["id"] == again["deployments"][0]["id"]
    with pytest.raises(ClientError, match="Creation of service was not idempotent"):
        open_shop.create_service(desiredCount=5)


def test_a_missing_service_is_listed_under_failures(shop: Shop) -> None:
    answer = shop.ecs.describe_services(cluster="shop", services=["nope"])
    assert [each["reason"] for each in answer["failures"]] == ["MISSING"]
    with pytest.raises(shop.ecs.exceptions.ServiceNotFoundException):
        shop.ecs.update_service(cluster="shop", service="nope", desiredCount=1)


def test_tasks_of_a_service_can_carry_its_tags(open_shop: Shop) -> None:
    open_shop.create_service(tags=[{"key": "team", "value": "red"}], propagateTags="SERVICE", enableECSManagedTags=True)
    open_shop.cloud.advance(minutes=1)
    arn = open_shop.ecs.list_tasks(cluster="shop", serviceName="web")["taskArns"][0]
    tags = {each["key"]: each["value"] for each in open_shop.described(arn, include=["TAGS"])["tags"]}
    assert tags == {"team": "red", "aws:ecs:clusterName": "shop", "aws:ecs:serviceName": "web"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}},
            "the metrics' resolution",
        ),
        (
            {
                "deploymentConfiguration": {
                    "earlySuccessCriteria": {
                        "enable": True,
                        "healthyPercent": 100,
                        "sourceServiceRevisionCleanup": "DEFERRED",
                    }
                }
            },
            "early success criteria",
        ),
    ],
)
def test_what_has_no_effect_is_accepted_and_told_in_one_line(
    open_shop: Shop, asked: dict[str, object], told: str
) -> None:
    open_shop.create_service(**asked)
    lines = [line.what for line in open_shop.cloud.story if "has no effect" in line.what]
    assert lines == [f"what has no effect in this simulation: {told}"]
    open_shop.cloud.advance(minutes=2)
    assert open_shop.service()["runningCount"] == 2


def test_a_copy_of_the_cloud_answers_what_would_happen(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    before = str(open_shop.cloud.story)
    with open_shop.cloud.copy() as future:
        open_shop.ecs.stop_task(cluster="shop", task=future.service("web", "shop").tasks[0].id)
        future.advance(minutes=3)
        assert future.service("web", "shop").running == 2
        assert len(future.service("web", "shop").stopped_tasks) == 1
    assert str(open_shop.cloud.story) == before
    assert open_shop.cloud.service("web", "shop").stopped_tasks == ()
