"""What a cohort believes wrongly, by the misconceptions of the course: from options that were chosen in its exams, and
from checks that failed with words that only one wrong belief brings about (`shown.yaml`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder import yamls
from autograder.bank import bank
from autograder.exam.mending import mends
from autograder.grade.known import Known


@dataclass(frozen=True)
class Sign:
    """A failed check that shows a misconception."""

    misconception: str
    lab: str
    check: str
    says: str
    """Words of its verdict without which it shows nothing."""


@dataclass(frozen=True)
class Belief:
    """One misconception, and who shows it."""

    id: str
    belief: str
    truth: str
    learners: tuple[str, ...]
    choices: int
    """Wrong options of exams that were chosen."""
    checks: int
    """Checks of labs that failed so."""
    read: tuple[str, ...]
    """The lessons that put it right."""


@cache
def signs() -> tuple[Sign, ...]:
    """All of `shown.yaml`."""
    text = Path(__file__).with_name("shown.yaml").read_text(encoding="utf-8")
    return tuple(Sign(**entry) for entry in yamls.load(text))


def beliefs(everything: Iterable[Known]) -> list[Belief]:
    """Those that anybody shows, by how many do."""
    chosen: dict[str, list[str]] = defaultdict(list)
    failed: dict[str, list[str]] = defaultdict(list)
    for one in everything:
        for misconception in _chosen(one):
            chosen[misconception].append(one.learner)
        for misconception in _failed(one):
            failed[misconception].append(one.learner)
    found = [
        _belief(about, chosen[name], failed[name])
        for name, about in bank.misconceptions().items()
        if chosen[name] or failed[name]
    ]
    return sorted(found, key=lambda one: (-len(one.learners), -one.choices - one.checks, one.id))


def _belief(about: bank.Misconception, chosen: list[str], failed: list[str]) -> Belief:
    lessons = [cell.lesson for row in about.rows if (cell := mends(row)) is not None]
    learners = tuple(sorted({*chosen, *failed}))
    read = tuple(dict.fromkeys(lessons))
    return Belief(about.id, about.belief, about.truth, learners, len(chosen), len(failed), read)


def _chosen(one: Known) -> Iterator[str]:
    """The misconceptions behind the options chosen in an exam."""
    for item in (one.record or {}).get("exam", {}).get("items", ()):
        options = _options().get(item["item"], {}) if not item["right"] else {}
        yield from (options[option] for option in item["chosen"] if options.get(option))


def _failed(one: Known) -> Iterator[str]:
    """The misconceptions behind the failed checks of a lab."""
    for question in (one.record or {}).get("questions", ()):
        for check in question["checks"]:
            said = "\n".join(str(check[name]) for name in ("expected", "got", "hint"))
            for sign in _signs().get((one.lab, check["id"]), ()) if check["outcome"] == "failed" else ():
                if sign.says in said:
                    yield sign.misconception


@cache
def _signs() -> dict[tuple[str, str], list[Sign]]:
    found: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for sign in signs():
        found[sign.lab, sign.check].append(sign)
    return found


def _options() -> dict[str, dict[str, str]]:
    """By item and option of the cohort's exams, the misconception."""
    return _options_in(bank.GRADED) if bank.GRADED.exists() else {}


@cache
def _options_in(folder: Path) -> dict[str, dict[str, str]]:
    return {item.id: {option.id: option.misconception for option in item.options} for item in bank.load(folder)}
