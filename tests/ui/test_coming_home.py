"""Home in a real browser: it knows what was done in two windows, through a crash, a reset and from another machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import LearnersLab, opened_page
from playwright.sync_api import Browser, Locator, expect

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(7, 8)]

START, NEXT = "course/00-start-here.ipynb", "course/01-what-fargate-is.ipynb"
HOME = "start-home"
DIES = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def other(browser: Browser, learners_lab: LearnersLab) -> Iterator[JupyterLabPage]:
    """A second window, with a lesson of its own in it."""
    yield from opened_page(browser, learners_lab)


def answered(page: JupyterLabPage, cell_id: str, question: str) -> None:
    """Ask a lesson's question, and answer it with its first option."""
    page.write(cell_id, f"from autograder.exam.question import question\nquestion({question!r})")
    page.run(cell_id)
    area = page.cell(cell_id).locator(".jp-Cell-outputArea")
    area.locator("input[type=radio]").first.check()
    area.get_by_role("button", name="Answer").click()
    page._until_idle()


def home(page: JupyterLabPage) -> Locator:
    """Run the cell that shows where one stands; what it shows."""
    page.run(HOME)
    return page.cell(HOME).locator(".jp-Cell-outputArea")


def terminal(page: JupyterLabPage, command: str) -> str:
    """What a command of the course prints, asked for in a cell."""
    return page.text(_made(page, f"!fargate-course progress {command}"))


def _made(page: JupyterLabPage, source: str) -> str:
    made = page.insert_below(HOME, source)
    page.run(made)
    return made


def test_home_knows_what_was_done_wherever_it_was_done(
    page: JupyterLabPage, other: JupyterLabPage, learners_lab: LearnersLab
) -> None:
    page.open(START)
    terminal(page, "--reset")
    untouched = home(page)
    expect(untouched).to_contain_text("0 of 18 lessons read, 0 of 17 labs passed, 0 practice exams sat")
    expect(untouched).to_contain_text("Next: Start here".replace("Start here", "Lesson 00 · Start here (10 min)"))

    answered(page, "start-question", "servers-nobody-patches")
    expect(home(page)).to_contain_text("Next: Lesson 01 · What Fargate is, and when to use it")
    expect(home(page).get_by_role("row", name="00 Start here done")).to_be_visible()

    other.open(NEXT)
    answered(other, "what-question-forty", "report-of-forty-minutes")
    begun = home(page)
    expect(begun).to_contain_text("you began this lesson: 1 of")
    expect(begun).to_contain_text("1 of 18 lessons read")
    begun.get_by_text("rows of the curriculum held").click()
    expect(begun.get_by_role("row", name="F01 ").last).to_contain_text("%")
    expect(begun.get_by_role("row", name="SAA-C03")).to_contain_text("not sat")
    page.picture("home")

    told = page.text(HOME)
    made = page.insert_below(HOME, DIES)
    page.cell(made).locator(".cm-content").first.click()
    page.tab.keyboard.press("Shift+Enter")
    page.tab.locator(".jp-Dialog-button.jp-mod-accept").click(timeout=MINUTE)
    page._until_idle()
    home(page)
    assert page.text(HOME) == told, "the kernel was killed, and nothing is lost"

    assert "Your progress is in" in terminal(page, "--export mine.json")
    assert "You begin anew" in terminal(page, "--reset")
    expect(home(page)).to_contain_text("0 of 18 lessons read")
    assert "Your progress is that of mine.json now" in terminal(page, "--import mine.json")
    home(page)
    assert page.text(HOME) == told

    page.cell(HOME).get_by_role("link", name="Lesson 01").click()
    expect(page.tab.get_by_role("heading", name="What Fargate is").first).to_be_visible(timeout=MINUTE)
    (learners_lab.workspace / "course" / "mine.json").unlink()
