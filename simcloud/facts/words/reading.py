"""What ECS says when it refuses to list or to show something: the sizes of pages, filters, `include`."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import alike as _alike
from simcloud.facts.sources import RECORDED, recorded

SERVICES = recorded("ecs/services.json")


def _recorded(text: str) -> Words:
    """A text in a recorded answer of the real API."""
    return Words(text, source=SERVICES, status="observed", read_on="2026-11-23")


PAGE_TOO_LONG = _recorded("Max results can not be greater than {most}")
PAGE_EMPTY = _alike("Max results can not be lesser than 1", "ListServices' text on 101", "")
ONE_OF = _recorded("{what} should be one of [{values}]")
"""Of launch types and of `include`; `Scheduling strategy` begins with a capital in CreateService's answer."""
DEFINITION_VALUE = Words(
    "{value} is not a valid value for {member}. The value must be one of [[{values}]]",
    source=RECORDED,
    status="observed",
    read_on="2026-09-16",
)
