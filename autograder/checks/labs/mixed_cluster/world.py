"""What the learner finds: the Northern Line's cluster, with everything that it runs put on Fargate by one profile."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.mixed_cluster.plan import AGENT_CPU, AGENT_MIB, Plan, plan_of

POLICIES = {
    "cluster": ("eks.amazonaws.com", "AmazonEKSClusterPolicy"),
    "pods": ("eks-fargate-pods.amazonaws.com", "AmazonEKSFargatePodExecutionRolePolicy"),
    "nodes": (
        "ec2.amazonaws.com",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonEC2ContainerRegistryReadOnly",
    ),
}
NIGHT_SECONDS = 60
ASKED = {"web": 1024, "api": 2048}
"""MiB that the manifests of the Northern Line ask for: round figures, that nobody measured."""
SETTLE_MINUTES = 10


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    for name in ("web", "api", "agent", plan.near, plan.far):
        memory = plan.needs.get(name, 90)
        cloud.push_image(f"northern/{name}", "1", architectures=("X86_64", "ARM64"), size_mib=120, memory_mib=memory)
    cloud.push_image("northern/night", "1", size_mib=120, memory_mib=90, exit_after=NIGHT_SECONDS)
    roles = {name: _role(name, *of) for name, of in POLICIES.items()}
    private, closed = _network(plan)
    eks = boto3.client("eks")
    given = {"subnetIds": [*private, closed]}
    eks.create_cluster(name=plan.cluster, roleArn=roles["cluster"], resourcesVpcConfig=given)
    eks.get_waiter("cluster_active").wait(name=plan.cluster)
    eks.create_fargate_profile(
        clusterName=plan.cluster,
        fargateProfileName="everything",
        podExecutionRoleArn=roles["pods"],
        subnets=private,
        selectors=[{"namespace": space} for space in (plan.space, plan.far_space, "watch")],
    )
    eks.get_waiter("fargate_profile_active").wait(clusterName=plan.cluster, fargateProfileName="everything")
    cloud.kubernetes(plan.cluster).apply(manifests(plan))
    cloud.advance(minutes=SETTLE_MINUTES)


def _role(name: str, service: str, *policies: str) -> str:
    iam = boto3.client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = iam.create_role(RoleName=f"northern-{name}", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    for policy in policies:
        iam.attach_role_policy(RoleName=f"northern-{name}", PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    return str(made)


def _network(plan: Plan) -> tuple[list[str], str]:
    """A public subnet and a private one in each zone, and one that has no way out; the ids of the private ones and of
    the last."""
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.14.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)

    def subnet(number: int, zone: str, **way: str) -> str:
        cidr = f"10.14.{number}.0/24"
        made = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=made)
        if way:
            ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
        return str(made)

    closed = subnet(9, plan.zones[0])
    private = []
    for number, zone in enumerate(plan.zones):
        public = subnet(number, zone, GatewayId=gateway)
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]
        ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
        private.append(subnet(number + 4, zone, NatGatewayId=nat))
    return private, closed


def manifests(plan: Plan) -> list[dict[str, Any]]:
    """Everything that the Northern Line runs."""
    key, passengers = plan.label
    images = plan.images
    spaces = [_namespace(name) for name in (plan.space, plan.far_space, "watch")]

    def labels(name: str, value: str) -> dict[str, str]:
        return {"app": name, key: value}

    web = [
        _deployment(
            plan.space, name, labels(name, passengers), count, _container(name, images[name], "200m", ASKED[name])
        )
        for name, count in plan.counts.items()
    ]
    night = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "night", "namespace": plan.space},
        "spec": {
            "template": {
                "metadata": {"labels": labels("night", passengers)},
                "spec": {"restartPolicy": "Never", "containers": [_container("night", images["night"], "200m", 200)]},
            }
        },
    }
    agent = _deployment("watch", "agent", labels("agent", plan.crew), 1, _agent(plan))
    agent["kind"] = "DaemonSet"
    del agent["spec"]["replicas"]
    return [
        *spaces,
        *web,
        night,
        _near(plan, labels(plan.near, plan.crew)),
        _far(plan, labels(plan.far, plan.crew)),
        agent,
    ]


def _near(plan: Plan, labels: dict[str, str]) -> dict[str, Any]:
    container = _container(plan.near, plan.images[plan.near], "200m", 400)
    if plan.near_cause == "privileged":
        container["securityContext"] = {"privileged": True}
    if plan.near_cause == "host port":
        container["ports"] = [{"containerPort": 9100, "hostPort": 9100}]
    made = _deployment(plan.near_space, plan.near, labels, 1, container)
    if plan.near_cause == "host network":
        made["spec"]["template"]["spec"]["hostNetwork"] = True
    return made


def _far(plan: Plan, labels: dict[str, str]) -> dict[str, Any]:
    container = _container(plan.far, plan.images[plan.far], "1", plan.far_memory)
    made = _deployment(plan.far_space, plan.far, labels, 1, container)
    if plan.far_cause == "gpu":
        container["resources"]["limits"] = {"nvidia.com/gpu": 1}
    else:
        made["spec"]["template"]["spec"]["nodeSelector"] = {"kubernetes.io/arch": "arm64"}
    return made


def _agent(plan: Plan) -> dict[str, Any]:
    return _container("agent", plan.images["agent"], f"{AGENT_CPU}m", AGENT_MIB)


def _namespace(name: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def _container(name: str, image: str, cpu: str, memory: int) -> dict[str, Any]:
    return {"name": name, "image": image, "resources": {"requests": {"cpu": cpu, "memory": f"{memory}Mi"}}}


def _deployment(
    space: str, name: str, labels: dict[str, str], count: int, *containers: dict[str, Any]
) -> dict[str, Any]:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": space},
        "spec": {
            "replicas": count,
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": list(containers)}},
        },
    }
