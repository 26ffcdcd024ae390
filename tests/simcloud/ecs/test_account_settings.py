"""Account settings: whose they are, which one holds, and what new clusters take from them."""

from __future__ import annotations

import json

import boto3
import pytest
from shop import ACCOUNT, Shop

LEARNER = f"arn:aws:iam::{ACCOUNT}:user/learner"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"


@pytest.mark.operation("ecs:ListAccountSettings")
def test_an_account_begins_with_the_defaults_of_aws(shop: Shop) -> None:
    assert shop.ecs.list_account_settings()["settings"] == [], "nobody has set anything"
    pages = shop.ecs.get_paginator("list_account_settings").paginate(effectiveSettings=True)
    found = {each["name"]: each for page in pages for each in page["settings"]}
    assert {name: each["value"] for name, each in found.items()} == {
        "awsvpcTrunking": "disabled",
        "containerInsights": "disabled",
        "containerInstanceLongArnFormat": "enabled",
        "defaultLogDriverMode": "non-blocking",
        "dualStackIPv6": "enabled",
        "fargateEventWindows": "disabled",
        "fargateFIPSMode": "disabled",
        "fargateTaskRetirementWaitPeriod": "7",
        "guardDutyActivate": "off",
        "serviceLongArnFormat": "enabled",
        "tagResourceAuthorization": "on",
        "taskLongArnFormat": "enabled",
    }
    assert found["guardDutyActivate"]["type"] == "aws_managed"
    assert found["containerInsights"] == {
        "name": "containerInsights",
        "value": "disabled",
        "principalArn": LEARNER,
        "type": "user",
    }


@pytest.mark.operation(
    "ecs:PutAccountSetting", "ecs:PutAccountSettingDefault", "ecs:DeleteAccountSetting", "ecs:ListAccountSettings"
)
def test_ones_own_setting_comes_before_the_accounts(shop: Shop) -> None:
    def holds() -> tuple[str, str]:
        asked = {"name": "containerInsights", "effectiveSettings": True}
        (one,) = shop.ecs.list_account_settings(**asked)["settings"]
        return one["value"], one["principalArn"]

    made = shop.ecs.put_account_setting_default(name="containerInsights", value="enabled")["setting"]
    assert made == {"name": "containerInsights", "value": "enabled", "principalArn": ROOT, "type": "user"}
    assert holds() == ("enabled", ROOT)
    assert shop.ecs.list_account_settings()["settings"] == [], "the account's is not the user's own"
    shop.ecs.put_account_setting(name="containerInsights", value="enhanced")
    assert holds() == ("enhanced", LEARNER)
    assert [each["value"] for each in shop.ecs.list_account_settings()["settings"]] == ["enhanced"]
    assert shop.ecs.list_account_settings(name="containerInsights", value="enabled")["settings"] == []
    assert shop.ecs.delete_account_setting(name="containerInsights")["setting"]["value"] == "enabled"
    assert holds() == ("enabled", ROOT)


@pytest.mark.operation("ecs:PutAccountSettingDefault", "ecs:CreateCluster")
def test_a_new_cluster_takes_container_insights_from_the_account(shop: Shop) -> None:
    shop.ecs.put_account_setting_default(name="containerInsights", value="enhanced")
    new = shop.ecs.create_cluster(clusterName="new")["cluster"]
    assert new["settings"] == [{"name": "containerInsights", "value": "enhanced"}]
    own = [{"name": "containerInsights", "value": "disabled"}]
    assert shop.ecs.create_cluster(clusterName="own", settings=own)["cluster"]["settings"] == own
    old = shop.ecs.describe_clusters(clusters=["shop"], include=["SETTINGS"])["clusters"][0]
    assert old["settings"] == own, "a cluster that was there before keeps what it has"


def test_a_session_of_a_role_has_the_roles_settings(shop: Shop) -> None:
    account = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    everyone = json.dumps({"Version": "2012-10-17", "Statement": [account]})
    shop.iam.create_role(RoleName="ops", AssumeRolePolicyDocument=everyone)
    shop.iam.attach_role_policy(RoleName="ops", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    role = f"arn:aws:iam::{ACCOUNT}:role/ops"
    keys = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    ops = boto3.client(
        "ecs",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    assert ops.put_account_setting(name="awsvpcTrunking", value="enabled")["setting"]["principalArn"] == role
    assert ops.list_account_settings()["settings"][0]["value"] == "enabled"
    assert shop.ecs.list_account_settings()["settings"] == []
