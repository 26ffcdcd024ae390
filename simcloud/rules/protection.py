"""Laws on scale-in protection of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import api_limits
from simcloud.facts.sources import API_MODEL
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal


@rule("FG1445", on="UpdateTaskProtection", source=API_MODEL)
def protection_lasts_two_days_at_most(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A task is protected for 1 to 2880 minutes, 120 unless told otherwise."""
    minutes = reading.number(request, "expiresInMinutes")
    least, most = api_limits.PROTECTION_MINUTES.value
    if minutes is not None and not least <= minutes <= most:
        text = task_words.PROTECTION_MINUTES.format(least=least, most=most)
        yield Refusal("expiresInMinutes", text, f"it is {minutes}", code="InvalidParameterException")
