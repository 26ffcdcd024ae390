"""Laws on requests that name task definitions to deregister or delete them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import api_limits
from simcloud.facts.sources import API_MODEL
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

WITH_REVISION = re.compile(r"(?:arn:[^/]*/)?[^:/]+:\d+")


@rule("FG1430", on="DeregisterTaskDefinition", source=API_MODEL)
def a_revision_is_deregistered(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One revision is deregistered, by family and number or by ARN; a family alone is not enough."""
    named = reading.text(request, "taskDefinition")
    if not WITH_REVISION.fullmatch(named):
        text = str(task_words.DEFINITION_NO_REVISION)
        yield Refusal("taskDefinition", text, f"'{named}' names no revision", code="InvalidParameterException")


@rule("FG1431", on="DeleteTaskDefinitions", source=API_MODEL)
def ten_definitions_are_deleted(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One to ten revisions are deleted in a call."""
    named, most = reading.texts(request, "taskDefinitions"), api_limits.DELETED_DEFINITIONS.value
    if not named:
        text = str(task_words.DEFINITIONS_EMPTY)
        yield Refusal("taskDefinitions", text, "none is named", code="InvalidParameterException")
    elif len(named) > most:
        text = task_words.DEFINITIONS_TOO_MANY.format(most=most)
        yield Refusal("taskDefinitions", text, f"{len(named)} are named", code="InvalidParameterException")
