"""A learner's desk without a notebook: run the text of answer cells in a learner's world and judge each question."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from types import SimpleNamespace
from typing import Any

from autograder.author import source
from autograder.author.lab import BEGIN_SOLUTION, CODE_STUB, END_SOLUTION, cut
from autograder.author.places import course
from autograder.author.worked import Answer
from autograder.checks.answers import as_json
from autograder.checks.judge import blank
from autograder.checks.lab import load
from autograder.checks.sitting import sit_down
from autograder.checks.verdict import CheckVerdict, QuestionVerdict
from autograder.lab import Begun
from simcloud.cloud.eks.kubernetes import Kubernetes
from simcloud.cloud.recorder import Recorder


@dataclass(frozen=True)
class Texts:
    """The cells of a lab's source by question: what a learner finds, and the worked solution."""

    setup: str
    stubs: dict[str, str]
    solutions: dict[str, str]
    checks: dict[str, str]

    def of(self, question: str, answer: Answer) -> str:
        return answer.text(self.solutions[question], self.stubs[question])


@cache
def texts(lab_id: str) -> Texts:
    """The texts of a lab."""
    cells = source.read(course().solutions / lab_id / "lab.py").cells
    setup = next(cell.text for cell in cells if cell.role == "setup" and cell.kind == "code")
    answers = {cell.question: cell.text for cell in cells if cell.role == "answer"}
    return Texts(
        setup=setup,
        stubs={name: cut(text, BEGIN_SOLUTION, END_SOLUTION, CODE_STUB) for name, text in answers.items()},
        solutions=answers,
        checks={cell.question: cell.text for cell in cells if cell.role == "check"},
    )


