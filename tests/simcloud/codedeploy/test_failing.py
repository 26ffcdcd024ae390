"""Deployments that fail, are stopped and are rolled back."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from store import FAILURES, Store

HEAD = (
    "The deployment failed because the AppSpec file that specifies the deployment configuration is missing or has an "
    "invalid configuration. "
)
ECS = "The ECS service cannot be updated due to an unexpected error: "
YAML = "The input AppSpec file is a not well-formed yaml. The template cannot be parsed."
TARGET = "version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n"


def failed(store: Store, made: str, minutes: float = 1) -> tuple[str, str]:
    """Code and message of a deployment that must have failed by then."""
    store.cloud.advance(minutes=minutes)
    info = store.info(made)
    assert info["status"] == "Failed"
    return info["errorInformation"]["code"], info["errorInformation"]["message"]


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        # https://github.com/aws/aws-cli/issues/6267
        ("version: 0.0 Resources: - TargetService: Type: AWS::ECS::Service", YAML),
        # https://github.com/awsdocs/aws-codedeploy-user-guide/pull/14
        (
            TARGET + "      Properties:\n        TaskDefinition: web\n        LoadBalancerInfo:\n"
            "          - ContainerName: web\n            ContainerPort: 80\n",
            YAML,
        ),
        ('{"version": 1, "Resources": []}', "The version must be 0.0."),
        (TARGET.replace("ECS", "Lambda"), "The type of the resource must be AWS::ECS::Service."),
        (TARGET + "      Properties: {}\n", "The TaskDefinition of the target service is missing."),
    ],
)
def test_an_appspec_that_cannot_be_read_fails_the_deployment(store: Store, content: str, detail: str) -> None:
    store.group()
    assert failed(store, store.deploy(content)) == ("INVALID_REVISION", HEAD + detail)


def test_a_hook_at_no_lifecycle_event_fails_the_deployment(store: Store) -> None:
    store.group()
    content = store.appspec(Hooks=[{"BeforeBlockTraffic": "check"}])
    detail = "BeforeBlockTraffic is not a lifecycle event at which a function can be called."
    assert failed(store, store.deploy(content)) == ("INVALID_REVISION", HEAD + detail)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        # quoted by users from failed deployments
        ({"port": 443}, "The container web did not have a container port 443 defined. "),
        ({"container": "app"}, "The container app does not exist in the task definition. "),
        ({"definition": "web:latest"}, "Invalid revision number. Number: latest "),
        ({"definition": "web:9"}, "TaskDefinition not found. "),
    ],
)
def test_what_ecs_refuses_fails_the_deployment(store: Store, asked: dict[str, Any], message: str) -> None:
    store.group()
    made = store.deploy(store.appspec(**asked))
    code, told = failed(store, made)
    assert code == "ECS_UPDATE_ERROR"
    assert told.startswith(f"{ECS}{message}(Service: AmazonECS; Status Code: 400; Error Code: ")
    assert told.endswith("Proxy: null). Check your ECS service status.")
    assert store.events(made)[:3] == [
        ("BeforeInstall", "Succeeded"),
        ("Install", "Failed"),
        ("AfterInstall", "Skipped"),
    ]
    assert store.service()["runningCount"] == 2


@pytest.mark.operation("codedeploy:CreateDeployment")
def test_r238_an_appspec_is_read_from_s3(store: Store) -> None:
    store.group()
    s3: Any = boto3.client("s3")
    s3.create_bucket(Bucket="specs")
    s3.put_object(Bucket="specs", Key="appspec.yaml", Body=store.appspec().encode())
    place = {"bucket": "specs", "key": "appspec.yaml", "bundleType": "YAML"}
    made = store.deploy(revision={"revisionType": "S3", "s3Location": place})
    missing = {"revisionType": "S3", "s3Location": {**place, "key": "other.yaml"}}
    store.cloud.advance(minutes=10)
    assert store.info(made)["status"] == "Succeeded"
    assert store.info(made)["revision"]["s3Location"] == place
    code, told = failed(store, store.deploy(revision=missing))
    assert code == "INVALID_REVISION"
    assert told.startswith("The AppSpec file cannot be located in the specified S3 bucket.")


def test_target_groups_that_are_not_the_services_fail_the_deployment(store: Store) -> None:
    store.group()
    pair = {
        "targetGroups": [{"name": "green"}, {"name": "red"}],
        "prodTrafficRoute": {"listenerArns": [store.listeners[80]]},
    }
    store.client.update_deployment_group(
        applicationName="shop",
        currentDeploymentGroupName="web",
        loadBalancerInfo={"targetGroupPairInfoList": [pair]},
    )
    code, told = failed(store, store.deploy())
    assert code == "ELASTIC_LOAD_BALANCING_INVALID"
    assert told.startswith("A deployment group associated with an application that uses the ECS compute platform must")


@pytest.mark.row("P09")
def test_a_replacement_that_never_gets_steady_fails_after_an_hour(store: Store) -> None:
    store.group()
    store.register("public.ecr.aws/nginx/nginx-of-nobody:latest")
    made = store.deploy()
    store.cloud.advance(minutes=50)
    assert store.info(made)["status"] == "InProgress"
    # https://docs.aws.amazon.com/codedeploy/latest/userguide/troubleshooting-ecs.html
    assert failed(store, made, 15) == (
        "TIMEOUT",
        "The deployment timed out while waiting for the replacement task set to become healthy. This time out period "
        "is 60 minutes.",
    )
    assert store.sets(made)[0] == ("Blue", "PRIMARY", 100.0, 2)


@pytest.mark.row("P09")
def test_a_failed_deployment_is_rolled_back_by_another_one(store: Store) -> None:
    store.group(autoRollbackConfiguration=FAILURES)
    store.register("public.ecr.aws/nginx/nginx-of-nobody:latest")
    made = store.deploy()
    store.cloud.advance(minutes=70)
    back = store.info(made)["rollbackInfo"]["rollbackDeploymentId"]
    info = store.info(back)
    assert (info["status"], info["creator"]) == ("Succeeded", "codeDeployRollback")
    assert info["rollbackInfo"]["rollbackTriggeringDeploymentId"] == made
    service = store.service()
    assert (service["taskDefinition"], service["runningCount"]) == (store.first, 2)
    assert len(service["taskSets"]) == 1


@pytest.mark.operation("codedeploy:StopDeployment")
def test_a_canary_that_is_stopped_gives_its_traffic_back(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSCanary10Percent15Minutes")
    made = store.deploy()
    store.cloud.advance(minutes=3)
    answer = store.client.stop_deployment(deploymentId=made, autoRollbackEnabled=True)
    assert answer["status"] == "Succeeded"
    store.cloud.advance(minutes=3)
    info = store.info(made)
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "MANUAL_STOP")
    back = info["rollbackInfo"]["rollbackDeploymentId"]
    assert store.sets(back)[0] == ("Blue", "PRIMARY", 100.0, 2)
    assert store.service()["runningCount"] == 2


def test_the_original_is_primary_again_after_a_rollback_in_the_termination_wait(store: Store) -> None:
    store.group(termination=30, autoRollbackConfiguration=FAILURES)
    store.register()
    made = store.deploy()
    store.cloud.advance(minutes=3)
    assert store.sets(made)[1][1] == "PRIMARY"
    store.client.stop_deployment(deploymentId=made)
    store.cloud.advance(minutes=3)
    service = store.service()
    assert (service["taskDefinition"], service["runningCount"]) == (store.first, 2)
    assert service["loadBalancers"][0]["targetGroupArn"] == store.groups["blue"]


def test_a_stop_without_rollback_leaves_everything_as_it_is(store: Store) -> None:
    store.group(deploymentConfigName="CodeDeployDefault.ECSCanary10Percent15Minutes")
    made = store.deploy()
    store.cloud.advance(minutes=3)
    store.client.stop_deployment(deploymentId=made)
    store.cloud.advance(minutes=30)
    assert "rollbackInfo" not in store.info(made)
    assert store.sets(made) == [("Blue", "PRIMARY", 90.0, 2), ("Green", "ACTIVE", 10.0, 2)]
    again = store.deploy()
    store.cloud.advance(minutes=4)
    assert store.sets(made)[1] == ("Green", "DRAINING", 10.0, 0), "the next replacement takes its place"
    assert store.sets(again)[1] == ("Green", "ACTIVE", 10.0, 2)


def test_what_has_made_no_replacement_cannot_be_rolled_back(store: Store) -> None:
    store.group(autoRollbackConfiguration=FAILURES)
    made = store.deploy("- no AppSpec")
    store.cloud.advance(minutes=1)
    told = store.info(made)["rollbackInfo"]
    assert told == {"rollbackMessage": "The deployment cannot be rolled back: it made no replacement task set."}


def test_a_deployment_to_a_service_that_is_deleted_fails(store: Store) -> None:
    store.group(ready=60)
    made = store.deploy()
    store.cloud.advance(minutes=5)
    store.ecs.delete_service(cluster="shop", service="web", force=True)
    assert store.info(made)["status"] == "Failed"
    store.cloud.advance(minutes=15)
    assert store.service()["status"] == "INACTIVE"


def with_hook(store: Store, event: str = "AfterInstall") -> str:
    """A deployment whose validation function is called at an event."""
    made = store.deploy(store.appspec(Hooks=[{event: "check"}]))
    store.cloud.advance(minutes=2)
    assert (event, "InProgress") in store.events(made)
    return made


@pytest.mark.operation("codedeploy:PutLifecycleEventHookExecutionStatus")
def test_a_deployment_goes_on_when_its_function_reports_success(store: Store) -> None:
    store.group()
    made = with_hook(store)
    asked = {"deploymentId": made, "lifecycleEventHookExecutionId": store.execution(made)}
    answer = store.client.put_lifecycle_event_hook_execution_status(**asked, status="Succeeded")
    assert answer["lifecycleEventHookExecutionId"] == asked["lifecycleEventHookExecutionId"]
    store.cloud.advance(minutes=1)
    assert ("AfterAllowTraffic", "Succeeded") in store.events(made)
    with pytest.raises(store.client.exceptions.LifecycleEventAlreadyCompletedException):
        store.client.put_lifecycle_event_hook_execution_status(**asked, status="Failed")


@pytest.mark.row("P09")
@pytest.mark.operation("codedeploy:PutLifecycleEventHookExecutionStatus")
def test_a_deployment_fails_when_its_function_reports_failure(store: Store) -> None:
    store.group()
    made = with_hook(store, "BeforeAllowTraffic")
    store.client.put_lifecycle_event_hook_execution_status(
        deploymentId=made, lifecycleEventHookExecutionId=store.execution(made), status="Failed"
    )
    assert failed(store, made) == (
        "HOOK_EXECUTION_FAILURE",
        "The deployment failed because one or more of the lifecycle event validation functions failed.",
    )
    assert store.events(made)[3:] == [
        ("BeforeAllowTraffic", "Failed"),
        ("AllowTraffic", "Skipped"),
        ("AfterAllowTraffic", "Skipped"),
    ]


def test_a_function_that_never_reports_fails_the_deployment_after_an_hour(store: Store) -> None:
    store.group()
    made = with_hook(store)
    store.cloud.advance(minutes=57)
    assert store.info(made)["status"] == "InProgress"
    assert failed(store, made, 5) == (
        "HOOK_EXECUTION_FAILURE",
        "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one "
        "hour after a deployment hook is invoked.",
    )
