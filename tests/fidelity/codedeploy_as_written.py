"""CodeDeploy requests as people write them, and the account that they are made in. Built with boto3 alone."""

from __future__ import annotations

import json
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
HEAD = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:listener"
LISTENER = f"{HEAD}/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"
TEST_LISTENER = f"{HEAD}/app/shop/50dc6c495c0c9188/0467ef3c8400ae65"
NETWORK_LISTENER = f"{HEAD}/net/wire/50dc6c495c0c9188/f2f7dc8efc522ab2"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/codedeploy"
BARE_ROLE = f"arn:aws:iam::{ACCOUNT}:role/bare"
TASK_ROLE = f"arn:aws:iam::{ACCOUNT}:role/tasks"
POLICY = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:deployments"
STYLE = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}
WAITS = {
    "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5},
    "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0},
}


def pair(*names: str, listener: str = LISTENER, **members: Any) -> dict[str, Any]:
    """loadBalancerInfo with one pair of target groups."""
    one = {
        "targetGroups": [{"name": name} for name in names or ("blue", "green")],
        "prodTrafficRoute": {"listenerArns": [listener]},
        **members,
    }
    return {"targetGroupPairInfoList": [one]}


def waits(**changes: Any) -> dict[str, Any]:
    """blueGreenDeploymentConfiguration."""
    return {**WAITS, **changes}


def group(**changes: Any) -> dict[str, Any]:
    """CreateDeploymentGroup for the ECS service `free`, which no group deploys yet."""
    asked = {
        "applicationName": "shop",
        "deploymentGroupName": "fresh",
        "serviceRoleArn": ROLE,
        "deploymentStyle": STYLE,
        "blueGreenDeploymentConfiguration": WAITS,
        "loadBalancerInfo": pair(),
        "ecsServices": service("free"),
        **changes,
    }
    return {member: value for member, value in asked.items() if value is not None}


def service(name: str, cluster: str = "shop") -> list[dict[str, str]]:
    """ecsServices."""
    return [{"clusterName": cluster, "serviceName": name}]


def servers(**changes: Any) -> dict[str, Any]:
    """CreateDeploymentGroup in an application for servers."""
    return {"applicationName": "servers", "deploymentGroupName": "fresh", "serviceRoleArn": ROLE, **changes}


def functions(**changes: Any) -> dict[str, Any]:
    """CreateDeploymentGroup in an application for Lambda."""
    return servers(applicationName="functions", **{"deploymentStyle": STYLE, **changes})


def appspec(definition: str = "web:1", container: str = "web", port: int = 80, **members: Any) -> str:
    """An AppSpec in JSON."""
    properties = {
        "TaskDefinition": definition,
        "LoadBalancerInfo": {"ContainerName": container, "ContainerPort": port},
        **members.pop("properties", {}),
    }
    target = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    return json.dumps({"version": 0.0, "Resources": [target], **members})


def content(text: str | None = None) -> dict[str, Any]:
    """A revision that comes with the request."""
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": text or appspec()}}


def stored(**location: Any) -> dict[str, Any]:
    """A revision that lies in S3."""
    return {"revisionType": "S3", "s3Location": {"bucket": "specs", "key": "a.yaml", "bundleType": "YAML", **location}}


def deploy(name: str = "idle", **changes: Any) -> dict[str, Any]:
    """CreateDeployment to a deployment group of the application `shop`."""
    asked = {"applicationName": "shop", "deploymentGroupName": name, "revision": content(), **changes}
    return {member: value for member, value in asked.items() if value is not None}


def routing(kind: str, **blocks: Any) -> dict[str, Any]:
    """CreateDeploymentConfig for ECS."""
    return {
        "deploymentConfigName": "mine",
        "computePlatform": "ECS",
        "trafficRoutingConfig": {"type": kind, **blocks},
    }


def canary(percentage: int = 25, minutes: int = 10) -> dict[str, Any]:
    """A canary for ECS."""
    return routing("TimeBasedCanary", timeBasedCanary={"canaryPercentage": percentage, "canaryInterval": minutes})


def linear(percentage: int = 25, minutes: int = 10) -> dict[str, Any]:
    """A linear shift for ECS."""
    return routing("TimeBasedLinear", timeBasedLinear={"linearPercentage": percentage, "linearInterval": minutes})


