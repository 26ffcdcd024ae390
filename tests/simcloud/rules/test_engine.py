"""The book of laws: what it demands of a law, and how it signs a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simcloud.rules import engine
from simcloud.rules.engine import judge, laws, rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.request import read
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition

VALID = {
    "family": "web",
    "requiresCompatibilities": ["FARGATE"],
    "networkMode": "awsvpc",
    "cpu": "1 vCPU",
    "memory": "2 GB",
    "containerDefinitions": [{"name": "app", "image": "nginx"}],
}


def test_memory_not_sold_with_this_cpu_is_refused() -> None:
    assert judge("RegisterTaskDefinition", VALID, Seen()) == []
    [refusal] = judge("RegisterTaskDefinition", {**VALID, "memory": "1 GB"}, Seen())
    assert refusal == Refusal(
        at="memory",
        aws="No Fargate configuration exists for given values: 1024 CPU, 1024 memory. See the Amazon ECS documentation "
        "for the valid values.",
        because="cpu 1024 is sold with 2048 to 8192 in steps of 1024 MiB, not 1024",
        code="ClientException",
    )


def test_a_refusal_is_signed_by_its_law() -> None:
    [refusal] = judge("RegisterTaskDefinition", {**VALID, "memory": "1 GB"}, Seen())
    assert (refusal.rule, refusal.law, refusal.source, refusal.status) == (
        "FG102",
        "Fargate sells memory in steps that depend on the CPU; any other pair is refused.",
        "https://aws.amazon.com/fargate/pricing/",
        "documented",
    )


def test_cpu_is_missed_before_memory() -> None:
    # R-007; the container states its memory, for where nothing does, that is missed first
    bare: dict[str, Any] = {key: value for key, value in VALID.items() if key not in ("cpu", "memory")}
    bare["containerDefinitions"] = [{"name": "app", "image": "nginx", "memory": 64}]
    assert [found.at for found in judge("RegisterTaskDefinition", bare, Seen())] == ["cpu", "memory"]


def test_a_parameter_of_another_account_is_seen_before_the_missing_role() -> None:
    # the bench case had no execution role either
    secret = {"name": "P", "valueFrom": "arn:aws:ssm:us-east-1:210987654321:parameter/p"}
    request = {**VALID, "containerDefinitions": [{"name": "app", "image": "nginx", "secrets": [secret]}]}
    assert [found.rule for found in judge("RegisterTaskDefinition", request, Seen())] == ["FG171", "FG181"]


def test_every_refusal_is_given_not_the_first_alone() -> None:
    worst = {**VALID, "networkMode": "host", "pidMode": "host", "ipcMode": "host", "family": "my web"}
    assert [found.at for found in judge("RegisterTaskDefinition", worst, Seen())] == [
        "family",
        "networkMode",
        "ipcMode",
        "pidMode",
    ]


def test_an_operation_without_laws_is_accepted() -> None:
    assert judge("ListClusters", {}, Seen()) == []


def test_judging_leaves_the_request_as_it_was() -> None:
    request = {**VALID, "containerDefinitions": [{"name": "app", "image": "nginx", "portMappings": [{}]}]}
    before = repr(request)
    judge("RegisterTaskDefinition", request, Seen())
    assert repr(request) == before


def test_every_law_has_sentence_source_and_status() -> None:
    for law in laws():
        assert law.sentence.endswith("."), law.id
        assert law.source.startswith("https://") or "API model" in law.source or "field report" in law.source
        assert law.status in ("documented", "observed", "assumed")
        assert law.operations


def test_a_law_that_is_taken_out_or_entered_is_missed_or_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    request = {**VALID, "memory": "1 GB"}
    for _ in range(2):
        with monkeypatch.context() as without:
            without.delitem(engine.LAWS, "FG102")
            assert judge("RegisterTaskDefinition", request, Seen()) == []
        assert [found.rule for found in judge("RegisterTaskDefinition", request, Seen())] == ["FG102"]


def test_what_was_read_before_is_judged_as_it_was_read() -> None:
    request = {**VALID, "memory": "1 GB"}
    task = read("RegisterTaskDefinition", request, Seen())
    assert judge("RegisterTaskDefinition", request, Seen(), task) == judge("RegisterTaskDefinition", request, Seen())


def test_a_law_without_a_sentence_cannot_be_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LAWS", engine.Register())

    def silent(task: TaskDefinition) -> Iterator[Refusal]:
        yield from ()

    with pytest.raises(ValueError, match="no docstring"):
        rule("FG999", on="RegisterTaskDefinition", source="https://docs.aws.amazon.com/")(silent)


def test_a_law_without_a_source_cannot_be_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LAWS", engine.Register())

    def spoken(task: TaskDefinition) -> Iterator[Refusal]:
        """Something is so."""
        yield from ()

    with pytest.raises(ValueError, match="needs a source"):
        rule("FG999", on="RegisterTaskDefinition", source=" ")(spoken)


def test_an_id_is_taken_once() -> None:
    taken = laws()[0]
    with pytest.raises(ValueError, match="is already"):
        rule(taken.id, on="RegisterTaskDefinition", source="https://docs.aws.amazon.com/")(taken.check)
