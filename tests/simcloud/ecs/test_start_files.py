"""What a task reads before it starts, through boto3: environment files, registry credentials, images; and what it
can tell of itself."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from shop import ACCOUNT, REGION, Shop

from simcloud.sim.task import RUNNING

FILE = "arn:aws:s3:::shop-config/web.env"
HEAD = "ResourceInitializationError: failed to download env files: file download command: non empty error stream: "


def grant(shop: Shop, *actions: str, resource: str = "*") -> None:
    """One more policy of the execution role."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    shop.iam.put_role_policy(RoleName="exec", PolicyName="own", PolicyDocument=document)


@pytest.fixture
def config(open_shop: Shop) -> Any:
    """A bucket with a file of variables, and a definition that names it."""
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="shop-config")
    s3.put_object(
        Bucket="shop-config", Key="web.env", Body=b"# ours\nMODE=test\nURL=a=b\nMODE=again\nSHOWN=file\n\nnonsense\n"
    )
    variables = [{"name": "SHOWN", "value": "definition"}]
    files = [{"type": "s3", "value": FILE}]
    open_shop.register(open_shop.container(environmentFiles=files, environment=variables))
    return s3


def test_r055_the_variables_of_a_file_are_there_and_the_definitions_own_win(open_shop: Shop, config: Any) -> None:
    grant(open_shop, "s3:GetObject", "s3:GetBucketLocation")
    task = open_shop.run_and_wait()
    assert task.containers[0].environment == {"MODE": "test", "URL": "a=b", "SHOWN": "definition"}


@pytest.mark.row("T04")
@pytest.mark.parametrize(
    ("granted", "missing", "resource"),
    [
        (["s3:GetObject"], "s3:GetBucketLocation", "arn:aws:s3:::shop-config"),
        (["s3:GetBucketLocation"], "s3:GetObject", FILE),
    ],
)
def test_r151_both_permissions_are_the_execution_roles(
    open_shop: Shop, config: Any, granted: list[str], missing: str, resource: str
) -> None:
    grant(open_shop, *granted)
    task = open_shop.run_and_wait()
    assert task.stopped_reason.startswith(HEAD)
    assert f'is not authorized to perform: {missing} on resource: "{resource}"' in task.stopped_reason
    assert "assumed-role/exec/" in task.stopped_reason


def test_a_file_that_is_not_there_is_missing_or_denied_to_who_may_not_list(open_shop: Shop, config: Any) -> None:
    config.delete_object(Bucket="shop-config", Key="web.env")
    grant(open_shop, "s3:GetObject", "s3:GetBucketLocation")
    assert "s3:ListBucket" in open_shop.run_and_wait().stopped_reason
    grant(open_shop, "s3:GetObject", "s3:GetBucketLocation", "s3:ListBucket")
    assert open_shop.run_and_wait().stopped_reason.endswith("NoSuchKey: The specified key does not exist.")
    config.delete_bucket(Bucket="shop-config")
    assert open_shop.run_and_wait().stopped_reason.endswith("NoSuchBucket: The specified bucket does not exist")


def test_without_a_way_to_s3_the_file_is_out_of_reach(shop: Shop) -> None:
    shop.open_endpoints(s3=False)
    grant(shop, "s3:*")
    shop.register(shop.container(environmentFiles=[{"type": "s3", "value": FILE}]))
    task = shop.run_and_wait()
    assert (
        task.stopped_reason == HEAD + "RequestCanceled: request context canceled caused by: context deadline exceeded"
    )
    assert "has no route to" in task.why


def elsewhere(shop: Shop) -> tuple[str, dict[str, Any]]:
    """An image in a registry on the internet that asks for a password, and the way there."""
    gateway = shop.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    shop.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=shop.vpc)
    shop.ec2.create_route(RouteTableId=shop.table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    image = shop.cloud.push_image("registry.example.com/shop/web", "1.0", login=("robot", "s3cret"))
    return image, shop.network(assignPublicIp="ENABLED")


def test_an_image_of_a_private_registry_needs_its_credentials(shop: Shop) -> None:
    image, public = elsewhere(shop)
    assert image == "registry.example.com/shop/web:1.0"
    shop.register(shop.container(image=image))
    assert "pull access denied" in shop.run_and_wait(networkConfiguration=public).stopped_reason
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="login", SecretString='{"username": "robot", "password": "s3cret"}')["ARN"]
    shop.register(shop.container(image=image, repositoryCredentials={"credentialsParameter": arn}))
    denied = shop.run_and_wait(networkConfiguration=public)
    assert "unable to get registry auth from asm" in denied.stopped_reason
    assert "is not authorized to perform: secretsmanager:GetSecretValue" in denied.stopped_reason
    grant(shop, "secretsmanager:GetSecretValue")
    assert shop.run_and_wait(networkConfiguration=public).status == "RUNNING"
    secrets.put_secret_value(SecretId=arn, SecretString='{"username": "robot", "password": "old"}')
    assert "pull access denied" in shop.run_and_wait(networkConfiguration=public).stopped_reason
    secrets.put_secret_value(SecretId=arn, SecretString='{"username": "robot"}')
    assert shop.run_and_wait(networkConfiguration=public).stopped_reason.endswith(
        "expected password, found empty value"
    )
    secrets.put_secret_value(SecretId=arn, SecretString="robot")
    assert shop.run_and_wait(networkConfiguration=public).stopped_reason.endswith("invalid schema")


