"""A shop's account in which CodeDeploy deploys the ECS service `web`. Built with boto3 alone."""

from __future__ import annotations

import json
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/codedeploy"
POLICY = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
IMAGE = "public.ecr.aws/nginx/nginx:latest"
FAILURES = {"enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"]}


class Store:
    """The account: two subnets with a way out, a load balancer, `web` with two tasks, an application for ECS."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        self.elb: Any = boto3.client("elbv2")
        self.client: Any = boto3.client("codedeploy")
        self._network()
        self._balancer()
        self._role()
        self.ecs.create_cluster(clusterName="shop")
        self.first = self.register()
        self.ecs.create_service(
            cluster="shop",
            serviceName="web",
            taskDefinition=self.first,
            desiredCount=2,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": self.subnets, "assignPublicIp": "ENABLED"}},
            loadBalancers=[{"targetGroupArn": self.groups["blue"], "containerName": "web", "containerPort": 80}],
            deploymentController={"type": "CODE_DEPLOY"},
        )
        cloud.advance(minutes=5)
        self.client.create_application(applicationName="shop", computePlatform="ECS")

    def _network(self) -> None:
        ec2: Any = boto3.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        table = ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        self.subnets = []
        for number, zone in ((1, "a"), (2, "b")):
            asked = {"CidrBlock": f"10.0.{number}.0/24", "AvailabilityZone": f"{REGION}{zone}"}
            self.subnets.append(ec2.create_subnet(VpcId=self.vpc, **asked)["Subnet"]["SubnetId"])
            ec2.associate_route_table(RouteTableId=table, SubnetId=self.subnets[-1])

    def _balancer(self) -> None:
        made = self.elb.create_load_balancer(Name="shop", Subnets=self.subnets)["LoadBalancers"][0]
        self.groups, self.listeners = {}, {}
        for name, port in (("blue", 80), ("green", 8080)):
            asked = {"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": self.vpc, "TargetType": "ip"}
            self.groups[name] = self.elb.create_target_group(**asked)["TargetGroups"][0]["TargetGroupArn"]
            action = {"Type": "forward", "TargetGroupArn": self.groups[name]}
            self.listeners[port] = self.elb.create_listener(
                LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=port, DefaultActions=[action]
            )["Listeners"][0]["ListenerArn"]

    def _role(self) -> None:
        trust = {"Effect": "Allow", "Principal": {"Service": "codedeploy.amazonaws.com"}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        iam: Any = boto3.client("iam")
        iam.create_role(RoleName="codedeploy", AssumeRolePolicyDocument=document)
        iam.attach_role_policy(RoleName="codedeploy", PolicyArn=POLICY)

    def register(self, image: str = IMAGE, **members: Any) -> str:
        """A revision of the task definition `web`; its ARN."""
        made = self.ecs.register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": "web", "image": image, "portMappings": [{"containerPort": 80}]}],
            **members,
        )
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def bring(self, tag: str, **behaviour: Any) -> str:
        """A revision of the task definition with an image of the account's own registry that behaves so; its ARN."""
        trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        iam: Any = boto3.client("iam")
        iam.create_role(
            RoleName="exec", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        )
        iam.attach_role_policy(
            RoleName="exec", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        )
        image = self.cloud.push_image("shop/web", tag, **behaviour)
        return self.register(image, executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/exec")

    def group(self, *, ready: int = 0, termination: int = 5, test: bool = False, **members: Any) -> str:
        """The deployment group `web`; its id. `ready` and `termination` are its waits in minutes."""
        one = {
            "targetGroups": [{"name": "blue"}, {"name": "green"}],
            "prodTrafficRoute": {"listenerArns": [self.listeners[80]]},
        }
        if test:
            one["testTrafficRoute"] = {"listenerArns": [self.listeners[8080]]}
        action = "STOP_DEPLOYMENT" if ready else "CONTINUE_DEPLOYMENT"
        asked = {
            "applicationName": "shop",
            "deploymentGroupName": "web",
            "serviceRoleArn": ROLE,
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "blueGreenDeploymentConfiguration": {
                "terminateBlueInstancesOnDeploymentSuccess": {
                    "action": "TERMINATE",
                    "terminationWaitTimeInMinutes": termination,
                },
                "deploymentReadyOption": {"actionOnTimeout": action, "waitTimeInMinutes": ready},
            },
            "loadBalancerInfo": {"targetGroupPairInfoList": [one]},
            "ecsServices": [{"clusterName": "shop", "serviceName": "web"}],
            **members,
        }
        return str(self.client.create_deployment_group(**asked)["deploymentGroupId"])

    def appspec(self, definition: str = "", container: str = "web", port: int = 80, **members: Any) -> str:
        """An AppSpec for the newest revision of the task definition, or for another one."""
        balancer = {"ContainerName": container, "ContainerPort": port}
        properties = {"TaskDefinition": definition or "web", "LoadBalancerInfo": balancer}
        target = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
        return json.dumps({"version": 0.0, "Resources": [target], **members})

    def deploy(self, content: str = "", **members: Any) -> str:
        """CreateDeployment to the group `web`; its id."""
        revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": content or self.appspec()}}
        asked = {"applicationName": "shop", "deploymentGroupName": "web", "revision": revision, **members}
        return str(self.client.create_deployment(**asked)["deploymentId"])

    def info(self, deployment: str) -> dict[str, Any]:
        """GetDeployment."""
        answer: dict[str, Any] = self.client.get_deployment(deploymentId=deployment)["deploymentInfo"]
        return answer

    def target(self, deployment: str) -> dict[str, Any]:
        """GetDeploymentTarget of the only one."""
        asked = {"deploymentId": deployment, "targetId": "shop:web"}
        answer: dict[str, Any] = self.client.get_deployment_target(**asked)["deploymentTarget"]["ecsTarget"]
        return answer

    def events(self, deployment: str) -> list[tuple[str, str]]:
        """The lifecycle events with their statuses."""
        return [(each["lifecycleEventName"], each["status"]) for each in self.target(deployment)["lifecycleEvents"]]

    def sets(self, deployment: str) -> list[tuple[str, str, float, int]]:
        """Label, status, weight and running tasks of both task sets."""
        return [
            (each["taskSetLabel"], each["status"], each["trafficWeight"], each["runningCount"])
            for each in self.target(deployment)["taskSetsInfo"]
        ]

    def service(self) -> dict[str, Any]:
        """DescribeServices of `web`."""
        answer: dict[str, Any] = self.ecs.describe_services(cluster="shop", services=["web"])["services"][0]
        return answer

    def execution(self, deployment: str) -> str:
        """What the Lambda function of the hook that is called now was handed; the story tells it."""
        lines = [str(line) for line in self.cloud.world.story.about(deployment)]
        return lines[-1].partition("LifecycleEventHookExecutionId ")[2].rstrip(")")
