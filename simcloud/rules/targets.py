"""Laws on what a launch names: its cluster and its task definition."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, issue
from simcloud.facts.words import launch as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import LAUNCHES, TASKS, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

CLIENT, INVALID = "ClientException", "InvalidParameterException"


@rule("FG1200", on=LAUNCHES, source=issue("hashicorp/terraform-provider-aws", 27428), status="observed")
def a_definition_has_a_name(launch: Launch) -> Iterator[Refusal]:
    """The task definition is named by its family, family and revision, or ARN: an empty text names none."""
    if launch.raw.get("taskDefinition") == "":
        yield Refusal("taskDefinition", said.FAMILY_EMPTY, "the name is empty", code=INVALID)


@rule("FG301", on=LAUNCHES, source=FIELD_REPORT, status="observed")
def the_definition_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A launch names a registered task definition; a family alone means its latest active revision."""
    name = launch.raw.get("taskDefinition")
    if seen.definition is None and launch.controller != "EXTERNAL" and name != "":
        got = f"'{name}' is not registered in this account" if name else "no task definition is named"
        yield Refusal("taskDefinition", words.DEFINITION_NOT_FOUND, got, code=CLIENT)


@rule("FG300", on=LAUNCHES, source=API_MODEL)
def the_cluster_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A launch names an active cluster of the account; without a name it is the cluster called default."""
    if launch.cluster in seen.clusters:
        return
    text, because = str(words.CLUSTER_NOT_FOUND), f"there is no active cluster '{launch.cluster}'"
    if launch.cluster in seen.inactive:
        from simcloud.facts.words.account import CLUSTER_INACTIVE  # rarely said: not loaded for a first launch

        text, because = str(CLUSTER_INACTIVE), f"the cluster '{launch.cluster}' was deleted"
    yield Refusal("cluster", text, because, code="ClusterNotFoundException")


@rule("FG302", on=LAUNCHES, source=issue("aws/aws-cdk", 33195), status="observed")
def the_definition_is_active(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """No task is launched from a deregistered task definition.

    RunTask answers with InvalidParameterException (https://github.com/DefangLabs/defang/pull/775), UpdateService with
    ClientException (the source of this law); the other operations are taken to do as their kin.
    """
    if seen.definition is not None and seen.definition.get("status", "ACTIVE") != "ACTIVE":
        code = INVALID if launch.operation in TASKS else CLIENT
        got = f"its status is {reading.text(seen.definition, 'status')}"
        yield Refusal("taskDefinition", words.DEFINITION_INACTIVE, got, code=code)
