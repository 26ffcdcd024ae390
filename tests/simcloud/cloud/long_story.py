"""A story of more than sixty calls over twelve services, told in this process or in a fresh one.

As a script: `python long_story.py [--extra] [--replay FILE]` prints the transcript (or what its replay found) as JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"},
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
        ],
    }
)
MORE = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})
MANIFEST = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"})


def tell(cloud: Cloud, *, extra: bool = False) -> None:
    """Make the calls. `extra`: with further looks and refused calls between them."""
    look = _looks if extra else _nothing
    look()
    vpc, subnets, group = network()
    look()
    role = identity()
    cloud.advance(minutes=1)
    look()
    registry_and_logs(cloud)
    secrets()
    look()
    load_balancer(vpc, subnets, group)
    storage_and_queues()
    look()
    keys_and_sessions(role)
    look()
    containers(cloud, role)
    cloud.advance(hours=1, seconds=0.5)


def network() -> tuple[str, list[str], str]:
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{n}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for n, zone in enumerate(("us-east-1a", "us-east-1b"))
    ]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnets[0])
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.20.0.0/16"}]}],
    )
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.us-east-1.ecr.api",
        VpcEndpointType="Interface",
        SubnetIds=subnets,
        SecurityGroupIds=[group],
    )
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table])
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)
    ec2.create_network_interface(SubnetId=subnets[1])
    for describe in ("vpcs", "subnets", "route_tables", "vpc_endpoints", "network_interfaces", "security_groups"):
        getattr(ec2, f"describe_{describe}")()
    ec2.describe_vpc_endpoint_services(ServiceNames=["com.amazonaws.us-east-1.logs"])
    return vpc, subnets, group


def identity() -> str:
    iam = boto3.client("iam")
    arn: str = iam.create_role(RoleName="run", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(
        RoleName="run", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    )
    iam.put_role_policy(RoleName="run", PolicyName="more", PolicyDocument=MORE)
    iam.get_role(RoleName="run")
    iam.list_attached_role_policies(RoleName="run")
    user = iam.create_user(UserName="ana")["User"]["UserName"]
    iam.create_access_key(UserName=user)
    return arn


def registry_and_logs(cloud: Cloud) -> None:
    ecr = boto3.client("ecr")
    ecr.create_repository(repositoryName="shop/web", imageTagMutability="IMMUTABLE")
    ecr.put_image(repositoryName="shop/web", imageManifest=MANIFEST, imageTag="1")
    ecr.describe_images(repositoryName="shop/web")
    ecr.get_authorization_token()
    logs = boto3.client("logs")
    for n in range(4):
        logs.create_log_group(logGroupName=f"/ecs/web{n}")
    logs.create_log_stream(logGroupName="/ecs/web0", logStreamName="a")
    at = int(cloud.now.timestamp() * 1000)
    logs.put_log_events(
        logGroupName="/ecs/web0", logStreamName="a", logEvents=[{"timestamp": at, "message": m} for m in ("one", "two")]
    )
    logs.filter_log_events(logGroupName="/ecs/web0")
    list(logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 2}))


def secrets() -> None:
    manager = boto3.client("secretsmanager")
    secret = manager.create_secret(Name="db", SecretString="hush")["ARN"]
    manager.put_secret_value(SecretId=secret, SecretString="hush hush")
    manager.get_secret_value(SecretId="db")
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name="/shop/url", Value="https://shop", Type="SecureString")
    ssm.get_parameter(Name="/shop/url", WithDecryption=True)
    ssm.describe_parameters()


def load_balancer(vpc: str, subnets: list[str], group: str) -> None:
    elb = boto3.client("elbv2")
    arn = elb.create_load_balancer(Name="shop", Subnets=subnets, SecurityGroups=[group])["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    groups = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")["TargetGroups"]
    target = groups[0]["TargetGroupArn"]
    listener = elb.create_listener(
        LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": target}]
    )["Listeners"][0]["ListenerArn"]
    elb.describe_rules(ListenerArn=listener)
    elb.describe_load_balancers()


def storage_and_queues() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="shop-config")
    s3.put_object(Bucket="shop-config", Key="a b/é+c", Body=b"x" * 5000)
    s3.get_object(Bucket="shop-config", Key="a b/é+c")["Body"].read()
    s3.create_multipart_upload(Bucket="shop-config", Key="big")
    s3.list_objects_v2(Bucket="shop-config")
    sqs = boto3.client("sqs")
    queue = sqs.create_queue(QueueName="work")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="hello")
    sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)
    sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)


def keys_and_sessions(role: str) -> None:
    kms = boto3.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    sealed = kms.encrypt(KeyId=key, Plaintext=b"plain")["CiphertextBlob"]
    kms.decrypt(CiphertextBlob=sealed)
    kms.generate_data_key(KeyId=key, KeySpec="AES_256")
    sts = boto3.client("sts")
    sts.get_caller_identity()
    session = sts.assume_role(RoleArn=role, RoleSessionName="look")["Credentials"]
    boto3.client(
        "sts",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    ).get_caller_identity()


def containers(cloud: Cloud, role: str) -> None:
    image = cloud.push_image("app", ports=(80,), log_lines=("up",))
    default = [{"Name": "default-for-az", "Values": ["true"]}]
    subnet = boto3.client("ec2").describe_subnets(Filters=default)["Subnets"][0]
    ecs = boto3.client("ecs")
    ecs.create_cluster(clusterName="shop")
    ecs.list_clusters()
    ecs.register_task_definition(
        family="web",
        cpu="256",
        memory="512",
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        executionRoleArn=role,
        containerDefinitions=[{"name": "web", "image": image, "portMappings": [{"containerPort": 80}]}],
    )
    started = ecs.run_task(
        cluster="shop",
        taskDefinition="web",
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet["SubnetId"]], "assignPublicIp": "ENABLED"}},
    )["tasks"]
    arns = [task["taskArn"] for task in started]
    ecs.get_waiter("tasks_running").wait(cluster="shop", tasks=arns)
    boto3.client("ec2").describe_network_interfaces()
    ecs.stop_task(cluster="shop", task=arns[0], reason="enough")
    ecs.get_waiter("tasks_stopped").wait(cluster="shop", tasks=arns)
    ecs.describe_clusters(clusters=["shop"])


def _nothing() -> None:
    """The story alone."""


def _looks() -> None:
    """What a curious learner adds: further looks, and calls that are refused."""
    boto3.client("ec2").describe_vpcs()
    boto3.client("ec2").describe_availability_zones()
    boto3.client("elbv2").describe_load_balancers()
    boto3.client("kms").list_keys()
    boto3.client("s3").list_buckets()
    refused: list[tuple[Any, str, dict[str, Any]]] = [
        (boto3.client("ec2"), "create_subnet", {"VpcId": "vpc-none", "CidrBlock": "10.9.0.0/24"}),
        (boto3.client("ec2"), "create_vpc", {"CidrBlock": "10.0.0.0/8"}),
        (boto3.client("iam"), "get_role", {"RoleName": "nobody"}),
        (boto3.client("secretsmanager"), "get_secret_value", {"SecretId": "none"}),
        (boto3.client("dynamodb"), "list_tables", {}),
        (boto3.client("ecs"), "run_task", {"cluster": "none", "taskDefinition": "none"}),
    ]
    for client, operation, params in refused:
        with contextlib.suppress(ClientError):
            getattr(client, operation)(**params)
            raise AssertionError(f"{operation} was expected to be refused")


def main(arguments: list[str]) -> None:
    from simcloud.cloud.replay import replay

    with Cloud(seed=11) as cloud:
        if "--replay" in arguments:
            with open(arguments[arguments.index("--replay") + 1]) as file:
                records = json.load(file)
            found = [(one.index, one.entry.get("op"), one.what) for one in replay(cloud, records)]
            print(json.dumps(found))
        else:
            tell(cloud, extra="--extra" in arguments)
            print(json.dumps(cloud.transcript))


if __name__ == "__main__":
    main(sys.argv[1:])
