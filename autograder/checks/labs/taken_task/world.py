"""What the learner finds: three services in one VPC, of which one has too much of everything."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.taken_task.plan import FRONT_PORT, PAYROLL_PORT, Plan, plan_of

TRUST = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
ANYWHERE = {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
OPERATES = ["ecs:Describe*", "ecs:List*"]


def document(*statements: dict[str, Any]) -> str:
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any) -> dict[str, Any]:
    """One statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    _things(plan)
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    every = boto3.client("ec2").describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    places = sorted(every, key=lambda each: each["AvailabilityZone"])[:2]
    vpc, cidr = places[0]["VpcId"], "172.31.0.0/16"
    inside = {"IpRanges": [{"CidrIp": cidr}]}
    nobody = {"IpRanges": [{"CidrIp": "172.31.255.255/32"}]}
    groups = {
        plan.front: _group(vpc, plan.front, FRONT_PORT, ANYWHERE),
        plan.database: _group(vpc, plan.database, plan.port, inside),
        "payroll": _group(vpc, "payroll", PAYROLL_PORT, inside if plan.payroll_is_open else nobody),
    }
    if not plan.way_out_is_open:
        _narrow_the_way_out(groups[plan.front], plan, cidr)
    wide = {
        "s3:* on everything": allow("s3:*", "*"),
        "s3:* on ferryline-*": allow("s3:*", "arn:aws:s3:::ferryline-*"),
        "everything": allow("*", "*"),
    }[plan.wide]
    usual = [wide] if plan.wide == "everything" else [wide, allow("sqs:SendMessage", "*")]
    subnets = [place["SubnetId"] for place in places]
    _serve(cloud, plan, plan.front, FRONT_PORT, 2, groups, subnets, task=_role(plan.roles["task"], *usual))
    _serve(cloud, plan, plan.database, plan.port, 1, groups, subnets)
    _serve(cloud, plan, "payroll", PAYROLL_PORT, 1, groups, subnets)
    cloud.advance(minutes=10)


def _things(plan: Plan) -> None:
    for bucket in (plan.bucket, plan.payroll_bucket):
        boto3.client("s3").create_bucket(Bucket=bucket)
    boto3.client("s3").put_object(Bucket=plan.payroll_bucket, Key="november.csv", Body=b"mara;jon\n")
    boto3.client("sqs").create_queue(QueueName=plan.queue)
    boto3.client("secretsmanager").create_secret(Name="payroll-login", SecretString="puffin-9")
    iam = boto3.client("iam")
    iam.create_user(UserName=plan.operator)
    iam.put_user_policy(UserName=plan.operator, PolicyName="looks", PolicyDocument=document(allow(OPERATES, "*")))


def _group(vpc: str, name: str, port: int, source: dict[str, Any]) -> str:
    ec2 = boto3.client("ec2")
    made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[rule])
    return str(made)


def _narrow_the_way_out(group: str, plan: Plan, cidr: str) -> None:
    ec2 = boto3.client("ec2")
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", **ANYWHERE}])
    rules = [
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **ANYWHERE},
        {"IpProtocol": "tcp", "FromPort": plan.port, "ToPort": plan.port, "IpRanges": [{"CidrIp": cidr}]},
    ]
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=rules)


def _role(name: str, *statements: dict[str, Any]) -> str:
    iam = boto3.client("iam")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(TRUST))["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    return str(made)


def _serve(
    cloud: Any, plan: Plan, name: str, port: int, count: int, groups: dict[str, str], subnets: list[str], task: str = ""
) -> None:
    ecs = boto3.client("ecs")
    execution = _role(f"{name}-execution")
    boto3.client("iam").attach_role_policy(RoleName=f"{name}-execution", PolicyArn=EXECUTION_POLICY)
    image = cloud.push_image(f"ferryline/{name}", "1.0", ports=[port], size_mib=120)
    plain = [{"name": plan.variable, "value": plan.password}] if task else []
    ecs.register_task_definition(
        family=name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=execution,
        **({"taskRoleArn": task} if task else {}),
        containerDefinitions=[
            {"name": "app", "image": image, "portMappings": [{"containerPort": port}], "environment": plain}
        ],
    )
    place = {"subnets": subnets, "securityGroups": [groups[name]], "assignPublicIp": "ENABLED"}
    ecs.create_service(
        cluster=plan.cluster,
        serviceName=name,
        taskDefinition=name,
        desiredCount=count,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": place},
    )
