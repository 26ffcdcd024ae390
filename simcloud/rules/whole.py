"""Laws on a definition as a whole: its length, its tags, what it asks of placement and isolation."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_LONGEST_BYTE = 6
"""Bytes of JSON that one byte of Python's own form can stand for: \\u0001 for a character that has no other spelling.
Names, numbers and brackets take fewer bytes in JSON than six times those of that form."""
_WITHOUT_SHARING = 2
"""The version of Python's own form that writes a text as often as it stands there."""


@rule("FG1140", on=REGISTER, source=FIELD_REPORT, status="observed")
def a_definition_has_64_kilobytes(task: TaskDefinition) -> Iterator[Refusal]:
    """A definition is at most 65,536 bytes long, as JSON."""
    most = quotas.DEFINITION_LENGTH.value
    if _surely_within(most, task.raw):
        return  # nearly every definition, and told ten times as fast
    kept = {key: value for key, value in task.raw.items() if key != "tags"}
    length = len(
        json.dumps(kept, separators=(",", ":"), ensure_ascii=False, default=str).encode(errors="surrogatepass")
    )
    if length > most:
        text = words.DEFINITION_LENGTH.format(actual=length, most=most)
        yield Refusal("containerDefinitions", text, "long lists of variables belong into files or parameters")


def _surely_within(most: int, raw: Any) -> bool:
    """Is it so much shorter that nobody need write it out as JSON to know?"""
    try:
        return len(marshal.dumps(raw, _WITHOUT_SHARING)) * _LONGEST_BYTE <= most
    except ValueError:  # something that JSON does not know either
        return False


@rule("FG1130", on=REGISTER, of="tags", source=FIELD_REPORT, status="observed")
def tags_are_given_or_left_out(task: TaskDefinition) -> Iterator[Refusal]:
    """Tags are left out where there are none; an empty list is refused."""
    if task.raw.get("tags") == []:
        yield Refusal("tags", words.TAGS_EMPTY, "the list of tags is empty; leave it out")


@rule("FG1131", on=REGISTER, of="tags", source=API_MODEL, status="assumed")
def tags_keep_to_their_form(task: TaskDefinition) -> Iterator[Refusal]:
    """A definition has at most 50 tags, each key once, in plain characters, and none that begins with aws:."""
    if tags := reading.structures(task.raw, "tags"):
        from simcloud.rules.tags import refusals  # late: few definitions have tags, and the first answer is timed

        yield from refusals(tags)


@rule("FG1141", on=REGISTER, of="placementConstraints", source=API_MODEL, status="assumed")
def a_constraint_is_an_expression(task: TaskDefinition) -> Iterator[Refusal]:
    """A definition has at most ten placement constraints, each with an expression."""
    constraints = () if task.on_fargate else reading.structures(task.raw, "placementConstraints")
    most = quotas.PLACEMENT_CONSTRAINTS.value
    if len(constraints) > most:
        text = words.CONSTRAINTS_TOO_MANY.format(most=most)
        yield Refusal("placementConstraints", text, f"{len(constraints)} constraints are given")
    for index, constraint in enumerate(constraints):
        if not reading.text(constraint, "expression"):
            yield Refusal(
                f"placementConstraints[{index}].expression", words.CONSTRAINT_EXPRESSION, "the expression is missing"
            )


@rule("FG1144", on=REGISTER, of="trustedExecutionConfiguration", source=API_MODEL, status="assumed")
def trust_is_of_managed_instances(task: TaskDefinition) -> Iterator[Refusal]:
    """Trusted execution is for managed instances alone."""
    if not task.raw.get("trustedExecutionConfiguration"):
        return
    for kind, spoken in (("FARGATE", "Fargate"), ("EC2", "EC2"), ("EXTERNAL", "External")):
        if kind in task.requires:
            text = words.TRUSTED_EXECUTION.format(kind=spoken)
            yield Refusal("trustedExecutionConfiguration", text, f"{kind} is demanded")
            return


@rule("FG1145", on=REGISTER, of="credentialSpecs", source=API_MODEL, status="assumed")
def a_container_has_one_credential_spec(task: TaskDefinition) -> Iterator[Refusal]:
    """A container has at most one credentialSpec."""
    most = quotas.CREDENTIAL_SPECS.value
    for container in task.containers:
        count = len(reading.texts(container.raw, "credentialSpecs"))
        if count > most:
            text = words.CREDENTIAL_SPECS.format(most=most)
            yield Refusal(f"{container.at}.credentialSpecs", text, f"{count} are given")
