"""CodeDeploy through boto3: what the real service refuses with its own words, and what it accepts."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from codedeploy_as_written import (
    BARE_ROLE,
    NETWORK_LISTENER,
    ROLE,
    TEST_LISTENER,
    TOPIC,
    Account,
    appspec,
    canary,
    content,
    deploy,
    functions,
    group,
    linear,
    pair,
    routing,
    servers,
    service,
    stored,
    waits,
)
from codedeploy_refused import REFUSED, trigger

from simcloud import Cloud
from simcloud.cloud.codedeploy.seen import gather
from simcloud.cloud.live import Call, live
from simcloud.rules import engine
from simcloud.rules.engine import Law, judge, laws

ON_CODEDEPLOY = [law for law in laws() if law.operations[0].startswith("codedeploy:")]


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with Cloud(seed=5) as cloud:
        yield Account(cloud)


@pytest.mark.parametrize(("operation", "request_", "law", "code", "text"), REFUSED)
def test_what_codedeploy_refuses_is_refused_in_its_words(
    account: Account, operation: str, request_: dict[str, Any], law: str, code: str, text: str
) -> None:
    before = pickle.dumps(account.cloud.world)
    with pytest.raises(ClientError) as refused:
        getattr(account.client, operation)(**account.filled(request_))
    told = refused.value.response["Error"]
    assert (told["Code"], told["Message"].removesuffix(".")) == (code, account.filled(text).removesuffix("."))
    assert pickle.dumps(account.cloud.world) == before
    assert any(law in note for note in refused.value.__notes__)


ACCEPTED = [
    ("create_application", {"applicationName": "a+=,.@_-9", "computePlatform": "ECS"}),
    ("create_application", {"applicationName": "a" * 100}),
    ("create_application", {"applicationName": "tagged", "tags": [{"Key": "team", "Value": "web"}]}),
    ("update_application", {"applicationName": "shop", "newApplicationName": "shop"}),
    ("delete_application", {"applicationName": "never-there"}),
    ("create_deployment_config", canary(99, 2880)),
    ("create_deployment_config", canary(1, 1)),
    # floor(100 / percentage) intervals count: measured, pf-codedeploy-config-traffic-shift-interval-max
    ("create_deployment_config", linear(67, 2880)),
    ("create_deployment_config", linear(50, 1440)),
    ("create_deployment_config", linear(33, 960)),
    ("create_deployment_config", linear(10, 288)),
    ("create_deployment_config", linear(1, 28)),
    ("create_deployment_config", routing("AllAtOnce")),
    # only the dot makes the prefix reserved: pf-codedeploy-config-name-reserved-prefix
    ("create_deployment_config", {**canary(), "deploymentConfigName": "CodeDeployDefaultFoo"}),
    ("create_deployment_config", {**canary(), "deploymentConfigName": "codedeploydefault.Foo"}),
    # 0 and 99 per cent are accepted: pf-codedeploy-config-fleet-percent-range
    (
        "create_deployment_config",
        {"deploymentConfigName": "hosts", "minimumHealthyHosts": {"type": "FLEET_PERCENT", "value": 0}},
    ),
    ("create_deployment_config", {**canary(), "computePlatform": "Lambda"}),
    ("delete_deployment_config", {"deploymentConfigName": "never-there"}),
    ("create_deployment_group", group()),
    ("create_deployment_group", group(deploymentConfigName="used")),
    ("create_deployment_group", group(loadBalancerInfo=pair(testTrafficRoute={"listenerArns": [TEST_LISTENER]}))),
    # the pair need not exist when the group is made; a deployment to it fails
    ("create_deployment_group", group(loadBalancerInfo=pair("early", "later"))),
    (
        "create_deployment_group",
        group(loadBalancerInfo=pair("wire-blue", "wire-green", listener=NETWORK_LISTENER)),
    ),
    # 2880 minutes are accepted: pf-codedeploy-dg-termination-wait-max
    (
        "create_deployment_group",
        group(
            blueGreenDeploymentConfiguration=waits(
                terminateBlueInstancesOnDeploymentSuccess={
                    "action": "TERMINATE",
                    "terminationWaitTimeInMinutes": 2880,
                }
            )
        ),
    ),
    # 0 with CONTINUE_DEPLOYMENT and 1 with STOP_DEPLOYMENT are accepted: pf-codedeploy-dg-deployment-ready-*
    (
        "create_deployment_group",
        group(
            blueGreenDeploymentConfiguration=waits(
                deploymentReadyOption={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 1}
            )
        ),
    ),
    ("create_deployment_group", group(triggerConfigurations=[trigger("t", TOPIC)])),
    ("create_deployment_group", group(alarmConfiguration={"enabled": True, "alarms": [{"name": "5xx"}]})),
    ("create_deployment_group", group(alarmConfiguration={"enabled": False, "alarms": []})),
    (
        "create_deployment_group",
        group(autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]}),
    ),
    ("create_deployment_group", group(autoRollbackConfiguration={"enabled": False})),
    ("create_deployment_group", servers()),
    # a role that may not describe ECS services is enough for servers
    ("create_deployment_group", servers(serviceRoleArn=BARE_ROLE)),
    # a pair on a group of servers is accepted: pf-codedeploy-dg-ecs-services-requires-ecs-platform
    ("create_deployment_group", servers(loadBalancerInfo=pair())),
    ("create_deployment_group", servers(loadBalancerInfo={"targetGroupInfoList": [{"name": "t" * 32}]})),
    ("create_deployment_group", functions()),
    (
        "update_deployment_group",
        {"applicationName": "shop", "currentDeploymentGroupName": "idle", "newDeploymentGroupName": "idle"},
    ),
    (
        "update_deployment_group",
        {
            "applicationName": "shop",
            "currentDeploymentGroupName": "idle",
            "ecsServices": service("spare"),
            "serviceRoleArn": ROLE,
        },
    ),
    ("delete_deployment_group", {"applicationName": "shop", "deploymentGroupName": "never-there"}),
    ("delete_deployment_group", {"applicationName": "never-there", "deploymentGroupName": "x"}),
    ("create_deployment", deploy()),
    ("create_deployment", deploy(deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes")),
    ("create_deployment", deploy(revision={"revisionType": "String", "string": {"content": appspec()}})),
    # what is wrong with an AppSpec, or with what it names, is told by the deployment that fails
    ("create_deployment", deploy(revision=content("{"))),
    ("create_deployment", deploy(revision=content(appspec("ghost:1")))),
    ("create_deployment", deploy(revision=stored())),
    ("create_deployment", deploy(revision=stored(bundleType="JSON"))),
    ("create_deployment", deploy("done", description="a" * 256, ignoreApplicationStopFailures=False)),
    ("register_application_revision", {"applicationName": "shop", "revision": stored(), "description": "next"}),
    ("stop_deployment", {"deploymentId": "<waiting>"}),
    ("stop_deployment", {"deploymentId": "<new>", "autoRollbackEnabled": True}),
    ("continue_deployment", {"deploymentId": "<waiting>"}),
    ("continue_deployment", {"deploymentId": "<waiting>", "deploymentWaitType": "READY_WAIT"}),
    (
        "put_lifecycle_event_hook_execution_status",
        {"deploymentId": "<hooked>", "lifecycleEventHookExecutionId": "<hook>", "status": "Failed"},
    ),
    ("batch_get_deployments", {"deploymentIds": ["d-AAAAAAAAA"]}),
]


@pytest.mark.parametrize(("operation", "request_"), ACCEPTED, ids=[f"{n}-{each[0]}" for n, each in enumerate(ACCEPTED)])
def test_what_codedeploy_accepts_is_accepted(account: Account, operation: str, request_: dict[str, Any]) -> None:
    with account.cloud.copy() as future:
        getattr(account.client, operation)(**account.filled(request_))
        future.advance(minutes=90)
        future.world.check()


@pytest.mark.parametrize("law", ON_CODEDEPLOY, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(account: Account, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [param.values for param in REFUSED if param.values[2] == law.id]
    call = Call(live(), account="123456789012", region="us-east-1", caller="arn:aws:iam::123456789012:root")
    looked_at = []
    for operation, request, *_ in cases:
        name = account.client.meta.method_to_api_mapping[operation]
        judged, seen = gather(name, account.filled(request), call)
        looked_at.append((f"codedeploy:{name}", judged, seen))
    noticing = [case for case in looked_at if {found.rule for found in judge(*case)} == {law.id}]
    assert noticing, f"no case is refused by {law.id} alone"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert [judge(*case) for case in noticing] == [[] for _ in noticing]
