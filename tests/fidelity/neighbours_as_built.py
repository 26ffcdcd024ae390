"""A network, load balancers, a registry, file systems and roles, built through boto3: what the tables ask about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest

from simcloud import Cloud

MANIFEST = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"})
STARTERS = ("events.amazonaws.com", "scheduler.amazonaws.com")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
ALLOW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


@dataclass
class Built:
    """Ids and ARNs by the name that the tables use."""

    names: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        try:
            return self.names[name]
        except KeyError:
            raise AttributeError(name) from None

    def fill(self, text: str) -> str:
        """AWS's text, with the id that each <name> stands for."""
        return re.sub(r"<(\w+)>", lambda match: self.names[match[1]], text)


Params = Callable[[Built], dict[str, Any]]


def refused(name: str, operation: str, params: Params, code: str, text: str, source: str) -> Any:
    """A case: `ec2.create_route` with these parameters gets this code and this text. `source` is where the text was
    seen: a case of https://github.com/badmintoncryer/cdk-preflight (pf-...), an address, or `assumed`."""
    return pytest.param(operation, params, code, text, id=f"{operation}: {name} ({source})")


def accepted(name: str, operation: str, params: Params) -> Any:
    """A case that AWS takes. It is asked in a copy of the world."""
    return pytest.param(operation, params, id=f"{operation}: {name}")


def call(operation: str, params: dict[str, Any]) -> Any:
    """`elbv2.create_rule` -> boto3.client("elbv2").create_rule(**params)."""
    service, method = operation.split(".")
    return getattr(boto3.client(service), method)(**params)


@contextmanager
def built(seed: int) -> Iterator[tuple[Cloud, Built]]:
    """An open cloud in which everything is built, with the names of its parts."""
    with Cloud(seed=seed) as cloud:
        world = Built()
        build(world.names)
        yield cloud, world


def build(names: dict[str, str]) -> None:
    """Build it all, wherever boto3 leads."""
    _network(names)
    _balancers(names)
    _stores(names)
    _identities(names)
    _rest(names)


