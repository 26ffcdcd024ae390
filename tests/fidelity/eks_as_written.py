"""Requests of EKS as people write them, in a world with a cluster that is ready and one that is being made."""

from __future__ import annotations

import json
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT, OTHER = "123456789012", "999999999999"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/"
POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
OUT = "0.0.0.0/0"
LAYOUT = {
    "private-a": ("10.0.1.0/24", "us-east-1a"),
    "private-b": ("10.0.2.0/24", "us-east-1b"),
    "public-a": ("10.0.11.0/24", "us-east-1a"),
    "public-c": ("10.0.12.0/24", "us-east-1c"),
    "private-e": ("10.0.5.0/24", "us-east-1e"),
    "unassociated-d": ("10.0.6.0/24", "us-east-1d"),
}


def trust(*services: str, actions: str | list[str] = "sts:AssumeRole", **condition: Any) -> str:
    """A trust policy."""
    statement = {"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": actions}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | condition]})


def arn_like(pattern: str) -> dict[str, Any]:
    """A condition on the ARN of what assumes the role, as the guide asks for."""
    return {"ArnLike": {"aws:SourceArn": pattern}}


class World:
    """An account with two VPCs, roles, a cluster `ready` and what belongs to it, and a cluster `young`."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud, self.ids = cloud, {}
        self._roles()
        self._network()
        self._clusters()

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def _roles(self) -> None:
        iam = boto3.client("iam")
        profiles = f"arn:aws:eks:us-east-1:{ACCOUNT}:fargateprofile/"
        for name, document in {
            "cluster": trust("eks.amazonaws.com"),
            "pods": trust("eks-fargate-pods.amazonaws.com"),
            "pods-of-ready": trust("eks-fargate-pods.amazonaws.com", Condition=arn_like(profiles + "ready/*")),
            "pods-of-another": trust("eks-fargate-pods.amazonaws.com", Condition=arn_like(profiles + "another/*")),
            "nodes": trust("ec2.amazonaws.com"),
            "identity": trust("pods.eks.amazonaws.com", actions=["sts:AssumeRole", "sts:TagSession"]),
            "identity-untagged": trust("pods.eks.amazonaws.com"),
            "tasks": trust("ecs-tasks.amazonaws.com"),
        }.items():
            self.ids[name] = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        self.ids["user"] = iam.create_user(UserName="ann")["User"]["Arn"]

    def _network(self) -> None:
        ec2 = boto3.client("ec2")
        vpc = self.ids["vpc"] = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        for name, (cidr, zone) in LAYOUT.items():
            made = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)
            self.ids[name] = made["Subnet"]["SubnetId"]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        main = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]
        inner = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        outer = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        for table in (main["RouteTableId"], outer):
            ec2.create_route(RouteTableId=table, DestinationCidrBlock=OUT, GatewayId=gateway)
        for name in ("private-a", "private-b", "private-e"):
            ec2.associate_route_table(RouteTableId=inner, SubnetId=self[name])
        for name in ("public-a", "public-c"):
            ec2.associate_route_table(RouteTableId=outer, SubnetId=self[name])
        self.ids["group"] = ec2.create_security_group(GroupName="a", Description="a", VpcId=vpc)["GroupId"]
        other = self.ids["other-vpc"] = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        for name, cidr, zone in (("other-a", "10.9.1.0/24", "us-east-1a"), ("other-b", "10.9.2.0/24", "us-east-1b")):
            made = ec2.create_subnet(VpcId=other, CidrBlock=cidr, AvailabilityZone=zone)
            self.ids[name] = made["Subnet"]["SubnetId"]
        made = ec2.create_security_group(GroupName="b", Description="b", VpcId=other)
        self.ids["other-group"] = made["GroupId"]

    def _clusters(self) -> None:
        eks = boto3.client("eks")
        for name in ("ready", "map", "busy"):
            mode = "CONFIG_MAP" if name == "map" else "API"
            eks.create_cluster(**self.cluster(name=name, accessConfig={"authenticationMode": mode}))
        self.cloud.advance(minutes=11)
        eks.create_fargate_profile(**self.profile(fargateProfileName="web"))
        eks.create_nodegroup(**self.nodegroup())
        eks.create_addon(clusterName="ready", addonName="vpc-cni")
        eks.create_access_entry(clusterName="ready", principalArn=self["user"])
        made = eks.create_pod_identity_association(**self.identity())
        self.ids["association"] = made["association"]["associationId"]
        self.cloud.advance(minutes=5)
        eks.create_fargate_profile(**self.profile(clusterName="map", fargateProfileName="one"))
        eks.update_cluster_version(name="busy", version="1.36")
        eks.create_cluster(**self.cluster(name="young"))

    def network(self, *subnets: str, **changes: Any) -> dict[str, Any]:
        """A resourcesVpcConfig by names of subnets."""
        return {"subnetIds": [self.ids.get(each, each) for each in subnets or ("private-a", "private-b")], **changes}

    def cluster(self, **changes: Any) -> dict[str, Any]:
        """A CreateCluster request."""
        return {"name": "new", "roleArn": self["cluster"], "resourcesVpcConfig": self.network(), **changes}

    def profile(self, *subnets: str, **changes: Any) -> dict[str, Any]:
        """A CreateFargateProfile request by names of subnets."""
        return {
            "clusterName": "ready",
            "fargateProfileName": "new",
            "podExecutionRoleArn": self["pods"],
            "subnets": [self.ids.get(each, each) for each in subnets or ("private-a", "private-b")],
            "selectors": [{"namespace": "default"}],
            **changes,
        }

    def nodegroup(self, **changes: Any) -> dict[str, Any]:
        """A CreateNodegroup request."""
        subnets = [self["private-a"], self["private-b"]]
        return {
            "clusterName": "ready",
            "nodegroupName": "workers",
            "subnets": subnets,
            "nodeRole": self["nodes"],
            **changes,
        }

    def identity(self, **changes: Any) -> dict[str, Any]:
        """A CreatePodIdentityAssociation request."""
        return {
            "clusterName": "ready",
            "namespace": "shop",
            "serviceAccount": "web",
            "roleArn": self["identity"],
            **changes,
        }


def select(*namespaces: str, **labels: str) -> dict[str, Any]:
    """Selectors of these namespaces, each with the labels."""
    return {"selectors": [{"namespace": each, **({"labels": labels} if labels else {})} for each in namespaces]}


def pairs(number: int) -> dict[str, str]:
    """So many labels."""
    return {f"key-{index}": "value" for index in range(number)}
