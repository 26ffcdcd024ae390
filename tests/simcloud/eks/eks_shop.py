"""A small company's cluster: two private subnets behind a NAT gateway, a cluster `shop`, a Fargate profile `web`."""

from __future__ import annotations

import json
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT = "123456789012"
OUT = "0.0.0.0/0"
EXECUTION = "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"
NGINX = "public.ecr.aws/docker/library/nginx:1.27"
BUSYBOX = "public.ecr.aws/docker/library/busybox:latest"


def trust(service: str, *actions: str) -> str:
    """A trust policy for a service."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": list(actions) or ["sts:AssumeRole"]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class EksShop:
    """The account. Names in `ids`; `cluster` and `profile` are requests."""

    def __init__(self, cloud: Cloud, *, nat: bool = True) -> None:
        self.cloud = cloud
        self.ids: dict[str, str] = {}
        self.eks, self.ec2, self.iam = boto3.client("eks"), boto3.client("ec2"), boto3.client("iam")
        for name, document in {
            "cluster": trust("eks.amazonaws.com"),
            "pods": trust("eks-fargate-pods.amazonaws.com"),
            "nodes": trust("ec2.amazonaws.com"),
            "identity": trust("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"),
        }.items():
            self.ids[name] = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        self.iam.attach_role_policy(RoleName="pods", PolicyArn=EXECUTION)
        self._network()
        if nat:
            self.open_nat()

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def _network(self) -> None:
        ec2 = self.ec2
        vpc = self.ids["vpc"] = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        for name, cidr, zone in (
            ("private-a", "10.0.1.0/24", "us-east-1a"),
            ("private-b", "10.0.2.0/24", "us-east-1b"),
            ("public-a", "10.0.11.0/24", "us-east-1a"),
        ):
            made = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)
            self.ids[name] = made["Subnet"]["SubnetId"]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        for name, subnets in (("inner", ("private-a", "private-b")), ("outer", ("public-a",))):
            table = self.ids[name] = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
            for each in subnets:
                ec2.associate_route_table(RouteTableId=table, SubnetId=self[each])
        ec2.create_route(RouteTableId=self["outer"], DestinationCidrBlock=OUT, GatewayId=gateway)

    def open_nat(self) -> None:
        """The private subnets get a way out."""
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        made = self.ec2.create_nat_gateway(SubnetId=self["public-a"], AllocationId=address)["NatGateway"]
        self.ids["nat"] = made["NatGatewayId"]
        self.ec2.create_route(RouteTableId=self["inner"], DestinationCidrBlock=OUT, NatGatewayId=self["nat"])

    def open_cluster(self, **changes: Any) -> None:
        """The cluster `shop`, ACTIVE."""
        self.eks.create_cluster(**self.cluster(**changes))
        self.eks.get_waiter("cluster_active").wait(name="shop")

    def open_profile(self, name: str = "web", **changes: Any) -> None:
        """A Fargate profile of `shop`, ACTIVE."""
        self.eks.create_fargate_profile(**self.profile(fargateProfileName=name, **changes))
        self.eks.get_waiter("fargate_profile_active").wait(clusterName="shop", fargateProfileName=name)

    def cluster(self, **changes: Any) -> dict[str, Any]:
        """A CreateCluster request."""
        network = {"subnetIds": [self["private-a"], self["private-b"]]}
        return {"name": "shop", "roleArn": self["cluster"], "resourcesVpcConfig": network, **changes}

    def profile(self, **changes: Any) -> dict[str, Any]:
        """A CreateFargateProfile request."""
        return {
            "clusterName": "shop",
            "fargateProfileName": "web",
            "podExecutionRoleArn": self["pods"],
            "subnets": [self["private-a"], self["private-b"]],
            "selectors": [{"namespace": "default"}],
            **changes,
        }


def container(image: str = NGINX, **resources: dict[str, str]) -> dict[str, Any]:
    """A container `app`."""
    return {"name": "app", "image": image, **({"resources": resources} if resources else {})}


def pod(name: str, *containers: dict[str, Any], namespace: str = "default", **spec: Any) -> dict[str, Any]:
    """A Pod manifest."""
    labels = spec.pop("labels", {})
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": {"containers": list(containers) or [container()], **spec},
    }


def controller(kind: str, name: str, *containers: dict[str, Any], **spec: Any) -> dict[str, Any]:
    """A Deployment, a Job or a DaemonSet of pods labelled app=name."""
    labels = {"app": name}
    inner = {"containers": list(containers) or [container()]} | spec.pop("pod", {})
    chosen = {} if kind == "Job" else {"selector": {"matchLabels": labels}}
    return {
        "apiVersion": "batch/v1" if kind == "Job" else "apps/v1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": {**chosen, "template": {"metadata": {"labels": labels}, "spec": inner}, **spec},
    }
