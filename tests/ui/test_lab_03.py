"""Lab 03 in a real browser: a wrong answer, a hint, the right answers, the Validate button."""

from __future__ import annotations

import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from playwright.sync_api import expect
from worked_lab import worked_lab

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(3, 4)]
"""One lab a day: test_labs_from_start_to_full_marks.py has the other three."""

WRONG = 'stop_code, host = "TaskFailedToStart", "ECR"'


def test_verdicts_change_as_the_answers_do(page: JupyterLabPage) -> None:
    lab = worked_lab("03-private-pull")
    page.open(lab.path)
    answers = {task.answer_cell: task.worked for task in lab.tasks}
    first, *others = answers
    page.run_all()
    checks = [cell_id for cell_id in page.cell_ids() if cell_id.startswith("lab03-c")]
    assert page.errors() == checks
    assert all("not attempted" in page.text(check) for check in checks)

    page.write(first, WRONG)
    page.run_until(checks[0])
    assert "a host name is wanted" in page.text(checks[0])
    page.cell(checks[0])
    page.picture("lab-03-wrong")

    page.write(first, answers[first])
    page.run_until(checks[0])
    assert checks[0] not in page.errors()
    assert "passed" in page.text(checks[0])

    for cell_id in others:
        page.write(cell_id, answers[cell_id])
    page.run_all()
    assert page.errors() == []
    page.cell(checks[-1])
    page.picture("lab-03-right")

    page.save()
    page.tab.get_by_role("button", name="Validate").click()
    expect(page.tab.get_by_text("Success! Your notebook passes all the tests.")).to_be_visible(timeout=2 * MINUTE)
    page.picture("lab-03-validated")
    page.tab.keyboard.press("Escape")

    submit = page.cell("lab03-submit").get_by_role("button", name="Submit this lab")
    submit.click()
    expect(page.cell("lab03-submit").get_by_text("20 of 20")).to_be_visible(timeout=2 * MINUTE)
    page.picture("lab-03-submitted")
