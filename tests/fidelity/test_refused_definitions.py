"""Task definitions that the real AWS refuses, sent through boto3: its code, its whole text, and a world as it was.

Each case names the row of the fact sheet (R-...) or what published the answer, and the law of ours that refuses.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import refused_containers
import refused_lives
import refused_logs
import refused_network_modes
import refused_platforms
import refused_ports
import refused_secrets
import refused_sizes
import refused_volumes
import refused_wholes
from botocore.exceptions import ClientError

from simcloud import Cloud
from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen

REFUSED = [
    *refused_sizes.SIZES,
    *refused_network_modes.NETWORK,
    *refused_ports.PORTS,
    *refused_containers.CONTAINERS,
    *refused_platforms.UNSUPPORTED,
    *refused_platforms.KERNEL,
    *refused_platforms.WINDOWS,
    *refused_logs.LOGS,
    *refused_secrets.SECRETS,
    *refused_volumes.STORAGE,
    *refused_lives.LIVES,
    *refused_wholes.VALUES,
    *refused_wholes.WHOLE,
]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud() as opened:
        yield opened


@pytest.mark.parametrize(("request_", "law", "at", "text", "code"), REFUSED)
def test_the_definition_is_refused_in_the_words_of_aws(
    request_: dict[str, Any], law: str, at: str, text: str, code: str, cloud: Cloud
) -> None:
    before = pickle.dumps(cloud.world)
    with pytest.raises(ClientError) as caught:
        boto3.client("ecs", region_name="us-east-1").register_task_definition(**request_)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"].removesuffix(".")) == (code, text.removesuffix("."))
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert pickle.dumps(cloud.world) == before


@pytest.mark.parametrize(("request_", "law", "at", "text", "code"), REFUSED)
def test_one_law_refuses_it_and_says_where(request_: dict[str, Any], law: str, at: str, text: str, code: str) -> None:
    refusals = judge("RegisterTaskDefinition", request_, Seen())
    assert [(found.rule, found.code, found.at) for found in refusals] == [(law, code, at)]


def test_there_are_many_refused_definitions() -> None:
    assert len(REFUSED) >= 170
