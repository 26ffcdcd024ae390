"""A small account through boto3 in which events start tasks: a cluster, a job that ends by itself, roles and queues.

Shared by the tests of EventBridge and by the golden stories about it: who may run a task is judged by IAM, so these
stories need the whole cloud and not only the simulation.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
EVENTS, SCHEDULER = "events.amazonaws.com", "scheduler.amazonaws.com"
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
RUN_TASK = {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"}
PASS_ROLE = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
STOPPED = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": {"lastStatus": ["STOPPED"]}}


def policy(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(service: str, **condition: Any) -> str:
    """A trust policy for one of AWS's services."""
    let = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return policy({**let, **({"Condition": condition} if condition else {})})


class EventsBench:
    """The account, and what tests do with it."""

    def __init__(self, cloud: Cloud, **behaviour: Any) -> None:
        self.cloud = cloud
        self.around = SimpleNamespace(streams={})
        self.events: Any = boto3.client("events")
        self.scheduler: Any = boto3.client("scheduler")
        self.ecs: Any = boto3.client("ecs")
        self.sqs: Any = boto3.client("sqs")
        self.iam: Any = boto3.client("iam")
        self.subnets = [each["SubnetId"] for each in boto3.client("ec2").describe_subnets()["Subnets"]][:2]
        self.execution = self.role("exec", "ecs-tasks.amazonaws.com")
        self.iam.attach_role_policy(RoleName="exec", PolicyArn=MANAGED)
        self.starter = self.role("starter", EVENTS, RUN_TASK, PASS_ROLE)
        self.cluster = self.ecs.create_cluster(clusterName="shop")["cluster"]["clusterArn"]
        self.image = cloud.push_image("job", "1.0", size_mib=90, **{"exit_after": 20, **behaviour})
        self.definition = self.register()

    @property
    def world(self) -> Any:
        """What happened."""
        return self.cloud.world

    def role(self, name: str, service: str, *statements: dict[str, Any], **condition: Any) -> str:
        """A role that the service may assume, with these permissions."""
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(service, **condition))
        if statements:
            self.iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=policy(*statements))
        return str(made["Role"]["Arn"])

    def register(self, family: str = "job", **members: Any) -> str:
        """A task definition of the job."""
        made = self.ecs.register_task_definition(
            family=family,
            cpu="256",
            memory="512",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            executionRoleArn=self.execution,
            **{"containerDefinitions": [{"name": "job", "image": self.image}], **members},
        )
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def parameters(self, **members: Any) -> dict[str, Any]:
        """EcsParameters of a task of the job on Fargate."""
        network = {"Subnets": self.subnets, "AssignPublicIp": "ENABLED"}
        return {
            "TaskDefinitionArn": self.definition,
            "LaunchType": "FARGATE",
            "NetworkConfiguration": {"awsvpcConfiguration": network},
            **members,
        }

    def run_task(self, **members: Any) -> str:
        """RunTask of the job."""
        network = {"awsvpcConfiguration": {"subnets": self.subnets, "assignPublicIp": "ENABLED"}}
        made = self.ecs.run_task(
            cluster="shop",
            taskDefinition=self.definition,
            **{"launchType": "FARGATE", **members},
            networkConfiguration=network,
        )
        return str(made["tasks"][0]["taskArn"])

    def target(self, role: str = "", **members: Any) -> dict[str, Any]:
        """A target that runs a task of the job."""
        parameters = self.parameters(**members.pop("EcsParameters", {}))
        return {
            "Id": "job",
            "Arn": self.cluster,
            "RoleArn": role or self.starter,
            "EcsParameters": parameters,
            **members,
        }

    def rule(self, name: str, *targets: dict[str, Any], pattern: Any = None, expression: str = "") -> str:
        """A rule with its targets."""
        looks = {"EventPattern": json.dumps(pattern)} if pattern else {"ScheduleExpression": expression}
        arn = self.events.put_rule(Name=name, **looks)["RuleArn"]
        answer = self.events.put_targets(Rule=name, Targets=list(targets))
        assert answer["FailedEntryCount"] == 0
        return str(arn)

    def schedule(self, name: str, expression: str, target: dict[str, Any], **members: Any) -> str:
        """A schedule of EventBridge Scheduler."""
        asked = {"FlexibleTimeWindow": {"Mode": "OFF"}, **members}
        made = self.scheduler.create_schedule(Name=name, ScheduleExpression=expression, Target=target, **asked)
        return str(made["ScheduleArn"])

    def queue(self, name: str = "told", *, lets_in: bool = True, **attributes: str) -> str:
        """A queue, and by its policy EventBridge may send to it. Its ARN."""
        url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
        if lets_in:
            let = {"Effect": "Allow", "Principal": {"Service": EVENTS}, "Action": "sqs:SendMessage", "Resource": arn}
            self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy(let)})
        return arn

    def messages(self, name: str = "told") -> list[dict[str, Any]]:
        """Every message of a queue, taken out of it."""
        url, found = self.sqs.get_queue_url(QueueName=name)["QueueUrl"], []
        while got := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]).get(
            "Messages"
        ):
            found += got
            for each in got:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
        return found

    def told(self, name: str = "told") -> list[dict[str, Any]]:
        """Every event in a queue."""
        return [json.loads(each["Body"]) for each in self.messages(name)]

    def put(self, detail: dict[str, Any], kind: str = "order", source: str = "shop", **members: Any) -> None:
        """PutEvents with one event."""
        entry = {"Source": source, "DetailType": kind, "Detail": json.dumps(detail), **members}
        assert self.events.put_events(Entries=[entry])["FailedEntryCount"] == 0

    def started(self) -> list[dict[str, Any]]:
        """Every task that there is, oldest first, by DescribeTasks."""
        arns = [task.arn for task in self.cloud.tasks("shop")]
        found: list[dict[str, Any]] = []
        for place in range(0, len(arns), 100):
            found += self.ecs.describe_tasks(cluster="shop", tasks=arns[place : place + 100])["tasks"]
        return found

    def lines(self, who: str) -> list[str]:
        """The lines of the story about somebody, without their time."""
        return [str(line)[10:] for line in self.cloud.story if line.who == who]

    def counted(self, name: str, rule: str = "") -> float:
        """The sum of a metric of EventBridge over the last day."""
        dimensions = [{"Name": "RuleName", "Value": rule}] if rule else []
        answer = boto3.client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Events",
            MetricName=name,
            Dimensions=dimensions,
            StartTime=self.cloud.now.timestamp() - 86_400,
            EndTime=self.cloud.now.timestamp() + 60,
            Period=60,
            Statistics=["Sum"],
        )
        return float(sum(point["Sum"] for point in answer["Datapoints"]))
