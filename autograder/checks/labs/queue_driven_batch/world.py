"""What the learner finds: a queue as it is made by default, a program, its two roles, and a queue for bad news."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.queue_driven_batch.plan import plan_of

EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    iam, sqs = boto3.client("iam"), boto3.client("sqs")
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    for name in ("ferryline-execution", f"ferryline-{plan.family}"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document(_TRUST))
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    work = {
        "Effect": "Allow",
        "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
        "Resource": plan.queue_arn,
    }
    iam.put_role_policy(RoleName=f"ferryline-{plan.family}", PolicyName="work", PolicyDocument=_document(work))
    for name in (plan.family, plan.failed):
        sqs.create_queue(QueueName=name)
    for version in plan.images:
        cloud.push_image(f"ferryline/{plan.family}", version, **plan.behaviour(version))


_TRUST = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}


def _document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
