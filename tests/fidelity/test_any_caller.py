"""What a request asks of IAM, for whatever botocore lets through: actions of its service, and nothing breaks."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests_from_shapes import requests

from simcloud import Cloud
from simcloud.cloud.access import TABLES, neighbours, passing
from simcloud.cloud.access.ask import Ask
from simcloud.cloud.access.forms import SPELT
from simcloud.cloud.live import Call, live

OTHERS = ("ecr", "efs", "elbv2", "events", "iam", "kms", "logs", "secretsmanager", "sqs", "sns", "sts")
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

drawn = functools.cache(requests)


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    with Cloud(seed=3):
        yield Call(live(), account="123456789012", region="us-east-1", caller="", key="AKIA0123456789ABCDEF")


def asked(name: str, operation: str, request: dict[str, Any], call: Call) -> list[Ask]:
    if name in TABLES:
        table = import_module(f"simcloud.cloud.access.{TABLES[name]}")
        found = list(table.asks(operation, request, call))
    else:
        found = list(neighbours.asks(name, operation, request, call))
    return [*found, *passing.asks(name, operation, request, call)]


@pytest.mark.parametrize("name", [*TABLES, *OTHERS])
@few
@given(data=st.data())
def test_every_request_asks_for_actions_on_resources(name: str, call: Call, data: st.DataObject) -> None:
    operation, request = data.draw(drawn(name))
    prefix = SPELT.get(name, name)
    for ask in asked(name, operation, request, call):
        assert ask.action.startswith((f"{prefix}:", "iam:PassRole", "kms:GenerateDataKey"))
        assert isinstance(ask.resource, str)
        assert all(isinstance(value, str | list) for value in ask.context.values()), ask.context
