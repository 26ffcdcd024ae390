"""Workers on a queue: what the time a message takes, the visibility time-out and a mishap make of twelve messages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from simcloud.cloud.trials.common import (
    EXECUTION_POLICY,
    allow,
    default_subnets,
    network,
    small_task,
    task_role,
)

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

NAME = "trial-of-a-queue"
MESSAGES = 12
STEP, LONGEST = 30, 20 * 60
"""Seconds between two looks, and until the end."""
NOTHING, KILLED, POISON, POISON_SET_ASIDE = (
    "nothing",
    "a task is killed",
    "a bad message",
    "a bad message, dead-letter queue",
)
MISHAPS = (NOTHING, KILLED, POISON, POISON_SET_ASIDE)


@dataclass(frozen=True)
class Drained:
    """What became of the messages."""

    done_once: int
    done_again: int
    """Messages whose work was done more than once."""
    set_aside: int
    """Messages in the dead-letter queue."""
    left: int
    seconds: int
    """Until the queue was empty, or until the end of the trial."""
    tasks: int
    """Tasks that were started, those that replaced others included."""


def run(future: Cloud, workers: int, message_seconds: int, visibility: int, mishap: str) -> Drained:
    """Twelve messages and a service of so many workers. `future` is a copy, which is live and changed. Seconds are
    simulated ones; `mishap` is one of MISHAPS."""
    _service(future, _queue(future, visibility, mishap), workers, message_seconds)
    seconds = 0
    while seconds < LONGEST and _waiting(future):
        future.advance(seconds=STEP)
        seconds += STEP
        if mishap == KILLED and seconds == 2 * STEP:
            future.kill_task(next(task.arn for task in future.tasks(NAME, status="RUNNING")))
    seen = future.messages(NAME)
    return Drained(
        done_once=sum(each.done == 1 for each in seen),
        done_again=sum(each.done > 1 for each in seen),
        set_aside=sum(bool(each.moved_to) for each in seen),
        left=_waiting(future),
        seconds=seconds,
        tasks=len(future.tasks(NAME)),
    )


def _waiting(future: Cloud) -> int:
    """Messages that are neither deleted nor set aside."""
    return sum(not each.deleted and not each.moved_to for each in future.messages(NAME))


def _queue(future: Cloud, visibility: int, mishap: str) -> str:
    """The queue with its messages; its URL."""
    sqs = boto3.client("sqs", region_name=future.region)
    attributes = {"VisibilityTimeout": str(visibility)}
    if mishap == POISON_SET_ASIDE:
        sqs.create_queue(QueueName=f"{NAME}-dead")
        dead = f"arn:aws:sqs:{future.region}:{future.account}:{NAME}-dead"
        attributes["RedrivePolicy"] = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 3})
    url = str(sqs.create_queue(QueueName=NAME, Attributes=attributes)["QueueUrl"])
    first = "bad" if mishap in (POISON, POISON_SET_ASIDE) else "good"
    for number in range(MESSAGES):
        sqs.send_message(QueueUrl=url, MessageBody=f"{first if number == 0 else 'good'} {number}")
    return url


def _service(future: Cloud, url: str, workers: int, message_seconds: int) -> None:
    """Workers that take messages as long as there are any."""
    ecs = boto3.client("ecs", region_name=future.region)
    ecs.create_cluster(clusterName=NAME)
    image = future.push_image(NAME, takes=url, message_seconds=message_seconds, dies_of="bad")
    queue = f"arn:aws:sqs:{future.region}:{future.account}:{NAME}"
    work = tuple(allow(action, queue) for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage"))
    roles = {
        "executionRoleArn": task_role(f"{NAME}-execution", managed=EXECUTION_POLICY),
        "taskRoleArn": task_role(f"{NAME}-app", statements=work),
    }
    ecs.register_task_definition(**small_task(NAME, **roles, containerDefinitions=[{"name": "worker", "image": image}]))
    ecs.create_service(
        cluster=NAME,
        serviceName=NAME,
        taskDefinition=NAME,
        desiredCount=workers,
        launchType="FARGATE",
        networkConfiguration=network(*(each["SubnetId"] for each in default_subnets(future)[:2])),
    )
