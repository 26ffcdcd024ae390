"""Which roles ECS can assume for a task: RunTask refuses the others at once (R-138, R-149, R-168)."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from callers_as_written import ACCOUNT, REGION, ROLE, WEB

from simcloud import Cloud

TASKS = "ecs-tasks.amazonaws.com"
HERE = f"arn:aws:ecs:{REGION}:{ACCOUNT}"


def trusts(service: Any, effect: str = "Allow", **condition: Any) -> dict[str, Any]:
    """A statement of a trust policy."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": effect, "Principal": {"Service": service}, "Action": "sts:AssumeRole", **more}


OURS = {"aws:SourceAccount": ACCOUNT}
ACCEPTED = {
    "R-149 the service": [trusts(TASKS)],
    "one of two services": [trusts(["ec2.amazonaws.com", TASKS])],
    "one of two statements": [trusts("ec2.amazonaws.com"), trusts(TASKS)],
    "R-168 the account": [trusts(TASKS, StringEquals=OURS)],
    "R-168 the account and its ARNs": [
        trusts(TASKS, StringEquals=OURS, ArnLike={"aws:SourceArn": f"{HERE}:*"})
    ],
    "recorded (stackd, testdata/aws/ecs/task_role_trust.json): every task": [
        trusts(TASKS, StringEquals=OURS, ArnLike={"aws:SourceArn": f"{HERE}:task/*"})
    ],
    "R-168 ARNs of every region": [trusts(TASKS, ArnLike={"aws:SourceArn": f"arn:aws:ecs:*:{ACCOUNT}:*"})],
    "a deny of another account": [
        trusts(TASKS), trusts(TASKS, "Deny", StringNotEquals=OURS),
    ],
}  # fmt: skip
REFUSED = {
    "R-149 ec2": [trusts("ec2.amazonaws.com")],
    "R-149 ecs": [trusts("ecs.amazonaws.com")],
    "R-168 another account": [trusts(TASKS, StringEquals={"aws:SourceAccount": "999999999999"})],
    "R-168 a cluster's ARN is not supported": [trusts(TASKS, ArnLike={"aws:SourceArn": f"{HERE}:cluster/shop"})],
    "recorded: every cluster": [trusts(TASKS, ArnLike={"aws:SourceArn": f"{HERE}:cluster/*"})],
    "recorded: every definition": [trusts(TASKS, ArnLike={"aws:SourceArn": f"{HERE}:task-definition/*"})],
    "R-168 another region": [trusts(TASKS, ArnLike={"aws:SourceArn": f"arn:aws:ecs:eu-west-1:{ACCOUNT}:*"})],
    "a deny wins": [trusts(TASKS), trusts(TASKS, "Deny")],
    "a user alone": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
}


class Shop:
    """A definition whose roles trust what a case says."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud, self.iam, self.ecs = cloud, boto3.client("iam"), boto3.client("ecs")
        self.subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
        self.ecs.create_cluster()
        for name in ("good", "case"):
            self.trust(name, [trusts(TASKS)], new=True)
        self.ecs.register_task_definition(**WEB)
        for member in ("taskRoleArn", "executionRoleArn"):
            self.ecs.register_task_definition(**{**WEB, "family": member, member: f"{ROLE}/case"})

    def trust(self, role: str, statements: list[dict[str, Any]], *, new: bool = False) -> None:
        document = json.dumps({"Version": "2012-10-17", "Statement": statements})
        if new:
            self.iam.create_role(RoleName=role, AssumeRolePolicyDocument=document)
        else:
            self.iam.update_assume_role_policy(RoleName=role, PolicyDocument=document)

    def run(self, definition: str, **more: Any) -> Any:
        network = {"awsvpcConfiguration": {"subnets": [self.subnet], "assignPublicIp": "ENABLED"}}
        return self.ecs.run_task(taskDefinition=definition, launchType="FARGATE", networkConfiguration=network, **more)


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Cloud(seed=4) as cloud:
        yield Shop(cloud)


def refuses(shop: Shop, role: str, definition: str, **more: Any) -> None:
    """RunTask says so with its whole text, and nothing has happened."""
    before = pickle.dumps(shop.cloud.world)
    with pytest.raises(ClientError) as caught:
        shop.run(definition, **more)
    error = caught.value.response["Error"]
    assert error["Code"] == "ClientException"
    assert error["Message"] == (
        f"ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role "
        "being passed has the proper trust relationship and permissions and that your IAM user has permissions to "
        "pass this role."
    )
    assert pickle.dumps(shop.cloud.world) == before


@pytest.mark.parametrize("member", ["taskRoleArn", "executionRoleArn"])
@pytest.mark.parametrize("statements", REFUSED.values(), ids=REFUSED)
def test_a_role_that_does_not_trust_tasks_is_refused_at_once(
    shop: Shop, member: str, statements: list[dict[str, Any]]
) -> None:
    shop.trust("case", statements)
    refuses(shop, f"{ROLE}/case", member)


@pytest.mark.parametrize("member", ["taskRoleArn", "executionRoleArn"])
@pytest.mark.parametrize("statements", ACCEPTED.values(), ids=ACCEPTED)
def test_a_role_that_trusts_tasks_is_assumed(shop: Shop, member: str, statements: list[dict[str, Any]]) -> None:
    shop.trust("case", statements)
    with shop.cloud.copy():
        assert shop.run(member)["tasks"][0]["lastStatus"] == "PROVISIONING"


@pytest.mark.parametrize("role", [f"{ROLE}/none", "arn:aws:iam::999999999999:role/good"])
def test_a_role_that_there_is_not_or_of_another_account_is_refused(shop: Shop, role: str) -> None:
    refuses(shop, role, "web", overrides={"taskRoleArn": role})


def test_an_override_stands_for_the_role_of_the_definition(shop: Shop) -> None:
    shop.trust("case", [trusts("ec2.amazonaws.com")])
    with shop.cloud.copy():
        assert shop.run("taskRoleArn", overrides={"taskRoleArn": f"{ROLE}/good"})["tasks"]


def test_a_role_deleted_after_the_definition_was_registered_is_refused(shop: Shop) -> None:
    with shop.cloud.copy() as future:
        shop.iam.delete_role(RoleName="case")
        before = pickle.dumps(future.world)
        with pytest.raises(ClientError, match=f"unable to assume the role '{ROLE}/case'"):
            shop.run("executionRoleArn")
        assert pickle.dumps(future.world) == before
