"""Placement, plan, record, glossary and sheets as a learner meets them in JupyterLab, through a kernel that dies."""

from __future__ import annotations

import json

import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import Locator, expect

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(5, 8)]

PAGE = "course/exams-and-review.ipynb"


def placed(page: JupyterLabPage, button: str) -> Locator:
    """Run the cell of the placement and press its button; its output."""
    page.run("er-place")
    found = page.cell("er-place").locator(".jp-Cell-outputArea")
    found.get_by_role("button", name=button).focus()
    page.tab.keyboard.press("Enter")
    expect(found.get_by_role("timer")).to_contain_text("no clock", timeout=MINUTE)
    return found


def test_a_learner_is_placed_through_a_crash_plans_and_prints(page: JupyterLabPage, learners_lab: LearnersLab) -> None:
    page.open(PAGE)
    page.run("er-open")
    room = placed(page, "Place me")
    page.picture("place-first")
    expect(room.get_by_role("timer")).to_contain_text("Item 1 of 20")
    room.locator("input[type=radio]").first.focus()
    page.tab.keyboard.press("Space")
    page._until_idle()
    page.tab.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page._until_idle()
    page.run("er-open")
    room = placed(page, "Go on")
    expect(room.get_by_role("timer")).to_contain_text("Item 2 of 20")
    room.get_by_role("button", name="Submit").click()
    expect(room).to_contain_text("19 items have no answer, which does no harm", timeout=MINUTE)
    room.get_by_role("button", name="Yes, submit").click()
    expect(room).to_contain_text("Begin with lesson", timeout=MINUTE)
    expect(room).to_contain_text("nothing is said of those")
    page.picture("place-result")
    page.run("er-plan")
    assert page.text("er-plan").startswith("SAA-C03 asks for")
    page.cell("er-plan")
    page.picture("plan")
    page.run("er-record")
    told = json.loads((learners_lab.workspace / "record.json").read_text(encoding="utf-8"))
    assert {one["id"] for one in told["labs"]} <= {"03-private-pull"}, "a placement proves no lab"  # a story before may
    link = page.cell("er-record").get_by_role("link", name="Your record, to read and print")
    link.click()
    expect(page.tab.frame_locator("iframe").locator("h1")).to_contain_text("what was done", timeout=MINUTE)
    page.picture("record")


def test_the_glossary_and_a_sheet_open_beside_the_lessons(page: JupyterLabPage) -> None:
    page.open("course/glossary.ipynb")
    expect(page.cell("glossary-b").get_by_role("heading", name="Bake time")).to_be_visible()
    expect(page.cell("glossary-b").get_by_role("link", name="08").first).to_be_visible()
    page.picture("glossary")
    page.tab.goto(f"{page.address}/lab/tree/course/sheets/03-networking.html?token={page.token}&reset")
    sheet = page.tab.frame_locator("iframe")
    expect(sheet.locator(".aid q")).to_have_text("Three keys to ECR: api, dkr, S3.", timeout=MINUTE)
    page.picture("sheet-in-jupyterlab")
