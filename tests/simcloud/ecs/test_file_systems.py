"""EFS volumes, end to end through boto3: two tasks see one file, and each mistake has its own text."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from shop import ACCOUNT, Shop, trust

TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
NO_NAME = (
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "
    '"{name}.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an '
    "EFS mount target for this file system ID. See https://docs.aws.amazon.com/console/efs/mount-dns-name for more "
    "detail."
)
TIMEOUT = (
    "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Mount attempt 1/3 "
    "failed due to timeout after 15 sec, wait 0 sec before next attempt. Mount attempt 2/3 failed due to timeout after "
    "15 sec, wait 0 sec before next attempt. b'mount.nfs4: mount system call failed'"
)
DENIED = "b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'"


class Files:
    """A file system with a mount target in each zone, and tasks that mount it at /data."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.efs: Any = boto3.client("efs")
        self.id = self.efs.create_file_system(CreationToken="data")["FileSystemId"]
        self.group = shop.security_group("files")
        shop.ec2.authorize_security_group_ingress(
            GroupId=self.group,
            IpPermissions=[
                {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": shop.group}]}
            ],
        )
        shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())

    def stand(self, *subnets: str) -> list[str]:
        """Mount targets; in both subnets where none is named."""
        return [
            self.efs.create_mount_target(FileSystemId=self.id, SubnetId=each, SecurityGroups=[self.group])[
                "MountTargetId"
            ]
            for each in subnets or self.shop.subnets
        ]

    def register(self, image: str = "", role: str = "", **volume: Any) -> None:
        """A revision that mounts it."""
        shop = self.shop
        mounts = [{"sourceVolume": "data", "containerPath": "/data"}]
        members = {"image": image} if image else {}
        given: dict[str, Any] = {"fileSystemId": self.id, **volume}
        shop.register(
            shop.container(mountPoints=mounts, **members),
            volumes=[{"name": "data", "efsVolumeConfiguration": given}],
            **({"taskRoleArn": role} if role else {}),
        )

    def allow(self, *actions: str) -> None:
        """What the task role may do."""
        document = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}],
        }
        self.shop.iam.put_role_policy(RoleName="app", PolicyName="files", PolicyDocument=json.dumps(document))

    def lines(self, task: str) -> list[str]:
        """What the task's container wrote."""
        stream = f"web/web/{task.rsplit('/', 1)[-1]}"
        events = self.shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
        return [event["message"] for event in events]


@pytest.fixture
def files(open_shop: Shop) -> Files:
    return Files(open_shop)


@pytest.mark.row("F05")
@pytest.mark.row("P07")
@pytest.mark.row("T02")
def test_two_tasks_in_two_zones_see_one_file_and_it_outlives_both(files: Files) -> None:
    shop = files.shop
    files.stand()
    writer = shop.cloud.push_image("shop/writer", writes=[("/data/note.txt", "hello"), ("/tmp/own", "mine")])
    reader = shop.cloud.push_image("shop/reader", reads=["/data/note.txt", "/tmp/own"])
    files.register(writer)
    first = shop.run_and_wait(
        networkConfiguration={"awsvpcConfiguration": {"subnets": [shop.subnets[0]], "securityGroups": [shop.group]}}
    )
    files.register(reader)
    second = shop.run_and_wait(
        networkConfiguration={"awsvpcConfiguration": {"subnets": [shop.subnets[1]], "securityGroups": [shop.group]}}
    )
    assert (first.zone, second.zone) == ("us-east-1a", "us-east-1b")
    assert files.lines(second.arn) == ["/data/note.txt: hello", "cat: /tmp/own: No such file or directory"]
    for task in (first, second):
        shop.ecs.stop_task(cluster="shop", task=task.arn)
    shop.cloud.advance(minutes=5)
    assert files.lines(shop.run_and_wait().arn)[0] == "/data/note.txt: hello"


