"""What the world used, and what it costs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.usage import usage_of
from simcloud.price.breakdown import by, cluster, service, tag
from simcloud.price.price import price


@pytest.fixture
def subnet(cloud: Cloud) -> str:
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = str(ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"])
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    [table] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    boto3.client("ecs").create_cluster(clusterName="default")
    return made


def run_for_an_hour(cloud: Cloud, subnet: str, family: str, **definition: Any) -> Any:
    ecs = boto3.client("ecs")
    ecs.register_task_definition(
        **{
            "family": family,
            "requiresCompatibilities": ["FARGATE"],
            "networkMode": "awsvpc",
            "cpu": "256",
            "memory": "512",
            "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:latest"}],
            **definition,
        }
    )
    ecs.run_task(
        taskDefinition=family,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}},
    )
    cloud.advance(hours=1)
    return price(usage_of(cloud.world))


@pytest.mark.row("F21")
def test_a_task_pays_from_its_pull_for_the_size_that_was_asked_for(cloud: Cloud, subnet: str) -> None:
    bill = run_for_an_hour(cloud, subnet, "small")
    assert [line.what for line in bill] == [
        "Fargate vCPU, Linux X86_64",
        "Fargate memory, Linux X86_64",
        "public IPv4 address",
    ]
    seconds = bill.lines[0].amount * 4
    assert Decimal(3500) < seconds < Decimal(3600), "not yet billed while it waited for its network interface"
    assert bill.lines[0].cost == seconds / 4 * Decimal("0.000011244")


@pytest.mark.row("F18")
def test_the_extra_storage_of_a_task_is_billed(cloud: Cloud, subnet: str) -> None:
    bill = run_for_an_hour(cloud, subnet, "large", ephemeralStorage={"sizeInGiB": 21})
    [storage] = bill.of("storage")
    assert storage.amount == bill.lines[0].amount * 4


@pytest.mark.row("P03")
def test_the_same_network_with_nat_and_with_endpoints_has_another_price(cloud: Cloud, subnet: str) -> None:
    ec2 = boto3.client("ec2")
    begun = cloud.world.now
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    cloud.advance(hours=10)
    turn = cloud.world.now
    assert price(usage_of(cloud.world)).cost == Decimal("0.50")
    ec2.delete_nat_gateway(NatGatewayId=nat)
    ec2.release_address(AllocationId=address)
    make_endpoints(subnet)
    cloud.advance(hours=10)
    used = usage_of(cloud.world)
    assert [(line.what, line.cost) for line in price(used, since=str(turn))] == [
        ("interface endpoint hours", Decimal("0.20")),
        ("gateway endpoint s3", Decimal(0)),
    ]
    assert price(used, since=str(begun), until=str(turn)).cost == Decimal("0.50")
    assert price(used).cost == Decimal("0.70"), "what was deleted is still on the bill"


def make_endpoints(subnet: str) -> list[str]:
    ec2 = boto3.client("ec2")
    vpc = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    made = [
        ec2.create_vpc_endpoint(
            VpcId=vpc,
            VpcEndpointType="Interface",
            SubnetIds=[subnet],
            PrivateDnsEnabled=False,
            ServiceName=f"com.amazonaws.us-east-1.{service}",
        )
        for service in ("ecr.api", "ecr.dkr")
    ]
    made.append(ec2.create_vpc_endpoint(VpcId=vpc, VpcEndpointType="Gateway", ServiceName="com.amazonaws.us-east-1.s3"))
    return [each["VpcEndpoint"]["VpcEndpointId"] for each in made]


def test_a_task_that_nobody_is_shown_any_more_is_still_on_the_bill(cloud: Cloud, subnet: str) -> None:
    before = run_for_an_hour(cloud, subnet, "small").of("Fargate")
    [task] = cloud.tasks()
    boto3.client("ecs").stop_task(task=task.arn)
    cloud.advance(minutes=5)
    stopped = price(usage_of(cloud.world))
    cloud.advance(hours=3)
    assert cloud.tasks() == [], "stopped tasks are shown for an hour"
    after = price(usage_of(cloud.world))
    assert after == stopped
    assert before.cost < after.of("Fargate").cost < before.cost * Decimal("1.05")
    [line] = [line for line in after if "vCPU" in line.what]
    run = cloud.world.meter.tasks[0]
    assert line.amount == Decimal(-(-(run.end - run.begin) // 1)) / 4


def test_an_endpoint_is_paid_until_it_is_deleted_and_by_the_zones_that_it_had(cloud: Cloud, subnet: str) -> None:
    ec2 = boto3.client("ec2")
    vpc = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    second = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.2.0/24", AvailabilityZone="us-east-1b")
    endpoint = make_endpoints(subnet)[0]
    cloud.advance(hours=2)
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddSubnetIds=[second["Subnet"]["SubnetId"]])
    cloud.advance(hours=3)
    [hours] = price(usage_of(cloud.world)).of("interface endpoint hours")
    assert hours.amount == (2 * 1 + 3 * 2) + 5
    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    cloud.advance(hours=5)
    [hours] = price(usage_of(cloud.world)).of("interface endpoint hours")
    assert hours.amount == (2 * 1 + 3 * 2) + 10


def test_reading_the_bill_changes_nothing(cloud: Cloud, subnet: str) -> None:
    import pickle

    run_for_an_hour(cloud, subnet, "small")
    before = pickle.dumps(cloud.world)
    assert usage_of(cloud.world) == usage_of(cloud.world)
    assert pickle.dumps(cloud.world) == before


def test_a_copy_pays_for_its_own_future_alone(cloud: Cloud, subnet: str) -> None:
    run_for_an_hour(cloud, subnet, "small")
    now = price(usage_of(cloud.world))
    with cloud.copy() as future:
        [task] = future.tasks()
        boto3.client("ecs").stop_task(task=task.arn)
        future.advance(hours=2)
        assert price(usage_of(future.world)).cost > now.cost
        with pytest.raises(AssertionError, match="live world"):
            usage_of(cloud.world)
    assert price(usage_of(cloud.world)) == now


def test_the_costs_of_tasks_are_told_apart_by_their_propagated_tags(cloud: Cloud, subnet: str) -> None:
    ecs = boto3.client("ecs")
    run_for_an_hour(cloud, subnet, "web")
    network = {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}}
    for team, count in (("red", 1), ("blue", 2)):
        ecs.create_service(
            serviceName=team,
            taskDefinition="web",
            desiredCount=count,
            launchType="FARGATE",
            networkConfiguration=network,
            propagateTags="SERVICE",
            enableECSManagedTags=True,
            tags=[{"key": "team", "value": team}],
        )
    cloud.advance(days=1)
    used = usage_of(cloud.world)
    whole = price(used)
    teams = by(used, tag("team"))
    assert list(teams) == ["(none)", "red", "blue"]
    assert sum(bill.cost for bill in teams.values()) == pytest.approx(whole.cost)
    assert teams["blue"].of("vCPU").cost / teams["red"].of("vCPU").cost == pytest.approx(
        Decimal(2), rel=Decimal("1e-3")
    )
    assert by(used, tag("aws:ecs:serviceName")).keys() == {"(none)", "red", "blue"}
    assert {name: bill.total for name, bill in by(used, service).items() if name != "(none)"} == {
        name: bill.total for name, bill in teams.items() if name != "(none)"
    }
    assert list(by(used, cluster)) == ["default"]


def test_an_image_that_comes_by_a_nat_gateway_is_paid_by_the_gigabyte(cloud: Cloud, subnet: str) -> None:
    ec2, ecs = boto3.client("ec2"), boto3.client("ecs")
    vpc = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    private = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.9.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    ec2.associate_route_table(RouteTableId=table, SubnetId=private)
    ecs.register_task_definition(
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[
            {"name": "app", "image": cloud.push_image("web", size_mib=512, architectures=("X86_64",))}
        ],
        executionRoleArn=execution_role(),
    )
    network = {"awsvpcConfiguration": {"subnets": [private]}}
    ecs.run_task(taskDefinition="web", launchType="FARGATE", count=2, networkConfiguration=network)
    cloud.advance(minutes=10)
    assert [task.status for task in cloud.tasks()] == ["RUNNING", "RUNNING"]
    bill = price(usage_of(cloud.world))
    [data] = bill.of("NAT gateway data")
    assert data.amount == Decimal(1), "two pulls of 512 MiB"
    assert data.cost == Decimal("0.045")
    ec2.create_vpc_endpoint(
        VpcId=vpc, VpcEndpointType="Gateway", ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table]
    )
    ecs.run_task(taskDefinition="web", launchType="FARGATE", count=2, networkConfiguration=network)
    cloud.advance(minutes=10)
    after = price(usage_of(cloud.world))
    assert after.of("NAT gateway data").cost == data.cost, "layers come from S3, and now by its gateway endpoint"
    [free] = after.of("gateway endpoint data")
    assert (free.amount, free.cost) == (Decimal(1), Decimal(0))
    [stored] = after.of("ECR storage")
    assert stored.quantity == Decimal("0.5") * Decimal(1200) / Decimal(730 * 3600)


def execution_role() -> str:
    iam = boto3.client("iam")
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    )
    role = iam.create_role(RoleName="execution", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    iam.attach_role_policy(RoleName="execution", PolicyArn=policy)
    return str(role)


def test_log_lines_are_paid_when_they_come_in_and_stay_paid_when_their_group_is_deleted(cloud: Cloud) -> None:
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="/app")
    logs.create_log_stream(logGroupName="/app", logStreamName="one")
    now = int(cloud.world.now * 1000)
    lines = [{"timestamp": now, "message": "x" * 1000} for _ in range(10)]
    logs.put_log_events(logGroupName="/app", logStreamName="one", logEvents=lines)
    cloud.advance(hours=1)
    [taken] = price(usage_of(cloud.world)).of("ingestion")
    assert taken.amount == Decimal(10_000) / 1024**3
    logs.delete_log_group(logGroupName="/app")
    cloud.advance(hours=1)
    assert price(usage_of(cloud.world)).of("ingestion").lines == (taken,)


def test_a_volume_of_a_task_and_a_secret_are_paid_until_they_are_deleted(cloud: Cloud) -> None:
    ec2, secrets = boto3.client("ec2"), boto3.client("secretsmanager")
    volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=100, VolumeType="gp3")["VolumeId"]
    secret = secrets.create_secret(Name="key", SecretString="x")["ARN"]
    cloud.advance(hours=73)
    ec2.delete_volume(VolumeId=volume)
    secrets.delete_secret(SecretId=secret)
    cloud.advance(hours=730)
    bill = price(usage_of(cloud.world))
    assert [(line.what, line.quantity, line.dollars) for line in bill] == [
        ("EBS gp3 storage", Decimal(10), Decimal("0.80")),
        ("Secrets Manager secrets", Decimal("0.1"), Decimal("0.04")),
    ]


def test_a_balancer_pays_for_the_requests_of_each_hour(cloud: Cloud, subnet: str) -> None:
    ec2, elb, ecs = boto3.client("ec2"), boto3.client("elbv2"), boto3.client("ecs")
    vpc = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    second = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.2.0/24", AvailabilityZone="us-east-1b")["Subnet"]["SubnetId"]
    balancer = elb.create_load_balancer(Name="front", Subnets=[subnet, second])["LoadBalancers"][0]["LoadBalancerArn"]
    made = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")["TargetGroups"][0]
    group = made["TargetGroupArn"]
    forward = [{"Type": "forward", "TargetGroupArn": group}]
    elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
    ecs.register_task_definition(
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="1024",
        memory="2048",
        containerDefinitions=[
            {"name": "app", "image": "public.ecr.aws/nginx/nginx:latest", "portMappings": [{"containerPort": 80}]}
        ],
    )
    ecs.create_service(
        serviceName="web",
        taskDefinition="web",
        desiredCount=1,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}},
        loadBalancers=[{"targetGroupArn": group, "containerName": "app", "containerPort": 80}],
    )
    cloud.load("web", rate=50)
    cloud.advance(hours=4)
    bill = price(usage_of(cloud.world))
    assert bill.of("load balancer hours").cost == Decimal("0.0900")
    [addresses] = bill.of("public IPv4")
    assert 11.9 < addresses.quantity < 12, "one of the task, and one of the balancer in each of two zones"
    assert bill.of("capacity units").cost == Decimal(4) * 2 * Decimal("0.008"), "50 new connections a second: 2 units"
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    cloud.advance(hours=4)
    assert price(usage_of(cloud.world)).of("load balancer hours") == bill.of("load balancer hours")
