"""Laws on what a launch names: its cluster and its task definition."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT
from simcloud.rules.engine import rule
from simcloud.rules.launch import NAMES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen


@rule("FG300", on=NAMES, source=API_MODEL)
def the_cluster_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A launch names an active cluster of the account; without a name it is the cluster called default."""
    if launch.cluster not in seen.clusters:
        yield Refusal(
            "cluster",
            words.CLUSTER_NOT_FOUND,
            f"there is no active cluster '{launch.cluster}'",
            code="ClusterNotFoundException",
        )


@rule("FG301", on=NAMES, source=FIELD_REPORT, status="observed")
def the_definition_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A launch names a registered task definition; a family alone means its latest active revision."""
    if seen.definition is None and launch.controller != "EXTERNAL":
        name = launch.raw.get("taskDefinition")
        yield Refusal(
            "taskDefinition",
            words.DEFINITION_NOT_FOUND,
            f"'{name}' is not registered in this account",
            code="ClientException",
        )


@rule("FG302", on=NAMES, source=FIELD_REPORT, status="observed")
def the_definition_is_active(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """No task is launched from a deregistered task definition."""
    if seen.definition is not None and seen.definition.get("status", "ACTIVE") != "ACTIVE":
        yield Refusal(
            "taskDefinition",
            words.DEFINITION_INACTIVE,
            f"its status is {seen.definition['status']}",
            code="ClientException",
        )
