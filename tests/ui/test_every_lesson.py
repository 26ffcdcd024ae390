"""Every lesson in a real browser: untouched in a profile that trusts nothing, then run, with each widget moved once."""

from __future__ import annotations

import pytest
from jupyterlab_page import JupyterLabPage

from autograder.author.places import course
from tests.rotation import parameters

pytestmark = pytest.mark.browser

LESSONS = sorted(path.stem for path in course().lessons.glob("[0-9][0-9]-*.ipynb"))
A_PAIR = parameters(LESSONS, 2)
NARROW = 700
"""Pixels: half of a small screen, with the side bar closed."""


@pytest.mark.parametrize("lesson", A_PAIR)
def test_an_untouched_lesson_shows_every_picture_and_no_broken_widget(page: JupyterLabPage, lesson: str) -> None:
    page.open(f"course/{lesson}.ipynb")
    assert page.walk(f"{lesson}-untouched") == []


@pytest.mark.parametrize("lesson", A_PAIR)
def test_a_lesson_runs_and_every_widget_answers(page: JupyterLabPage, lesson: str) -> None:
    page.open(f"course/{lesson}.ipynb")
    tagged = page.tagged("raises-exception")
    page.run_all()
    assert page.errors() == tagged
    explorers = page.showing("application/vnd.jupyter.widget-view+json")
    moved = 0
    for cell_id in explorers:
        drawn = page.move_each_widget(cell_id)
        assert not [text for text in drawn if not text.strip() or "Traceback" in text], cell_id
        assert page.outputs(cell_id), cell_id
        moved += len(drawn)
    assert page.errors() == tagged
    assert moved or all("question" in cell_id for cell_id in explorers), "an explorer has nothing to move"
    assert page.walk(f"{lesson}-run") == []


@pytest.mark.parametrize("lesson", parameters(LESSONS, 1))
def test_a_lesson_is_read_in_a_narrow_window_and_in_the_dark(page: JupyterLabPage, lesson: str) -> None:
    page.tab.set_viewport_size({"width": NARROW, "height": 1000})
    page.open(f"course/{lesson}.ipynb")
    page.tab.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    page.theme("JupyterLab Dark")
    try:
        assert page.walk(f"{lesson}-narrow-dark") == []
    finally:
        page.theme("JupyterLab Light")
