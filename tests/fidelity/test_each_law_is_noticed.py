"""Switch each law off in turn: some case of the tables must notice."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest
import test_refused_definitions

from simcloud.rules import engine
from simcloud.rules.engine import Law, judge, laws
from simcloud.rules.order import IN_ORDER
from simcloud.rules.seen import Seen

Case = tuple[str, dict[str, Any], Seen]
DEFINING = [law for law in laws() if law.check.__module__.removeprefix("simcloud.rules.") in IN_ORDER["ecs"]]
"""The laws on definitions. Others are switched off beside their own tables."""


def refused_cases() -> list[Case]:
    return [("RegisterTaskDefinition", param.values[0], Seen()) for param in test_refused_definitions.REFUSED]


@cache
def refused_alone() -> dict[str, list[Case]]:
    """The cases that one law alone refuses, by its id; judged once."""
    alone = defaultdict(list)
    for case in refused_cases():
        rules = [found.rule for found in judge(*case)]
        if len(rules) == 1:
            alone[rules[0]].append(case)
    return alone


@pytest.mark.parametrize("law", DEFINING, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    noticing = refused_alone().get(law.id, [])
    assert noticing, f"no case is refused by {law.id} alone"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert [judge(*case) for case in noticing] == [[] for _ in noticing]
