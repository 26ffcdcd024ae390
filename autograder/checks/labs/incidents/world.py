"""What the learner finds: six services in one cluster, each with one thing wrong, failing for some time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import boto3

from autograder.checks.labs.incidents.plan import Plan, Planted, plan_of

TASKS = "ecs-tasks.amazonaws.com"
ANYWHERE = [{"CidrIp": "0.0.0.0/0"}]
ENDPOINTS = {
    "ecr.api": "way-no-api-endpoint",
    "ecr.dkr": "way-no-dkr-endpoint",
    "logs": "way-no-logs-endpoint",
    "secretsmanager": "way-no-secrets-endpoint",
}
"""The interface endpoints of a private environment, and the cause that is the lack of it."""
GOOD, NEXT = "1.4", "1.5"
"""The version that runs well, and the one that ends by itself where that was planted."""
GRACE = 120
"""Seconds in which failed checks of the load balancer do not count; more than most programs need."""
NEEDED_MIB = 700
"""What the program needs that does not get it; the size above 512 MiB is 1024."""


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant, and let it fail for some time."""
    plan = plan_of(variant["ticket"])
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    boto3.client("s3").create_bucket(Bucket=plan.bucket)
    default = DefaultPlace(cloud)
    of_another_team(default)
    for one in plan.planted:
        Environment(cloud, plan, one, default).build()
    cloud.advance(minutes=25)


def document(statements: Iterable[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def tcp(port: int, **source: Any) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}


class DefaultPlace:
    """The default VPC and two of its public subnets."""

    def __init__(self, cloud: Any) -> None:
        found = boto3.client("ec2").describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])[
            "Subnets"
        ]
        pair = sorted(found, key=lambda each: str(each["AvailabilityZone"]))[:2]
        self.vpc, self.subnets = str(pair[0]["VpcId"]), [str(each["SubnetId"]) for each in pair]


def of_another_team(place: DefaultPlace) -> None:
    """A load balancer and a target group that are in order: who does not say which one they mean gets these."""
    elb, ec2 = boto3.client("elbv2"), boto3.client("ec2")
    group = ec2.create_security_group(GroupName="accounts", Description="accounts", VpcId=place.vpc)["GroupId"]
    elb.create_target_group(Name="accounts", Protocol="HTTP", Port=8443, VpcId=place.vpc, TargetType="ip")
    elb.create_load_balancer(Name="accounts", Subnets=place.subnets, SecurityGroups=[group])