class Account:
    """An account with services that CodeDeploy deploys, and deployments in every state.

    `ids` are deployments by the word that stands for them in a table: `<waiting>` waits for ContinueDeployment,
    `<hooked>` for a Lambda function, `<done>` has failed, `<new>` has not started.
    """

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.client: Any = boto3.client("codedeploy")
        self.ids: dict[str, str] = {}
        self._roles()
        self._services(self._targets())
        sns: Any = boto3.client("sns")
        for number in range(11):
            sns.create_topic(Name=f"deployments{number or ''}")
        self._groups()
        self._deployments()

    def _roles(self) -> None:
        iam = boto3.client("iam")
        for name, who in (("codedeploy", "codedeploy"), ("bare", "codedeploy"), ("tasks", "ecs-tasks")):
            trust = {"Effect": "Allow", "Principal": {"Service": f"{who}.amazonaws.com"}, "Action": "sts:AssumeRole"}
            document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
        iam.attach_role_policy(RoleName="codedeploy", PolicyArn=POLICY)

    def _targets(self) -> str:
        """Target groups behind an Application and a Network Load Balancer; the ARN of `blue`."""
        ec2: Any = boto3.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        self.subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"][
                "SubnetId"
            ]
            for n, zone in ((1, "a"), (2, "b"))
        ]
        elb: Any = boto3.client("elbv2")
        arns = {}
        for balancer, kind, protocol, names in (
            ("shop", "application", "HTTP", ("blue", "green")),
            ("wire", "network", "TCP", ("wire-blue", "wire-green")),
        ):
            made = elb.create_load_balancer(Name=balancer, Type=kind, Subnets=self.subnets)["LoadBalancers"][0]
            for port, name in enumerate(names, 8000):
                asked = {"Name": name, "Protocol": protocol, "Port": 80, "VpcId": vpc, "TargetType": "ip"}
                arns[name] = elb.create_target_group(**asked)["TargetGroups"][0]["TargetGroupArn"]
                elb.create_listener(
                    LoadBalancerArn=made["LoadBalancerArn"],
                    Protocol=protocol,
                    Port=port,
                    DefaultActions=[{"Type": "forward", "TargetGroupArn": arns[name]}],
                )
        return arns["blue"]

    def _services(self, blue: str) -> None:
        ecs: Any = boto3.client("ecs")
        ecs.create_cluster(clusterName="shop")
        ecs.register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[
                {"name": "web", "image": "public.ecr.aws/nginx/nginx", "portMappings": [{"containerPort": 80}]}
            ],
        )
        asked = {
            "cluster": "shop",
            "taskDefinition": "web",
            "desiredCount": 0,
            "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": self.subnets}},
        }
        ecs.create_service(serviceName="rolling", **asked)
        behind = [{"targetGroupArn": blue, "containerName": "web", "containerPort": 80}]
        for name in ("free", "idle", "waiting", "hooked", "done", "new", "spare", "net"):
            ecs.create_service(
                serviceName=name, **asked, deploymentController={"type": "CODE_DEPLOY"}, loadBalancers=behind
            )
        self.cloud.advance(minutes=1)

    def _groups(self) -> None:
        made = self.client.create_application
        made(applicationName="shop", computePlatform="ECS")
        made(applicationName="servers")
        made(applicationName="functions", computePlatform="Lambda")
        self.client.create_deployment_config(**{**canary(), "deploymentConfigName": "used", "computePlatform": "ECS"})
        self.client.create_deployment_group(**servers(deploymentGroupName="fleet"))
        self.client.create_deployment_group(**functions(deploymentGroupName="live"))
        late = waits(deploymentReadyOption={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 60})
        for name in ("idle", "waiting", "hooked", "done", "new"):
            self.client.create_deployment_group(
                **group(
                    deploymentGroupName=name,
                    ecsServices=service(name),
                    deploymentConfigName="used" if name == "idle" else "CodeDeployDefault.ECSAllAtOnce",
                    blueGreenDeploymentConfiguration=late if name == "waiting" else WAITS,
                )
            )
        wires = pair("wire-blue", "wire-green", listener=NETWORK_LISTENER)
        self.client.create_deployment_group(
            **group(deploymentGroupName="net", ecsServices=service("net"), loadBalancerInfo=wires)
        )

    def _deployments(self) -> None:
        hooked = content(appspec(Hooks=[{"BeforeInstall": "check"}]))
        for name, revision in (("waiting", content()), ("hooked", hooked), ("done", content("- no AppSpec"))):
            made = self.client.create_deployment(**deploy(name, revision=revision))
            self.ids[f"<{name}>"] = made["deploymentId"]
        self.cloud.advance(seconds=30)
        self.ids["<new>"] = self.client.create_deployment(**deploy("new"))["deploymentId"]
        held = self.cloud.world.codedeploy.deployments[self.ids["<hooked>"]]
        self.ids["<hook>"] = held.event.execution

    def filled(self, value: Any) -> Any:
        """The value with ids in place of their words."""
        if isinstance(value, dict):
            return {key: self.filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        if isinstance(value, str):
            for word, identity in self.ids.items():
                value = value.replace(word, identity)
        return value
