"""A world that was moved to another process is the world that it was: the same bytes, and the same answers after it."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud import moving, snapshot

EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
MAY_PULL = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}]}
)


def grown(cloud: Cloud) -> None:
    """Something of moto's, something of ours, time, and a policy of AWS's own that is attached."""
    vpc = boto3.client("ec2").create_vpc(CidrBlock="10.3.0.0/16")["Vpc"]["VpcId"]
    subnet = boto3.client("ec2").create_subnet(VpcId=vpc, CidrBlock="10.3.1.0/24")["Subnet"]["SubnetId"]
    iam = boto3.client("iam")
    role = iam.create_role(RoleName="runs", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(RoleName="runs", PolicyArn=EXECUTION)
    image = cloud.push_image("app", log_lines=("up",))
    ecs = boto3.client("ecs")
    ecs.create_cluster(clusterName="c")
    ecs.register_task_definition(
        family="f", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        executionRoleArn=role, containerDefinitions=[{"name": "a", "image": image}],
    )  # fmt: skip
    network: Any = {"awsvpcConfiguration": {"subnets": [subnet]}}
    ecs.run_task(cluster="c", taskDefinition="f", launchType="FARGATE", networkConfiguration=network)
    cloud.advance(minutes=3)


def lived_on(cloud: Cloud) -> list[dict[str, Any]]:
    """What is answered to looks and changes from here on."""
    before = len(cloud.transcript)
    boto3.client("ec2").describe_subnets()
    boto3.client("iam").get_policy(PolicyArn=EXECUTION)
    boto3.client("iam").get_policy_version(PolicyArn=EXECUTION, VersionId="v1")
    cloud.advance(hours=1)
    arns = boto3.client("ecs").list_tasks(cluster="c", desiredStatus="STOPPED")["taskArns"]
    boto3.client("ecs").describe_tasks(cluster="c", tasks=arns)
    boto3.client("ec2").create_vpc(CidrBlock="10.4.0.0/16")
    return cloud.transcript[before:]


def test_a_moved_world_goes_on_as_the_first_would_have() -> None:
    with Cloud(seed=5) as first:
        grown(first)
        data = first.packed()
        told = [str(line) for line in first.story]
        answers = lived_on(first)
    with Cloud.unpacked(data) as second:
        assert (second.seed, [str(line) for line in second.story], second.transcript) == (5, told, [])
        assert lived_on(second) == answers
    with Cloud.unpacked(data) as third:
        assert lived_on(third) == answers


def test_the_texts_of_awss_own_policies_stay_behind_but_for_one_that_was_changed() -> None:
    with Cloud(seed=5) as cloud:
        grown(cloud)
        data = cloud.packed()
        assert b"codedeploy:" not in data
        from moto.iam.models import iam_backends

        policy: Any = iam_backends[cloud.account]["aws"].managed_policies[EXECUTION]
        policy.versions[0].document = policy.versions[0].document.replace("ecr:Get", "ecr:Gets")
        changed = cloud.packed()
    assert b"ecr:GetsAuthorizationToken" in changed
    with Cloud.unpacked(changed):
        found = boto3.client("iam").get_policy_version(PolicyArn=EXECUTION, VersionId="v1")["PolicyVersion"]
        assert "ecr:GetsAuthorizationToken" in str(found["Document"])


def test_what_lives_in_one_process_alone_is_not_moved() -> None:
    with Cloud(seed=5) as cloud:
        cloud.world.tags["x"] = {"a": lambda: None}  # type: ignore[dict-item]
        with pytest.raises(moving.Immovable):
            cloud.packed()


def test_many_copies_of_one_moment_are_independent_of_each_other() -> None:
    with Cloud(seed=5) as cloud:
        grown(cloud)
        before = snapshot.Frozen(snapshot.take(cloud._live))
        copy = cloud.copies()
        with copy() as one:
            boto3.client("iam").detach_role_policy(RoleName="runs", PolicyArn=EXECUTION)
            one.advance(hours=2)
        with copy() as other:
            assert other.now == cloud.now
            assert boto3.client("iam").get_policy(PolicyArn=EXECUTION)["Policy"]["AttachmentCount"] == 1
        assert snapshot.Frozen(snapshot.take(cloud._live))._written == before._written


def test_copies_share_awss_own_policies_until_one_of_them_attaches_or_changes_one() -> None:
    other = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    with Cloud(seed=5) as cloud:
        grown(cloud)
        iam = boto3.client("iam")
        order = [one["Arn"] for one in iam.list_policies(MaxItems=300)["Policies"]]
        with cloud.copy() as first:
            iam.attach_role_policy(RoleName="runs", PolicyArn=other)
            iam.create_policy(PolicyName="own", PolicyDocument=MAY_PULL)
            with first.copy() as second:
                iam.detach_role_policy(RoleName="runs", PolicyArn=other)
                assert iam.get_policy(PolicyArn=other)["Policy"]["AttachmentCount"] == 0
                held = second.packed()
            assert iam.get_policy(PolicyArn=other)["Policy"]["AttachmentCount"] == 1
            there = [one["Arn"] for one in iam.list_policies(MaxItems=300)["Policies"]]
            assert there[:-1] == order
        assert iam.get_policy(PolicyArn=other)["Policy"]["AttachmentCount"] == 0
        assert [one["Arn"] for one in iam.list_policies(MaxItems=300)["Policies"]] == order
    with Cloud.unpacked(held):
        assert [one["Arn"] for one in iam.list_policies(MaxItems=300)["Policies"]] == there
        assert iam.list_entities_for_policy(PolicyArn=EXECUTION)["PolicyRoles"][0]["RoleName"] == "runs"


def test_a_copy_in_which_nothing_was_done_is_handed_out_again_and_no_other() -> None:
    with Cloud(seed=5) as cloud:
        grown(cloud)
        copy = cloud.copies()
        with copy() as first:
            tasks = boto3.client("ecs").list_tasks(cluster="c")["taskArns"]
        with copy() as second:
            assert second._live is first._live
            boto3.client("ecs").stop_task(cluster="c", task=tasks[0])
        with copy() as third:
            assert third._live is not second._live
            assert boto3.client("ecs").list_tasks(cluster="c")["taskArns"] == tasks
            third.slow_pulls(2)
        with copy() as fourth:
            assert fourth._live is not third._live
            fourth.advance(seconds=1)
        with copy() as fifth:
            assert fifth.now == cloud.now
            cloud_watch = boto3.client("logs")
            cloud_watch.create_log_group(logGroupName="made-here")
        with copy():
            assert cloud_watch.describe_log_groups()["logGroups"] == []
