"""A refused call leaves the world as it was, bytes and all."""

from __future__ import annotations

from typing import Any

import boto3
import long_story
import pytest
from botocore.exceptions import ClientError
from test_copy import world_bytes

from simcloud import Cloud

REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("ec2", "create_vpc", {"CidrBlock": "10.0.0.0/8"}),
    ("ec2", "create_subnet", {"VpcId": "vpc-none", "CidrBlock": "10.0.0.0/24"}),
    ("ec2", "create_vpc_endpoint", {"VpcId": "vpc-none", "ServiceName": "com.amazonaws.us-east-1.s3"}),
    ("iam", "create_role", {"RoleName": "run", "AssumeRolePolicyDocument": "{}"}),
    ("ecr", "create_repository", {"repositoryName": "shop/web"}),
    ("logs", "create_log_group", {"logGroupName": "/ecs/web0"}),
    ("elbv2", "create_target_group", {"Name": "web", "Protocol": "HTTP", "Port": 80}),
    ("secretsmanager", "create_secret", {"Name": "db", "SecretString": "again"}),
    ("s3", "put_object", {"Bucket": "not-there", "Key": "k", "Body": b"x"}),
    ("ecs", "run_task", {"cluster": "shop", "taskDefinition": "none"}),
    ("ecs", "register_task_definition", {"family": "bad name", "containerDefinitions": []}),
    ("ecs", "create_service", {"serviceName": "x", "taskDefinition": "web:9"}),
    ("dynamodb", "list_tables", {}),
]


def test_a_refused_call_leaves_every_byte_of_the_world(cloud: Cloud) -> None:
    long_story.tell(cloud)
    for service, operation, params in REFUSED:
        before = world_bytes(cloud, generators=False)
        with pytest.raises(ClientError):
            getattr(boto3.client(service), operation)(**params)
        assert world_bytes(cloud, generators=False) == before, f"{service}.{operation}"
