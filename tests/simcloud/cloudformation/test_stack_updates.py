"""A stack is led to another template: changed in place, replaced, or rolled back."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from stack_desk import CLUSTER, NAMED, TRUST, Desk, definition, service, shop


def test_a_new_definition_rolls_the_service_and_the_old_revision_is_deregistered(desk: Desk) -> None:
    before = shop(desk.subnets, ServiceName="web")
    desk.create(before)
    assert desk.update({**before, "Definition": definition(Cpu="512", Memory="1024")}) == "UPDATE_COMPLETE"
    web = desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
    assert web["taskDefinition"].endswith(":task-definition/web:2")
    assert [each["rolloutState"] for each in web["deployments"]] == ["COMPLETED"]
    assert desk.physical("Definition").endswith("/web:2")
    old = desk.ecs.describe_task_definition(taskDefinition="web:1")["taskDefinition"]
    assert old["status"] == "INACTIVE"
    told = [(thing, status) for thing, status, _ in desk.events()]
    assert told.index(("Definition", "UPDATE_COMPLETE")) < told.index(("Web", "UPDATE_IN_PROGRESS"))
    after = told[told.index(("demo", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")) :]
    assert after[1:] == [
        ("Definition", "DELETE_IN_PROGRESS"),
        ("Definition", "DELETE_COMPLETE"),
        ("demo", "UPDATE_COMPLETE"),
    ]
    reasons = {(thing, status): reason for thing, status, reason in desk.events()}
    assert ("Cluster", "UPDATE_IN_PROGRESS") not in reasons
    assert desk.stack()["LastUpdatedTime"] > desk.stack()["CreationTime"]


def test_the_count_of_a_service_changes_in_place(desk: Desk) -> None:
    desk.create(shop(desk.subnets, ServiceName="web"))
    arn = desk.physical("Web")
    assert desk.update(shop(desk.subnets, ServiceName="web", DesiredCount=3)) == "UPDATE_COMPLETE"
    web = desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
    assert (web["runningCount"], len(web["deployments"])) == (3, 1)
    assert desk.physical("Web") == arn


def test_a_property_that_cannot_change_makes_a_new_service(desk: Desk) -> None:
    desk.create(shop(desk.subnets))
    old = desk.physical("Web")
    assert desk.update(shop(desk.subnets, ServiceName="web2")) == "UPDATE_COMPLETE"
    assert desk.physical("Web").endswith("/web2")
    assert desk.ecs.describe_services(cluster="shop", services=[old])["services"][0]["status"] == "INACTIVE"
    assert desk.ecs.list_services(cluster="shop")["serviceArns"] == [desk.physical("Web")]


def test_a_named_service_that_has_to_be_replaced_is_refused(desk: Desk) -> None:
    desk.create(shop(desk.subnets, ServiceName="web"))
    desk.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
    )
    capacity = [{"CapacityProvider": "FARGATE", "Weight": 1}]
    changed = shop(desk.subnets, ServiceName="web", LaunchType=None, CapacityProviderStrategy=capacity)
    assert desk.update(changed) == "UPDATE_ROLLBACK_COMPLETE"
    assert desk.failure() == (
        "CloudFormation cannot update a stack when a custom-named resource requires replacing."
        " Rename web and update the stack again."
    )
    web = desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
    assert (web["status"], web["launchType"]) == ("ACTIVE", "FARGATE")


def test_a_refused_update_is_rolled_back_to_what_was(desk: Desk) -> None:
    before = shop(desk.subnets, ServiceName="web")
    desk.create(before)
    broken = {**before, "Web": service(desk.subnets, ServiceName="web", PlatformVersion="9.9.9", DesiredCount=2)}
    broken["More"] = {"Type": "AWS::ECS::Cluster", "Properties": {"ClusterName": "more"}}
    broken["Definition"] = definition(Cpu="512", Memory="1024")
    assert desk.update(broken) == "UPDATE_ROLLBACK_COMPLETE"
    reasons = {(thing, status): reason for thing, status, reason in desk.events()}
    told = reasons["demo", "UPDATE_ROLLBACK_IN_PROGRESS"]
    assert told.startswith("The following resource(s) failed to update: [Web].")
    assert "UpdateService error: " in desk.failure()
    web = desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
    assert (web["desiredCount"], web["taskDefinition"].rpartition("/")[2]) == (1, "web:1")
    assert [arn.rpartition("/")[2] for arn in desk.ecs.list_clusters()["clusterArns"]] == ["shop"]
    assert desk.ecs.list_task_definitions()["taskDefinitionArns"] == [desk.physical("Definition")]
    assert json.loads(json.dumps(desk.stacks.get_template(StackName="demo")["TemplateBody"])) == {"Resources": before}
    assert desk.update(shop(desk.subnets, ServiceName="web", DesiredCount=2)) == "UPDATE_COMPLETE"


def test_a_deployment_that_fails_rolls_the_update_back(desk: Desk) -> None:
    breaker = {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}
    before = {"Role": role, **shop(desk.subnets, ServiceName="web", DeploymentConfiguration=breaker)}
    desk.create(before)
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/gone:1"
    broken = definition(
        ContainerDefinitions=[{"Name": "app", "Image": image}], ExecutionRoleArn={"Fn::GetAtt": ["Role", "Arn"]}
    )
    assert desk.update({**before, "Definition": broken}) == "UPDATE_ROLLBACK_COMPLETE"
    assert "'ECS Deployment Circuit Breaker was triggered'." in desk.failure()
    web = desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
    assert (web["taskDefinition"].rpartition("/")[2], web["runningCount"]) == ("web:1", 1)
    assert desk.ecs.list_task_definitions()["taskDefinitionArns"] == [desk.physical("Definition")]


def test_what_the_template_no_longer_has_is_deleted_and_what_is_new_is_made(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER, "Definition": definition()})
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}}
    assert desk.update({"Definition": definition(), "Orders": queue}) == "UPDATE_COMPLETE"
    assert desk.ecs.list_clusters()["clusterArns"] == []
    assert len(boto3.client("sqs").list_queues()["QueueUrls"]) == 1
    listed = desk.stacks.list_stack_resources(StackName="demo")["StackResourceSummaries"]
    assert sorted(each["LogicalResourceId"] for each in listed) == ["Definition", "Orders"]


def test_a_cluster_changes_in_place(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER})
    properties: dict[str, Any] = {
        "ClusterName": "shop",
        "CapacityProviders": ["FARGATE_SPOT"],
        "ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}],
        "Tags": [{"Key": "team", "Value": "web"}],
    }
    assert desk.update({"Cluster": {"Type": "AWS::ECS::Cluster", "Properties": properties}}) == "UPDATE_COMPLETE"
    found = desk.ecs.describe_clusters(clusters=["shop"], include=["SETTINGS", "TAGS"])["clusters"][0]
    assert found["capacityProviders"] == ["FARGATE_SPOT"]
    assert found["settings"] == [{"name": "containerInsights", "value": "enabled"}]
    assert {"key": "team", "value": "web"} in found["tags"]
    assert desk.update({"Cluster": CLUSTER}) == "UPDATE_COMPLETE"
    found = desk.ecs.describe_clusters(clusters=["shop"], include=["SETTINGS", "TAGS"])["clusters"][0]
    assert found["capacityProviders"] == []
    assert not any(each["key"] == "team" for each in found["tags"])


def test_an_update_without_news_is_refused(desk: Desk) -> None:
    desk.create({"Cluster": CLUSTER})
    with pytest.raises(ClientError) as refused:
        desk.update({"Cluster": CLUSTER})
    assert refused.value.response["Error"]["Code"] == "ValidationError"
    assert refused.value.response["Error"]["Message"] == "No updates are to be performed."


def test_a_parameter_alone_can_be_the_news(desk: Desk) -> None:
    template = json.dumps(
        {
            "Parameters": {"Count": {"Type": "Number", "Default": 1}, "Name": {"Type": "String"}},
            "Resources": shop(desk.subnets, ServiceName={"Ref": "Name"}, DesiredCount={"Ref": "Count"}),
            "Outputs": {"Count": {"Value": {"Ref": "Count"}}},
        }
    )
    desk.create(template, Parameters=[{"ParameterKey": "Name", "ParameterValue": "web"}])
    given = [
        {"ParameterKey": "Count", "ParameterValue": "2"},
        {"ParameterKey": "Name", "UsePreviousValue": True},
    ]
    desk.stacks.update_stack(StackName="demo", UsePreviousTemplate=True, Parameters=given)
    assert desk.outputs() == {"Count": "1"}  # the old ones, until the update is complete
    assert desk.wait("update") == "UPDATE_COMPLETE"
    assert desk.outputs() == {"Count": "2"}
    assert desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]["runningCount"] == 2


def test_a_stack_that_is_busy_or_failed_cannot_be_updated(desk: Desk) -> None:
    desk.create(shop(desk.subnets), wait=False)
    arn = desk.stack()["StackId"]
    with pytest.raises(ClientError) as refused:
        desk.update({"Cluster": CLUSTER})
    expected = f"Stack:{arn} is in CREATE_IN_PROGRESS state and can not be updated."
    assert refused.value.response["Error"]["Message"] == expected
    desk.create({"Definition": definition(Cpu="300")}, name="bad")
    with pytest.raises(ClientError, match="is in ROLLBACK_COMPLETE state and can not be updated"):
        desk.update({"Cluster": CLUSTER}, name="bad")


def test_a_change_set_tells_what_it_would_do_and_does_it(desk: Desk) -> None:
    body = json.dumps({"Resources": shop(desk.subnets, ServiceName="web")})
    given = {"StackName": "demo", "TemplateBody": body, "Capabilities": NAMED}
    desk.stacks.create_change_set(ChangeSetName="first", ChangeSetType="CREATE", **given)
    assert desk.status() == "REVIEW_IN_PROGRESS"
    assert desk.ecs.list_clusters()["clusterArns"] == []
    desk.stacks.get_waiter("change_set_create_complete").wait(StackName="demo", ChangeSetName="first")
    told = desk.stacks.describe_change_set(StackName="demo", ChangeSetName="first")
    assert {each["ResourceChange"]["LogicalResourceId"] for each in told["Changes"]} == {"Cluster", "Definition", "Web"}
    desk.stacks.execute_change_set(StackName="demo", ChangeSetName="first")
    assert desk.wait("create") == "CREATE_COMPLETE"
    more = {**given, "TemplateBody": json.dumps({"Resources": shop(desk.subnets, ServiceName="web", DesiredCount=2)})}
    desk.stacks.create_change_set(ChangeSetName="second", **more)
    told = desk.stacks.describe_change_set(StackName="demo", ChangeSetName="second")
    changes = [each["ResourceChange"] for each in told["Changes"]]
    assert [(each["Action"], each["LogicalResourceId"]) for each in changes] == [("Modify", "Web")]
    desk.stacks.execute_change_set(StackName="demo", ChangeSetName="second")
    assert desk.wait("update") == "UPDATE_COMPLETE"
    assert desk.ecs.describe_services(cluster="shop", services=["web"])["services"][0]["runningCount"] == 2
    desk.stacks.create_change_set(ChangeSetName="third", **more)
    told = desk.stacks.describe_change_set(StackName="demo", ChangeSetName="third")
    assert told["Status"] == "FAILED"
    assert told["StatusReason"].startswith("The submitted information didn't contain changes.")
