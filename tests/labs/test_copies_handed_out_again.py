"""A check that only looks leaves its copy of the world to the next one; no verdict may tell the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from autograder.author.places import course
from autograder.checks.answers import as_json
from simcloud.cloud.cloud import Cloud
from tests.labs.desk import Desk
from tests.rotation import parameters

LABS = [path.parent.name for path in course().lab_sources()]


def always_new(cloud: Cloud) -> Callable[[], AbstractContextManager[Cloud]]:
    """`Cloud.copies`, with a copy of its own for everybody who asks."""
    make = COPIES(cloud)

    @contextmanager
    def copy() -> Iterator[Cloud]:
        with make() as future:
            future._live.recorder.stirred += 1
            yield future

    return copy


COPIES = Cloud.copies


@pytest.mark.parametrize("lab_id", parameters(LABS, 1))
def test_verdicts_are_the_same_with_a_copy_for_every_check(lab_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(lab_id, "copies")
    judge = desk.sitting.judge

    def verdict(question: str, answers: dict[str, Any]) -> dict[str, Any]:
        passed, since = set(judge.passed), judge.since
        found = []
        for copies in (always_new, COPIES):
            judge.passed, judge.since = set(passed), since
            monkeypatch.setattr(Cloud, "copies", copies)
            found.append(judge.question(question, answers).as_json())
        alone, handed_out = found
        assert handed_out == alone, question
        return handed_out

    given: dict[str, Any] = {}
    desk.names["lab"].check = lambda _, **told: given.update(told)
    for question in judge.lab.questions:
        verdict(question.id, {})
        assert desk._run(desk.texts.solutions[question.id]) == ""
        given.clear()
        desk._run(desk.texts.checks[question.id])
        solved = verdict(question.id, as_json(given))
        assert solved["points"] == solved["max_points"]
    desk.cloud.close()
