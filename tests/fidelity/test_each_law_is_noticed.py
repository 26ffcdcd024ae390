"""Switch each law off in turn: some case of the tables must notice."""

from __future__ import annotations

from typing import Any

import pytest
import test_launches
import test_refused_definitions
import test_service_changes

from simcloud.rules import engine
from simcloud.rules.engine import Law, judge, laws
from simcloud.rules.seen import Seen

Case = tuple[str, dict[str, Any], Seen]


def refused_cases() -> list[Case]:
    definitions = [("RegisterTaskDefinition", param.values[0], Seen()) for param in test_refused_definitions.REFUSED]
    launches = [(param.values[0], param.values[1], param.values[2]) for param in test_launches.REFUSED]
    return definitions + launches + test_service_changes.judged()


@pytest.mark.parametrize("law", laws(), ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    noticing = [case for case in refused_cases() if [found.rule for found in judge(*case)] == [law.id]]
    assert noticing, f"no case is refused by {law.id} alone"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert [judge(*case) for case in noticing] == [[] for _ in noticing]