def _network(n: dict[str, str]) -> None:
    ec2 = boto3.client("ec2")
    n["vpc"] = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    n["other_vpc"] = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=n["vpc"], EnableDnsHostnames={"Value": True})
    places = [
        ("a", "vpc", "10.0.1.0/24", "us-east-1a"),
        ("b", "vpc", "10.0.2.0/24", "us-east-1b"),
        ("c", "vpc", "10.0.3.0/24", "us-east-1c"),
        ("a_too", "vpc", "10.0.4.0/24", "us-east-1a"),
        ("lone", "vpc", "10.0.5.0/24", "us-east-1d"),
        ("narrow", "vpc", "10.0.6.0/28", "us-east-1e"),
        ("other_a", "other_vpc", "10.1.1.0/24", "us-east-1a"),
        ("other_b", "other_vpc", "10.1.2.0/24", "us-east-1b"),
    ]
    for name, vpc, cidr, zone in places:
        made = ec2.create_subnet(VpcId=n[vpc], CidrBlock=cidr, AvailabilityZone=zone)
        n[name] = made["Subnet"]["SubnetId"]
    for _ in range(4):
        ec2.create_network_interface(SubnetId=n["narrow"])
    for name, vpc in (("group", "vpc"), ("peer", "vpc"), ("unused", "vpc"), ("other_group", "other_vpc")):
        made = ec2.create_security_group(GroupName=name, Description=name, VpcId=n[vpc])
        n[name] = made["GroupId"]
    named = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [n["vpc"]]}])["SecurityGroups"]
    n["default_group"] = next(one["GroupId"] for one in named if one["GroupName"] == "default")
    open_web = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80}
    ec2.authorize_security_group_ingress(
        GroupId=n["group"],
        IpPermissions=[
            {**open_web, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
            {**open_web, "UserIdGroupPairs": [{"GroupId": n["peer"]}]},
        ],
    )
    n["gateway"] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    n["spare_gateway"] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=n["gateway"], VpcId=n["vpc"])
    for name, vpc in (("table", "vpc"), ("second_table", "vpc"), ("other_table", "other_vpc")):
        n[name] = ec2.create_route_table(VpcId=n[vpc])["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=n["table"], DestinationCidrBlock="0.0.0.0/0", GatewayId=n["gateway"])
    ec2.associate_route_table(RouteTableId=n["table"], SubnetId=n["a"])
    n["address"] = ec2.allocate_address(Domain="vpc")["AllocationId"]
    n["free_address"] = ec2.allocate_address(Domain="vpc")["AllocationId"]
    made = ec2.create_nat_gateway(SubnetId=n["a"], AllocationId=n["address"])
    n["nat"] = made["NatGateway"]["NatGatewayId"]
    n["nat_interface"] = made["NatGateway"]["NatGatewayAddresses"][0]["NetworkInterfaceId"]
    made = ec2.allocate_address(Domain="vpc")
    n["held_address"], n["held_public"] = made["AllocationId"], made["PublicIp"]
    made = ec2.create_network_interface(SubnetId=n["lone"])["NetworkInterface"]
    ec2.associate_address(AllocationId=n["held_address"], NetworkInterfaceId=made["NetworkInterfaceId"])
    held = ec2.describe_addresses(AllocationIds=[n["address"], n["held_address"]])["Addresses"]
    associations = {one["AllocationId"]: one["AssociationId"] for one in held}
    n["association"], n["held_association"] = associations[n["address"]], associations[n["held_address"]]
    tables = ec2.describe_route_tables(Filters=[{"Name": "association.main", "Values": ["true"]}])["RouteTables"]
    n["main_table"] = next(one["RouteTableId"] for one in tables if one["VpcId"] == n["vpc"])
    made = ec2.create_vpc_endpoint(
        VpcId=n["vpc"],
        ServiceName="com.amazonaws.us-east-1.logs",
        VpcEndpointType="Interface",
        SubnetIds=[n["b"]],
        SecurityGroupIds=[n["group"]],
    )
    n["endpoint"] = made["VpcEndpoint"]["VpcEndpointId"]
    made = ec2.create_vpc_endpoint(
        VpcId=n["vpc"], ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[n["second_table"]]
    )
    n["gateway_endpoint"] = made["VpcEndpoint"]["VpcEndpointId"]
    made = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": ["com.amazonaws.us-east-1.s3"]}])
    n["prefix_list"] = made["PrefixLists"][0]["PrefixListId"] if made["PrefixLists"] else ""


def _balancers(n: dict[str, str]) -> None:
    elb = boto3.client("elbv2")
    asked: list[tuple[str, dict[str, Any]]] = [
        ("alb", {"Name": "web", "SecurityGroups": [n["group"]], "Subnets": [n["a"], n["b"]]}),
        ("second_alb", {"Name": "web2", "Subnets": [n["a"], n["b"]]}),
        ("nlb", {"Name": "net", "Type": "network", "Subnets": [n["a"], n["b"]]}),
    ]
    for name, params in asked:
        n[name] = elb.create_load_balancer(**params)["LoadBalancers"][0]["LoadBalancerArn"]
    web = {"Protocol": "HTTP", "Port": 80, "VpcId": n["vpc"], "TargetType": "ip"}
    groups: list[tuple[str, dict[str, Any]]] = [
        ("web", {}),
        ("free", {}),
        ("green", {}),
        ("behind_second", {}),
        ("elsewhere", {"VpcId": n["other_vpc"]}),
        ("tcp", {"Protocol": "TCP", "HealthCheckProtocol": "TCP"}),
        ("tls", {"Protocol": "TLS"}),
        ("grpc", {"ProtocolVersion": "GRPC", "Matcher": {"GrpcCode": "0"}}),
        ("machines", {"TargetType": "instance"}),
    ]
    for name, params in groups:
        made = elb.create_target_group(**{**web, **params, "Name": name.replace("_", "-")})
        n[f"{name}_group" if name != "web" else "web_group"] = made["TargetGroups"][0]["TargetGroupArn"]
    forwarding = (("listener", "alb", "web_group"), ("far_listener", "second_alb", "behind_second_group"))
    for name, balancer, group in forwarding:
        made = elb.create_listener(
            LoadBalancerArn=n[balancer],
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": n[group]}],
        )
        n[name] = made["Listeners"][0]["ListenerArn"]
    made = elb.create_rule(
        ListenerArn=n["listener"],
        Priority=10,
        Conditions=[{"Field": "path-pattern", "Values": ["/api/*"]}],
        Actions=[{"Type": "forward", "TargetGroupArn": n["web_group"]}],
    )
    n["rule"] = made["Rules"][0]["RuleArn"]
    rules = elb.describe_rules(ListenerArn=n["far_listener"])["Rules"]
    n["default_rule"] = next(one["RuleArn"] for one in rules if one["IsDefault"])


def _stores(n: dict[str, str]) -> None:
    ecr, efs = boto3.client("ecr"), boto3.client("efs")
    ecr.create_repository(repositoryName="web")
    ecr.put_image(repositoryName="web", imageManifest=MANIFEST, imageTag="1")
    n["files"] = efs.create_file_system(CreationToken="files")["FileSystemId"]
    n["one_zone"] = efs.create_file_system(CreationToken="one", AvailabilityZoneName="us-east-1b")["FileSystemId"]
    n["unmounted"] = efs.create_file_system(CreationToken="none")["FileSystemId"]
    made = efs.create_mount_target(FileSystemId=n["files"], SubnetId=n["a"], SecurityGroups=[n["group"]])
    n["mount_target"] = made["MountTargetId"]


def _identities(n: dict[str, str]) -> None:
    iam = boto3.client("iam")
    for name in ("task", "crowded"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    starts = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": list(STARTERS)}}
    trust = {"Version": "2012-10-17", "Statement": [starts]}
    iam.create_role(RoleName="starter", AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName="task", PolicyName="read", PolicyDocument=json.dumps(ALLOW))
    for place in range(21):
        made = iam.create_policy(PolicyName=f"p{place}", PolicyDocument=json.dumps(ALLOW))
        n[f"policy_{place}"] = made["Policy"]["Arn"]
        if place < 20:
            iam.attach_role_policy(RoleName="crowded", PolicyArn=made["Policy"]["Arn"])

    iam.create_policy_version(PolicyArn=n["policy_20"], PolicyDocument=json.dumps(ALLOW))
    for name in ("with_key", "with_password", "in_circle", "lonely"):
        iam.create_user(UserName=name)
    iam.create_access_key(UserName="with_key")
    iam.create_login_profile(UserName="with_password", Password="P4ss-word-of-20-chars")
    for name in ("circle", "allowed", "allowing", "empty"):
        iam.create_group(GroupName=name)
    iam.add_user_to_group(UserName="in_circle", GroupName="circle")
    iam.attach_group_policy(GroupName="allowed", PolicyArn=n["policy_0"])
    iam.put_group_policy(GroupName="allowing", PolicyName="read", PolicyDocument=json.dumps(ALLOW))
    n["free_policy"] = iam.create_policy(PolicyName="free", PolicyDocument=json.dumps(ALLOW))["Policy"]["Arn"]


def _rest(n: dict[str, str]) -> None:
    boto3.client("logs").create_log_group(logGroupName="/ecs/web")
    boto3.client("ssm").put_parameter(Name="/app/key", Value="1", Type="String")
    boto3.client("secretsmanager").create_secret(Name="db", SecretString="x")
    boto3.client("secretsmanager").create_secret(Name="old", SecretString="x")
    n["old_secret"] = boto3.client("secretsmanager").delete_secret(SecretId="old")["ARN"]
    boto3.client("events").put_rule(Name="nightly", ScheduleExpression="rate(1 day)")
    boto3.client("events").create_event_bus(Name="own")
    n["account"] = "123456789012"
