"""A task in a private subnet, end to end through boto3: what it needs, and what each missing piece makes of it."""

from __future__ import annotations

import json

import boto3
import pytest
from shop import ACCOUNT, MANAGED, REGION, Shop, trust

from simcloud.cloud.look import TaskView

NO_PATH = (
    "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth "
    "from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network "
    "configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https "
    'response error StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.us-east-1.amazonaws.com/"'
    ": dial tcp {address}:443: i/o timeout"
)


def rule(shop: Shop) -> dict[str, object]:
    """The rule by which the endpoints' group lets the tasks in."""
    return {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": shop.group}]}


@pytest.mark.row("F20")
@pytest.mark.row("T05")
def test_without_a_way_out_the_task_is_pending_289_seconds_and_stops_with_awss_text(shop: Shop) -> None:
    arn = shop.run()["taskArn"]
    shop.cloud.advance(seconds=10 + 288)
    assert shop.described(arn)["lastStatus"] == "PENDING"
    shop.cloud.advance(seconds=20)
    task = shop.described(arn)
    assert (task["lastStatus"], task["stopCode"]) == ("STOPPED", "TaskFailedToStart")
    address = task["stoppedReason"].partition("dial tcp ")[2].partition(":443")[0]
    assert task["stoppedReason"] == NO_PATH.format(address=address)
    assert "has no route to" in shop.cloud.task(arn).why


@pytest.mark.row("F20")
@pytest.mark.row("F01")
@pytest.mark.row("P03")
def test_with_every_endpoint_the_task_runs_without_nat_and_without_instances(open_shop: Shop) -> None:
    arn = open_shop.run()["taskArn"]
    open_shop.ecs.get_waiter("tasks_running").wait(cluster="shop", tasks=[arn])
    assert open_shop.described(arn)["lastStatus"] == "RUNNING"
    assert open_shop.ecs.list_container_instances(cluster="shop")["containerInstanceArns"] == []
    assert open_shop.ec2.describe_nat_gateways()["NatGateways"] == []


@pytest.mark.row("F20")
@pytest.mark.parametrize(
    ("names", "s3", "words"),
    [
        (("ecr.dkr", "logs"), True, "The task cannot pull registry auth from Amazon ECR"),
        (
            ("ecr.api", "logs"),
            True,
            f'Head "https://{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/v2/shop/web/manifests/1.0"',
        ),
        (("ecr.api", "ecr.dkr", "logs"), False, f"prod-{REGION}-starport-layer-bucket.s3.{REGION}.amazonaws.com"),
        (("ecr.api", "ecr.dkr"), True, "There is a connection issue between the task and Amazon CloudWatch."),
    ],
)
def test_each_missing_endpoint_has_its_own_text(shop: Shop, names: tuple[str, ...], s3: bool, words: str) -> None:
    shop.open_endpoints(names, s3=s3)
    task = shop.run_and_wait()
    assert task.status == "STOPPED"
    assert words in task.stopped_reason


@pytest.mark.row("F20")
def test_endpoints_without_private_dns_are_not_used(shop: Shop) -> None:
    shop.open_endpoints(private_dns=False)
    task = shop.run_and_wait()
    assert task.stop_code == "TaskFailedToStart"
    assert "private DNS of" in task.why


@pytest.mark.row("F20")
@pytest.mark.row("F12")
def test_an_endpoint_that_does_not_let_the_tasks_group_in_is_out_of_reach(open_shop: Shop) -> None:
    open_shop.ec2.revoke_security_group_ingress(GroupId=open_shop.endpoint_group, IpPermissions=[rule(open_shop)])
    task = open_shop.run_and_wait()
    assert task.stop_code == "TaskFailedToStart"
    assert open_shop.endpoint_group in task.why


@pytest.mark.row("F20")
def test_a_gateway_endpoint_in_another_route_table_does_not_help(shop: Shop) -> None:
    shop.open_endpoints(s3=False)
    other = shop.ec2.create_route_table(VpcId=shop.vpc)["RouteTable"]["RouteTableId"]
    shop.ec2.create_vpc_endpoint(
        VpcEndpointType="Gateway", VpcId=shop.vpc, RouteTableIds=[other], ServiceName=f"com.amazonaws.{REGION}.s3"
    )
    task = shop.run_and_wait()
    assert "httpReadSeeker" in task.stopped_reason


def test_mending_the_network_while_the_task_is_pending_saves_it(shop: Shop) -> None:
    arn = shop.run()["taskArn"]
    shop.cloud.advance(minutes=3)
    shop.open_endpoints()
    shop.cloud.advance(minutes=1)
    assert shop.described(arn)["lastStatus"] == "RUNNING"


@pytest.mark.row("M04")
@pytest.mark.row("T05")
def test_a_public_subnet_needs_a_public_address_as_well_as_the_route(shop: Shop) -> None:
    gateway = shop.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    shop.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=shop.vpc)
    shop.ec2.create_route(RouteTableId=shop.table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    assert shop.run_and_wait().stop_code == "TaskFailedToStart"
    task = shop.run_and_wait(networkConfiguration=shop.network(assignPublicIp="ENABLED"))
    assert task.status == "RUNNING"
    assert task.public_ip
    interface = shop.ec2.describe_network_interfaces(NetworkInterfaceIds=[task.interface])["NetworkInterfaces"][0]
    assert interface["Association"]["PublicIp"] == task.public_ip


@pytest.mark.row("T05")
def test_a_public_image_is_pulled_from_the_internet_or_not_at_all(open_shop: Shop) -> None:
    open_shop.register(open_shop.container(image="public.ecr.aws/nginx/nginx:1.27"))
    task = open_shop.run_and_wait()
    assert task.stopped_reason.startswith(
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref "
        "public.ecr.aws/nginx/nginx:1.27: failed to do request: Head "
        '"https://public.ecr.aws/v2/nginx/nginx/manifests/1.27": dial tcp '
    )


@pytest.mark.row("T04")
@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("ecr:GetAuthorizationToken", "unable to retrieve ecr registry auth"),
        ("ecr:BatchGetImage", "CannotPullContainerError: The task can’t pull the image."),
        ("logs:CreateLogStream", "failed to create Cloudwatch log stream"),
    ],
)
def test_each_action_that_the_execution_role_lacks_is_named(open_shop: Shop, missing: str, words: str) -> None:
    actions = {"ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "logs:CreateLogStream"}
    open_shop.iam.detach_role_policy(RoleName="exec", PolicyArn=MANAGED)
    open_shop.iam.put_role_policy(
        RoleName="exec",
        PolicyName="own",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": sorted(actions - {missing}), "Resource": "*"}],
            }
        ),
    )
    task = open_shop.run_and_wait()
    assert task.stop_code == "TaskFailedToStart"
    assert words in task.stopped_reason
    assert f"is not authorized to perform: {missing} on resource: " in task.stopped_reason
    assert f"because no identity-based policy allows the {missing} action" in task.stopped_reason


