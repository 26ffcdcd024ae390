"""Scale-in protection: what is protected stays, for as long as it is."""

from __future__ import annotations

import pytest
from shop import ACCOUNT, REGION, Shop

HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


@pytest.fixture
def served(open_shop: Shop) -> list[str]:
    """The ARNs of the two tasks of service `web`."""
    open_shop.create_service()
    open_shop.cloud.advance(minutes=3)
    return list(open_shop.ecs.list_tasks(cluster="shop", serviceName="web")["taskArns"])


def running(shop: Shop) -> list[str]:
    return list(shop.ecs.list_tasks(cluster="shop", serviceName="web")["taskArns"])


@pytest.mark.operation("ecs:UpdateTaskProtection", "ecs:GetTaskProtection")
def test_protection_lasts_two_hours_unless_told_otherwise(open_shop: Shop, served: list[str]) -> None:
    ecs, cloud = open_shop.ecs, open_shop.cloud
    made = ecs.update_task_protection(cluster="shop", tasks=served[:1], protectionEnabled=True)
    (one,) = made["protectedTasks"]
    assert (one["taskArn"], one["protectionEnabled"]) == (served[0], True)
    assert (one["expirationDate"] - cloud.now).total_seconds() == 7200
    found = {each["taskArn"]: each for each in ecs.get_task_protection(cluster="shop", tasks=served)["protectedTasks"]}
    assert found[served[1]] == {"taskArn": served[1], "protectionEnabled": False}
    ecs.update_task_protection(cluster="shop", tasks=served[:1], protectionEnabled=True, expiresInMinutes=1)
    cloud.advance(minutes=2)
    (ended,) = ecs.get_task_protection(cluster="shop", tasks=served[:1])["protectedTasks"]
    assert ended == {"taskArn": served[0], "protectionEnabled": False}


def test_scale_in_takes_the_unprotected_and_waits_for_the_others(open_shop: Shop, served: list[str]) -> None:
    ecs, cloud = open_shop.ecs, open_shop.cloud
    ecs.update_task_protection(cluster="shop", tasks=served, protectionEnabled=True, expiresInMinutes=10)
    ecs.update_service(cluster="shop", service="web", desiredCount=1)
    cloud.advance(minutes=5)
    assert set(running(open_shop)) == set(served), "both are protected"
    ecs.update_task_protection(cluster="shop", tasks=served[:1], protectionEnabled=False)
    cloud.advance(minutes=1)
    assert running(open_shop) == served[1:], "the one that gave up its protection went"
    ecs.update_service(cluster="shop", service="web", desiredCount=0)
    cloud.advance(minutes=1)
    assert running(open_shop) == served[1:]
    cloud.advance(minutes=10)
    assert running(open_shop) == [], "its protection has run out"


def test_only_tasks_of_services_are_protected_and_no_more_than_are_wanted(open_shop: Shop, served: list[str]) -> None:
    ecs = open_shop.ecs
    alone = open_shop.run()["taskArn"]
    nobody = f"{HEAD}:task/shop/{'0' * 32}"
    answer = ecs.update_task_protection(cluster="shop", tasks=[alone, nobody, served[0]], protectionEnabled=True)
    assert [each["taskArn"] for each in answer["protectedTasks"]] == [served[0]]
    assert [(each["arn"], each["reason"]) for each in answer["failures"]] == [
        (alone, "TASK_NOT_VALID"),
        (nobody, "MISSING"),
    ]
    ecs.update_service(cluster="shop", service="web", desiredCount=1)
    blocked = ecs.update_task_protection(cluster="shop", tasks=[served[1]], protectionEnabled=True)
    assert [each["reason"] for each in blocked["failures"]] == ["DEPLOYMENT_BLOCKED"]