@pytest.mark.row("F18")
def test_r135_an_image_that_does_not_fit_needs_more_ephemeral_storage(open_shop: Shop) -> None:
    large = open_shop.cloud.push_image("shop/large", size_mib=25_000)
    open_shop.register(open_shop.container(image=large))
    task = open_shop.run_and_wait(minutes=30)
    assert task.stopped_reason.startswith("CannotPullContainerError:")
    assert task.stopped_reason.endswith("no space left on device")
    open_shop.register(open_shop.container(image=large), ephemeralStorage={"sizeInGiB": 50})
    assert open_shop.run_and_wait(minutes=30).status == "RUNNING"


def test_r340_a_soci_index_lets_a_large_image_start_sooner(open_shop: Shop) -> None:
    def took(**behaviour: Any) -> tuple[float, str]:
        image = open_shop.cloud.push_image("shop/large", size_mib=3000, **behaviour)
        open_shop.register(open_shop.container(image=image))
        task = open_shop.run_and_wait()
        assert task.started_at is not None
        return task.started_at - task.created_at, task.metadata()[""]["Snapshotter"]

    whole, lazy = took(), took(soci=True)
    assert (whole[1], lazy[1]) == ("overlayfs", "soci")
    assert whole[0] - lazy[0] == pytest.approx(90)


def digests(shop: Shop) -> set[str]:
    running = [task.arn for task in shop.cloud.tasks("shop", status=RUNNING)]
    described = shop.ecs.describe_tasks(cluster="shop", tasks=running)["tasks"]
    return {each["imageDigest"] for task in described for each in task["containers"]}


@pytest.mark.parametrize("consistency", ["enabled", "disabled"])
def test_r059_r207_a_service_keeps_to_the_digest_until_a_new_deployment(open_shop: Shop, consistency: str) -> None:
    open_shop.register(open_shop.container(versionConsistency=consistency))
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    first = digests(open_shop)
    open_shop.cloud.push_image("shop/web", "1.0", size_mib=91)
    open_shop.ecs.stop_task(cluster="shop", task=open_shop.cloud.tasks("shop", status=RUNNING)[0].arn)
    open_shop.cloud.advance(minutes=3)
    after = digests(open_shop)
    assert (after == first) is (consistency == "enabled")
    open_shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    open_shop.cloud.advance(minutes=10)
    assert len(digests(open_shop)) == 1
    assert digests(open_shop) != first


def test_r059_a_digest_that_was_deleted_breaks_the_scale_out(open_shop: Shop) -> None:
    open_shop.create_service()
    open_shop.cloud.advance(minutes=2)
    digest = next(iter(digests(open_shop)))
    ecr = boto3.client("ecr")
    ecr.batch_delete_image(repositoryName="shop/web", imageIds=[{"imageDigest": digest}])
    open_shop.cloud.push_image("shop/web", "1.0", size_mib=91)
    open_shop.ecs.update_service(cluster="shop", service="web", desiredCount=3)
    open_shop.cloud.advance(minutes=3)
    reason = next(task.stopped_reason for task in open_shop.cloud.tasks("shop") if task.stopped_reason)
    name = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/web@{digest}"
    assert reason.endswith(f"failed to resolve ref {name}: {name}: not found")


@pytest.mark.row("P04")
def test_r288_a_group_that_awslogs_is_to_make_needs_its_permission(open_shop: Shop) -> None:
    log = open_shop.container()["logConfiguration"]
    log["options"] |= {"awslogs-group": "/made", "awslogs-create-group": "true"}
    open_shop.register(open_shop.container(logConfiguration=log))
    assert "is not authorized to perform: logs:CreateLogGroup" in open_shop.run_and_wait().stopped_reason
    grant(open_shop, "logs:CreateLogGroup")
    assert open_shop.run_and_wait().status == "RUNNING"
    groups = open_shop.logs.describe_log_groups(logGroupNamePrefix="/made")["logGroups"]
    assert [each["logGroupName"] for each in groups] == ["/made"]


