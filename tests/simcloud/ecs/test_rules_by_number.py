"""Rules of the fact sheet on what stands around a task, as literals, by the rule's number."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from shop import ACCOUNT, ENDPOINTS, MANAGED, REGION, VOLUMES, Shop, trust

REGISTRY_AUTH = (
    "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from"
    " Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration."
)
TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
CHANNELS = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")


def task_role(shop: Shop, *actions: str) -> None:
    """A role `app` with these actions on everything, in a new revision of `web`."""
    shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())
    if actions:
        document = {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}], "Version": "2012-10-17"}
        shop.iam.put_role_policy(RoleName="app", PolicyName="may", PolicyDocument=json.dumps(document))
    shop.register(taskRoleArn=TASK_ROLE)


def execution_role_may(shop: Shop, *actions: str) -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}], "Version": "2012-10-17"}
    shop.iam.put_role_policy(RoleName="exec", PolicyName="more", PolicyDocument=json.dumps(document))


def public_way(shop: Shop, *, route: bool) -> None:
    """An internet gateway at the VPC, and where asked the route to it."""
    gateway = shop.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    shop.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=shop.vpc)
    if route:
        shop.ec2.create_route(RouteTableId=shop.table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)


def by_address(shop: Shop, assign: str) -> Any:
    return shop.run_and_wait(networkConfiguration=shop.network(assignPublicIp=assign))


# --- section 4: what a private task needs


def test_r141_three_interface_endpoints_and_the_gateway_of_s3_are_enough_to_start(shop: Shop) -> None:
    shop.open_endpoints(("ecr.api", "ecr.dkr", "logs"))
    assert shop.run_and_wait().status == "RUNNING"


def test_r141_an_interface_endpoint_of_s3_does_not_serve_ecr(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "s3"), s3=False, private_dns=False)
    for endpoint in shop.ec2.describe_vpc_endpoints()["VpcEndpoints"]:
        if not endpoint["ServiceName"].endswith(".s3"):
            shop.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint["VpcEndpointId"], PrivateDnsEnabled=True)
    task = shop.run_and_wait()
    assert task.status == "STOPPED"
    assert f"prod-{REGION}-starport-layer-bucket.s3.{REGION}.amazonaws.com" in task.stopped_reason


@pytest.mark.parametrize(
    ("value", "endpoint", "action"),
    [
        ("arn:aws:secretsmanager", "secretsmanager", "secretsmanager:GetSecretValue"),
        ("/shop/token", "ssm", "ssm:GetParameters"),
    ],
)
def test_r142_a_secret_needs_the_endpoint_of_its_service_as_well(
    shop: Shop, value: str, endpoint: str, action: str
) -> None:
    shop.open_endpoints()
    execution_role_may(shop, action)
    if endpoint == "ssm":
        boto3.client("ssm").put_parameter(Name=value, Value="t", Type="String")
    else:
        value = boto3.client("secretsmanager").create_secret(Name="shop/token", SecretString="t")["ARN"]
    shop.register(shop.container(secrets=[{"name": "TOKEN", "valueFrom": value}]))
    assert shop.run_and_wait(minutes=8).stop_code == "TaskFailedToStart"
    shop.open_endpoints((endpoint,), s3=False)
    assert shop.run_and_wait().status == "RUNNING"


def test_r142_without_dns_resolution_in_the_vpc_no_endpoint_is_found(open_shop: Shop) -> None:
    open_shop.ec2.modify_vpc_attribute(VpcId=open_shop.vpc, EnableDnsSupport={"Value": False})
    assert open_shop.run_and_wait(minutes=8).stop_code == "TaskFailedToStart"


def test_r143_the_token_is_asked_for_by_the_api_endpoint_from_the_tasks_own_subnet(shop: Shop) -> None:
    shop.open_endpoints(("ecr.dkr", "logs"))
    task = shop.run_and_wait()
    assert task.stopped_reason.startswith(REGISTRY_AUTH)
    assert f'Post "https://api.ecr.{REGION}.amazonaws.com/"' in task.stopped_reason


@pytest.mark.parametrize(("port", "ends"), [(443, "RUNNING"), (80, "STOPPED")])
def test_r144_the_endpoints_group_lets_in_port_443(shop: Shop, port: int, ends: str) -> None:
    shop.open_endpoints()
    (rule,) = shop.ec2.describe_security_groups(GroupIds=[shop.endpoint_group])["SecurityGroups"][0]["IpPermissions"]
    shop.ec2.revoke_security_group_ingress(GroupId=shop.endpoint_group, IpPermissions=[rule])
    opened = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}
    shop.ec2.authorize_security_group_ingress(GroupId=shop.endpoint_group, IpPermissions=[opened])
    assert shop.run_and_wait().status == ends


def test_r144_the_tasks_own_group_lets_port_443_out(open_shop: Shop) -> None:
    group = open_shop.ec2.describe_security_groups(GroupIds=[open_shop.group])["SecurityGroups"][0]
    open_shop.ec2.revoke_security_group_egress(GroupId=open_shop.group, IpPermissions=group["IpPermissionsEgress"])
    task = open_shop.run_and_wait()
    assert task.stopped_reason.startswith(REGISTRY_AUTH)
    assert open_shop.group in task.why


@pytest.mark.parametrize(("route", "assign"), [(True, "DISABLED"), (False, "ENABLED")])
def test_r145_a_public_address_without_the_route_or_the_route_without_it_is_no_way_out(
    shop: Shop, route: bool, assign: str
) -> None:
    public_way(shop, route=route)
    assert by_address(shop, assign).stopped_reason.startswith(REGISTRY_AUTH)


def test_r145_with_both_a_task_starts_in_a_public_subnet(shop: Shop) -> None:
    public_way(shop, route=True)
    assert by_address(shop, "ENABLED").status == "RUNNING"


@pytest.mark.parametrize(
    ("made_for", "asked", "platform"), [(["ARM64"], "X86_64", "linux/amd64"), (["X86_64"], "ARM64", "linux/arm64")]
)
def test_r147_an_index_without_the_processors_image_stops_at_the_pull(
    open_shop: Shop, made_for: list[str], asked: str, platform: str
) -> None:
    image = open_shop.cloud.push_image("shop/other", "1", architectures=tuple(made_for), index=True)
    open_shop.register(open_shop.container(image=image), runtimePlatform={"cpuArchitecture": asked})
    task = open_shop.run_and_wait()
    assert task.stopped_reason.startswith("CannotPullContainerError: ")
    assert f"does not contain descriptor matching platform '{platform}'" in task.stopped_reason


# --- section 5: roles


def test_r148_the_managed_policy_of_execution_roles_holds_six_actions_on_everything(shop: Shop) -> None:
    policy = shop.iam.get_policy(PolicyArn=MANAGED)["Policy"]
    held = shop.iam.get_policy_version(PolicyArn=MANAGED, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    (statement,) = held["Document"]["Statement"]
    assert (statement["Effect"], statement["Resource"]) == ("Allow", "*")
    assert sorted(statement["Action"]) == [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ]


@pytest.mark.parametrize(
    ("reference", "value"),
    [("{arn}", '{"user": "mara"}'), ("{arn}:user::", "mara"), ("{arn}:user:AWSCURRENT:", "mara")],
)
def test_r154_a_secret_is_named_by_its_arn_and_three_more_fields_that_may_be_empty(
    shop: Shop, reference: str, value: str
) -> None:
    shop.open_endpoints((*ENDPOINTS, "secretsmanager"))
    execution_role_may(shop, "secretsmanager:GetSecretValue")
    held = boto3.client("secretsmanager").create_secret(Name="db", SecretString='{"user": "mara"}')["ARN"]
    shop.register(shop.container(secrets=[{"name": "DB", "valueFrom": reference.format(arn=held)}]))
    task = shop.run_and_wait()
    assert task.status == "RUNNING"
    assert task.containers[0].environment["DB"] == value


@pytest.mark.parametrize("fields", [":user", ":user:", "::", ":user:::"])
def test_r154_a_json_key_without_its_empty_fields_cannot_be_read(shop: Shop, fields: str) -> None:
    shop.open_endpoints((*ENDPOINTS, "secretsmanager"))
    execution_role_may(shop, "secretsmanager:GetSecretValue")
    held = boto3.client("secretsmanager").create_secret(Name="db", SecretString='{"user": "mara"}')["ARN"]
    shop.register(shop.container(secrets=[{"name": "DB", "valueFrom": f"{held}{fields}"}]))
    task = shop.run_and_wait()
    assert task.stop_code == "TaskFailedToStart"
    assert task.stopped_reason.endswith("unexpected ARN format with parameters when trying to retrieve ASM secret")


@pytest.mark.parametrize("missing", CHANNELS)
def test_r157_exec_needs_each_of_four_actions_in_the_task_role(shop: Shop, missing: str) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    task_role(shop, *(f"ssmmessages:{channel}" for channel in CHANNELS if channel != missing))
    execution_role_may(shop, "ssmmessages:*")  # which is not whose channels they are
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(minutes=3)
    with pytest.raises(shop.ecs.exceptions.TargetNotConnectedException):
        shop.ecs.execute_command(cluster="shop", task=arn, command="/bin/sh", interactive=True)


def test_r159_exec_is_of_tasks_that_were_started_with_it(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    task_role(shop, *(f"ssmmessages:{channel}" for channel in CHANNELS))
    shop.create_service(desiredCount=1)
    shop.cloud.advance(minutes=3)
    (old,) = shop.ecs.list_tasks(cluster="shop")["taskArns"]
    shop.ecs.update_service(cluster="shop", service="web", enableExecuteCommand=True)
    entering = {"cluster": "shop", "command": "/bin/sh", "interactive": True}
    with pytest.raises(ClientError, match="execute command was not enabled when the task was run"):
        shop.ecs.execute_command(task=old, **entering)
    shop.ecs.update_service(cluster="shop", service="web", forceNewDeployment=True)
    shop.cloud.advance(minutes=10)
    (new,) = shop.ecs.list_tasks(cluster="shop")["taskArns"]
    assert new != old
    assert shop.ecs.execute_command(task=new, **entering)["session"]["sessionId"]


def test_r160_the_agent_runs_30_to_60_seconds_after_the_task(shop: Shop) -> None:
    shop.open_endpoints((*ENDPOINTS, "ssmmessages"))
    task_role(shop, *(f"ssmmessages:{channel}" for channel in CHANNELS))
    arn = shop.run(enableExecuteCommand=True)["taskArn"]
    shop.cloud.advance(minutes=3)
    task = shop.described(arn)
    (agent,) = task["containers"][0]["managedAgents"]
    assert 30 <= (agent["lastStartedAt"] - task["startedAt"]).total_seconds() <= 60


@pytest.mark.parametrize(
    ("trusted", "ends"), [("ecs.amazonaws.com", "RUNNING"), ("ecs-tasks.amazonaws.com", "STOPPED")]
)
def test_r164_the_role_of_an_ebs_volume_trusts_ecs_and_not_its_tasks(open_shop: Shop, trusted: str, ends: str) -> None:
    open_shop.iam.create_role(RoleName="infra", AssumeRolePolicyDocument=trust(trusted))
    open_shop.iam.attach_role_policy(RoleName="infra", PolicyArn=VOLUMES)
    mount = [{"sourceVolume": "scratch", "containerPath": "/scratch"}]
    volumes = [{"name": "scratch", "configuredAtLaunch": True}]
    open_shop.register(open_shop.container(mountPoints=mount), volumes=volumes)
    managed = {"sizeInGiB": 20, "roleArn": f"arn:aws:iam::{ACCOUNT}:role/infra"}
    task = open_shop.run_and_wait(volumeConfigurations=[{"name": "scratch", "managedEBSVolume": managed}])
    assert task.status == ends


# --- sections 7 and 11


@pytest.mark.parametrize("architecture", ["X86_64", "ARM64"])
def test_r198_spot_runs_linux_on_both_processors(open_shop: Shop, architecture: str) -> None:
    image = open_shop.cloud.push_image("shop/both", "1", architectures=("X86_64", "ARM64"))
    platform = {"cpuArchitecture": architecture, "operatingSystemFamily": "LINUX"}
    open_shop.register(open_shop.container(image=image), runtimePlatform=platform)
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    open_shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    asked = {"cluster": "shop", "taskDefinition": "web", "capacityProviderStrategy": strategy}
    (task,) = open_shop.ecs.run_task(networkConfiguration=open_shop.network(), **asked)["tasks"]
    open_shop.cloud.advance(minutes=3)
    assert open_shop.cloud.task(task["taskArn"]).status == "RUNNING"


def test_r198_spot_runs_no_windows(open_shop: Shop) -> None:
    platform = {"cpuArchitecture": "X86_64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
    open_shop.register(cpu="1024", memory="2048", runtimePlatform=platform)
    open_shop.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    with pytest.raises(ClientError):
        open_shop.ecs.run_task(
            cluster="shop",
            taskDefinition="web",
            capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            networkConfiguration=open_shop.network(),
        )


def test_r289_a_stream_is_named_prefix_container_task(open_shop: Shop) -> None:
    task = open_shop.run_and_wait()
    (stream,) = open_shop.logs.describe_log_streams(logGroupName="/ecs/web")["logStreams"]
    assert stream["logStreamName"] == f"web/web/{task.id}"
    assert len(task.id) == 32


def test_r290_a_container_that_never_started_has_no_stream(shop: Shop) -> None:
    shop.open_endpoints(("ecr.api", "logs"))  # the image cannot be pulled
    task = shop.run_and_wait()
    assert task.stopped_reason.startswith("CannotPullContainerError")
    assert shop.logs.describe_log_streams(logGroupName="/ecs/web")["logStreams"] == []
