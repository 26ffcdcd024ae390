"""A lab: its questions, its checks, its seeded world; and the finding of a lab by its id."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from autograder.checks import places
from autograder.checks.check import HANDED, Check
from autograder.trouble import Trouble

JSON = Any
"""What json.dumps writes and json.loads gives back."""

Variant = dict[str, JSON]
Hint = str | Callable[[Variant], str]


class LabError(Exception):
    """A lab's file is wrong: the message names the lab, the question or check, and what to mend."""


@dataclass(frozen=True)
class Question:
    """One question: what is asked, for how many points, and the help that is given in steps."""

    id: str
    title: str
    points: float
    """The sum of the points of its checks, visible and hidden."""
    needs: tuple[str, ...] = ()
    """Names of the JSON answers that `lab.check` must be given."""
    rows: tuple[str, ...] = ()
    """Curriculum rows that it practises."""
    hints: tuple[Hint, ...] = ()
    """Each says more than the one before; a function makes it from the variant."""
    lesson: str = ""
    """The lesson to read again, as a file name in `course/`."""


@dataclass
class Lab:
    """One lab. Its checks register themselves with `@LAB.check(...)`."""

    id: str
    title: str
    version: int | str
    variant: Callable[[Random], Variant]
    world: Callable[[Any, Variant], None]
    """(cloud, variant): builds what the learner finds. Trusted; the grader builds it again."""
    questions: Sequence[Question]
    services: Sequence[str]
    """botocore service names whose calls the grader replays."""
    checks: list[Check] = field(default_factory=list)

    def question(self, question_id: str) -> Question:
        """The question of this id. Raises Trouble where there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        known = ", ".join(question.id for question in self.questions)
        raise Trouble(f"lab {self.id} has no question {question_id!r}; its questions are: {known}")

    def checks_of(self, question_id: str, *, hidden: bool) -> list[Check]:
        """The checks of a question in order: visible ones first; hidden ones only where asked for."""
        mine = [check for check in self.checks if check.question == question_id]
        return [check for check in mine if not check.hidden] + [check for check in mine if hidden and check.hidden]

    def points(self, question_id: str, *, hidden: bool) -> float:
        """The points of the question's checks of one kind, hidden or visible."""
        return sum(check.points for check in self.checks if check.question == question_id and check.hidden == hidden)

    @property
    def max_points(self) -> float:
        """What the lab's checks can give in all."""
        return sum(question.points for question in self.questions)

    def check(
        self, check_id: str, *, question: str, points: float, rows: Sequence[str] = (), after: str = ""
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Register a check. Raises LabError where it does not fit the lab."""

        def register(function: Callable[..., None]) -> Callable[..., None]:
            hidden = places.is_hidden(function.__module__)
            check = Check(check_id, question, points, function, tuple(rows), after, hidden)
            for problem in self._problems(check):
                raise LabError(f"lab {self.id}, check {check_id!r}: {problem}")
            self.checks.append(check)
            return function

        return register

    def _problems(self, check: Check) -> Iterator[str]:
        if check.question not in [question.id for question in self.questions]:
            yield f"there is no question {check.question!r}"
        if check.id in [other.id for other in self.checks]:
            yield "there is a check of this id already"
        if not (math.isfinite(check.points) and check.points > 0):
            yield f"points must be a number above zero, not {check.points!r}"
        if check.after and check.after not in [c.id for c in self.checks if c.question == check.question]:
            yield f"after={check.after!r} is no earlier check of question {check.question!r}"
        if not check.sentence:
            yield "it has no docstring, and the docstring is what the learner reads"
        strange = set(inspect.signature(check.function).parameters) - set(HANDED)
        if strange:
            yield f"it asks for {sorted(strange)}; a check can ask for {', '.join(HANDED)}"


def module_name(lab_id: str) -> str:
    """`03-private-pull` -> `lab_03_private_pull`."""
    return "lab_" + lab_id.replace("-", "_")


@cache
def load(lab_id: str) -> Lab:
    """The lab of this id, with its hidden checks where they are installed.

    Raises Trouble where no such lab is known, LabError where its file is wrong.
    """
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", lab_id):
        for place in places.PLACES:
            if places.exists(f"{place.labs}.{module_name(lab_id)}"):
                return _load(place, lab_id)
    known = ", ".join(sorted(ids())) or "none"
    raise Trouble(f"there is no lab {lab_id!r}; the labs are: {known}")


def ids() -> list[str]:
    """The ids of all labs, by their files."""
    found = []
    for place in places.PLACES:
        if places.exists(place.labs):
            package = importlib.import_module(place.labs)
            names = [module.name for module in pkgutil.iter_modules(package.__path__)]
            found += [name.removeprefix("lab_").replace("_", "-") for name in names if name.startswith("lab_")]
    return sorted(found)


def all_labs() -> list[Lab]:
    """Every lab, in order of id."""
    return [load(lab_id) for lab_id in ids()]


def seed_of(learner: str, lab_id: str) -> int:
    """The seed of a learner's world: the same on every machine, another for every learner and lab."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(f"{learner}:{lab_id}".encode(), digest_size=6).digest())


def make_variant(lab: Lab, seed: int) -> Mapping[str, JSON]:
    """The variant of the lab for a seed."""
    return lab.variant(Random(seed))


def _load(place: places.Place, lab_id: str) -> Lab:
    name = module_name(lab_id)
    lab = getattr(importlib.import_module(f"{place.labs}.{name}"), "LAB", None)
    if not isinstance(lab, Lab) or lab.id != lab_id:
        raise LabError(f"{place.labs}.{name} must define LAB = Lab(id={lab_id!r}, ...)")
    if places.exists(f"{place.hidden}.{name}"):
        importlib.import_module(f"{place.hidden}.{name}")
    _assert_points(lab, hidden_installed=places.exists(place.hidden))
    return lab


def _assert_points(lab: Lab, *, hidden_installed: bool) -> None:
    for question in lab.questions:
        visible = lab.points(question.id, hidden=False)
        given = visible + lab.points(question.id, hidden=True)
        if visible == 0:
            raise LabError(f"lab {lab.id}, question {question.id!r}: it has no visible check")
        if given > question.points or (hidden_installed and given != question.points):
            raise LabError(
                f"lab {lab.id}, question {question.id!r}: its checks give {given:g} points, the question says "
                f"{question.points:g}"
            )
