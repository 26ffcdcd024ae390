"""Switch each law of scaling off in turn: some case of the table must notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import test_scaling
from botocore import xform_name
from scaling_as_written import furnished

from simcloud import Cloud
from simcloud.cloud.live import Call, live
from simcloud.cloud.routes import model
from simcloud.cloud.scaling.seeing import seen
from simcloud.rules import engine
from simcloud.rules.engine import Law, judge, laws
from simcloud.rules.scaling.seen import Seen

SERVICE = "application-autoscaling"
LAWS = [law for law in laws() if law.operations[0].startswith(f"{SERVICE}:")]
Case = tuple[str, dict[str, Any], Seen]


@pytest.fixture(scope="module")
def cases() -> Iterator[list[Case]]:
    """The refused requests, each with what the laws see of the account."""
    names = {xform_name(name): name for name in model(SERVICE).operation_names}
    with Cloud(seed=5) as cloud:
        furnished(cloud)
        call = Call(live(), cloud.account, cloud.region, "arn:aws:iam::123456789012:user/learner")
        found = []
        for param in test_scaling.REFUSED:
            operation, request = names[param.values[0]], _plain(param.values[1])
            found.append((f"{SERVICE}:{operation}", request, seen(operation, request, call)))
        yield found


def _plain(request: dict[str, Any]) -> dict[str, Any]:
    """As a handler gets it: moments as seconds."""
    return {key: value.timestamp() if hasattr(value, "timestamp") else value for key, value in request.items()}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(law: Law, cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    noticing = [case for case in cases if {found.rule for found in judge(*case)} == {law.id}]
    assert noticing, f"no case is refused by {law.id} alone"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert [judge(*case) for case in noticing] == [[] for _ in noticing]
