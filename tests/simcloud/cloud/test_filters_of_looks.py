"""Filters of EC2's Describe calls: what the operation does not have is refused in EC2's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud.cloud.cloud import Cloud


@pytest.fixture
def ec2() -> Iterator[Any]:
    with Cloud(region="us-east-1", seed=1):
        yield boto3.client("ec2", region_name="us-east-1")


def told(ec2: Any, look: str, name: str) -> tuple[str, str]:
    with pytest.raises(ClientError) as refused:
        getattr(ec2, look)(Filters=[{"Name": name, "Values": ["x"]}])
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    "look",
    [
        "describe_managed_prefix_lists",
        "describe_subnets",
        "describe_security_groups",
        "describe_route_tables",
        "describe_vpc_endpoints",
        "describe_network_interfaces",
    ],
)
def test_a_filter_that_there_is_not_is_refused(ec2: Any, look: str) -> None:
    assert told(ec2, look, "vpcid") == ("InvalidParameterValue", "The filter 'vpcid' is invalid")


def test_the_second_of_two_filters_is_looked_at_too(ec2: Any) -> None:
    both = [{"Name": "vpc-id", "Values": ["vpc-1"]}, {"Name": "Vpc-Id", "Values": ["vpc-1"]}]
    with pytest.raises(ClientError, match="The filter 'Vpc-Id' is invalid"):
        ec2.describe_subnets(Filters=both)


def test_a_tag_is_no_filter_where_nothing_has_tags(ec2: Any) -> None:
    """https://github.com/aws/aws-cli/issues/7225"""
    assert told(ec2, "describe_instance_status", "tag:Name")[1] == "The filter 'tag:Name' is invalid"


def test_what_the_operation_has_is_asked(ec2: Any) -> None:
    named = [{"Name": "prefix-list-name", "Values": ["com.amazonaws.us-east-1.dynamodb"]}]
    (found,) = ec2.describe_managed_prefix_lists(Filters=named)["PrefixLists"]
    assert found["PrefixListName"] == "com.amazonaws.us-east-1.dynamodb"
    assert len(ec2.describe_subnets(Filters=[{"Name": "defaultForAz", "Values": ["true"]}])["Subnets"]) == 6
    assert ec2.describe_subnets(Filters=[{"Name": "tag:of", "Values": ["nobody"]}])["Subnets"] == []