class Environment:
    """One service with all that belongs to it, and one thing wrong."""

    def __init__(self, cloud: Any, plan: Plan, one: Planted, default: DefaultPlace) -> None:
        self.cloud, self.plan, self.one = cloud, plan, one
        self.ec2, self.ecs, self.iam = boto3.client("ec2"), boto3.client("ecs"), boto3.client("iam")
        self.vpc, self.subnets = default.vpc, default.subnets
        self.key = self.front = self.targets = ""

    def build(self) -> None:
        """Everything in order, the service last."""
        if self.one.is_private:
            self.own_vpc()
        self.tasks = self.group("tasks")
        self.doors()
        if self.one.is_private:
            self.endpoints()
        self.things()
        self.execution = self.role(self.one.execution, self.for_the_start(), "role-execution-trust")
        self.task_role = self.role(self.one.task_role, self.for_the_program(), "role-task-trust")
        self.images()
        self.service(self.definition())

    def has(self, *keys: str) -> bool:
        """Is one of these its cause?"""
        return self.one.key in keys

    # --- the network

    def own_vpc(self) -> None:
        """A VPC without a way to the internet: two subnets, a route table for both."""
        one, tags = self.one, self.tags
        first, second = one.block.split(".")[:2]
        self.vpc = self.ec2.create_vpc(CidrBlock=one.block, **tags("vpc"))["Vpc"]["VpcId"]
        self.ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": True})
        table = self.ec2.create_route_table(VpcId=self.vpc, **tags("route-table"))["RouteTable"]["RouteTableId"]
        self.table, self.subnets = str(table), []
        for number, zone in enumerate("ab"):
            made = self.ec2.create_subnet(
                VpcId=self.vpc,
                CidrBlock=f"{first}.{second}.{number}.0/24",
                AvailabilityZone=self.cloud.region + zone,
                **tags("subnet"),
            )["Subnet"]["SubnetId"]
            self.ec2.associate_route_table(RouteTableId=table, SubnetId=made)
            self.subnets.append(str(made))

    def group(self, what: str) -> str:
        """A security group of this service; its id."""
        name = f"{self.one.service}-{what}"
        made = self.ec2.create_security_group(
            GroupName=name, Description=f"{what} of {self.one.service}", VpcId=self.vpc, **self.tags("security-group")
        )
        return str(made["GroupId"])

    def doors(self) -> None:
        """Out of the tasks: HTTPS alone; where they cannot get out, the database's port alone."""
        self.only_out(self.tasks, 5432 if self.has("way-tasks-locked-in") else 443)

    def only_out(self, group: str, port: int) -> None:
        """Let the group out at one port alone."""
        every = [{"IpProtocol": "-1", "IpRanges": ANYWHERE}]
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=every)
        self.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[tcp(port, IpRanges=ANYWHERE)])

    def endpoints(self) -> None:
        """Four interface endpoints behind one security group, and the gateway endpoint for S3."""
        door = self.group("endpoints")
        source = (
            {"IpRanges": [{"CidrIp": "10.250.0.0/16"}]} if self.has("way-endpoints-shut") else self.from_(self.tasks)
        )
        self.ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[tcp(443, **source)])
        for short, cause in ENDPOINTS.items():
            if self.one.key != cause:
                self.ec2.create_vpc_endpoint(
                    VpcEndpointType="Interface",
                    VpcId=self.vpc,
                    ServiceName=f"com.amazonaws.{self.cloud.region}.{short}",
                    SubnetIds=self.subnets,
                    SecurityGroupIds=[door],
                    PrivateDnsEnabled=not (self.has("way-private-dns-off") and short == "ecr.api"),
                    **self.tags("vpc-endpoint"),
                )
        if not self.has("way-no-s3-endpoint"):
            mine = [{"Name": "vpc-id", "Values": [self.vpc]}, {"Name": "association.main", "Values": ["true"]}]
            main = self.ec2.describe_route_tables(Filters=mine)["RouteTables"][0]["RouteTableId"]
            self.ec2.create_vpc_endpoint(
                VpcEndpointType="Gateway",
                VpcId=self.vpc,
                ServiceName=f"com.amazonaws.{self.cloud.region}.s3",
                RouteTableIds=[main if self.has("way-s3-other-table") else self.table],
                **self.tags("vpc-endpoint"),
            )

    @staticmethod
    def from_(group: str) -> dict[str, Any]:
        return {"UserIdGroupPairs": [{"GroupId": group}]}

    def tags(self, kind: str) -> dict[str, Any]:
        return {"TagSpecifications": [{"ResourceType": kind, "Tags": [{"Key": "service", "Value": self.one.service}]}]}

    # --- roles and things

    def arn(self, service: str, rest: str) -> str:
        return f"arn:aws:{service}:{self.cloud.region}:{self.cloud.account}:{rest}"

    def things(self) -> None:
        """The secret under a key of the account's own, and the log group."""
        one, secrets = self.one, boto3.client("secretsmanager")
        if self.has("role-no-key"):
            self.key = boto3.client("kms").create_key(Description=one.secret)["KeyMetadata"]["Arn"]
        held = json.dumps({"user": one.service, "password": one.password})
        more = {"KmsKeyId": self.key} if self.key else {}
        self.secret = str(secrets.create_secret(Name=one.secret, SecretString=held, **more)["ARN"])
        if self.has("thing-secret-deleted"):
            secrets.delete_secret(SecretId=self.secret, RecoveryWindowInDays=30)
        if not self.has("thing-no-log-group"):
            boto3.client("logs").create_log_group(logGroupName=one.group)

    def for_the_start(self) -> list[dict[str, Any]]:
        """What the execution role needs, but for what was taken away."""
        one = self.one
        repository, stream = (
            self.arn("ecr", f"repository/{one.repository}*"),
            self.arn("logs", f"log-group:{one.group}:*"),
        )
        pulls, writes = ["ecr:GetDownloadUrlForLayer"], ["logs:PutLogEvents"]
        if not self.has("role-no-pull"):
            pulls.append("ecr:BatchGetImage")
        if not self.has("role-no-log-stream"):
            writes.append("logs:CreateLogStream")
        may = [allow(pulls, repository), allow(writes, stream)]
        if not self.has("role-no-login"):
            may.append(allow("ecr:GetAuthorizationToken", "*"))
        if not self.has("role-no-secret"):
            may.append(allow("secretsmanager:GetSecretValue", self.arn("secretsmanager", f"secret:{one.service}-*")))
        return may

    def for_the_program(self) -> list[dict[str, Any]]:
        """What the task role needs; where that was taken away, it may look and not write."""
        action = "s3:GetObject" if self.has("program-denied") else "s3:PutObject"
        return [allow(action, f"arn:aws:s3:::{self.plan.bucket}/{self.one.service}/*")]

    def role(self, name: str, statements: list[dict[str, Any]], cause: str) -> str:
        """A role for ECS tasks; where that was planted, for machines of EC2."""
        who = "ec2.amazonaws.com" if self.has(cause) else TASKS
        trust = document([{"Effect": "Allow", "Principal": {"Service": who}, "Action": "sts:AssumeRole"}])
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(statements))
        return str(made)

    # --- image, definition, service

    def images(self) -> None:
        """The version that runs well, and where it was planted the one that does not."""
        one = self.one
        behaviour: dict[str, Any] = {
            "size_mib": 90,
            "ports": [one.port],
            "paths": [(one.path, 200), ("/tickets", 200)],
            "calls": [("s3:PutObject", f"arn:aws:s3:::{self.plan.bucket}/{one.service}/manifest.json")],
            "log_lines": (f"{one.service} answers on port {one.port}: {one.path}, /tickets",),
            "start_seconds": one.slow if self.has("front-too-soon") else 3,
            "memory_mib": NEEDED_MIB if self.has("program-memory") else 200,
        }
        self.image = self.cloud.push_image(one.repository, GOOD, **behaviour)
        if self.has("program-ends"):
            ends = {"log_lines": (f"{one.service} {NEXT}: cannot read tariff table, giving up",), "exit_code": 1}
            self.image = self.cloud.push_image(one.repository, NEXT, **{**behaviour, **ends, "exit_after": 8})
        wrong = {"thing-no-tag": f":{GOOD}" + "1", "thing-no-repository": f"-app:{GOOD}"}.get(one.key)
        if wrong:
            self.image = self.image.removesuffix(f":{GOOD}") + wrong

    def definition(self) -> dict[str, Any]:
        """What is registered."""
        one = self.one
        secret = f"{self.secret}:password::"
        if self.has("thing-no-secret"):
            secret = self.arn("secretsmanager", f"secret:{one.service}-database-Ab12Cd") + ":password::"
        if self.has("thing-no-json-key"):
            secret = f"{self.secret}:pass::"
        container: dict[str, Any] = {
            "name": "app",
            "image": self.image,
            "portMappings": [{"containerPort": one.port}],
            "secrets": [{"name": "DB_PASSWORD", "valueFrom": secret}],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": one.group,
                    "awslogs-region": self.cloud.region,
                    "awslogs-stream-prefix": "app",
                },
            },
        }
        if one.cause.kind == "program":
            port = one.port + 1 if self.has("program-check-port") else one.port
            path = f"{one.path}z" if self.has("program-check-path") else one.path
            asks = f"curl -f http://localhost:{port}{path} || exit 1"
            container["healthCheck"] = {"command": ["CMD-SHELL", asks], "interval": 10, "retries": 3, "startPeriod": 30}
        more = {"runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}}
        return {
            "family": one.service,
            "requiresCompatibilities": ["FARGATE"],
            "networkMode": "awsvpc",
            "cpu": "256",
            "memory": "512",
            "executionRoleArn": self.execution,
            "taskRoleArn": self.task_role,
            "containerDefinitions": [container],
            **(more if self.has("thing-other-architecture") else {}),
        }

    def service(self, definition: dict[str, Any]) -> None:
        """One task of it; behind a load balancer where that was planted."""
        made = self.ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]
        public = "DISABLED" if self.one.is_private or self.has("way-no-public-ip") else "ENABLED"
        more: dict[str, Any] = {}
        if self.one.cause.kind == "front":
            self.balanced()
            target = {"targetGroupArn": self.targets, "containerName": "app", "containerPort": self.one.port}
            more["loadBalancers"] = [target]
            more["healthCheckGracePeriodSeconds"] = GRACE
        self.ecs.create_service(
            cluster=self.plan.cluster,
            serviceName=self.one.service,
            taskDefinition=made,
            desiredCount=1,
            launchType="FARGATE",
            networkConfiguration={
                "awsvpcConfiguration": {
                    "subnets": self.subnets,
                    "securityGroups": [self.tasks],
                    "assignPublicIp": public,
                }
            },
            **more,
        )

    def balanced(self) -> None:
        """A load balancer for customers, and the target group of the tasks."""
        one, elb = self.one, boto3.client("elbv2")
        self.front = self.group("front")
        self.ec2.authorize_security_group_ingress(GroupId=self.front, IpPermissions=[tcp(80, IpRanges=ANYWHERE)])
        if not self.has("front-shut-out"):
            into = {**tcp(one.port, **self.from_(self.front)), "ToPort": one.port + 10}
            self.ec2.authorize_security_group_ingress(GroupId=self.tasks, IpPermissions=[into])
        if self.has("front-locked-in"):
            self.only_out(self.front, 443)
        self.targets = elb.create_target_group(
            Name=one.service,
            Protocol="HTTP",
            Port=80,
            VpcId=self.vpc,
            TargetType="ip",
            HealthCheckPath=f"{one.path}z" if self.has("front-path") else one.path,
            HealthCheckPort=str(one.port + 2) if self.has("front-port") else "traffic-port",
            HealthCheckTimeoutSeconds=5,
            HealthCheckIntervalSeconds=10,
        )["TargetGroups"][0]["TargetGroupArn"]
        quick = [{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}]
        elb.modify_target_group_attributes(TargetGroupArn=self.targets, Attributes=quick)
        made = elb.create_load_balancer(Name=one.service, Subnets=self.subnets, SecurityGroups=[self.front])
        elb.create_listener(
            LoadBalancerArn=made["LoadBalancers"][0]["LoadBalancerArn"],
            Protocol="HTTP",
            Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": self.targets}],
        )
