"""What the learner finds: a service in private subnets that has been failing for an hour, and half a repair."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.private_pull.plan import Plan, plan_of

ANYWHERE = [{"CidrIp": "0.0.0.0/0"}]
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant and let the service fail for an hour of simulated time."""
    plan = plan_of(variant["ticket"])
    build = Build(plan, boto3.client("ec2"))
    build.network()
    build.groups()
    build.endpoints()
    start_service(cloud, plan, build.private, build.tasks)
    cloud.advance(hours=1)


class Build:
    """The VPC of a plan, made step by step."""

    def __init__(self, plan: Plan, ec2: Any) -> None:
        self.plan, self.ec2 = plan, ec2
        self.region = ec2.meta.region_name
        self.vpc = self.tasks = self.door = self.public = self.public_table = ""
        self.private: list[str] = []
        self.tables: list[str] = []

    def network(self) -> None:
        """VPC, subnets in two zones, route tables, and an internet gateway that only the public subnet knows."""
        self.vpc = self.ec2.create_vpc(CidrBlock=self.plan.vpc, **self._tags("vpc", "network"))["Vpc"]["VpcId"]
        self.ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": True})
        zones = [zone["ZoneName"] for zone in self.ec2.describe_availability_zones()["AvailabilityZones"]]
        pairs = zip(self.plan.private, zones, strict=False)
        self.private = [self._subnet(cidr, zone, f"private-{zone[-1]}") for cidr, zone in pairs]
        self.public = self._subnet(self.plan.public, zones[0], f"public-{zones[0][-1]}")
        gateway = self.ec2.create_internet_gateway(**self._tags("internet-gateway", "out"))["InternetGateway"]
        self.ec2.attach_internet_gateway(VpcId=self.vpc, InternetGatewayId=gateway["InternetGatewayId"])
        self.public_table = self._table("public", [self.public])
        self.ec2.create_route(
            RouteTableId=self.public_table,
            DestinationCidrBlock="0.0.0.0/0",
            GatewayId=gateway["InternetGatewayId"],
        )
        self.tables = self._private_tables()

    def _private_tables(self) -> list[str]:
        how = self.plan.faults.tables
        if how == "own":
            return [self._table(f"private-{place}", [subnet]) for place, subnet in enumerate(self.private, 1)]
        if how == "shared":
            return [self._table("private", self.private)]
        mine = [{"Name": "vpc-id", "Values": [self.vpc]}, {"Name": "association.main", "Values": ["true"]}]
        return [self.ec2.describe_route_tables(Filters=mine)["RouteTables"][0]["RouteTableId"]]

    def groups(self) -> None:
        """The tasks' security group, and the one that the colleague put before the endpoints."""
        faults, plan = self.plan.faults, self.plan
        self.tasks = self._group(f"{plan.service}-tasks", f"tasks of {plan.service}")
        if faults.egress == "inside":
            self.ec2.revoke_security_group_egress(
                GroupId=self.tasks, IpPermissions=[{"IpProtocol": "-1", "IpRanges": ANYWHERE}]
            )
            self.ec2.authorize_security_group_egress(GroupId=self.tasks, IpPermissions=[https([plan.vpc])])
        self.door = self._group("endpoints", f"endpoints, see {plan.ticket}")
        rules = {
            "right": https(plan.private),
            "public": https([plan.public]),
            "wide": {"IpProtocol": "-1", "IpRanges": ANYWHERE},
        }
        self.ec2.authorize_security_group_ingress(GroupId=self.door, IpPermissions=[rules[faults.door]])

    def endpoints(self) -> None:
        """What the colleague had made of the endpoints when the night was over."""
        faults = self.plan.faults
        for short, state in (("ecr.api", faults.api), ("ecr.dkr", faults.dkr), ("logs", faults.logs)):
            if state != "missing":
                self._interface(short, private_dns=state == "ready")
        self._interface(faults.extra, private_dns=faults.extra != "s3")
        held = {"public-table": [self.public_table], "one-table": self.tables[:1]}.get(faults.s3)
        if held:
            self.ec2.create_vpc_endpoint(
                VpcEndpointType="Gateway",
                VpcId=self.vpc,
                ServiceName=f"com.amazonaws.{self.region}.s3",
                RouteTableIds=held,
                **self._tags("vpc-endpoint", "s3"),
            )

    def _interface(self, short: str, *, private_dns: bool) -> None:
        self.ec2.create_vpc_endpoint(
            VpcEndpointType="Interface",
            VpcId=self.vpc,
            ServiceName=f"com.amazonaws.{self.region}.{short}",
            SubnetIds=self.private,
            SecurityGroupIds=[self.door],
            PrivateDnsEnabled=private_dns,
            **self._tags("vpc-endpoint", short),
        )

    def _subnet(self, cidr: str, zone: str, name: str) -> str:
        made = self.ec2.create_subnet(
            VpcId=self.vpc, CidrBlock=cidr, AvailabilityZone=zone, **self._tags("subnet", name)
        )
        return str(made["Subnet"]["SubnetId"])

    def _table(self, name: str, subnets: list[str]) -> str:
        made = self.ec2.create_route_table(VpcId=self.vpc, **self._tags("route-table", name))
        table = str(made["RouteTable"]["RouteTableId"])
        for subnet in subnets:
            self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        return table

    def _group(self, name: str, description: str) -> str:
        made = self.ec2.create_security_group(
            GroupName=name, Description=description, VpcId=self.vpc, **self._tags("security-group", name)
        )
        return str(made["GroupId"])

    def _tags(self, kind: str, name: str) -> dict[str, Any]:
        tags = [{"Key": "Name", "Value": f"ferryline-{name}"}, {"Key": "ticket", "Value": self.plan.ticket}]
        return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]}


def https(cidrs: Any) -> dict[str, Any]:
    """A rule for TCP 443 from, or to, these blocks."""
    ranges = [{"CidrIp": cidr} for cidr in cidrs]
    return {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": ranges}


def start_service(cloud: Any, plan: Plan, subnets: list[str], group: str) -> None:
    """Image, execution role, log group, cluster, task definition and service: all as they should be."""
    line = f"{plan.service} is ready on port {plan.port}"
    image = cloud.push_image(plan.repository, "1.4", ports=(plan.port,), size_mib=140, log_lines=(line,))
    ecs, region = boto3.client("ecs"), boto3.client("ecs").meta.region_name
    boto3.client("logs").create_log_group(logGroupName=plan.log_group)
    ecs.create_cluster(clusterName=plan.cluster)
    definition = ecs.register_task_definition(
        family=plan.service,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=_execution_role(plan),
        containerDefinitions=[
            {
                "name": plan.service,
                "image": image,
                "essential": True,
                "portMappings": [{"containerPort": plan.port}],
                "logConfiguration": {
                    "logDriver": "awslogs",
                    "options": {
                        "awslogs-group": plan.log_group,
                        "awslogs-region": region,
                        "awslogs-stream-prefix": "task",
                    },
                },
            }
        ],
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.create_service(
        cluster=plan.cluster,
        serviceName=plan.service,
        taskDefinition=definition,
        desiredCount=plan.count,
        launchType="FARGATE",
        networkConfiguration={
            "awsvpcConfiguration": {"subnets": subnets, "securityGroups": [group], "assignPublicIp": "DISABLED"}
        },
    )


def _execution_role(plan: Plan) -> str:
    iam = boto3.client("iam")
    role = iam.create_role(RoleName=f"{plan.service}-execution", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=EXECUTION_POLICY)
    return str(role["Arn"])
