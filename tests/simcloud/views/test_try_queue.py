"""The explorer of queues: each choice works twelve messages off in a copy, and nothing of it is left in the cloud."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from simcloud import Cloud
from simcloud.views.try_queue import try_queue, verdict


@pytest.fixture(scope="module")
def open_cloud() -> Iterator[Cloud]:
    with Cloud(seed=11) as cloud:
        yield cloud


def seen(cloud: Cloud, *choice: int, mishap: str) -> dict[str, int]:
    """What the table says, by its first word or two."""
    return {name: int(number) for name, number in verdict(cloud, *choice, mishap).rows}


@pytest.mark.row("P06")
def test_a_time_out_that_is_long_enough_has_each_message_done_once(open_cloud: Cloud) -> None:
    before = pickle.dumps(open_cloud.world)
    rows = seen(open_cloud, 2, 10, 30, mishap="nothing")
    assert (rows["work done once"], rows["work done more than once"], rows["still in the queue"]) == (12, 0, 0)
    assert pickle.dumps(open_cloud.world) == before


def test_work_longer_than_the_time_out_is_done_again(open_cloud: Cloud) -> None:
    assert seen(open_cloud, 8, 20, 15, mishap="nothing")["work done more than once"] > 0


def test_a_killed_task_loses_no_message(open_cloud: Cloud) -> None:
    rows = seen(open_cloud, 2, 20, 60, mishap="a task is killed")
    assert (rows["work done once"], rows["still in the queue"], rows["tasks that were started"]) == (12, 0, 3)


def test_a_bad_message_stays_until_a_dead_letter_queue_takes_it(open_cloud: Cloud) -> None:
    endless = seen(open_cloud, 2, 10, 30, mishap="a bad message")
    ended = seen(open_cloud, 2, 10, 30, mishap="a bad message, dead-letter queue")
    assert endless["still in the queue"] > 0
    assert (ended["still in the queue"], ended["set aside in the dead-letter queue"]) == (0, 1)
    assert ended["tasks that were started"] < endless["tasks that were started"]


def test_a_choice_redraws_the_view(open_cloud: Cloud) -> None:
    tried = try_queue(open_cloud)
    assert "The queue is empty after" in tried.html
    tried.controls["mishap"].value = "a bad message"
    assert "still not empty" in tried.html
