"""Same seed, same calls, same bytes: in any process, whatever else was asked between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import long_story
import pytest

from simcloud import Cloud
from simcloud.cloud.replay import replay

STORY = Path(__file__).with_name("long_story.py")
CHANGING = ("Create", "Put", "Allocate", "Attach", "Authorize", "Encrypt", "Generate", "Send", "Assume", "Register")


def told_elsewhere(*arguments: str, **environment: str) -> str:
    """What the story prints in a fresh process."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TZ", "MOTO"))}
    run = subprocess.run(
        [sys.executable, "-W", "error", str(STORY), *arguments],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout


@pytest.fixture(scope="module")
def transcript() -> str:
    return told_elsewhere(PYTHONHASHSEED="1")


def test_two_fresh_processes_give_equal_bytes(transcript: str) -> None:
    assert len(json.loads(transcript)) >= 60
    assert told_elsewhere(PYTHONHASHSEED="99", TZ="Asia/Tokyo") == transcript


def test_a_world_in_a_used_process_gives_the_same_bytes(transcript: str) -> None:
    for _ in range(2):
        with Cloud(seed=11) as cloud:
            long_story.tell(cloud)
            assert json.dumps(cloud.transcript) + "\n" == transcript


def test_another_seed_gives_other_ids(transcript: str) -> None:
    with Cloud(seed=12) as cloud:
        long_story.tell(cloud)
        assert json.dumps(cloud.transcript) + "\n" != transcript


def test_replay_in_another_process_finds_no_divergence(transcript: str, tmp_path: Path) -> None:
    stored = tmp_path / "transcript.json"
    stored.write_text(transcript)
    assert json.loads(told_elsewhere("--replay", str(stored), PYTHONHASHSEED="5", TZ="America/Lima")) == []


def bodies(entries: list[dict[str, Any]]) -> list[Any]:
    """What changed the world, with its answer; without request ids."""
    return [
        (one["op"], one["params"], {key: value for key, value in one["response"].items() if key != "ResponseMetadata"})
        for one in entries
        if one["kind"] == "call" and "response" in one and one["op"].startswith(CHANGING)
    ]


def test_further_looks_and_refused_calls_move_no_id(transcript: str) -> None:
    with Cloud(seed=11) as cloud:
        long_story.tell(cloud, extra=True)
        assert len(cloud.transcript) > len(json.loads(transcript))
        assert bodies(cloud.transcript) == bodies(json.loads(transcript))


def test_a_changed_answer_is_a_divergence_and_stops_nothing(transcript: str) -> None:
    records = json.loads(transcript)[:8]
    records[0]["response"]["Vpc"]["CidrBlock"] = "10.66.0.0/16"
    with Cloud(seed=11) as cloud:
        found = replay(cloud, records)
        assert [(one.index, one.entry["op"]) for one in found] == [(0, "CreateVpc")]
        assert len(boto3.client("ec2").describe_vpcs()["Vpcs"]) == 2