@cache
def _module(lab_id: str) -> Any:
    spec = importlib.util.spec_from_file_location("answers", course().solutions / lab_id / "answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(lab_id: str) -> Mapping[str, tuple[Answer, ...]]:
    """What the lab's `answers.py` holds."""
    found: Mapping[str, tuple[Answer, ...]] = _module(lab_id).ANSWERS
    return found


def decided(lab_id: str) -> Callable[[Mapping[str, Any]], Mapping[str, str]]:
    """The `decided` of the lab's `answers.py`: a variant's answers with its own decisions written down as they are."""
    found: Callable[[Mapping[str, Any]], Mapping[str, str]] = _module(lab_id).decided
    return found


def wrecks(lab_id: str) -> Mapping[str, str]:
    """The `WRECKS` of the lab's `answers.py`: ways in which a learner may break the world, by name."""
    found: Mapping[str, str] = _module(lab_id).WRECKS
    return found


@dataclass
class Desk:
    """One learner at one lab, hidden checks included. Cells run in one namespace, as in a notebook."""

    lab_id: str
    learner: str
    names: dict[str, Any] = field(default_factory=dict)
    raised: str = ""
    """The name of the exception that ended the last answer cell; '' where none did."""

    def __post_init__(self) -> None:
        self.texts = texts(self.lab_id)
        self.sitting = sit_down(load(self.lab_id), self.learner, hidden=True)
        self.cloud, self.variant = self.sitting.cloud, self.sitting.variant
        code = self.texts.setup.replace("from autograder import lab\n", "")
        assert code != self.texts.setup, "the setup cell takes lab from autograder"
        self.names["lab"] = SimpleNamespace(begin=lambda _: Begun(self.sitting), check=self._asked)
        exec(compile(code, "setup", "exec"), self.names)
        self._verdict: QuestionVerdict | None = None

    def solve(self, *questions: str) -> None:
        """Run the solutions of these questions, and take each as passed without judging it."""
        for question in questions:
            assert self._run(self.texts.solutions[question]) == "", question
            self.sitting.judge.passed.add(question)
            self.sitting.judge.since = len(self.cloud.transcript)

    def solve_before(self, question: str) -> None:
        """Run the solutions of all the questions before this one."""
        ids = [one.id for one in self.sitting.lab.questions]
        self.solve(*ids[: ids.index(question)])

    def answer(self, question: str, text: str) -> QuestionVerdict:
        """Run an answer cell and then the question's check cell; the verdict."""
        self._verdict = None
        self.raised = self._run(text)
        ended = self._run(self.texts.checks[question])
        if self._verdict is None:  # the answer's name was never bound: the grader judges the question without answers
            assert ended == "NameError"
            self._asked(question)
        assert self._verdict is not None
        return self._verdict

    def first_failure(self, question: str, text: str) -> CheckVerdict | None:
        """Run an answer cell, and the question's checks until one does not pass."""
        self.raised = self._run(text)
        return self.first_missed(question)

    def first_missed(self, question: str) -> CheckVerdict | None:
        """Run the question's checks, hidden ones included, until one does not pass."""
        given: dict[str, Any] = {}
        self.names["lab"].check = lambda _, **answers: given.update(as_json(answers))
        try:
            self._run(self.texts.checks[question])
        finally:
            self.names["lab"].check = self._asked
        judge = self.sitting.judge
        passed: list[CheckVerdict] = []
        for check in judge.lab.checks_of(question, hidden=True):
            needs = judge.lab.question(question).needs
            missing = [name for name in needs if given.get(name, ...) is ...]
            verdict = blank(check) if missing else judge.try_check(check, given, passed)
            if verdict.outcome != "passed":
                return verdict
            passed.append(verdict)
        return None

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Inside the block everything happens in a copy of this world, with a copy of these names."""
        kept = (self.cloud, self.sitting, self.raised)
        names = dict(self.names)
        values = {name: copy.deepcopy(value) for name, value in names.items() if type(value) in (dict, list, set)}
        judge = replace(self.sitting.judge, passed=set(self.sitting.judge.passed))
        with self.cloud.copy() as future:
            future._live.recorder = Recorder()  # a copy has a silent one; this copy is a learner's world all the same
            future._live.recorder.entries = list(kept[0].transcript)
            self._sit(future, replace(self.sitting, cloud=future, judge=judge))
            try:
                yield
            finally:
                self._sit(*kept[:2])
                self.raised = kept[2]
                self.names.clear()
                self.names.update(names | values)

    def _sit(self, cloud: Any, sitting: Any) -> None:
        self.cloud, self.sitting = cloud, sitting
        sitting.judge.cloud = cloud
        for value in self.names.values():
            if isinstance(value, Begun):
                value.cloud = cloud
            elif isinstance(value, Kubernetes):
                value._cloud = cloud

    def _run(self, text: str) -> str:
        try:
            exec(compile(text, "cell", "exec"), self.names)
        except Exception as error:
            return "ClientError" if "ClientError" in map(_name, type(error).__mro__) else _name(type(error))
        return ""

    def _asked(self, question: str, **given: Any) -> None:
        plain = as_json(given)
        self.cloud.record({"kind": "check", "question": question, "answers": plain})
        self._verdict = self.sitting.judge.question(question, plain)


_AT: dict[tuple[str, str], tuple[Desk, list[str]]] = {}
"""Desks that were solved up to a question: lab and learner -> the desk, and the questions that are solved there."""


def desk_before(lab_id: str, learner: str, question: str) -> Desk:
    """A desk at which all questions before this one are solved. It is shared: work at it `apart`."""
    wanted = [one.id for one in load(lab_id).questions]
    wanted = wanted[: wanted.index(question)]
    desk, solved = _AT.get((lab_id, learner), (None, []))
    if desk is None or wanted[: len(solved)] != solved:
        desk, solved = Desk(lab_id, learner), []
        _AT[lab_id, learner] = desk, solved
    desk.cloud.open()
    missing = wanted[len(solved) :]
    desk.solve(*missing)
    solved.extend(missing)
    return desk


def forget(lab_id: str, learner: str) -> None:
    """This learner's desk is made anew when it is next asked for."""
    _AT.pop((lab_id, learner), None)


def _name(kind: type) -> str:
    return kind.__name__


def said(check: CheckVerdict) -> str:
    """All that a learner reads under a check that failed."""
    return "\n".join([check.expected, check.got, check.hint, check.fault])
