"""Sessions of roles, groups, boundaries and the policies of resources: which of them let a caller do what."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from test_callers_keys import refusal, signed, user

from simcloud import Cloud

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role"
KIM = f"arn:aws:iam::{ACCOUNT}:user/kim"
CLUSTER = f"arn:aws:ecs:us-east-1:{ACCOUNT}:cluster"


pytestmark = pytest.mark.usefixtures("cloud")


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: Any, **more: Any) -> str:
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more})


def role(name: str, *statements: dict[str, Any], trusts: str | None = None, **more: Any) -> str:
    iam = boto3.client("iam")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusts or trust({"AWS": ACCOUNT}), **more)
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=document(*statements))
    arn: str = made["Role"]["Arn"]
    return arn


def session(arn: str, sts: Any = None, **more: Any) -> dict[str, Any]:
    asked = {"RoleArn": arn, "RoleSessionName": "me", **more}
    keys: dict[str, Any] = (sts or boto3.client("sts")).assume_role(**asked)["Credentials"]
    return keys


def denied(action: str, resource: str, tail: str, who: str = f"{SESSION}/ops/me") -> tuple[str, str]:
    text = f"User: {who} is not authorized to perform: {action} on resource: {resource} {tail}"
    return "AccessDeniedException", text


def test_a_session_has_its_roles_policies_and_is_named_by_itself() -> None:
    ecs = signed("ecs", session(role("ops", allow("ecs:ListClusters"))))
    assert ecs.list_clusters()["clusterArns"] == []
    tail = "because no identity-based policy allows the ecs:CreateCluster action"
    assert refusal(ecs.create_cluster) == denied("ecs:CreateCluster", "*", tail)


def test_a_policy_that_comes_later_counts_at_once() -> None:
    arn = role("ops")
    ecs = signed("ecs", session(arn))
    tail = "because no identity-based policy allows the ecs:ListClusters action"
    assert refusal(ecs.list_clusters) == denied("ecs:ListClusters", "*", tail)
    boto3.client("iam").attach_role_policy(RoleName="ops", PolicyArn="arn:aws:iam::aws:policy/AmazonECS_FullAccess")
    assert ecs.list_clusters()["clusterArns"] == []


def test_the_sessions_own_policy_limits() -> None:
    arn = role("ops", allow("ecs:*"))
    ecs = signed("ecs", session(arn, Policy=document(allow("ecs:List*"))))
    assert ecs.list_clusters()["clusterArns"] == []
    tail = "because no session policy allows the ecs:CreateCluster action"
    assert refusal(ecs.create_cluster) == denied("ecs:CreateCluster", "*", tail)
    no = {"Effect": "Deny", "Action": "ecs:ListClusters", "Resource": "*"}
    ecs = signed("ecs", session(arn, Policy=document(allow("*"), no)))
    assert refusal(ecs.list_clusters) == denied("ecs:ListClusters", "*", "with an explicit deny in a session policy")


def test_managed_policies_limit_a_session_too() -> None:
    arn = role("ops", allow("*"))
    limits = [{"arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}]
    keys = session(arn, PolicyArns=limits)
    assert signed("iam", keys).list_roles()["Roles"]
    tail = "because no session policy allows the ecs:ListClusters action"
    assert refusal(signed("ecs", keys).list_clusters) == denied("ecs:ListClusters", "*", tail)


def test_a_sessions_tags_are_its_principals() -> None:
    own = {"StringEquals": {"aws:PrincipalTag/team": "red"}}
    arn = role("ops", allow("ecs:*", Condition=own), Tags=[{"Key": "team", "Value": "blue"}])
    assert refusal(signed("ecs", session(arn)).list_clusters)[0] == "AccessDeniedException"
    tagged = session(arn, Tags=[{"Key": "team", "Value": "red"}])
    assert signed("ecs", tagged).list_clusters()["clusterArns"] == []


def test_the_boundary_of_a_role_and_of_a_user_limit() -> None:
    iam = boto3.client("iam")
    edge = iam.create_policy(PolicyName="edge", PolicyDocument=document(allow("ecs:List*")))["Policy"]["Arn"]
    tail = "because no permissions boundary allows the ecs:CreateCluster action"
    ecs = signed("ecs", session(role("ops", allow("*"), PermissionsBoundary=edge)))
    assert ecs.list_clusters()["clusterArns"] == []
    assert refusal(ecs.create_cluster) == denied("ecs:CreateCluster", "*", tail)
    keys = user()
    iam.put_user_permissions_boundary(UserName="kim", PermissionsBoundary=edge)
    assert iam.get_user(UserName="kim")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == edge
    assert refusal(signed("ecs", keys).create_cluster) == denied("ecs:CreateCluster", "*", tail, KIM)
    iam.delete_user_permissions_boundary(UserName="kim")
    assert signed("ecs", keys).create_cluster()["cluster"]["status"] == "ACTIVE"
    iam.create_user(UserName="lee", PermissionsBoundary=edge)
    assert "PermissionsBoundary" in iam.get_user(UserName="lee")["User"]


def test_a_user_has_the_policies_of_its_groups_while_it_is_in_them() -> None:
    iam, keys = boto3.client("iam"), user(policy=None)
    ecs = signed("ecs", keys)
    assert refusal(ecs.list_clusters)[0] == "AccessDeniedException"
    iam.create_group(GroupName="team")
    iam.put_group_policy(GroupName="team", PolicyName="p", PolicyDocument=document(allow("ecs:ListClusters")))
    iam.attach_group_policy(GroupName="team", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    iam.add_user_to_group(GroupName="team", UserName="kim")
    assert ecs.list_clusters()["clusterArns"] == []
    assert signed("iam", keys).list_users()["Users"]
    iam.remove_user_from_group(GroupName="team", UserName="kim")
    assert refusal(ecs.list_clusters)[0] == "AccessDeniedException"


NOT_TRUSTED = [
    ("another service", trust({"Service": "ecs-tasks.amazonaws.com"})),
    ("another user", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:role/somebody"})),
    ("another account", trust({"AWS": "999999999999"})),
    ("an external id", trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "secret"}})),
]


@pytest.mark.parametrize(("_case", "trusts"), NOT_TRUSTED)
def test_a_role_is_assumed_by_those_alone_whom_it_trusts(_case: str, trusts: str) -> None:
    boto3.client("iam").create_role(RoleName="somebody", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    arn = role("ops", allow("*"), trusts=trusts)
    asked = {"RoleArn": arn, "RoleSessionName": "me"}
    for who, sts in (
        (f"arn:aws:iam::{ACCOUNT}:user/learner", boto3.client("sts")),
        (KIM, signed("sts", user())),
    ):
        text = f"User: {who} is not authorized to perform: sts:AssumeRole on resource: {arn}"
        assert refusal(sts.assume_role, **asked) == ("AccessDenied", text)


def test_a_role_that_there_is_not_is_not_assumed() -> None:
    for arn in (f"{ROLE}/none", "arn:aws:iam::999999999999:role/none"):
        text = (
            f"User: arn:aws:iam::{ACCOUNT}:user/learner is not authorized to perform: sts:AssumeRole on resource: {arn}"
        )
        asked = {"RoleArn": arn, "RoleSessionName": "me"}
        assert refusal(boto3.client("sts").assume_role, **asked) == ("AccessDenied", text)


def test_the_external_id_opens() -> None:
    arn = role("ops", trusts=trust({"AWS": ACCOUNT}, Condition={"StringEquals": {"sts:ExternalId": "secret"}}))
    assert session(arn, ExternalId="secret")["AccessKeyId"].startswith("ASIA")


def test_a_user_whom_the_trust_names_needs_no_policy_and_one_of_the_account_does() -> None:
    keys = user(policy=None)
    role("named", trusts=trust({"AWS": KIM}))
    account = role("account")
    assert session(f"{ROLE}/named", signed("sts", keys))["AccessKeyId"].startswith("ASIA")
    asked = {"RoleArn": account, "RoleSessionName": "me"}
    assert refusal(signed("sts", keys).assume_role, **asked)[0] == "AccessDenied"
    boto3.client("iam").put_user_policy(
        UserName="kim", PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole", account))
    )
    assert session(account, signed("sts", keys))["AccessKeyId"].startswith("ASIA")


def test_a_role_with_a_path_may_be_trusted_by_another() -> None:
    first = role("first", allow("sts:AssumeRole"), Path="/teams/red/")
    second = role("second", allow("ecs:*"), trusts=trust({"AWS": first}))
    keys = session(second, signed("sts", session(first)))
    assert signed("ecs", keys).list_clusters()["clusterArns"] == []


def test_the_policy_of_a_queue_lets_in_and_shuts_out() -> None:
    keys, queue = user(policy=None), boto3.client("sqs").create_queue(QueueName="work")["QueueUrl"]
    sqs, arn = signed("sqs", keys), f"arn:aws:sqs:us-east-1:{ACCOUNT}:work"
    code, text = refusal(sqs.send_message, QueueUrl=queue, MessageBody="x")
    tail = "because no identity-based policy allows the sqs:sendmessage action"
    assert (code, text) == (
        "AccessDenied", f"User: {KIM} is not authorized to perform: sqs:sendmessage on resource: {arn} {tail}"
    )  # fmt: skip
    let = {"Effect": "Allow", "Principal": {"AWS": KIM}, "Action": "sqs:SendMessage", "Resource": arn}
    boto3.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": document(let)})
    assert sqs.send_message(QueueUrl=queue, MessageBody="x")["MessageId"]
    shut = {**let, "Effect": "Deny", "Principal": "*"}
    boto3.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": document(let, shut)})
    assert refusal(sqs.send_message, QueueUrl=queue, MessageBody="x")[1].endswith(
        "with an explicit deny in a resource-based policy"
    )


def test_a_bucket_policy_grants_and_a_keys_policy_has_the_last_word() -> None:
    keys, s3, kms = user(policy=None), boto3.client("s3"), boto3.client("kms")
    s3.create_bucket(Bucket="reports")
    s3.put_object(Bucket="reports", Key="a", Body=b"x")
    let = {"Effect": "Allow", "Principal": {"AWS": KIM}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
    s3.put_bucket_policy(Bucket="reports", Policy=document(let))
    assert signed("s3", keys).get_object(Bucket="reports", Key="a")["Body"].read() == b"x"
    assert refusal(signed("s3", keys).list_objects_v2, Bucket="reports")[0] == "AccessDenied"
    boto3.client("iam").put_user_policy(UserName="kim", PolicyName="p", PolicyDocument=document(allow("kms:*")))
    open_key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert signed("kms", keys).describe_key(KeyId=open_key)["KeyMetadata"]["KeyId"] == open_key
    own = {"Effect": "Allow", "Principal": {"AWS": f"{ROLE}/keeper"}, "Action": "kms:*", "Resource": "*"}
    shut = kms.create_key(Policy=document(own))["KeyMetadata"]
    code, text = refusal(signed("kms", keys).describe_key, KeyId=shut["KeyId"])
    tail = "because no resource-based policy allows the kms:DescribeKey action"
    said = f"User: {KIM} is not authorized to perform: kms:DescribeKey on resource: {shut['Arn']} {tail}"
    assert (code, text) == ("AccessDeniedException", said)


def test_a_copied_world_judges_the_same(cloud: Cloud) -> None:
    keys = session(role("ops", allow("ecs:ListClusters")))
    with cloud.copy():
        assert signed("ecs", keys).list_clusters()["clusterArns"] == []
        assert refusal(signed("ecs", keys).create_cluster)[0] == "AccessDeniedException"
