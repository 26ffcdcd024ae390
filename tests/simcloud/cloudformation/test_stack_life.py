"""A stack's life: made, stable, deleted; refused and rolled back."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, WaiterError
from stack_desk import CLUSTER, TRUST, Desk, definition, service, shop
from whole_stack import WHOLE


def test_a_whole_design_is_made_and_its_tasks_run_behind_the_balancer(desk: Desk) -> None:
    assert desk.create(WHOLE) == "CREATE_COMPLETE"
    outputs = desk.outputs()
    name = outputs["Service"]
    found = desk.ecs.describe_services(cluster=desk.physical("Cluster"), services=[name])["services"][0]
    assert (found["runningCount"], found["desiredCount"], found["launchType"]) == (2, 2, "FARGATE")
    assert outputs["Definition"].endswith(":task-definition/web:1")
    assert outputs["Joined"] == "test-2"
    assert outputs["Target"] == f"service/{desk.physical('Cluster')}/{name}|ecs:service:DesiredCount|ecs"
    assert "Queue" not in outputs
    assert outputs["Address"].endswith(".elb.amazonaws.com")
    health = boto3.client("elbv2").describe_target_health(TargetGroupArn=desk.physical("Targets"))
    assert [each["TargetHealth"]["State"] for each in health["TargetHealthDescriptions"]] == ["healthy", "healthy"]
    policies = boto3.client("application-autoscaling").describe_scaling_policies(ServiceNamespace="ecs")
    assert [each["PolicyName"] for each in policies["ScalingPolicies"]] == ["cpu"]
    assert desk.stacks.list_exports()["Exports"][0]["Name"] == "demo-service"


def test_a_stack_is_in_progress_until_its_service_is_steady(desk: Desk) -> None:
    assert desk.create(shop(desk.subnets), wait=False) == "CREATE_IN_PROGRESS"
    assert "Outputs" not in desk.stack()
    desk.cloud.advance(seconds=10)
    assert desk.status() == "CREATE_IN_PROGRESS"
    assert desk.wait("create") == "CREATE_COMPLETE"
    told = desk.events()
    assert told[0] == ("demo", "CREATE_IN_PROGRESS", "User Initiated")
    assert told.index(("Definition", "CREATE_COMPLETE", "")) < told.index(("Web", "CREATE_IN_PROGRESS", ""))
    assert told[-3:] == [
        ("Web", "CREATE_IN_PROGRESS", "Resource creation Initiated"),
        ("Web", "CREATE_COMPLETE", ""),
        ("demo", "CREATE_COMPLETE", ""),
    ]
    steady = next(line.at for line in desk.cloud.story if "steady state" in line.what)
    complete = desk.stacks.describe_stack_events(StackName="demo")["StackEvents"][0]["Timestamp"].timestamp()
    assert steady <= complete < steady + 10


def test_looking_at_a_stack_changes_nothing(desk: Desk) -> None:
    import pickle

    desk.create(shop(desk.subnets), wait=False)
    before = pickle.dumps(desk.cloud.world)
    desk.status(), desk.events(), desk.stacks.list_stack_resources(StackName="demo"), desk.stacks.list_stacks()
    assert pickle.dumps(desk.cloud.world) == before


def test_what_a_stack_holds_is_deleted_with_it(desk: Desk) -> None:
    vpcs, roles = len(desk.ec2.describe_vpcs()["Vpcs"]), len(boto3.client("iam").list_roles()["Roles"])
    desk.create(WHOLE)
    desk.delete()
    assert desk.ecs.list_clusters()["clusterArns"] == []
    assert desk.ecs.list_task_definitions()["taskDefinitionArns"] == []
    assert boto3.client("elbv2").describe_load_balancers()["LoadBalancers"] == []
    assert boto3.client("elbv2").describe_target_groups()["TargetGroups"] == []
    assert boto3.client("logs").describe_log_groups(logGroupNamePrefix="/ecs/demo")["logGroups"] == []
    scaling = boto3.client("application-autoscaling")
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []
    assert len(desk.ec2.describe_vpcs()["Vpcs"]) == vpcs
    linked = {each["RoleName"] for each in boto3.client("iam").list_roles()["Roles"] if "aws-service" in each["Path"]}
    assert len(boto3.client("iam").list_roles()["Roles"]) - len(linked) <= roles
    assert desk.stacks.list_exports()["Exports"] == []
    with pytest.raises(ClientError, match="Stack with id demo does not exist"):
        desk.status()


def test_a_refused_definition_rolls_the_stack_back_and_leaves_nothing(desk: Desk) -> None:
    resources = {**shop(desk.subnets), "Definition": definition(Cpu="300")}
    desk.create(resources, wait=False)
    with pytest.raises(WaiterError, match="ROLLBACK_COMPLETE"):
        desk.stacks.get_waiter("stack_create_complete").wait(StackName="demo")
    told = desk.events()
    assert ("demo", "ROLLBACK_IN_PROGRESS") in [(thing, status) for thing, status, _ in told]
    reasons = {(thing, status): reason for thing, status, reason in told}
    assert reasons["demo", "ROLLBACK_IN_PROGRESS"] == (
        "The following resource(s) failed to create: [Definition]. Rollback requested by user."
    )
    assert ("Cluster", "DELETE_COMPLETE", "") in told
    assert not any(thing == "Web" for thing, _, _ in told)
    assert desk.ecs.list_clusters()["clusterArns"] == []
    assert any("could not create Definition" in line.what for line in desk.cloud.story)
    desk.delete()
    assert desk.create(shop(desk.subnets)) == "CREATE_COMPLETE"


def test_a_failed_stack_can_be_left_as_it_is_or_taken_away(desk: Desk) -> None:
    resources = {"Cluster": CLUSTER, "Definition": {**definition(Cpu="300"), "DependsOn": "Cluster"}}
    assert desk.create(resources, OnFailure="DO_NOTHING") == "CREATE_FAILED"
    assert desk.ecs.list_clusters()["clusterArns"] != []
    desk.delete()
    assert desk.create(resources, DisableRollback=True) == "CREATE_FAILED"
    desk.delete()
    desk.stacks.create_stack(StackName="gone", TemplateBody=json.dumps({"Resources": resources}), OnFailure="DELETE")
    assert desk.ecs.list_clusters()["clusterArns"] == []
    with pytest.raises(ClientError, match="Stack with id gone does not exist"):
        desk.status("gone")


def test_a_service_whose_breaker_trips_fails_its_stack(desk: Desk) -> None:
    broken = definition(ContainerDefinitions=[{"Name": "app", "Image": "public.ecr.aws/nginx/nginx:no-such-tag"}])
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/gone:1"
    broken["Properties"]["ContainerDefinitions"][0]["Image"] = image
    broken["Properties"]["ExecutionRoleArn"] = {"Fn::GetAtt": ["Role", "Arn"]}
    breaker = {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}
    resources = {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}},
        **shop(desk.subnets, DeploymentConfiguration=breaker),
        "Definition": broken,
    }
    assert desk.create(resources) == "ROLLBACK_COMPLETE"
    assert desk.failure().startswith(
        'Resource handler returned message: "Error occurred during operation'
        " 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: "
    )
    assert desk.failure().endswith(", HandlerErrorCode: GeneralServiceException)")
    assert desk.ecs.list_clusters()["clusterArns"] == []


def test_a_service_that_never_becomes_stable_fails_its_stack_after_three_hours(desk: Desk) -> None:
    begun = desk.cloud.now
    resources = {
        **shop(desk.subnets),
        "Web": service(desk.subnets, NetworkConfiguration={"AwsvpcConfiguration": {"Subnets": desk.subnets}}),
    }
    desk.create(resources, wait=False)
    desk.cloud.advance(hours=2, minutes=55)
    assert desk.status() == "CREATE_IN_PROGRESS"
    desk.cloud.advance(minutes=10)
    assert desk.wait("create") == "ROLLBACK_COMPLETE"
    assert desk.failure().startswith('Resource handler returned message: "Exceeded attempts to wait" (RequestToken: ')
    assert desk.failure().endswith(", HandlerErrorCode: NotStabilized)")
    assert (desk.cloud.now - begun).total_seconds() < 4 * 3600


def test_a_stack_that_takes_longer_than_it_may_is_rolled_back(desk: Desk) -> None:
    resources = {
        **shop(desk.subnets),
        "Web": service(desk.subnets, NetworkConfiguration={"AwsvpcConfiguration": {"Subnets": desk.subnets}}),
    }
    assert desk.create(resources, TimeoutInMinutes=5) == "ROLLBACK_COMPLETE"
    reasons = {(thing, status): reason for thing, status, reason in desk.events()}
    assert reasons["Web", "CREATE_FAILED"] == "Resource creation cancelled"
    assert reasons["demo", "ROLLBACK_IN_PROGRESS"] == (
        "Stack creation time exceeded the specified timeout. Rollback requested by user."
    )


def test_a_stack_can_be_deleted_while_it_is_being_made(desk: Desk) -> None:
    desk.create(shop(desk.subnets), wait=False)
    desk.cloud.advance(seconds=5)
    desk.delete()
    assert desk.ecs.list_clusters()["clusterArns"] == []
    desk.cloud.advance(hours=1)
    assert [each["StackStatus"] for each in desk.stacks.list_stacks()["StackSummaries"]] == ["DELETE_COMPLETE"]


def test_what_is_kept_stays_when_its_stack_goes(desk: Desk) -> None:
    kept: dict[str, Any] = {"Cluster": {**CLUSTER, "DeletionPolicy": "Retain"}}
    desk.create(kept)
    identity = desk.stack()["StackId"]
    desk.delete()
    assert ("Cluster", "DELETE_SKIPPED", "") in desk.events(identity)
    assert desk.ecs.list_clusters()["clusterArns"] != []


def test_a_protected_stack_is_not_deleted(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER}, EnableTerminationProtection=True)
    with pytest.raises(ClientError, match="cannot be deleted while TerminationProtection is enabled"):
        desk.stacks.delete_stack(StackName="demo")


def test_a_cluster_in_use_keeps_its_stack_from_being_deleted(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER, "Definition": definition()})
    network = {"awsvpcConfiguration": {"subnets": desk.subnets, "assignPublicIp": "ENABLED"}}
    task = {"cluster": "shop", "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": network}
    desk.ecs.run_task(**task)
    desk.stacks.delete_stack(StackName="demo")
    assert desk.status() == "DELETE_FAILED"
    assert desk.stack()["StackStatusReason"] == "The following resource(s) failed to delete: [Cluster]. "
    assert "ClusterContainsTasksException" in desk.failure()
    for arn in desk.ecs.list_tasks(cluster="shop")["taskArns"]:
        desk.ecs.stop_task(cluster="shop", task=arn)
    desk.cloud.advance(minutes=5)
    desk.delete()
    assert desk.ecs.list_clusters()["clusterArns"] == []
