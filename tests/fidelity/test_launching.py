"""RunTask, StartTask, CreateService, UpdateService and CreateTaskSet, sent through boto3: refused and accepted."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from accepted_launches import ACCEPTED
from botocore.exceptions import ClientError
from launching import World
from refused_launches import LAUNCHES
from refused_rollouts import SHIFTING
from refused_services import SERVING
from refused_tasks import ALONE
from refused_traffic import TRAFFIC

from simcloud import Cloud
from simcloud.rules import engine
from simcloud.rules.engine import Law, laws
from simcloud.rules.order import IN_ORDER

REFUSED = [*LAUNCHES, *ALONE, *SERVING, *SHIFTING, *TRAFFIC]
MODULES = {*IN_ORDER["ecs-launches"], *IN_ORDER["ecs-services"]} - {"controllers"}
"""The laws of controllers are switched off in test_service_changes.py."""
FOUND_MISSING = ("FG300",)
"""Without a cluster some handlers do not come as far as the laws; they say the same without explaining it."""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Cloud(seed=11) as cloud:
        yield World(cloud)


@pytest.mark.parametrize(("operation", "request_", "law", "code", "text"), REFUSED)
def test_the_launch_is_refused_in_the_words_of_aws(
    world: World, operation: str, request_: dict[str, Any], law: str, code: str, text: str
) -> None:
    before = pickle.dumps(world.cloud.world)
    with pytest.raises(ClientError) as caught:
        world.call(operation, request_)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, world.written(text))
    assert "".join(getattr(caught.value, "__notes__", ())).startswith(f"Law {law}:") or law in FOUND_MISSING
    assert pickle.dumps(world.cloud.world) == before, "a refused call leaves the world as it was"


@pytest.mark.parametrize(("operation", "request_"), ACCEPTED)
def test_the_launch_is_accepted(world: World, operation: str, request_: dict[str, Any]) -> None:
    with world.cloud.copy() as future:
        world.call(operation, request_)
        future.world.check()
        future.advance(minutes=1)


@pytest.mark.operation("ecs:UpdateService", "ecs:DescribeServices")
def test_another_strategy_forgets_the_steps_of_the_one_before(world: World) -> None:
    steps = {"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 20.0}}
    with world.cloud.copy():
        for configuration in (steps, {"strategy": "CANARY"}, {"strategy": "ROLLING"}):
            world.call("update_service", {"service": "standing", "deploymentConfiguration": configuration})
            held = world.call("describe_services", {"services": ["standing"]})["services"][0]["deploymentConfiguration"]
            blocks = {"linearConfiguration", "canaryConfiguration"} & set(held)
            assert blocks == {f"{held['strategy'].lower()}Configuration"} - {"rollingConfiguration"}


@cache
def by_law() -> dict[str, list[Any]]:
    """The refused cases by the law that refuses them."""
    cases = defaultdict(list)
    for param in REFUSED:
        cases[param.values[2]].append(param.values)
    return cases


@pytest.mark.parametrize(
    "law",
    [law for law in laws() if law.topic in MODULES],
    ids=lambda law: f"{law.id}-{law.check.__name__}",
)
def test_a_case_notices_when_the_law_is_off(world: World, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = by_law()[law.id]
    assert cases, f"no case is refused by {law.id}"
    monkeypatch.delitem(engine.LAWS, law.id)
    slipped = [
        operation
        for operation, request, _, code, text in cases
        if outcome(world, operation, request) != (code, world.written(text))
    ]
    assert slipped or law.id in FOUND_MISSING


def outcome(world: World, operation: str, request: dict[str, Any]) -> tuple[str, str]:
    """Code and text of a refusal; what came of a request that slipped through. Asked in a copy of the world."""
    try:
        with world.cloud.copy():
            world.call(operation, request)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    except Exception as error:
        return type(error).__name__, str(error)
    return "", "accepted"
