"""Laws that hold for whatever policies a caller has and whatever it asks: the whole judgement, with moto's IAM."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_callers_keys import signed

from simcloud import Cloud

CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/shop"
ACTIONS = ["*", "ecs:*", "ecs:List*", "ecs:DescribeClusters", "iam:*", "ec2:Describe*", "sts:*", "s3:*"]
RESOURCES = ["*", CLUSTER, "arn:aws:ecs:*:*:*", "arn:aws:iam::*:user/kim", "arn:aws:s3:::*"]
CONDITIONS = [
    {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
    {"ArnEquals": {"ecs:cluster": CLUSTER}},
    {"StringEquals": {"aws:username": "kim"}},
    {"Bool": {"aws:SecureTransport": "false"}},
]
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("ecs", "list_clusters", {}),
    ("ecs", "describe_clusters", {"clusters": ["shop"]}),
    ("ecs", "list_services", {"cluster": "shop"}),
    ("ecs", "describe_tasks", {"cluster": "shop", "tasks": ["0af1" * 8]}),
    ("ec2", "describe_vpcs", {}),
    ("iam", "get_user", {"UserName": "kim"}),
    ("s3", "list_buckets", {}),
    ("sts", "get_caller_identity", {}),
]
calls = st.sampled_from(CALLS)
statements = st.builds(
    lambda effect, action, resource, condition: {
        "Effect": effect, "Action": action, "Resource": resource, **({"Condition": condition} if condition else {}),
    },
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2),
    st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    st.none() | st.sampled_from(CONDITIONS),
)  # fmt: skip
many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def keys() -> Iterator[dict[str, Any]]:
    with Cloud(seed=5):
        iam = boto3.client("iam")
        iam.create_user(UserName="kim")
        boto3.client("ecs").create_cluster(clusterName="shop")
        yield iam.create_access_key(UserName="kim")["AccessKey"]


def may(keys: dict[str, Any], held: list[dict[str, Any]], call: tuple[str, str, dict[str, Any]]) -> bool:
    """Is the call let through, with these statements?"""
    service, operation, params = call
    document = json.dumps({"Version": "2012-10-17", "Statement": held})
    boto3.client("iam").put_user_policy(UserName="kim", PolicyName="p", PolicyDocument=document)
    try:
        getattr(signed(service, keys), operation)(**params)
    except ClientError as error:
        return error.response["Error"]["Code"] not in ("AccessDeniedException", "AccessDenied", "UnauthorizedOperation")
    return True


@many
@given(held=st.lists(statements, min_size=1, max_size=3), more=statements, call=calls)
def test_one_more_deny_never_allows_more(
    keys: dict[str, Any], held: list[dict[str, Any]], more: dict[str, Any], call: tuple[str, str, dict[str, Any]]
) -> None:
    assert may(keys, [*held, {**more, "Effect": "Deny"}], call) <= may(keys, held, call)


@many
@given(held=st.lists(statements, min_size=1, max_size=3), call=calls)
def test_a_deny_of_everything_leaves_only_who_i_am(
    keys: dict[str, Any], held: list[dict[str, Any]], call: tuple[str, str, dict[str, Any]]
) -> None:
    everything = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    assert may(keys, [*held, everything], call) == (call[1] == "get_caller_identity")


@many
@given(key=st.text("ABIKLNOSTX0123456789", min_size=1, max_size=24).filter(lambda key: len(key) != 20), call=calls)
def test_the_learner_is_never_denied(keys: dict[str, Any], key: str, call: tuple[str, str, dict[str, Any]]) -> None:
    service, operation, params = call
    learner = signed(service, {"AccessKeyId": key, "SecretAccessKey": "x"})
    getattr(learner, operation)(**params)
    getattr(boto3.client(service), operation)(**params)
