"""What the judging of a check, and of a question, came to. Plain values, to and from JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Outcome = Literal["passed", "failed", "not attempted", "timed out", "crashed", "broken", "skipped"]


@dataclass
class CheckVerdict:
    """The verdict of one check."""

    id: str
    sentence: str
    outcome: Outcome
    points: float
    max_points: float
    hidden: bool = False
    expected: str = ""
    got: str = ""
    hint: str = ""
    fault: str = ""
    """For the instructor, where the check is broken: what went wrong in it."""


@dataclass
class QuestionVerdict:
    """The verdict of one question."""

    id: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    reason: str = ""
    """One sentence: why this outcome."""
    checks: list[CheckVerdict] = field(default_factory=list)
    lesson: str = ""
    """The lesson to read again; '' for none."""

    @property
    def hidden_points(self) -> float:
        """Points that only checks after submission give."""
        return self.max_points - sum(check.max_points for check in self.checks if not check.hidden)

    def first_failed(self) -> CheckVerdict | None:
        """The first check that failed; None where none did."""
        return next((check for check in self.checks if check.outcome == "failed"), None)

    def as_json(self) -> dict[str, Any]:
        """As in the record of a submission."""
        return asdict(self)


def question_verdict(data: dict[str, Any]) -> QuestionVerdict:
    """A verdict from the JSON that `as_json` gave (written by our own judging process only)."""
    checks = [CheckVerdict(**check) for check in data["checks"]]
    return QuestionVerdict(**{**data, "checks": checks})
