"""Names and ARNs in requests of ECS, looked at before what they name is looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call

NAMING = ("cluster", "service", "serviceName", "task", "family")
LISTS = ("clusters", "services", "tasks")
TASK_SETS = ("taskSet", "taskSets", "primaryTaskSet")
"""Ids of task sets are never plain."""
USUAL = re.compile(r"[A-Za-z0-9_-]{1,255}")
USUAL_DEFINITION = re.compile(r"[A-Za-z0-9_-]+(?::\d+)?")
"""Names that no law has anything against: nearly all. The laws on the others are loaded when the first one comes."""


def _usual(request: Mapping[str, Any]) -> bool:
    definition = request.get("taskDefinition")
    if isinstance(definition, str) and not USUAL_DEFINITION.fullmatch(definition):
        return False
    named = [request.get(member) for member in NAMING]
    for member in LISTS:
        named += request.get(member) or ()
    plain = all(USUAL.fullmatch(name) for name in named if isinstance(name, str))
    return plain and not any(map(request.get, TASK_SETS))


def demand_fitting(operation: str, request: Mapping[str, Any], call: Call) -> None:
    """Raise the first refusal of the laws on names, with all of them as explanation."""
    if _usual(request):
        return
    from simcloud.rules.identifiers import refusals
    from simcloud.rules.seen import Seen

    found = refusals(operation, request, Seen(account=call.account, region=call.region))
    if found:
        raise Refused(found[0].code, str(found[0].aws), explained=found)