def test_a_missing_tag_and_a_missing_repository_are_not_found(open_shop: Shop) -> None:
    for image in (open_shop.image.replace("1.0", "2.0"), open_shop.image.replace("shop/web", "shop/none")):
        open_shop.register(open_shop.container(image=image))
        assert open_shop.run_and_wait().stopped_reason.endswith(f"{image}: not found")


def test_an_image_pushed_with_boto3_runs(open_shop: Shop) -> None:
    ecr = boto3.client("ecr")
    ecr.create_repository(repositoryName="own")
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"size": 10, "digest": "sha256:" + "1" * 64},
        "layers": [{"size": 60 * 2**20, "digest": "sha256:" + "2" * 64}],
    }
    ecr.put_image(repositoryName="own", imageManifest=json.dumps(manifest), imageTag="v1")
    open_shop.register(open_shop.container(image=f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/own:v1"))
    task = open_shop.run_and_wait()
    assert task.status == "RUNNING"
    digest = ecr.describe_images(repositoryName="own")["imageDetails"][0]["imageDigest"]
    assert task.containers[0].digest == digest


@pytest.mark.row("F16")
def test_a_secret_reaches_the_environment_and_a_new_value_only_new_tasks(open_shop: Shop) -> None:
    secrets = boto3.client("secretsmanager")
    arn = secrets.create_secret(Name="db", SecretString='{"password": "first"}')["ARN"]
    open_shop.open_endpoints(("secretsmanager",), s3=False)
    open_shop.iam.put_role_policy(
        RoleName="exec",
        PolicyName="secret",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}],
            }
        ),
    )
    open_shop.register(open_shop.container(secrets=[{"name": "PASSWORD", "valueFrom": f"{arn}:password::"}]))
    old = open_shop.run_and_wait()
    secrets.put_secret_value(SecretId="db", SecretString='{"password": "second"}')
    new = open_shop.run_and_wait()
    assert open_shop.cloud.task(old.arn).containers[0].environment["PASSWORD"] == "first"
    assert new.containers[0].environment["PASSWORD"] == "second"


