"""Blue/green, linear and canary deployments of ECS itself, through boto3."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from shop import Shop

DESCRIBE = "ecs:DescribeServiceDeployments"
CONTINUE = "ecs:ContinueServiceDeployment"


def started(shop: Shop, **configuration: Any) -> str:
    """A steady service with this deployment configuration, and the ARN of the deployment that was then forced."""
    shop.create_service(deploymentConfiguration=configuration)
    shop.cloud.advance(minutes=2)
    shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    shop.cloud.advance(seconds=5)
    return str(shop.service()["currentServiceDeployment"])


def described(shop: Shop, arn: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]
    return found


def pause(stage: str, **timeout: Any) -> dict[str, Any]:
    hook: dict[str, Any] = {"targetType": "PAUSE", "lifecycleStages": [stage]}
    return {**hook, "timeoutConfiguration": timeout} if timeout else hook


@pytest.mark.operation("ecs:UpdateService", DESCRIBE)
def test_both_revisions_run_whole_until_the_bake_time_is_over(open_shop: Shop) -> None:
    arn = started(open_shop, strategy="BLUE_GREEN", bakeTimeInMinutes=5)
    assert described(open_shop, arn)["lifecycleStage"] == "SCALE_UP"
    open_shop.cloud.advance(minutes=2)
    baking = described(open_shop, arn)
    assert (baking["status"], baking["lifecycleStage"]) == ("IN_PROGRESS", "BAKE_TIME")
    assert baking["targetServiceRevision"]["requestedProductionTrafficWeight"] == 100.0
    assert baking["sourceServiceRevisions"][0]["requestedProductionTrafficWeight"] == 0.0
    assert open_shop.service()["runningCount"] == 4
    open_shop.cloud.advance(minutes=6)
    done = described(open_shop, arn)
    assert (done["status"], done["lifecycleStage"]) == ("SUCCESSFUL", "CLEAN_UP")
    assert open_shop.service()["runningCount"] == 2
    open_shop.cloud.world.check()


@pytest.mark.operation("ecs:UpdateService", DESCRIBE)
def test_a_canary_has_its_share_and_then_all(open_shop: Shop) -> None:
    canary = {"canaryPercent": 20.0, "canaryBakeTimeInMinutes": 10}
    arn = started(open_shop, strategy="CANARY", canaryConfiguration=canary, bakeTimeInMinutes=1)
    open_shop.cloud.advance(minutes=5)
    assert described(open_shop, arn)["lifecycleStage"] == "PRODUCTION_TRAFFIC_SHIFT"
    assert described(open_shop, arn)["targetServiceRevision"]["requestedProductionTrafficWeight"] == 20.0
    open_shop.cloud.advance(minutes=10)
    assert described(open_shop, arn)["status"] == "SUCCESSFUL"


def test_linear_steps_come_at_equal_times(open_shop: Shop) -> None:
    linear = {"stepPercent": 40.0, "stepBakeTimeInMinutes": 3}
    arn = started(open_shop, strategy="LINEAR", linearConfiguration=linear, bakeTimeInMinutes=0)
    shares = []
    for _ in range(12):
        open_shop.cloud.advance(minutes=1)
        share = described(open_shop, arn)["targetServiceRevision"].get("requestedProductionTrafficWeight", 0.0)
        if not shares or shares[-1] != share:
            shares.append(share)
    assert shares in ([0.0, 40.0, 80.0, 100.0], [40.0, 80.0, 100.0])


@pytest.mark.operation("ecs:UpdateService", DESCRIBE, CONTINUE)
def test_a_pause_waits_for_an_answer_and_goes_on(open_shop: Shop) -> None:
    arn = started(open_shop, strategy="BLUE_GREEN", bakeTimeInMinutes=0, lifecycleHooks=[pause("POST_SCALE_UP")])
    open_shop.cloud.advance(minutes=30)
    waiting = described(open_shop, arn)
    assert waiting["lifecycleStage"] == "POST_SCALE_UP"
    hook = waiting["lifecycleHookDetails"][0]
    assert (hook["targetType"], hook["status"], hook["timeoutAction"]) == ("PAUSE", "AWAITING_ACTION", "ROLLBACK")
    answer = open_shop.ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook["hookId"])
    assert answer["serviceDeploymentArn"] == arn
    open_shop.cloud.advance(minutes=2)
    done = described(open_shop, arn)
    assert (done["status"], done["lifecycleHookDetails"][0]["status"]) == ("SUCCESSFUL", "SUCCEEDED")
    with pytest.raises(ClientError) as caught:
        open_shop.ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook["hookId"])
    assert (
        caught.value.response["Error"]["Message"] == f"The lifecycle hook {hook['hookId']} is not awaiting an action."
    )


@pytest.mark.operation(DESCRIBE, CONTINUE)
def test_a_pause_can_be_answered_with_a_rollback(open_shop: Shop) -> None:
    hooks = [pause("PRE_PRODUCTION_TRAFFIC_SHIFT")]
    arn = started(open_shop, strategy="BLUE_GREEN", bakeTimeInMinutes=5, lifecycleHooks=hooks)
    before = open_shop.service()["deployments"][1]["id"]
    open_shop.cloud.advance(minutes=5)
    hook = described(open_shop, arn)["lifecycleHookDetails"][0]["hookId"]
    open_shop.ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook, action="ROLLBACK")
    open_shop.cloud.advance(minutes=3)
    assert described(open_shop, arn)["status"] == "ROLLBACK_SUCCESSFUL"
    assert [each["id"] for each in open_shop.service()["deployments"]] == [before]
    assert open_shop.service()["runningCount"] == 2


@pytest.mark.parametrize(("action", "status"), [("CONTINUE", "SUCCESSFUL"), ("ROLLBACK", "ROLLBACK_SUCCESSFUL")])
def test_a_pause_that_nobody_answers_times_out(open_shop: Shop, action: str, status: str) -> None:
    hooks = [pause("POST_SCALE_UP", timeoutInMinutes=10, action=action)]
    arn = started(open_shop, strategy="BLUE_GREEN", bakeTimeInMinutes=0, lifecycleHooks=hooks)
    open_shop.cloud.advance(minutes=20)
    done = described(open_shop, arn)
    assert (done["status"], done["lifecycleHookDetails"][0]["status"]) == (status, "TIMED_OUT")
    open_shop.cloud.world.check()


def test_what_serves_is_kept_while_the_new_revision_waits(open_shop: Shop) -> None:
    started(open_shop, strategy="BLUE_GREEN", bakeTimeInMinutes=0, lifecycleHooks=[pause("POST_SCALE_UP")])
    open_shop.cloud.advance(minutes=2)
    old = open_shop.service()["deployments"][1]["id"]
    serving = open_shop.ecs.list_tasks(cluster="shop", startedBy=old)["taskArns"]
    open_shop.ecs.stop_task(cluster="shop", task=serving[0])
    open_shop.cloud.advance(minutes=2)
    assert len(open_shop.ecs.list_tasks(cluster="shop", startedBy=old)["taskArns"]) == 2
