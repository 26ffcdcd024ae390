"""What ECS and CodeDeploy fill in where a deployment configuration is silent, as literals, by the rule's number."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from shop import Shop


@pytest.mark.parametrize(
    ("strategy", "block", "filled"),
    [
        ("LINEAR", "linearConfiguration", {"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}),
        ("CANARY", "canaryConfiguration", {"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 10}),
    ],
)
def test_r231_the_usual_steps_and_bakes(shop: Shop, strategy: str, block: str, filled: dict[str, Any]) -> None:
    made = shop.create_service(deploymentConfiguration={"strategy": strategy, "bakeTimeInMinutes": 1})
    assert made["deploymentConfiguration"][block] == filled


def test_r230_blue_green_needs_its_bake_time(shop: Shop) -> None:
    with pytest.raises(Exception, match="bakeTimeInMinutes field is required when using the blue/green deployment"):
        shop.create_service(deploymentConfiguration={"strategy": "BLUE_GREEN"})


def test_r233_a_hook_waits_a_day_and_then_rolls_back(open_shop: Shop) -> None:
    hook = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}
    configuration = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0, "lifecycleHooks": [hook]}
    open_shop.create_service(deploymentConfiguration=configuration)
    open_shop.cloud.advance(minutes=2)
    open_shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    open_shop.cloud.advance(minutes=3)
    arn = open_shop.service()["currentServiceDeployment"]

    def described() -> dict[str, Any]:
        found = open_shop.ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"]
        return dict(found[0])

    (waiting,) = described()["lifecycleHookDetails"]
    begun = described()["startedAt"]
    assert waiting["timeoutAction"] == "ROLLBACK"
    assert (waiting["expiresAt"] - begun).total_seconds() == pytest.approx(1440 * 60, abs=120)
    open_shop.cloud.advance(days=1)
    done = described()
    assert (done["status"], done["lifecycleHookDetails"][0]["status"]) == ("ROLLBACK_SUCCESSFUL", "TIMED_OUT")
    assert done["statusReason"] == "Service deployment rolled back because a lifecycle hook timed out."


def test_r236_the_five_predefined_configurations_of_ecs(shop: Shop) -> None:
    api: Any = boto3.client("codedeploy")
    names = [name for name in api.list_deployment_configs()["deploymentConfigsList"] if ".ECS" in name]
    assert sorted(names) == [
        "CodeDeployDefault.ECSAllAtOnce",
        "CodeDeployDefault.ECSCanary10Percent15Minutes",
        "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
    ]
    routings = {
        name: api.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"]["trafficRoutingConfig"]
        for name in names
    }
    assert routings == {
        "CodeDeployDefault.ECSAllAtOnce": {"type": "AllAtOnce"},
        "CodeDeployDefault.ECSCanary10Percent15Minutes": {
            "type": "TimeBasedCanary",
            "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 15},
        },
        "CodeDeployDefault.ECSCanary10Percent5Minutes": {
            "type": "TimeBasedCanary",
            "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 5},
        },
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes": {
            "type": "TimeBasedLinear",
            "timeBasedLinear": {"linearPercentage": 10, "linearInterval": 1},
        },
        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes": {
            "type": "TimeBasedLinear",
            "timeBasedLinear": {"linearPercentage": 10, "linearInterval": 3},
        },
    }


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"taskDefinition": "web:2"},
            "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy "
            "to trigger a new deployment.",
        ),
        (
            {"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-00000000"]}}},
            "Unable to update network parameters on services with a CODE_DEPLOY deployment controller. Use AWS "
            "CodeDeploy to trigger a new deployment.",
        ),
        (
            {"forceNewDeployment": True},
            "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to "
            "trigger a new deployment.",
        ),
    ],
)
def test_r240_what_a_code_deploy_service_refuses(shop: Shop, asked: dict[str, Any], message: str) -> None:
    elb: Any = boto3.client("elbv2")
    group = elb.create_target_group(Name="b", Protocol="HTTP", Port=80, VpcId=shop.vpc, TargetType="ip")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    balancer = elb.create_load_balancer(Name="f", Subnets=shop.subnets, Scheme="internal")["LoadBalancers"][0]
    action = {"Type": "forward", "TargetGroupArn": arn}
    elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=[action])
    one = {"targetGroupArn": arn, "containerName": "web", "containerPort": 80}
    shop.create_service(deploymentController={"type": "CODE_DEPLOY"}, loadBalancers=[one])
    shop.register()
    if "networkConfiguration" in asked:
        asked = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": shop.subnets[:1]}}}
    with pytest.raises(shop.ecs.exceptions.InvalidParameterException) as caught:
        shop.ecs.update_service(cluster="shop", service="web", **asked)
    assert caught.value.response["Error"]["Message"] == message
    changed = shop.ecs.update_service(cluster="shop", service="web", desiredCount=1)["service"]
    assert changed["desiredCount"] == 1
