"""CloudFormation through boto3: what fails a stack and why, what makes no stack, and what is left out."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from stacks_refused import CAPABILITIES, LEFT_OUT, REASONS, TEMPLATES

from simcloud import Cloud

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Account:
    """An account with a cluster, a service and two definitions; one that Fargate does not run."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud, self.stacks, ecs = cloud, boto3.client("cloudformation"), boto3.client("ecs")
        self.subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
        container = {"name": "app", "image": "public.ecr.aws/nginx/nginx:stable", "memory": 128}
        ecs.create_cluster(clusterName="shop")
        fargate = {"cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"]}
        ecs.register_task_definition(family="web", containerDefinitions=[container], **fargate)
        ecs.register_task_definition(family="servers", containerDefinitions=[container])
        ecs.create_service(
            cluster="shop",
            serviceName="web",
            taskDefinition="web",
            desiredCount=1,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": [self.subnet]}},
        )

    def failure(self, kind: str, properties: dict[str, Any]) -> tuple[str, str]:
        """The status of a stack of this one resource, and the reason of the resource."""
        template = json.dumps({"Resources": {"Thing": {"Type": kind, "Properties": properties}}})
        name = f"s{len(self.stacks.list_stacks()['StackSummaries'])}"
        self.stacks.create_stack(StackName=name, TemplateBody=template.replace("SUBNET", self.subnet))
        told = self.stacks.describe_stack_events(StackName=name)["StackEvents"]
        failed = [each for each in told if each["ResourceStatus"] == "CREATE_FAILED"]
        reason = ID.sub("*", failed[0]["ResourceStatusReason"]) if failed else ""
        return self.stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"], reason


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with Cloud(seed=6) as cloud:
        yield Account(cloud)


@pytest.mark.parametrize(("kind", "properties", "reason"), REASONS)
def test_a_refusal_fails_the_stack_with_the_whole_reason(
    account: Account, kind: str, properties: dict[str, Any], reason: str
) -> None:
    held = account.cloud.world.clusters, account.cloud.world.definitions, account.cloud.world.services
    before = [dict(each) for each in held]
    assert account.failure(kind, properties) == ("ROLLBACK_COMPLETE", reason)
    assert [dict(each) for each in held] == before


@pytest.mark.parametrize(("template", "text"), TEMPLATES)
def test_a_template_that_is_not_sound_makes_no_stack(account: Account, template: Any, text: str) -> None:
    body = template if isinstance(template, str) else json.dumps(template)
    refused = refusal(account, TemplateBody=body)
    assert refused == ("ValidationError", text)


@pytest.mark.parametrize(("template", "given", "text"), CAPABILITIES)
def test_roles_have_to_be_acknowledged(account: Account, template: Any, given: list[str], text: str) -> None:
    refused = refusal(account, TemplateBody=json.dumps(template), Capabilities=given)
    assert refused == ("InsufficientCapabilitiesException", text)


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_a_type_that_is_not_simulated_is_told_as_such(account: Account, kind: str) -> None:
    body = json.dumps({"Resources": {"A": {"Type": kind, "Properties": {}}}})
    code, text = refusal(account, TemplateBody=body)
    assert code == "NotSimulated"
    assert text.startswith(f"cloudformation:{kind} is not simulated by this course. A stack here is made of ECS,")


@pytest.mark.parametrize(
    ("call", "code", "text"),
    [
        ({"StackName": "a_b"}, "ValidationError", "1 validation error detected: Value 'a_b' at 'stackName' failed to"
         " satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"),
        ({"StackName": "held"}, "AlreadyExistsException", "Stack [held] already exists"),
        ({"Parameters": [{"ParameterKey": "X", "ParameterValue": "1"}]}, "ValidationError",
         "Parameter values specified for a template which does not require them."),
        ({"TemplateBody": None}, "ValidationError", "Either Template URL or Template Body must be specified."),
    ],
)  # fmt: skip
def test_a_request_that_is_not_sound_makes_no_stack(
    account: Account, call: dict[str, Any], code: str, text: str
) -> None:
    body = json.dumps({"Resources": {"A": {"Type": "AWS::ECS::Cluster"}}})
    names = [each["StackName"] for each in account.stacks.list_stacks()["StackSummaries"]]
    if "held" not in names:
        account.stacks.create_stack(StackName="held", TemplateBody=body)
    asked = {"TemplateBody": body, **call}
    assert refusal(account, **{name: value for name, value in asked.items() if value is not None}) == (code, text)


def refusal(account: Account, **asked: Any) -> tuple[str, str]:
    """The error of CreateStack, which leaves the world and the stacks as they were."""
    before = pickle.dumps(account.cloud.world), len(account.stacks.list_stacks()["StackSummaries"])
    with pytest.raises(ClientError) as refused:
        account.stacks.create_stack(**{"StackName": "never", **asked})
    assert (pickle.dumps(account.cloud.world), len(account.stacks.list_stacks()["StackSummaries"])) == before
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


UNASKED = "Parameter values specified for a template which does not require them."


@pytest.mark.parametrize("operation", ["update_stack", "create_change_set"])
@pytest.mark.parametrize(
    ("slots", "asked", "text"),
    [
        ({"Name": {"Type": "String", "Default": "new"}}, ["X"], "Parameters: [X] do not exist in the template"),
        (
            {"Name": {"Type": "String", "Default": "new"}},
            ["Name", "X", "Y"],
            "Parameters: [X, Y] do not exist in the template",
        ),
        ({}, ["Name"], UNASKED),
    ],
)
def test_a_change_is_given_no_parameter_that_its_template_lacks(
    account: Account, operation: str, slots: dict[str, Any], asked: list[str], text: str
) -> None:
    """aws-toolkit-azure-devops#75, amazon-ec2-image-builder-samples#18: as at the making of a stack."""
    resources = {"A": {"Type": "AWS::ECS::Cluster"}}
    name = f"of-{operation.replace('_', '-')}-{len(slots)}-{len(asked)}"
    before = json.dumps({"Parameters": {"Name": {"Type": "String", "Default": "old"}}, "Resources": resources})
    account.stacks.create_stack(StackName=name, TemplateBody=before)
    account.cloud.advance(minutes=5)
    given = [{"ParameterKey": each, "ParameterValue": "1"} for each in asked]
    body = json.dumps({"Parameters": slots, "Resources": resources})
    more = {"ChangeSetName": "change"} if operation == "create_change_set" else {}
    with pytest.raises(ClientError) as refused:
        getattr(account.stacks, operation)(StackName=name, TemplateBody=body, Parameters=given, **more)
    assert refused.value.response["Error"] == {"Type": "Sender", "Code": "ValidationError", "Message": text}
