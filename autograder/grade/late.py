"""nbgrader's plugin for late penalties: the course's own policy, so that every way of grading takes the same."""

from __future__ import annotations

from nbgrader.plugins import LateSubmissionPlugin

from autograder.grade.policy import penalty, policy_of
from autograder.grade.preprocessors import here


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc]
    """What the kept policy of the lab says. `total_seconds_late` counts from the learner's own due date."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        step = self.parent
        return penalty(policy_of(here(step), step.assignment_id), score, total_seconds_late)
