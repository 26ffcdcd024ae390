"""Schedules and events that start tasks, through the whole cloud: who may is judged by IAM."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import boto3
from events_bench import EVENTS, RUN_TASK, STOPPED, EventsBench

from simcloud import Cloud

ALARM = {
    "source": ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    "detail": {"alarmName": ["jobs-wait"], "state": {"value": ["ALARM"]}},
}
WORK = {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": "*"}


def depth_alarm(queue: str, threshold: float) -> None:
    """An alarm that rings when more messages wait."""
    boto3.client("cloudwatch").put_metric_alarm(
        AlarmName="jobs-wait",
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        Dimensions=[{"Name": "QueueName", "Value": queue}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=threshold,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )


def workers(night: EventsBench, messages: int, tasks: int) -> None:
    """A queue with messages, an alarm on its depth, and a rule that starts tasks which end when the queue is empty."""
    url = night.sqs.create_queue(QueueName="jobs")["QueueUrl"]
    night.rule("rush", night.target(EcsParameters={"TaskCount": tasks}), pattern=ALARM)
    depth_alarm("jobs", 5.0)
    for number in range(messages):
        night.sqs.send_message(QueueUrl=url, MessageBody=f"job {number}")


def worker_bench(cloud: Cloud) -> EventsBench:
    """The account, whose job takes messages from the queue `jobs` under a task role."""
    night = EventsBench(cloud, exit_after=None, takes="jobs", message_seconds=4.0, until_empty=True)
    role = night.role("worker", "ecs-tasks.amazonaws.com", WORK)
    night.definition = night.register(taskRoleArn=role)
    return night


def a_nightly_schedule(cloud: Cloud) -> EventsBench:
    """A rule fires at half past two, and another one hears that the task has ended."""
    night = EventsBench(cloud)
    night.rule("nightly", night.target(), expression="cron(30 2 * * ? *)")
    night.rule("ended", {"Id": "queue", "Arn": night.queue()}, pattern=STOPPED)
    cloud.advance(days=2)
    return night


def an_alarm_on_queue_depth_starts_tasks(cloud: Cloud) -> EventsBench:
    """No rule watches the depth of a queue; an alarm does, and its change of state is an event."""
    night = worker_bench(cloud)
    workers(night, 12, 2)
    cloud.advance(minutes=10)
    return night


def a_rule_whose_role_may_not_pass_the_task_role(cloud: Cloud) -> EventsBench:
    """It may run tasks, and may not hand over the execution role; what it could not do waits in a dead-letter queue."""
    night = EventsBench(cloud)
    role = night.role("weak", EVENTS, RUN_TASK)
    night.rule(
        "nightly", night.target(role, DeadLetterConfig={"Arn": night.queue("dead")}), expression="rate(12 hours)"
    )
    cloud.advance(days=1)
    return night


def _told(scenario: Callable[[Cloud], EventsBench]) -> Callable[[], Any]:
    def bench() -> EventsBench:
        with Cloud(seed=7) as cloud:
            return scenario(cloud)

    return bench


SCENARIOS_OF_EVENTS: dict[str, Callable[[], Any]] = {
    function.__name__: _told(function)
    for function in (
        a_nightly_schedule,
        an_alarm_on_queue_depth_starts_tasks,
        a_rule_whose_role_may_not_pass_the_task_role,
    )
}