@pytest.mark.row("F05")
def test_r137_without_a_mount_target_in_the_tasks_zone_the_name_does_not_resolve(files: Files) -> None:
    shop = files.shop
    files.stand(shop.subnets[1])
    files.register()
    task = shop.run_and_wait(
        networkConfiguration={"awsvpcConfiguration": {"subnets": [shop.subnets[0]], "securityGroups": [shop.group]}}
    )
    assert (task.status, task.stop_code) == ("STOPPED", "TaskFailedToStart")
    assert task.stopped_reason == NO_NAME.format(name=files.id)
    assert "has no mount target in us-east-1a" in task.why
    there = shop.run_and_wait(
        networkConfiguration={"awsvpcConfiguration": {"subnets": [shop.subnets[1]], "securityGroups": [shop.group]}}
    )
    assert there.status == "RUNNING"


@pytest.mark.row("F05")
def test_r137_a_file_system_that_does_not_exist_does_not_resolve_either(files: Files) -> None:
    files.stand()
    files.register(fileSystemId="fs-0123456789abcdef0")
    assert files.shop.run_and_wait().stopped_reason == NO_NAME.format(name="fs-0123456789abcdef0")


@pytest.mark.row("F05")
def test_r137_a_closed_port_2049_times_out_three_times_15_seconds(files: Files) -> None:
    shop = files.shop
    files.stand()
    files.register()
    shop.ec2.revoke_security_group_ingress(
        GroupId=files.group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": shop.group}]}
        ],
    )
    task = shop.run_and_wait()
    assert task.stopped_reason == TIMEOUT
    assert files.group in task.why
    assert task.stopping_at is not None
    assert task.stopping_at - task.created_at == 10 + 45


@pytest.mark.parametrize(("attribute", "spoken"), [("EnableDnsHostnames", "DNS host names are off")])
def test_r179_the_vpc_must_give_names(files: Files, attribute: str, spoken: str) -> None:
    """The image comes by the internet, so that only the file system's name is missing."""
    shop = files.shop
    gateway = shop.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    shop.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=shop.vpc)
    shop.ec2.create_route(RouteTableId=shop.table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    files.stand()
    files.register()
    public = shop.network(assignPublicIp="ENABLED")
    assert shop.run_and_wait(networkConfiguration=public).status == "RUNNING"
    shop.ec2.modify_vpc_attribute(VpcId=shop.vpc, **{attribute: {"Value": False}})
    task = shop.run_and_wait(networkConfiguration=public)
    assert task.stopped_reason == NO_NAME.format(name=files.id)
    assert spoken in task.why


@pytest.mark.row("F05")
def test_r178_iam_authorization_is_judged_under_the_task_role(files: Files) -> None:
    shop = files.shop
    files.stand()
    iam = {"transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}
    files.register(role=TASK_ROLE, **iam)
    denied = shop.run_and_wait()
    assert DENIED in denied.stopped_reason
    assert "no identity-based policy allows elasticfilesystem:ClientMount" in denied.why
    files.allow("elasticfilesystem:ClientMount")
    writer = shop.cloud.push_image("shop/writer", writes=[("/data/note.txt", "hello")])
    files.register(writer, role=TASK_ROLE, **iam)
    reading = shop.run_and_wait()
    assert files.lines(reading.arn) == ["sh: can't create /data/note.txt: Read-only file system"]
    files.allow("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")
    assert files.lines(shop.run_and_wait().arn) == ["wrote /data/note.txt"]


def test_iam_authorization_without_a_task_role_is_denied(files: Files) -> None:
    files.stand()
    files.register(transitEncryption="ENABLED", authorizationConfig={"iam": "ENABLED"})
    assert DENIED in files.shop.run_and_wait().stopped_reason


def test_a_file_systems_own_policy_can_keep_everybody_out_who_shows_no_role(files: Files) -> None:
    files.stand()
    files.register()
    assert files.shop.run_and_wait().status == "RUNNING"
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": TASK_ROLE},
        "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    files.efs.put_file_system_policy(FileSystemId=files.id, Policy=policy)
    assert DENIED in files.shop.run_and_wait().stopped_reason
    files.register(role=TASK_ROLE, transitEncryption="ENABLED", authorizationConfig={"iam": "ENABLED"})
    assert files.shop.run_and_wait().status == "RUNNING"


def test_a_file_systems_own_policy_can_demand_encryption_and_an_access_point(files: Files) -> None:
    """The condition keys of https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html."""
    files.stand()
    point = files.efs.create_access_point(FileSystemId=files.id)["AccessPointId"]
    named = f"arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/{point}"
    allow = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount"}
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*"}
    through = {"transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": point}}
    for condition, kept_out, let_in in (
        ({"Bool": {"aws:SecureTransport": "false"}}, {}, {"transitEncryption": "ENABLED"}),
        ({"StringNotEquals": {"elasticfilesystem:AccessPointArn": named}}, {"transitEncryption": "ENABLED"}, through),
    ):
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow, {**deny, "Condition": condition}]})
        files.efs.put_file_system_policy(FileSystemId=files.id, Policy=policy)
        files.register(**kept_out)
        assert DENIED in files.shop.run_and_wait().stopped_reason
        files.register(**let_in)
        assert files.shop.run_and_wait().status == "RUNNING"


