"""Of one moment's copies one alone lives through what many checks want to see; the others take its place."""

from __future__ import annotations

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.moment import Moment


class Days:
    """A day that tells how often it was lived."""

    def __init__(self) -> None:
        self.lived = 0

    def live(self, future: Cloud) -> str:
        def day() -> str:
            self.lived += 1
            boto3.client("ecs").create_cluster(clusterName=f"of-day-{self.lived}")
            future.advance(hours=24)
            return future.now.isoformat()

        return future.lived("a day", day)


def clusters() -> list[str]:
    return [arn.split("/")[-1] for arn in boto3.client("ecs").list_clusters()["clusterArns"]]


def test_a_future_is_lived_once_and_found_again_as_it_was() -> None:
    days = Days()
    with Cloud(seed=3) as cloud:
        copy = Moment(cloud).copy
        with copy() as first:
            told = days.live(first)
            assert clusters() == ["of-day-1"]
        with copy() as second:
            assert clusters() == []
            assert (days.live(second), second.now.isoformat()) == (told, told)
            assert clusters() == ["of-day-1"]
        with copy() as third:
            assert (clusters(), third.now) == ([], cloud.now)
        assert days.lived == 1
        assert clusters() == []


def test_what_was_done_after_a_future_is_not_found_in_it() -> None:
    days = Days()
    with Cloud(seed=3) as cloud:
        copy = Moment(cloud).copy
        with copy() as first:
            days.live(first)
            boto3.client("ecs").create_cluster(clusterName="later")
        with copy() as second:
            days.live(second)
            assert clusters() == ["of-day-2"]
            second.advance(seconds=1)
        with copy() as third:
            days.live(third)
        assert days.lived == 3


def test_a_copy_in_which_something_was_done_lives_by_itself() -> None:
    days = Days()
    with Cloud(seed=3) as cloud:
        copy = Moment(cloud).copy
        with copy() as first:
            days.live(first)
        with copy() as second:
            second.advance(hours=1)
            assert days.live(second) != cloud.now.isoformat()
            assert days.lived == 2
        with copy() as third:
            assert third.lived("another day", lambda: 7) == 7
            assert third.now == cloud.now
            days.live(third)
            assert days.lived == 2


def test_any_other_world_lives_whenever_it_is_told() -> None:
    days = Days()
    with Cloud(seed=3) as cloud:
        with cloud.copy() as first:
            days.live(first)
        days.live(cloud)
        days.live(cloud)
        assert days.lived == 3
        assert clusters() == ["of-day-2", "of-day-3"]


def fail(future: Cloud) -> None:
    future.advance(hours=1)
    raise ZeroDivisionError


def test_a_future_that_failed_is_lived_again() -> None:
    with Cloud(seed=3) as cloud:
        copy = Moment(cloud).copy
        for _ in range(2):
            with copy() as future:
                with pytest.raises(ZeroDivisionError):
                    future.lived("a day", lambda: fail(future))
                assert (future.now - cloud.now).total_seconds() == 3600
