"""A learner's desk without a notebook: run the text of answer cells in a learner's world and judge each question."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3

from autograder.author import source
from autograder.author.places import course
from autograder.checks.answers import as_json
from autograder.checks.check import Miss
from autograder.checks.lab import load
from autograder.checks.sitting import sit_down
from autograder.checks.verdict import QuestionVerdict
from autograder.lab import Begun


@dataclass(frozen=True)
class Texts:
    """The cells of a lab's source by question: what a learner finds, and the worked solution."""

    setup: str
    stubs: dict[str, str]
    solutions: dict[str, str]
    checks: dict[str, str]


def texts(lab_id: str) -> Texts:
    """The texts of a lab."""
    from autograder.author.lab import BEGIN_SOLUTION, CODE_STUB, END_SOLUTION, cut

    cells = source.read(course().solutions / lab_id / "lab.py").cells
    setup = next(cell.text for cell in cells if cell.role == "setup" and cell.kind == "code")
    answers = {cell.question: cell.text for cell in cells if cell.role == "answer"}
    return Texts(
        setup=setup,
        stubs={name: cut(text, BEGIN_SOLUTION, END_SOLUTION, CODE_STUB) for name, text in answers.items()},
        solutions=answers,
        checks={cell.question: cell.text for cell in cells if cell.role == "check"},
    )


@dataclass
class Desk:
    """One learner at one lab, hidden checks included. Cells run in one namespace, as in a notebook."""

    lab_id: str
    learner: str
    names: dict[str, Any] = field(default_factory=dict)
    raised: str = ""
    """The traceback of the last cell, where it raised."""

    def __post_init__(self) -> None:
        self.texts = texts(self.lab_id)
        self.sitting = sit_down(load(self.lab_id), self.learner, hidden=True)
        self.cloud, self.variant = self.sitting.cloud, self.sitting.variant
        door = SimpleNamespace(begin=lambda _: Begun(self.sitting), check=self._asked)
        code = self.texts.setup.replace("from autograder import lab\n", "")
        assert code != self.texts.setup, "the setup cell takes lab from autograder"
        self.names["lab"] = door
        exec(compile(code, "setup", "exec"), self.names)

    def run(self, text: str) -> None:
        """Run a cell; what it raises is kept in `raised`."""
        self.raised = ""
        try:
            exec(compile(text, "cell", "exec"), self.names)
        except Exception:
            self.raised = traceback.format_exc()

    def answer(self, question: str, text: str) -> QuestionVerdict:
        """Run an answer cell and then the question's check cell; the verdict."""
        self.run(text)
        raised = self.raised
        self._verdict: QuestionVerdict | None = None
        self.run(self.texts.checks[question])
        if self._verdict is None:  # the answer's name was never bound: the grader judges the question without answers
            assert "NameError" in self.raised, self.raised
            self._asked(question)
        self.raised = raised
        assert self._verdict is not None
        return self._verdict

    def _asked(self, question: str, **answers: Any) -> None:
        plain = as_json(answers)
        self.cloud.record({"kind": "check", "question": question, "answers": plain})
        self._verdict = self.sitting.judge.question(question, plain)


def points_of(verdicts: Mapping[str, QuestionVerdict]) -> dict[str, float]:
    """Points by question."""
    return {name: verdict.points for name, verdict in verdicts.items()}


__all__ = ["Desk", "Miss", "Texts", "boto3", "points_of", "texts"]
