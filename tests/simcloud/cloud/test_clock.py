"""Time is simulated, one clock serves all, and it moves at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud import clock, simulated


def test_moves_between_calls_are_recorded(cloud: Cloud) -> None:
    cloud.advance(minutes=1)
    simulated.CELL_TIME.sleep(30)
    assert [one["seconds"] for one in cloud.transcript if one["kind"] == "advance"] == [60, 30]


def test_an_empty_long_poll_takes_simulated_time_and_no_other(cloud: Cloud) -> None:
    sqs = boto3.client("sqs")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    before, real = cloud.now, time.perf_counter()
    assert "Messages" not in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)
    assert timedelta(seconds=20) <= cloud.now - before <= timedelta(seconds=22)
    assert time.perf_counter() - real < 5
    assert not [one for one in cloud.transcript if one["kind"] == "advance"]


def test_a_waiter_waits_in_simulated_time(cloud: Cloud) -> None:
    from botocore.exceptions import WaiterError

    before, real = cloud.now, time.perf_counter()
    with pytest.raises(WaiterError):
        boto3.client("s3").get_waiter("bucket_exists").wait(Bucket="never")
    assert cloud.now - before == timedelta(seconds=5 * 19)
    assert time.perf_counter() - real < 10
    moved = [one["seconds"] for one in cloud.transcript if one["kind"] == "advance"]
    assert moved == [5.0] * 19


def test_backing_off_before_a_retry_takes_no_real_time(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    from simcloud.cloud import wire
    from simcloud.cloud.errors import Refused

    tries: list[float] = []

    def busy(request: dict[str, Any], call: Any) -> dict[str, Any]:
        tries.append(clock.now())
        if len(tries) < 3:
            raise Refused("ThrottlingException", "Rate exceeded")
        return {"clusterArns": []}

    table = {"ListClusters": busy}
    monkeypatch.setattr(wire, "handlers", lambda _: table)
    real = time.perf_counter()
    assert boto3.client("ecs").list_clusters()["clusterArns"] == []
    assert len(tries) == 3
    assert tries == sorted(tries)
    assert time.perf_counter() - real < 5


def test_what_a_cell_imports_follows_the_simulated_clock(cloud: Cloud) -> None:
    sim = simulated.DATETIME
    assert sim.datetime.now(sim.timezone.utc) == cloud.now
    assert sim.datetime.utcnow() == cloud.now.replace(tzinfo=None)
    assert sim.date.today() == cloud.now.date()
    assert simulated.CELL_TIME.time() == cloud.now.timestamp()
    assert simulated.CELL_TIME.strftime("%Y-%m-%d") == "2026-01-05"
    assert isinstance(sim.datetime(2026, 1, 1), sim.datetime)
    assert type(sim.datetime.strptime("2026", "%Y")).__module__ == "datetime"
    assert simulated.CELL_TIME.perf_counter is time.perf_counter


def again_and_again(move: Callable[[], None]) -> None:
    for _ in range(20_001):
        move()


def test_a_loop_that_never_ends_is_stopped(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_cell", None)
    clock.begin_cell()
    with pytest.raises(clock.TooMuchTime, match="7 simulated days"):
        again_and_again(lambda: simulated.CELL_TIME.sleep(900))
    clock.begin_cell()
    with pytest.raises(clock.TooMuchTime, match="20,000 times"):
        again_and_again(lambda: cloud.advance(seconds=1))


def test_a_month_may_be_asked_for_in_one_cell(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_cell", clock.Cell())
    before = cloud.now
    cloud.advance(days=30)
    assert cloud.now - before == timedelta(days=30)


def test_log_events_of_simulated_now_are_accepted(cloud: Cloud) -> None:
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    events = [{"timestamp": int(simulated.CELL_TIME.time() * 1000), "message": "now"}]
    assert "rejectedLogEventsInfo" not in logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=events)