@pytest.mark.row("P04")
def test_r291_firelens_delivers_to_a_bucket_as_the_task_role(open_shop: Shop) -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="shop-lines")
    role = f"arn:aws:iam::{ACCOUNT}:role/exec"
    router = open_shop.container(name="router", firelensConfiguration={"type": "fluentbit"}, portMappings=[])
    sent = {"logDriver": "awsfirelens", "options": {"Name": "s3", "region": REGION, "bucket": "shop-lines"}}
    open_shop.register(open_shop.container(logConfiguration=sent), router, taskRoleArn=role)
    lost = open_shop.run_and_wait()
    assert lost.status == "RUNNING"
    assert "Contents" not in s3.list_objects_v2(Bucket="shop-lines")
    assert any("loses lines of container web" in line.what for line in lost.story)
    grant(open_shop, "s3:PutObject")
    task = open_shop.run_and_wait()
    held = s3.list_objects_v2(Bucket="shop-lines")["Contents"]
    assert task.id in held[0]["Key"]
    assert s3.get_object(Bucket="shop-lines", Key=held[0]["Key"])["Body"].read() == b"ready\n"


@pytest.mark.row("P04")
def test_r291_firelens_delivers_to_firehose_and_says_why_it_cannot(open_shop: Shop) -> None:
    s3, firehose = boto3.client("s3"), boto3.client("firehose")
    s3.create_bucket(Bucket="shop-lines")
    role = f"arn:aws:iam::{ACCOUNT}:role/exec"
    router = open_shop.container(name="router", firelensConfiguration={"type": "fluentbit"}, portMappings=[])
    options = {"Name": "kinesis_firehose", "region": REGION, "delivery_stream": "lines"}
    sent = {"logDriver": "awsfirelens", "options": options}
    open_shop.register(open_shop.container(logConfiguration=sent), router, taskRoleArn=role)

    def routed(minutes: float = 6) -> str:
        task = open_shop.run_and_wait(minutes)
        assert task.status == "RUNNING"
        stream = f"web/router/{task.id}"
        events = open_shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
        return str(events[-1]["message"])

    assert routed() == "[error] [output:delivery stream lines] PutRecordBatch API: connection to firehose timed out"
    open_shop.open_endpoints(("kinesis-firehose",), s3=False)
    assert "is not authorized to perform: firehose:PutRecordBatch" in routed()
    grant(open_shop, "firehose:PutRecordBatch")
    assert "Firehose lines under account 123456789012 not found." in routed()
    bucket = {"RoleARN": role, "BucketARN": "arn:aws:s3:::shop-lines"}
    firehose.create_delivery_stream(DeliveryStreamName="lines", ExtendedS3DestinationConfiguration=bucket)
    assert routed() == "ready"
    (held,) = s3.list_objects_v2(Bucket="shop-lines")["Contents"]
    assert s3.get_object(Bucket="shop-lines", Key=held["Key"])["Body"].read() == b"ready\n"


def test_r295_a_task_can_read_its_own_metadata(open_shop: Shop) -> None:
    task = open_shop.run_and_wait(tags=[{"key": "team", "value": "shop"}])
    documents = task.metadata()
    assert set(documents) == {"", "/task", "/taskWithTags", "/stats", "/task/stats"}
    whole = documents["/task"]
    assert (whole["TaskARN"], whole["LaunchType"], whole["Limits"]) == (
        task.arn,
        "FARGATE",
        {"CPU": 0.25, "Memory": 512},
    )
    assert whole["EphemeralStorageMetrics"]["Reserved"] == 20496
    assert whole["AvailabilityZone"] == task.zone
    assert set(whole["ClockDrift"]) == {"ClockErrorBound", "ReferenceTimestamp", "ClockSynchronizationStatus"}
    assert "ServiceName" not in whole
    assert documents["/taskWithTags"]["TaskTags"] == {"team": "shop"}
    own = documents[""]
    assert own["Networks"][0]["IPv4Addresses"] == [task.private_ip]
    assert own["Networks"][0]["IPv4SubnetCIDRBlock"] == "10.0.1.0/24"
    assert own["Snapshotter"] == "overlayfs"
    json.dumps(documents)
    open_shop.ecs.stop_task(cluster="shop", task=task.arn)
    open_shop.cloud.advance(minutes=2)
    with pytest.raises(LookupError):
        task.metadata()
