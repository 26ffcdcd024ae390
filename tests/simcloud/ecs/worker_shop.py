"""The shop with a queue, a role for its worker, and an image that works the queue off."""

from __future__ import annotations

import json
from typing import Any

import boto3
from shop import ACCOUNT, REGION, Shop, trust

QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:orders"
APP = f"arn:aws:iam::{ACCOUNT}:role/app"
WORKS = ("sqs:ReceiveMessage", "sqs:DeleteMessage")


class WorkerShop:
    """What tests of workers do with the shop."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.cloud = shop, shop.cloud
        self.sqs: Any = boto3.client("sqs")
        self.url = self.sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
        shop.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust())
        self.allow(*WORKS)

    def allow(self, *actions: str, resource: str = QUEUE) -> None:
        """Let the task role do this and nothing else."""
        statement = {"Effect": "Allow", "Action": list(actions) or ["sts:GetCallerIdentity"], "Resource": resource}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        self.shop.iam.put_role_policy(RoleName="app", PolicyName="work", PolicyDocument=document)

    def worker(self, tag: str = "latest", *, role: str = APP, **behaviour: Any) -> None:
        """Register a definition of a task that works the queue off."""
        asked = {"takes": "$QUEUE_URL", "message_seconds": 5, **behaviour}
        image = self.cloud.push_image("shop/worker", tag, **asked)
        environment = [{"name": "QUEUE_URL", "value": self.url}]
        members = {"taskRoleArn": role} if role else {}
        self.shop.register(self.shop.container(image=image, environment=environment), **members)

    def send(self, count: int, body: str = "order") -> None:
        """Put messages into the queue."""
        for number in range(count):
            self.sqs.send_message(QueueUrl=self.url, MessageBody=f"{body} {number}")

    def counts(self, url: str = "") -> tuple[int, int]:
        """Messages that can be taken, and messages in flight, as SQS says."""
        asked = self.sqs.get_queue_attributes(QueueUrl=url or self.url, AttributeNames=["All"])["Attributes"]
        return int(asked["ApproximateNumberOfMessages"]), int(asked["ApproximateNumberOfMessagesNotVisible"])

    def log(self, task: str) -> list[str]:
        """What the task's container wrote."""
        stream = f"web/web/{task.rsplit('/', 1)[-1]}"
        events = self.shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
        return [each["message"] for each in events]
