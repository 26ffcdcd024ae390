"""The course's card in JupyterLab's launcher, in a real browser."""

from __future__ import annotations

import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import Page, expect

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(3, 8)]

CARD = '.jp-LauncherCard[title="The Fargate course"]'


@pytest.fixture
def launcher(page: JupyterLabPage, learners_lab: LearnersLab) -> Page:
    """An empty JupyterLab, which shows the launcher."""
    page.tab.goto(f"{learners_lab.address}/lab?token={learners_lab.token}&reset", timeout=MINUTE)
    page.tab.wait_for_selector(".jp-Launcher", timeout=MINUTE)
    return page.tab


def test_the_card_opens_the_first_page(launcher: Page, page: JupyterLabPage) -> None:
    card = launcher.locator(CARD)
    expect(card.locator("img")).to_have_js_property("naturalWidth", 16)
    assert launcher.locator(".jp-LauncherCard").first.get_attribute("title") == "The Fargate course"
    page.picture("launcher")
    card.press("Enter")
    expect(launcher.get_by_role("heading", name="00 · Start here")).to_be_visible(timeout=MINUTE)


def test_where_the_lessons_are_missing_it_says_how_to_start(launcher: Page, learners_lab: LearnersLab) -> None:
    first = learners_lab.workspace / "course" / "00-start-here.ipynb"
    away = first.rename(first.with_suffix(".away"))
    try:
        launcher.locator(CARD).click()
        expect(launcher.get_by_role("dialog")).to_contain_text("Start the course with: python3 start.py")
    finally:
        away.rename(first)
