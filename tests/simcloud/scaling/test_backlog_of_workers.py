"""A service that scales on the backlog per task of a real queue: messages in, tasks out, drained."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from scaled_shop import Scaled
from shop import ACCOUNT, REGION, trust

QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:orders"
VISIBLE = {
    "Namespace": "AWS/SQS",
    "MetricName": "ApproximateNumberOfMessagesVisible",
    "Dimensions": [{"Name": "QueueName", "Value": "orders"}],
}
RUNNING = {
    "Namespace": "ECS/ContainerInsights",
    "MetricName": "RunningTaskCount",
    "Dimensions": [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}],
}
BACKLOG: list[dict[str, Any]] = [
    {"Id": "m1", "MetricStat": {"Metric": VISIBLE, "Stat": "Average"}, "ReturnData": False},
    {"Id": "m2", "MetricStat": {"Metric": RUNNING, "Stat": "Average"}, "ReturnData": False},
    {"Id": "e1", "Expression": "m1 / m2", "ReturnData": True},
]


@pytest.mark.row("P06")
def test_r263_tasks_grow_with_the_backlog_per_task_and_shrink_when_the_queue_is_drained(scaled: Scaled) -> None:
    shop, sqs = scaled.shop, boto3.client("sqs")
    shop.open_endpoints(("sqs",), s3=False)
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())
    allowed = {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": QUEUE}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    shop.iam.put_role_policy(RoleName="app", PolicyName="work", PolicyDocument=document)
    image = shop.cloud.push_image("shop/worker", takes=url, message_seconds=6)
    shop.register(shop.container(image=image), taskRoleArn=f"arn:aws:iam::{ACCOUNT}:role/app")
    settings = [{"name": "containerInsights", "value": "enabled"}]
    shop.ecs.update_cluster_settings(cluster="shop", settings=settings)
    shop.ecs.update_service(cluster="shop", service="web", taskDefinition="web", desiredCount=1)
    scaled.cloud.advance(minutes=5)
    scaled.register(1, 4)
    scaled.track("backlog", 20, CustomizedMetricSpecification={"Metrics": BACKLOG})
    for number in range(30):
        entries = [{"Id": str(each), "MessageBody": f"{number}-{each}"} for each in range(10)]
        sqs.send_message_batch(QueueUrl=url, Entries=entries)
    scaled.cloud.advance(minutes=6)
    assert scaled.cloud.service("web", "shop").desired == 4
    scaled.cloud.advance(minutes=45)
    assert scaled.cloud.service("web", "shop").running == 1
    seen = scaled.cloud.messages("orders")
    assert len(seen) == 300
    assert all(each.deleted for each in seen)
    assert {each.done for each in seen} == {1}
