"""An account with a user whose policies are put together for each case, and how such a case is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
USER = f"arn:aws:iam::{ACCOUNT}:user/kim"
ECS, EKS = f"arn:aws:ecs:{REGION}:{ACCOUNT}", f"arn:aws:eks:{REGION}:{ACCOUNT}"
DEPLOY = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"
SCALING = f"arn:aws:application-autoscaling:{REGION}:{ACCOUNT}:scalable-target/*"
ROLE = f"arn:aws:iam::{ACCOUNT}:role"
TASKS = "ecs-tasks.amazonaws.com"
WEB = {
    "family": "web",
    "cpu": "256",
    "memory": "512",
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/docker/library/busybox:stable"}],
}
"""A definition that hands over no role."""
NO_ALLOW = "because no identity-based policy allows the {action} action"
DENY = "with an explicit deny in an identity-based policy"


def allow(action: Any, resource: Any = "*", **condition: Any) -> dict[str, Any]:
    """A statement; `condition` by operator."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **condition: Any) -> dict[str, Any]:
    """A statement; `condition` by operator."""
    return {**allow(action, resource, **condition), "Effect": "Deny"}


def document(*statements: dict[str, Any]) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(**principal: Any) -> str:
    """A trust policy."""
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


def said(action: str, resource: str, because: str = NO_ALLOW, who: str = USER) -> str:
    """AWS's sentence, whole (R-169)."""
    tail = because.format(action=action)
    return f"User: {who} is not authorized to perform: {action} on resource: {resource} {tail}"


def denied(
    name: str,
    policy: list[dict[str, Any]],
    call: str,
    params: dict[str, Any],
    text: str,
    code: str = "AccessDeniedException",
) -> Any:
    """A call that IAM refuses: `ecs.run_task`."""
    return pytest.param(policy, call, params, code, text, id=name)


def allowed(name: str, policy: list[dict[str, Any]], call: str, params: dict[str, Any], *marks: Any) -> Any:
    """A call that goes through."""
    return pytest.param(policy, call, params, id=name, marks=marks)


def client(service: str, keys: dict[str, Any], region: str = REGION) -> Any:
    """A client that signs with these keys."""
    return boto3.client(
        service,
        region_name=region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"),
    )


class Account:
    """What the cases are sent to."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.iam, self.ecs = boto3.client("iam"), boto3.client("ecs")
        self.iam.create_user(UserName="kim", Tags=[{"Key": "team", "Value": "red"}])
        self.keys = self.iam.create_access_key(UserName="kim")["AccessKey"]
        for name in ("exec", "task"):
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(Service=TASKS))
        self.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=trust(Service="codedeploy.amazonaws.com"))
        self.subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
        for cluster in ("default", "shop"):
            self.ecs.create_cluster(clusterName=cluster, tags=[{"key": "team", "value": "blue"}])
        for _ in range(2):
            self.ecs.register_task_definition(**WEB)
        self.ecs.register_task_definition(**{**WEB, "family": "roles"}, taskRoleArn=f"{ROLE}/task")
        self.ecs.create_service(cluster="shop", serviceName="site", **self.launch(desiredCount=0))
        self.tasks = [self.ecs.run_task(cluster="shop", **self.launch())["tasks"][0]["taskArn"]]
        self.secret = boto3.client("secretsmanager").create_secret(Name="db", SecretString="hush")["ARN"]

    def launch(self, **changes: Any) -> dict[str, Any]:
        """The part of a launch that is the same for all."""
        network = {"awsvpcConfiguration": {"subnets": [self.subnet], "assignPublicIp": "ENABLED"}}
        return {"taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": network, **changes}

    @contextmanager
    def may(self, *statements: dict[str, Any]) -> Iterator[None]:
        """Inside, kim's one policy is this; without statements there is none."""
        if statements:
            self.iam.put_user_policy(UserName="kim", PolicyName="case", PolicyDocument=document(*statements))
        try:
            yield
        finally:
            if statements:
                self.iam.delete_user_policy(UserName="kim", PolicyName="case")

    def send(self, call: str, params: dict[str, Any]) -> Any:
        """As kim. `$launch`, `$task` and `$secret` in a request stand for what this account has."""
        service, _, operation = call.partition(".")
        given = self.launch(**params) if call in ("ecs.run_task", "ecs.create_service") else params
        return getattr(client(service, self.keys), operation)(**self._filled(given))

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return {"$task": self.tasks[0], "$secret": self.secret}.get(value, value) if isinstance(value, str) else value
