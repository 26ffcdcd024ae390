"""Properties that a resource's type does not have, or of another form than it has: the stack fails, in AWS's words."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from simcloud import Cloud

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def reason(cloud: Cloud, kind: str, properties: dict[str, Any]) -> str:
    """Why the stack of one resource failed; '' where it did not."""
    import json

    client = boto3.client("cloudformation")
    template = {"Resources": {"Thing": {"Type": kind, "Properties": properties}}}
    client.create_stack(
        StackName="one",
        TemplateBody=json.dumps(template),
        Capabilities=["CAPABILITY_NAMED_IAM"],
        OnFailure="DO_NOTHING",
    )
    cloud.advance(minutes=10)
    events = client.describe_stack_events(StackName="one")["StackEvents"]
    told = [one.get("ResourceStatusReason", "") for one in events if one["ResourceStatus"] == "CREATE_FAILED"]
    return told[-1] if told else ""


def unlawful(*faults: str) -> str:
    many = [f"#: {len(faults)} schema violations found"] if len(faults) > 1 else []
    return "\n".join(["Properties validation failed for resource Thing with message:", *many, *faults])


@pytest.mark.parametrize(
    ("kind", "properties", "faults"),
    [
        ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16", "Cidr": "x"}, ["#: extraneous key [Cidr] is not permitted"]),
        (
            "AWS::EC2::VPC",
            {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": "yes"},
            ["#/EnableDnsSupport: expected type: Boolean, found: String"],
        ),
        (
            "AWS::ECR::Repository",
            {"ImageScanningConfiguration": {"ScanOnpush": True}},
            ["#/ImageScanningConfiguration: extraneous key [ScanOnpush] is not permitted"],
        ),
        (
            "AWS::Logs::LogGroup",
            {"RetentionInDays": "a week", "Retention": 7},
            [
                "#/RetentionInDays: expected type: Integer, found: String",
                "#: extraneous key [Retention] is not permitted",
            ],
        ),
        (
            "AWS::SQS::Queue",
            {"QueueNames": "jobs", "VisibilityTimeout": [30]},
            [
                "#: extraneous key [QueueNames] is not permitted",
                "#/VisibilityTimeout: expected type: Integer, found: JSONArray",
            ],
        ),
        (
            "AWS::SNS::Topic",
            {"Subscription": [{"Endpoint": "a@example.com", "Protocoll": "email"}]},
            ["#/Subscription/0: extraneous key [Protocoll] is not permitted"],
        ),
        ("AWS::SSM::Parameter", {"Type": "String"}, ["#: required key [Value] not found"]),
        ("AWS::S3::Bucket", {"Name": "b"}, ["#: extraneous key [Name] is not permitted"]),
        (
            "AWS::IAM::Role",
            {"AssumeRolePolicyDocument": TRUST, "Policy": []},
            ["#: extraneous key [Policy] is not permitted"],
        ),
    ],
)
def test_a_property_that_the_type_does_not_have_fails_the_stack(
    kind: str, properties: dict[str, Any], faults: list[str]
) -> None:
    with Cloud(seed=3) as cloud:
        assert reason(cloud, kind, properties) == unlawful(*faults)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": "true", "Tags": [{"Key": "a", "Value": 1}]}),
        ("AWS::SQS::Queue", {"VisibilityTimeout": "30"}),
        ("AWS::Logs::LogGroup", {"RetentionInDays": "7", "LogGroupClass": "STANDARD"}),
        ("AWS::SSM::Parameter", {"Type": "String", "Value": "v", "Tags": {"team": "web"}}),
        ("AWS::IAM::Role", {"AssumeRolePolicyDocument": TRUST, "Policies": []}),
    ],
)
def test_numbers_and_truths_may_be_texts_and_documents_anything(kind: str, properties: dict[str, Any]) -> None:
    with Cloud(seed=3) as cloud:
        assert reason(cloud, kind, properties) == ""


def test_every_type_that_a_stack_makes_outside_our_own_services_is_listed() -> None:
    from simcloud.cloud.cloudformation import kinds
    from simcloud.cloud.cloudformation.api import ByApi
    from simcloud.cloud.cloudformation.properties import forms

    by_api = [kind for kind in kinds.OURS if issubclass(kinds.ours(kind) or object, ByApi)]
    for kind in (*by_api, *kinds.motos()):
        assert forms(kind), kind
