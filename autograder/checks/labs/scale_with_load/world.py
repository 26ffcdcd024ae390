"""What the learner finds: three services, each with two tasks and nothing that scales it, and a queue."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.rolling_service.world import EXECUTION_POLICY, TRUST
from autograder.checks.labs.scale_with_load.plan import BEGINS, CLUSTER, plan_of

QUIET_HOURS = 12
"""The lab begins in the evening, so that the next day is near."""


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")
    ecs.create_cluster(clusterName=CLUSTER, settings=[{"name": "containerInsights", "value": "enabled"}])
    boto3.client("sqs").create_queue(QueueName=plan.queue)
    found = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    places = [each["SubnetId"] for each in sorted(found, key=lambda each: str(each["AvailabilityZone"]))[:2]]
    role = _role()
    for service in plan.services:
        image = cloud.push_image(f"ferryline/{service}", "1.0", **plan.behaviour(service))
        ecs.register_task_definition(
            family=service,
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            executionRoleArn=role,
            containerDefinitions=[{"name": "web", "image": image, "portMappings": [{"containerPort": 8080}]}],
        )
        ecs.create_service(
            cluster=CLUSTER,
            serviceName=service,
            taskDefinition=service,
            desiredCount=BEGINS,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}},
        )
    cloud.advance(hours=QUIET_HOURS)


def _role() -> str:
    """The execution role; its ARN."""
    iam, name = boto3.client("iam"), "ferryline-execution"
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.attach_role_policy(RoleName=name, PolicyArn=EXECUTION_POLICY)
    return str(made["Arn"])
