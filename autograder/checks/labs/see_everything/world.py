"""What the learner finds: two services that tell nobody anything, a bucket, and a topic that calls somebody."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.see_everything.plan import ACCOUNT, PAGER, REGION, plan_of

EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    execution = _role("ferryline-execution")
    boto3.client("iam").attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    boto3.client("s3").create_bucket(Bucket=plan.bucket)
    _pager()
    for name, count in ((plan.service, plan.count), (plan.ledger, 1)):
        _service(cloud, plan, name, count, execution)
    cloud.advance(minutes=3)


def _service(cloud: Any, plan: Any, name: str, count: int, execution: str) -> None:
    ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")
    cloud.push_image(f"ferryline/{name}", "1", **plan.behaviour(name))
    ecs.register_task_definition(
        family=name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="1024",
        executionRoleArn=execution,
        taskRoleArn=_role(f"ferryline-{name}"),
        containerDefinitions=[{"name": "app", "image": plan.image(name)}],
    )
    subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    places = [one["SubnetId"] for one in sorted(subnets, key=lambda one: str(one["AvailabilityZone"]))[:2]]
    ecs.create_service(
        cluster=plan.cluster,
        serviceName=name,
        taskDefinition=name,
        desiredCount=count,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}},
    )


def _role(name: str) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    return str(boto3.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"])


def _pager() -> None:
    """A topic, and a queue that hears it: whoever is on call reads that."""
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    topic = sns.create_topic(Name="on-call")["TopicArn"]
    url = sqs.create_queue(QueueName=PAGER)["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{PAGER}"
    let_in = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**let_in, "Resource": arn}]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
