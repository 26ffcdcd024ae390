"""Tasks that work off a queue of SQS: at least once, under their role, over their network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest
from shop import Shop
from worker_shop import ACCOUNT, QUEUE, REGION, WorkerShop

from simcloud import Cloud
from simcloud.cloud import queues


@pytest.fixture
def works(open_shop: Shop) -> WorkerShop:
    open_shop.open_endpoints(("sqs",), s3=False)
    return WorkerShop(open_shop)


def metric(works: WorkerShop, name: str, minutes: int = 10) -> list[float]:
    """One value a minute, of the last minutes."""
    points = boto3.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/SQS",
        MetricName=name,
        Dimensions=[{"Name": "QueueName", "Value": "orders"}],
        StartTime=works.cloud.now - timedelta(minutes=minutes),
        EndTime=works.cloud.now,
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    return [each["Maximum"] for each in sorted(points, key=lambda each: each["Timestamp"])]


@pytest.mark.row("P06")
def test_batch_tasks_drain_the_queue_and_end(works: WorkerShop) -> None:
    works.worker(until_empty=True)
    works.send(30)
    tasks = [works.shop.run()["taskArn"] for _ in range(3)]
    works.cloud.advance(seconds=40)
    assert works.counts()[1] == 3
    works.cloud.advance(minutes=5)
    assert works.counts() == (0, 0)
    assert [works.cloud.task(each).status for each in tasks] == ["STOPPED"] * 3
    assert [works.cloud.task(each).exit_code for each in tasks] == [0, 0, 0]
    seen = works.cloud.messages("orders")
    assert [each.done for each in seen] == [1] * 30
    assert all(each.deleted for each in seen)
    assert {task for each in seen for task in each.tasks} == set(tasks)


def test_a_worker_of_a_service_waits_for_messages_and_costs_nothing_meanwhile(works: WorkerShop) -> None:
    works.worker()
    works.shop.create_service(desiredCount=1)
    works.cloud.advance(minutes=2)
    tickets = works.cloud.world._tickets
    works.cloud.advance(days=3)
    assert works.cloud.world._tickets - tickets < 20
    works.send(1)
    works.cloud.advance(seconds=5)
    assert [each.deleted for each in works.cloud.messages("orders")] == [True]
    assert works.cloud.service("web", "shop").running == 1


def test_work_that_takes_longer_than_the_visibility_time_out_is_done_twice(works: WorkerShop) -> None:
    works.worker(message_seconds=40)
    works.send(1)
    works.shop.run()
    works.shop.run()
    works.cloud.advance(minutes=10)
    (message,) = works.cloud.messages("orders")
    assert message.taken > 1
    assert message.done > 1
    assert len(set(message.tasks)) == 2
    story = str(works.cloud.story)
    assert "it took longer than the queue's visibility time-out" in story


def test_what_a_stopped_worker_had_in_hand_is_done_by_another(works: WorkerShop) -> None:
    works.worker(message_seconds=10)
    works.send(1)
    first = works.shop.run()["taskArn"]
    works.cloud.advance(seconds=25)
    works.shop.ecs.stop_task(cluster="shop", task=first)
    works.cloud.advance(seconds=10)
    assert works.counts() == (0, 1)
    second = works.shop.run()["taskArn"]
    works.cloud.advance(minutes=2)
    (message,) = works.cloud.messages("orders")
    assert (message.taken, message.done, message.tasks) == (2, 1, (first, second))


def test_a_worker_that_has_time_after_sigterm_finishes_what_it_has_in_hand(works: WorkerShop) -> None:
    works.worker(message_seconds=10, stop_seconds=12)
    works.send(2)
    first = works.shop.run()["taskArn"]
    works.cloud.advance(seconds=25)
    works.shop.ecs.stop_task(cluster="shop", task=first)
    works.cloud.advance(minutes=2)
    assert [(each.taken, each.deleted) for each in works.cloud.messages("orders")] == [(1, True), (0, False)]


def test_a_message_that_kills_its_worker_goes_to_the_dead_letter_queue(works: WorkerShop) -> None:
    dead = works.sqs.create_queue(QueueName="dead")["QueueUrl"]
    policy = f'{{"deadLetterTargetArn": "arn:aws:sqs:{REGION}:{ACCOUNT}:dead", "maxReceiveCount": 3}}'
    works.sqs.set_queue_attributes(QueueUrl=works.url, Attributes={"RedrivePolicy": policy})
    works.worker(dies_of="poison")
    works.send(1, "poison")
    works.send(2)
    works.shop.create_service(desiredCount=1)
    works.cloud.advance(minutes=20)
    assert works.counts() == (0, 0)
    assert works.counts(dead) == (1, 0)
    poisoned, *others = works.cloud.messages("orders")
    assert (poisoned.taken, poisoned.done, poisoned.moved_to) == (3, 0, "dead")
    assert [each.deleted for each in others] == [True, True]


@pytest.mark.row("F15")
def test_a_worker_without_the_permission_ends_with_access_denied_in_its_log(works: WorkerShop) -> None:
    works.allow("sqs:DeleteMessage")
    works.worker()
    works.send(1)
    task = works.shop.run_and_wait(2)
    assert (task.status, task.exit_code) == ("STOPPED", 1)
    assert works.log(task.id) == [
        "An error occurred (AccessDenied) when calling the ReceiveMessage operation: User: "
        f"arn:aws:sts::{ACCOUNT}:assumed-role/app/{task.id} is not authorized to perform: sqs:receivemessage on "
        f"resource: {QUEUE} because no identity-based policy allows the sqs:receivemessage action"
    ]
    assert [(each.action, each.outcome, each.times) for each in task.calls] == [("sqs:ReceiveMessage", "denied", 1)]
    works.allow("sqs:ReceiveMessage")
    task = works.shop.run_and_wait(2)
    assert [(each.action, each.outcome, each.times) for each in task.calls] == [
        ("sqs:ReceiveMessage", "ok", 1),
        ("sqs:DeleteMessage", "denied", 1),
    ]
    assert works.cloud.messages("orders")[0].done == 1


def test_a_worker_without_a_way_to_sqs_gives_up_after_five_minutes(open_shop: Shop) -> None:
    works = WorkerShop(open_shop)
    works.worker()
    works.send(1)
    task = works.shop.run_and_wait(5)
    assert task.status == "RUNNING"
    works.cloud.advance(minutes=1)
    assert works.log(task.id) == [f'Connect timeout on endpoint URL: "https://sqs.{REGION}.amazonaws.com/"']
    assert works.cloud.task(task.id).exit_code == 1


def test_a_way_that_is_opened_in_time_saves_the_worker(open_shop: Shop) -> None:
    works = WorkerShop(open_shop)
    works.worker()
    works.send(1)
    works.shop.run_and_wait(2)
    open_shop.open_endpoints(("sqs",), s3=False)
    works.cloud.advance(minutes=2)
    assert works.cloud.messages("orders")[0].deleted


def test_a_worker_whose_queue_does_not_exist_ends(works: WorkerShop) -> None:
    works.worker()
    works.sqs.delete_queue(QueueUrl=works.url)
    task = works.shop.run_and_wait(2)
    assert works.log(task.id) == [
        "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the ReceiveMessage operation: "
        "The specified queue does not exist."
    ]


def test_the_queues_metrics_are_those_of_its_messages(works: WorkerShop) -> None:
    works.send(10)
    works.cloud.advance(minutes=2)
    assert metric(works, "ApproximateNumberOfMessagesVisible") == [10, 10]
    assert metric(works, "ApproximateAgeOfOldestMessage") == [60, 120]
    works.worker(until_empty=True)
    works.shop.run()
    works.cloud.advance(minutes=2)
    assert sum(metric(works, "NumberOfMessagesSent")) == 10
    assert sum(metric(works, "NumberOfMessagesReceived")) == sum(metric(works, "NumberOfMessagesDeleted")) == 10
    assert metric(works, "ApproximateNumberOfMessagesVisible")[-1] == 0


def test_an_alarm_on_the_queues_depth_rings_and_is_silent_again(works: WorkerShop) -> None:
    watch: Any = boto3.client("cloudwatch")
    watch.put_metric_alarm(
        AlarmName="deep",
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        Dimensions=[{"Name": "QueueName", "Value": "orders"}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=5,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )

    def state() -> str:
        return str(watch.describe_alarms()["MetricAlarms"][0]["StateValue"])

    works.cloud.advance(minutes=3)
    assert state() == "OK"
    works.send(10)
    works.cloud.advance(minutes=2)
    assert state() == "ALARM"
    works.worker(message_seconds=1, until_empty=True)
    works.shop.run()
    works.cloud.advance(minutes=3)
    assert state() == "OK"


def test_a_delayed_message_is_taken_when_its_time_has_come(works: WorkerShop) -> None:
    works.worker()
    works.shop.run_and_wait(1)
    works.sqs.send_message(QueueUrl=works.url, MessageBody="later", DelaySeconds=90)
    works.cloud.advance(seconds=80)
    assert works.cloud.messages("orders")[0].taken == 0
    works.cloud.advance(seconds=11)
    assert works.cloud.messages("orders")[0].taken == 1


def test_messages_of_one_group_are_taken_one_after_the_other(works: WorkerShop) -> None:
    url = works.sqs.create_queue(
        QueueName="orders.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    )["QueueUrl"]
    works.allow("sqs:ReceiveMessage", "sqs:DeleteMessage", resource="*")
    for number in range(4):
        works.sqs.send_message(QueueUrl=url, MessageBody=f"{number}", MessageGroupId="a")
    works.worker(takes="orders.fifo", message_seconds=20)
    for _ in range(3):
        works.shop.run()
    works.cloud.advance(seconds=30)
    assert [each.taken for each in works.cloud.messages("orders.fifo")] == [1, 0, 0, 0]
    works.cloud.advance(minutes=2)
    assert [each.done for each in works.cloud.messages("orders.fifo")] == [1, 1, 1, 1]


def test_the_next_message_of_a_group_wakes_another_worker_when_the_first_is_stopped(works: WorkerShop) -> None:
    url = works.sqs.create_queue(
        QueueName="orders.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    )["QueueUrl"]
    works.allow("sqs:ReceiveMessage", "sqs:DeleteMessage", resource="*")
    for number in range(2):
        works.sqs.send_message(QueueUrl=url, MessageBody=f"{number}", MessageGroupId="a")
    works.worker(takes="orders.fifo", message_seconds=10, stop_seconds=15)
    tasks = [works.shop.run()["taskArn"] for _ in range(2)]
    works.cloud.advance(seconds=25)
    first, second = works.cloud.messages("orders.fifo")
    works.shop.ecs.stop_task(cluster="shop", task=first.tasks[0])
    works.cloud.advance(minutes=1)
    first, second = works.cloud.messages("orders.fifo")
    assert (first.deleted, second.deleted) == (True, True)
    assert {*first.tasks, *second.tasks} == set(tasks)


def test_a_purged_message_is_not_mistaken_for_a_late_one(works: WorkerShop) -> None:
    works.worker(message_seconds=20)
    works.send(1)
    task = works.shop.run_and_wait(0.5)
    works.sqs.purge_queue(QueueUrl=works.url)
    works.cloud.advance(minutes=1)
    assert "somebody deleted it in the meantime" in str(works.cloud.task(task.id).story)


@pytest.mark.parametrize(
    "behaviour",
    [
        {"traces": "zipkin"},
        {"message_seconds": -1},
        {"asks": ["http://orders:99999/"]},
        {"asks": ["orders"]},
        {"asks": ["http://orders/"], "asks_again": 0},
    ],
)
def test_an_image_that_cannot_behave_so_is_not_pushed(works: WorkerShop, behaviour: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        works.cloud.push_image("shop/odd", **behaviour)
    assert "shop/odd" not in str(boto3.client("ecr").describe_repositories())


def test_copies_work_their_queues_off_apart(works: WorkerShop) -> None:
    works.worker(until_empty=True)
    works.send(6)
    works.shop.run()
    works.cloud.advance(seconds=30)
    before = works.counts()
    with works.cloud.copy() as future:
        future.advance(minutes=5)
        assert works.counts() == (0, 0)
    assert works.counts() == before
    works.cloud.advance(minutes=5)
    assert works.counts() == (0, 0)


def test_attributes_of_a_queue_that_are_refused_leave_it_as_it_was(works: WorkerShop) -> None:
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="orders")["QueueUrl"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    for policy in ('{"deadLetterTargetArn": "dead"}', '{"maxReceiveCount": 3}', "3 tries"):
        with pytest.raises(sqs.exceptions.ClientError):
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "77", "RedrivePolicy": policy})
    works.cloud.advance(seconds=1)
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"] == before


def test_a_long_queue_is_looked_through_only_as_far_as_somebody_asks(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="long")["QueueUrl"]
    for _ in range(3):
        sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(each), "MessageBody": "m"} for each in range(10)])
    looked: list[Any] = []
    seen = queues.visible

    def look(message: Any, now: float) -> bool:
        looked.append(message)
        return seen(message, now)

    monkeypatch.setattr(queues, "visible", look)
    assert len(sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=2)["Messages"]) == 2
    assert len(looked) == 2