def test_an_access_point_opens_its_own_directory(files: Files) -> None:
    shop = files.shop
    files.stand()
    made = files.efs.create_access_point(
        ClientToken="a",
        FileSystemId=files.id,
        RootDirectory={"Path": "/app", "CreationInfo": {"OwnerUid": 1, "OwnerGid": 1, "Permissions": "755"}},
    )
    writer = shop.cloud.push_image("shop/writer", writes=[("/data/note.txt", "hello")])
    encrypted = {"transitEncryption": "ENABLED"}
    files.register(writer, authorizationConfig={"accessPointId": made["AccessPointId"]}, **encrypted)
    assert shop.run_and_wait().status == "RUNNING"
    assert shop.cloud.world.files[files.id] == {"/app/note.txt": "hello"}
    files.register(authorizationConfig={"accessPointId": "fsap-0123456789abcdef0"}, **encrypted)
    assert DENIED in shop.run_and_wait().stopped_reason


def test_a_root_directory_must_be_there(files: Files) -> None:
    shop = files.shop
    files.stand()
    files.register(rootDirectory="/app")
    assert "No such file or directory" in shop.run_and_wait().stopped_reason
    files.register(shop.cloud.push_image("shop/writer", writes=[("/data/app/note.txt", "hello")]))
    shop.run_and_wait()
    files.register(shop.cloud.push_image("shop/reader", reads=["/data/note.txt"]), rootDirectory="/app")
    assert files.lines(shop.run_and_wait().arn) == ["/data/note.txt: hello"]


def test_a_bind_mount_is_shared_in_the_task_and_gone_with_it(open_shop: Shop) -> None:
    mounts = [{"sourceVolume": "scratch", "containerPath": "/scratch"}]
    writer = open_shop.cloud.push_image("shop/writer", writes=[("/scratch/a", "x")])
    reader = open_shop.cloud.push_image("shop/reader", reads=["/scratch/a"])
    open_shop.register(
        open_shop.container(name="first", image=writer, mountPoints=mounts, portMappings=[]),
        open_shop.container(
            image=reader, mountPoints=mounts, dependsOn=[{"containerName": "first", "condition": "START"}]
        ),
        volumes=[{"name": "scratch"}],
    )
    task = open_shop.run_and_wait()
    stream = f"web/web/{task.id}"
    events = open_shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
    assert [event["message"] for event in events] == ["/scratch/a: x"]
    assert open_shop.cloud.world.files
    open_shop.ecs.stop_task(cluster="shop", task=task.arn)
    open_shop.cloud.advance(minutes=2)
    assert open_shop.cloud.world.files == {}