@pytest.mark.row("F16")
def test_a_secret_is_read_by_stage_and_by_version_and_one_that_is_not_there_stops_the_task(open_shop: Shop) -> None:
    secrets = boto3.client("secretsmanager")
    made = secrets.create_secret(Name="db", SecretString="first")
    arn, first = made["ARN"], made["VersionId"]
    secrets.put_secret_value(SecretId="db", SecretString="second")
    open_shop.open_endpoints(("secretsmanager",), s3=False)
    allow = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arn}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    open_shop.iam.put_role_policy(RoleName="exec", PolicyName="secret", PolicyDocument=document)

    def started(fields: str) -> TaskView:
        open_shop.register(open_shop.container(secrets=[{"name": "PASSWORD", "valueFrom": f"{arn}{fields}"}]))
        return open_shop.run_and_wait()

    for fields, value in (
        ("", "second"),
        ("::AWSCURRENT:", "second"),
        ("::AWSPREVIOUS:", "first"),
        (f":::{first}", "first"),
        (f"::AWSPREVIOUS:{first}", "first"),
    ):
        assert started(fields).containers[0].environment["PASSWORD"] == value
    missing = "ResourceNotFoundException: Secrets Manager can't find the specified secret value for "
    other = "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId."
    for fields, said in (
        ("::BLUE:", f"{missing}staging label: BLUE"),
        (":::00000000-0000-0000-0000-000000000000", f"{missing}VersionId: 00000000-0000-0000-0000-000000000000"),
        (f"::AWSCURRENT:{first}", other),
    ):
        task = started(fields)
        assert task.stopped_reason.endswith(said)
        assert "has no such version" in task.why


@pytest.mark.row("F16")
def test_a_key_that_is_disabled_or_leaves_decrypts_no_secret_and_no_parameter(open_shop: Shop) -> None:
    kms = boto3.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    arn = boto3.client("secretsmanager").create_secret(Name="db", SecretString="first", KmsKeyId=key)["ARN"]
    boto3.client("ssm").put_parameter(Name="/shop/mode", Value="live", Type="SecureString", KeyId=key)
    open_shop.open_endpoints(("secretsmanager", "ssm"), s3=False)
    allow = {"Effect": "Allow", "Action": ["secretsmanager:*", "ssm:*", "kms:*"], "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    open_shop.iam.put_role_policy(RoleName="exec", PolicyName="secret", PolicyDocument=document)
    for value_from, said in ((arn, "DecryptionFailure"), ("/shop/mode", "InvalidKeyId")):
        kms.enable_key(KeyId=key)
        open_shop.register(open_shop.container(secrets=[{"name": "A", "valueFrom": value_from}]))
        assert open_shop.run_and_wait().status == "RUNNING"
        kms.disable_key(KeyId=key)
        task = open_shop.run_and_wait()
        assert said in task.stopped_reason
        assert task.why.endswith(f"key/{key} is not enabled")


@pytest.mark.row("F16")
def test_an_ssm_parameter_needs_the_plural_action(open_shop: Shop) -> None:
    boto3.client("ssm").put_parameter(Name="/shop/mode", Value="live", Type="SecureString")
    open_shop.open_endpoints(("ssm",), s3=False)
    open_shop.register(open_shop.container(secrets=[{"name": "MODE", "valueFrom": "/shop/mode"}]))
    arn = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/mode"
    for action, expected in (("ssm:GetParameter", "STOPPED"), ("ssm:GetParameters", "RUNNING")):
        open_shop.iam.put_role_policy(
            RoleName="exec",
            PolicyName="parameter",
            PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": arn}]}
            ),
        )
        task = open_shop.run_and_wait()
        assert task.status == expected, task.stopped_reason
    assert task.containers[0].environment["MODE"] == "live"


@pytest.mark.row("F12")
@pytest.mark.row("F22")
def test_each_task_has_one_interface_of_its_own_inside_its_subnet(open_shop: Shop) -> None:
    tasks = [open_shop.run_and_wait(1) for _ in range(3)]
    interfaces = open_shop.ec2.describe_network_interfaces(NetworkInterfaceIds=[task.interface for task in tasks])[
        "NetworkInterfaces"
    ]
    assert len({each["PrivateIpAddress"] for each in interfaces}) == 3
    for each, task in zip(interfaces, tasks, strict=True):
        assert each["SubnetId"] == task.subnet
        assert each["PrivateIpAddress"] == task.private_ip
        assert each["PrivateIpAddress"].startswith("10.0.1." if task.subnet == open_shop.subnets[0] else "10.0.2.")
        assert [group["GroupId"] for group in each["Groups"]] == [open_shop.group]
        assert each["RequesterManaged"]


