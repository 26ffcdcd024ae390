"""A transcript builds the world again; a forged one does no harm."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.cloud.replay import replay


def recorded() -> list[dict[str, Any]]:
    with Cloud(seed=4) as cloud:
        cloud.record({"kind": "begin", "lab": "x"})
        boto3.client("s3").create_bucket(Bucket="one")
        cloud.advance(minutes=2)
        cloud.record({"kind": "check", "question": "first", "answers": {}})
        with pytest.raises(ClientError):
            boto3.client("s3").head_bucket(Bucket="two")
        cloud.record({"kind": "cell", "id": "c1"})
        return list(cloud.transcript)


def test_marks_are_given_at_their_place() -> None:
    records = recorded()
    seen: list[tuple[str, str, int]] = []
    with Cloud(seed=4) as cloud:
        begun = cloud.now

        def on_mark(entry: dict[str, Any]) -> None:
            made = len(boto3.client("s3").list_buckets()["Buckets"])
            seen.append((entry["kind"], str(cloud.now - begun), made))

        assert replay(cloud, records, on_mark=on_mark) == []
    assert seen == [("begin", "0:00:00", 0), ("check", "0:02:00", 1), ("cell", "0:02:00", 1)]


def test_only_the_services_of_the_lab_are_called() -> None:
    records = recorded()
    with Cloud(seed=4) as cloud:
        found = replay(cloud, records, services=("ec2",))
        assert {one.what for one in found} == {"s3 is not a service of this lab"}
        assert boto3.client("s3").list_buckets()["Buckets"] == []


CALL = {"kind": "call", "service": "s3", "op": "ListBuckets", "region": "us-east-1", "key": "testing", "params": {}}


@pytest.mark.parametrize(
    "forged",
    [
        "not an object",
        {"kind": "call"},
        {**CALL, "service": "lambda"},
        {**CALL, "op": "Nothing"},
        {**CALL, "op": "__init__"},
        {**CALL, "params": {"Bucket": 5}},
        {**CALL, "params": {"$x": 1}},
        {**CALL, "params": [1]},
        {**CALL, "region": "no such region"},
        {**CALL, "op": "CreateBucket", "params": {"Bucket": "../x"}},
        {"kind": "advance", "seconds": -1},
        {"kind": "advance", "seconds": 1e18},
        {"kind": "advance", "seconds": "soon"},
        {"kind": "push", "repository": "web", "tag": "1", "behaviour": {"no_such": 1}},
    ],
)
def test_a_forged_entry_is_a_divergence_and_not_an_exception(forged: Any) -> None:
    with Cloud(seed=4) as cloud:
        before = cloud.now
        found = replay(cloud, [forged, *recorded_tail()])
        assert [one.index for one in found] == [0]
        assert cloud.now == before


def recorded_tail() -> list[dict[str, Any]]:
    """Marks that follow: they are reached."""
    return [{"kind": "cell", "id": "after"}]
