"""Lesson 03 in a real browser, run from top to bottom, and its topology drawn. test_every_lesson.py does the rest."""

from __future__ import annotations

import pytest
from jupyterlab_page import JupyterLabPage
from playwright.sync_api import expect

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(1, 8)]

LESSON = "course/03-networking.ipynb"


@pytest.mark.row("N05", "F20")
def test_lesson_runs_and_draws_the_topology(page: JupyterLabPage) -> None:
    page.open(LESSON)
    tagged = page.tagged("raises-exception")
    page.run_all()
    assert page.errors() == tagged
    drawn = page.showing("image/svg+xml", "text/vnd.mermaid")
    assert drawn
    for cell_id in drawn:
        picture = page.cell(cell_id).locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").first
        expect(picture).to_be_visible()
    page.picture("03-topology")
    assert page.walk("03-run") == []