@pytest.mark.row("T01")
def test_two_tasks_of_one_definition_with_other_groups_reach_other_things(open_shop: Shop) -> None:
    inside = open_shop.run_and_wait()
    stranger = open_shop.security_group("stranger")
    outside = open_shop.run_and_wait(networkConfiguration=open_shop.network(securityGroups=[stranger]))
    assert inside.status == "RUNNING"
    assert outside.stop_code == "TaskFailedToStart"


def test_without_security_groups_the_vpcs_default_group_is_taken(open_shop: Shop) -> None:
    task = open_shop.run_and_wait(1, networkConfiguration={"awsvpcConfiguration": {"subnets": open_shop.subnets}})
    interface = open_shop.ec2.describe_network_interfaces(NetworkInterfaceIds=[task.interface])["NetworkInterfaces"][0]
    assert [group["GroupName"] for group in interface["Groups"]] == ["default"]


def test_the_interface_is_gone_when_the_task_is(open_shop: Shop) -> None:
    task = open_shop.run_and_wait(1)
    free = open_shop.ec2.describe_subnets(SubnetIds=[task.subnet])["Subnets"][0]["AvailableIpAddressCount"]
    open_shop.ecs.stop_task(cluster="shop", task=task.id)
    open_shop.cloud.advance(minutes=1)
    held = open_shop.ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [task.subnet]}])
    assert task.interface not in [each["NetworkInterfaceId"] for each in held["NetworkInterfaces"]]
    after = open_shop.ec2.describe_subnets(SubnetIds=[task.subnet])["Subnets"][0]["AvailableIpAddressCount"]
    assert after == free + 1


@pytest.mark.row("P04")
def test_the_lines_of_a_container_are_in_its_log_stream(open_shop: Shop) -> None:
    task = open_shop.run_and_wait(1)
    events = open_shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/web/{task.id}")["events"]
    assert [event["message"] for event in events] == ["ready"]
    assert events[0]["timestamp"] / 1000 <= open_shop.cloud.now.timestamp()


def test_a_role_that_ecs_cannot_assume_is_refused_at_once_and_starts_nothing(open_shop: Shop) -> None:
    open_shop.iam.update_assume_role_policy(RoleName="exec", PolicyDocument=trust("ec2.amazonaws.com"))
    with pytest.raises(open_shop.ecs.exceptions.ClientException, match="ECS was unable to assume the role"):
        open_shop.run()
    assert open_shop.cloud.tasks() == []


def test_a_customer_key_asks_for_kms_decrypt_as_well(open_shop: Shop) -> None:
    key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
    arn = boto3.client("secretsmanager").create_secret(Name="db", SecretString="x", KmsKeyId=key)["ARN"]
    open_shop.open_endpoints(("secretsmanager",), s3=False)
    open_shop.register(open_shop.container(secrets=[{"name": "PASSWORD", "valueFrom": arn}]))
    statement = {"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": arn}
    decrypt = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key}
    for more, expected in (([], "STOPPED"), ([decrypt], "RUNNING")):
        open_shop.iam.put_role_policy(
            RoleName="exec",
            PolicyName="secret",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement, *more]}),
        )
        task = open_shop.run_and_wait()
        assert task.status == expected, task.stopped_reason


def test_names_in_regions_that_do_not_exist_are_not_found(open_shop: Shop) -> None:
    gateway = open_shop.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    open_shop.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=open_shop.vpc)
    open_shop.ec2.create_route(RouteTableId=open_shop.table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    network = open_shop.network(assignPublicIp="ENABLED")
    open_shop.register(open_shop.container(image=open_shop.image.replace(REGION, "us-nowhere-1")))
    assert open_shop.run_and_wait(networkConfiguration=network).stop_code == "TaskFailedToStart"
    log = open_shop.container()["logConfiguration"]
    log["options"]["awslogs-region"] = "us-nowhere-1"
    open_shop.register(open_shop.container(logConfiguration=log))
    task = open_shop.run_and_wait(networkConfiguration=network)
    assert "failed to validate logger args" in task.stopped_reason


def test_a_task_that_logs_to_splunk_runs_and_the_story_says_what_is_not_acted_out(open_shop: Shop) -> None:
    log = {"logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com", "splunk-token": "t"}}
    open_shop.register(open_shop.container(logConfiguration=log))
    task = open_shop.run_and_wait(minutes=2)
    assert task.status == "RUNNING"
    told = [line.what for line in task.story if "has no effect" in line.what]
    assert told == ["what has no effect in this simulation: the log driver splunk of container web"]
