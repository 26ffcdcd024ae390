"""A short exam in a real browser: by keyboard alone, with a kernel that dies half-way, to the report."""

from __future__ import annotations

import nbformat
import pytest
from axe import findings
from jupyterlab_page import JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import Locator, expect

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(4, 8)]

CELL = "from autograder.exam.room import exam_room\n\nexam_room('CLF-C02', items=5)"
TABS = 40
"""So many presses of Tab reach every field of the room."""


@pytest.fixture
def room(page: JupyterLabPage, learners_lab: LearnersLab) -> Locator:
    cell = nbformat.v4.new_code_cell(CELL, id="exam")
    book = nbformat.v4.new_notebook(cells=[cell])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(book, learners_lab.workspace / "exam.ipynb")
    page.open("exam.ipynb")
    return entered(page)


def entered(page: JupyterLabPage) -> Locator:
    """Run the cell; its output."""
    page.run("exam")
    found = page.cell("exam").locator(".jp-Cell-outputArea")
    expect(found.get_by_role("timer")).to_contain_text("Item")
    return found


def press(page: JupyterLabPage, says: str, key: str = "Enter") -> None:
    """Go by Tab to the field with this label, and press a key on it."""
    for _ in range(TABS):
        page.tab.keyboard.press("Tab")
        label = page.tab.evaluate(
            "() => { const at = document.activeElement; if (!at) return '';"
            " const own = at.closest('label') || at.parentElement;"
            " return (at.tagName === 'BUTTON' ? at.innerText : own ? own.innerText : '') || ''; }"
        )
        if label.strip().startswith(says):
            page.tab.keyboard.press(key)
            page._until_idle()
            return
    raise AssertionError(f"Tab does not reach {says!r}")


def answer(page: JupyterLabPage, room: Locator) -> None:
    """Choose the first option of the item at hand, and the second where two are asked for."""
    room.get_by_role("timer").click()  # from here on, the keyboard alone
    room.locator("input").first.focus()
    page.tab.keyboard.press("Space")
    if "two" in room.locator("em").first.inner_text():
        press(page, "B. ", "Space")
    page._until_idle()


def test_a_short_exam_is_sat_by_keyboard_through_a_crash_to_its_report(page: JupyterLabPage, room: Locator) -> None:
    answer(page, room)
    press(page, "Next")
    expect(room.get_by_role("timer")).to_contain_text("Item 2 of 5")
    answer(page, room)
    press(page, "Flag this item", "Space")
    page.tab.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page._until_idle()
    again = entered(page)
    expect(again.get_by_role("timer")).to_contain_text("Item 3 of 5")
    page.picture("exam-room")
    again.locator("input").first.focus()
    press(page, "Review")
    expect(again.get_by_role("button", name="2 answered, flagged")).to_be_visible()
    expect(again.get_by_role("button", name="3 open")).to_be_visible()
    assert findings(page.tab, within=".jp-Cell-outputArea") == []
    again.get_by_role("button", name="3 open").focus()
    press(page, "Submit")
    expect(again).to_contain_text("3 items have no answer")
    again.get_by_role("button", name="No, go on").focus()
    page.tab.keyboard.press("Shift+Tab")
    page.tab.keyboard.press("Enter")
    expect(again).to_contain_text("Estimate")
    expect(again).to_contain_text("3 items were not answered")
    page.picture("exam-report")
    assert findings(page.tab, within=".jp-Cell-outputArea") == []
