"""What the learner finds: four images, three drafts of definitions that somebody guessed, a cluster and a role."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.right_definition.plan import Job, plan_of

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    ecs, iam = boto3.client("ecs"), boto3.client("iam")
    ecs.create_cluster(clusterName=plan.cluster)
    iam.create_role(RoleName="ferryline-execution", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    for job in plan.jobs:
        cloud.push_image(
            f"ferryline/{job.name}",
            "1",
            size_mib=1800 if job.system == "WINDOWS" else 240,
            memory_mib=job.peak_mib,
            exit_after=240,
            architectures=job.built_for,
        )
    _draft(plan.small, variant["role"], "256", "512")
    _draft(plan.large, variant["role"], "4096", "16384")
    cpu, memory = plan.render.size
    _draft(plan.render, variant["role"], str(cpu), str(memory), ephemeralStorage={"sizeInGiB": 200})


def _draft(job: Job, role: str, cpu: str, memory: str, **more: Any) -> None:
    boto3.client("ecs").register_task_definition(
        family=job.name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu=cpu,
        memory=memory,
        executionRoleArn=role,
        containerDefinitions=[{"name": "job", "image": job.image}],
        **more,
    )
