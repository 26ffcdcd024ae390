"""Three labs in a real browser, each from the first cell to full marks: plainly, with hints, after a reset."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import expect
from worked_lab import Task, WorkedLab, worked_lab

from autograder.author.worked import Answer
from autograder.checks.lab import load
from tests.labs.desk import answers
from tests.rotation import on_turn

pytestmark = pytest.mark.browser

Story = Callable[[JupyterLabPage, LearnersLab], None]


def do(page: JupyterLabPage, task: Task, text: str) -> str:
    """Write an answer, run it and its check; what stands below the check."""
    page.write(task.answer_cell, text)
    page.run(task.answer_cell)
    assert task.answer_cell not in page.errors(), page.text(task.answer_cell)
    page.run(task.check_cell)
    return page.text(task.check_cell)


def ask(page: JupyterLabPage, task: Task, words: str) -> str:
    """Type a line into a new cell below the check; what it prints."""
    made = page.insert_below(task.check_cell, words)
    page.run(made)
    assert made not in page.errors(), page.text(made)
    return page.text(made)


def wrong_answer(lab: WorkedLab, task: Task) -> tuple[Answer, str]:
    """A wrong answer that ends without an error and misses a visible check, and the words that its learner reads."""
    visible = [check.id for check in load(lab.lab_id).checks_of(task.question, hidden=False)]
    for one in answers(lab.lab_id)[task.question]:
        if visible[0] in one.misses and not one.raises:
            return one, one.misses[visible[0]]
    raise AssertionError(f"no such answer to {task.question}")


def kept(learners: LearnersLab, lab: WorkedLab) -> dict[str, Any]:
    """What the state file keeps of a lab."""
    file = learners.workspace / ".fargate-course" / "state.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["labs"].get(lab.lab_id, {})
    return found


def hand_in(page: JupyterLabPage, learners: LearnersLab, lab: WorkedLab) -> None:
    """Save, press the button, and read the mark and the feedback."""
    assert page.errors() == []
    page.save()
    page.run(lab.submit_cell)
    cell = page.cell(lab.submit_cell)
    cell.get_by_role("button", name="Submit this lab").click()
    expect(cell.get_by_text("20 of 20")).to_be_visible(timeout=2 * MINUTE)
    page.picture(f"{lab.lab_id}-submitted")
    assert kept(learners, lab)["grade"] == {"points": 20, "max_points": 20, "outcome": "passed"}
    feedback = learners.workspace / "feedback" / f"{lab.lab_id}.html"
    page.tab.goto(feedback.as_uri())
    expect(page.tab.get_by_text("20 of 20")).to_be_visible()
    page.picture(f"{lab.lab_id}-feedback")


def plainly(page: JupyterLabPage, learners: LearnersLab) -> None:
    """Each question in turn; the kernel is restarted in the middle, and the solutions are read at the end."""
    lab = worked_lab("14-one-cluster-three-workloads")
    page.open(lab.path)
    page.run_until(lab.setup_cell)
    page.cell(lab.setup_cell)
    page.picture(f"{lab.lab_id}-begun")
    for task in lab.tasks[:2]:
        assert "not yet" not in do(page, task, task.worked)
    before = kept(learners, lab)
    page.save()
    page.restart_kernel()
    assert kept(learners, lab) == before
    page.run_until(lab.tasks[1].check_cell)
    assert "2 questions passed" in ask(page, lab.tasks[1], "lab.progress()")
    for task in lab.tasks[2:]:
        assert "not yet" not in do(page, task, task.worked)
        page.picture(f"{lab.lab_id}-{task.question}")
    for task in lab.tasks:
        assert task.solution.strip() in ask(page, task, f'lab.solution("{task.question}")')
    page.picture(f"{lab.lab_id}-solution")
    hand_in(page, learners, lab)


def with_hints(page: JupyterLabPage, learners: LearnersLab) -> None:
    """Each question is first answered wrong; the Miss is read, three hints are asked for, then it is answered right."""
    lab = worked_lab("05-secrets-and-rotation")
    page.open(lab.path)
    page.run_until(lab.setup_cell)
    task, *others = lab.tasks
    one, words = wrong_answer(lab, task)
    assert words in do(page, task, one.cell)
    assert task.check_cell in page.errors()
    page.cell(task.check_cell)
    page.picture(f"{lab.lab_id}-miss")
    assert "First pass" in ask(page, task, f'lab.solution("{task.question}")')
    hints = [ask(page, task, f'lab.hint("{task.question}")') for _ in range(3)]
    assert [hint.split(":")[0] for hint in hints] == [f"Hint {number} of 3" for number in (1, 2, 3)]
    assert len(set(hints)) == 3
    page.cell(task.check_cell)
    page.picture(f"{lab.lab_id}-hints")
    for each in (task, *others):
        assert "not yet" not in do(page, each, each.worked)
        page.picture(f"{lab.lab_id}-{each.question}")
    assert kept(learners, lab)["questions"][task.question]["hints"] == 3
    hand_in(page, learners, lab)


def after_a_reset(page: JupyterLabPage, learners: LearnersLab) -> None:
    """Two questions are answered, then the lab is reset: the world is fresh, and the old work is there to take up."""
    lab = worked_lab("10-spot-without-tears")
    page.open(lab.path)
    page.run_until(lab.setup_cell)
    first, second, *others = lab.tasks
    for task in (first, second):
        assert "not yet" not in do(page, task, task.worked)
    assert "A fresh world." in ask(page, second, "lab.reset()")
    page.picture(f"{lab.lab_id}-reset")
    page.run(first.check_cell)
    assert "not attempted" in page.text(first.check_cell), "the world is fresh"
    page.write(first.answer_cell, "")
    assert "(before a reset: 2)" in ask(page, first, "lab.progress()")
    printed = ask(page, first, f'lab.work("{first.question}")')
    page.picture(f"{lab.lab_id}-work")
    head, _, old = printed.partition("\n")
    assert old.strip() == first.worked.strip()
    assert Path(head.partition("kept in ")[2]).read_text(encoding="utf-8").strip() == first.worked.strip()
    assert "not yet" not in do(page, first, old)
    for task in (second, *others):
        assert "not yet" not in do(page, task, task.worked)
    hand_in(page, learners, lab)


STORIES = (plainly, with_hints, after_a_reset)
A_STORY_A_DAY = [pytest.param(story, marks=on_turn(place, 4)) for place, story in enumerate(STORIES)]
"""The fourth day is of test_lab_03.py."""


@pytest.mark.parametrize("story", A_STORY_A_DAY)
def test_a_lab_is_done_from_start_to_full_marks(story: Story, page: JupyterLabPage, learners_lab: LearnersLab) -> None:
    story(page, learners_lab)
