"""Roles made with boto3, and what the platform may do with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.identity import assumable, may
from simcloud.facts.managed_policies import MANAGED_POLICIES

ACCOUNT = "123456789012"
TASKS = "ecs-tasks.amazonaws.com"
STOCK = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


@pytest.fixture
def iam() -> Iterator[Any]:
    with Cloud(seed=3):
        yield boto3.client("iam", region_name="us-east-1")


def role(iam: Any, service: str = TASKS, **more: Any) -> str:
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}  # fmt: skip
    made = iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(trust), **more)
    return str(made["Role"]["Arn"])


def document(action: str, effect: str = "Allow") -> str:
    statement = {"Effect": effect, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allowed(arn: str, action: str) -> bool:
    return may(arn, "0af1", action, "*", None, ACCOUNT).allowed


def test_inline_and_customer_managed_policies_count_and_a_new_default_version_takes_over(iam: Any) -> None:
    arn = role(iam)
    iam.put_role_policy(RoleName="web", PolicyName="images", PolicyDocument=document("ecr:*"))
    made = iam.create_policy(PolicyName="logs", PolicyDocument=document("logs:CreateLogStream"))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="web", PolicyArn=made)
    assert allowed(arn, "ecr:BatchGetImage")
    assert allowed(arn, "logs:CreateLogStream")
    iam.create_policy_version(PolicyArn=made, PolicyDocument=document("logs:PutLogEvents"), SetAsDefault=True)
    assert not allowed(arn, "logs:CreateLogStream")
    iam.detach_role_policy(RoleName="web", PolicyArn=made)
    assert not allowed(arn, "logs:PutLogEvents")


def test_awss_own_policy_counts_by_its_arn_whatever_moto_holds_under_it(iam: Any) -> None:
    from moto.iam.models import ManagedPolicy, iam_backends

    arn = role(iam)
    held = iam_backends[ACCOUNT]["aws"].get_role("web")
    held.managed_policies[STOCK] = ManagedPolicy("stock", ACCOUNT, "us-east-1", document="{}")
    assert allowed(arn, "ecr:GetAuthorizationToken")
    assert not allowed(arn, "logs:CreateLogGroup")


def test_a_boundary_limits(iam: Any) -> None:
    edge = iam.create_policy(PolicyName="edge", PolicyDocument=document("logs:*"))["Policy"]["Arn"]
    arn = role(iam, PermissionsBoundary=edge)
    iam.put_role_policy(RoleName="web", PolicyName="all", PolicyDocument=document("*"))
    assert allowed(arn, "logs:PutLogEvents")
    refused = may(arn, "0af1", "ecr:BatchGetImage", "*", None, ACCOUNT)
    assert refused.because == "because no permissions boundary allows the ecr:BatchGetImage action"


def test_the_role_is_found_with_a_path_and_a_missing_one_may_nothing(iam: Any) -> None:
    arn = role(iam, Path="/teams/red/")
    assert assumable(arn, TASKS, ACCOUNT).allowed
    assert not assumable(arn.replace("web", "wab"), TASKS, ACCOUNT).allowed
    assert "there is no role" in may(f"{arn}x", "0af1", "ecr:BatchGetImage", "*", None, ACCOUNT).why


@pytest.mark.parametrize("service", ["ec2.amazonaws.com", "ecs.amazonaws.com"])
def test_a_role_that_trusts_another_service_is_not_for_tasks(iam: Any, service: str) -> None:
    decision = assumable(role(iam, service), TASKS, ACCOUNT)
    assert not decision.allowed
    assert service in decision.why


def test_a_trust_limited_to_the_account_and_its_arns_lets_ecs_in(iam: Any) -> None:
    arn = role(iam)
    trust = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:ecs:us-east-1:{ACCOUNT}:*"},
                      "StringEquals": {"aws:SourceAccount": ACCOUNT}}}]}  # fmt: skip
    iam.update_assume_role_policy(RoleName="web", PolicyDocument=json.dumps(trust))
    assert assumable(arn, TASKS, ACCOUNT).allowed
    trust["Statement"][0]["Condition"]["StringEquals"]["aws:SourceAccount"] = "999999999999"  # type: ignore[index]
    iam.update_assume_role_policy(RoleName="web", PolicyDocument=json.dumps(trust))
    assert not assumable(arn, TASKS, ACCOUNT).allowed


def test_the_managed_policies_are_those_that_moto_copied_from_aws() -> None:
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    copied = json.loads(aws_managed_policies_data)
    for arn, held in MANAGED_POLICIES.items():
        theirs = copied[arn.rsplit("/", 1)[-1]]
        assert held["Statement"] == theirs["Document"]["Statement"]
        assert arn == f"arn:aws:iam::aws:policy{theirs['Path']}{arn.rsplit('/', 1)[-1]}"


def test_conditions_of_a_role_know_where_and_when_it_calls(iam: Any) -> None:
    from simcloud.cloud.asking import Asking
    from simcloud.cloud.live import live

    arn = role(iam)
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {
        "StringEquals": {"aws:RequestedRegion": "us-east-1"},
        "DateGreaterThan": {"aws:CurrentTime": "2026-01-05T00:00:00Z"}}}  # fmt: skip
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName="web", PolicyName="here", PolicyDocument=policy)
    asking = Asking(live())
    assert asking.may(arn, "0af1", "sqs:ListQueues", "*").allowed
    assert asking.may(arn, "0af1", "sqs:SendMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:work").allowed
    assert not asking.may(arn, "0af1", "sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:work").allowed
