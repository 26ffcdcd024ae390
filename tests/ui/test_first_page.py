"""The first page in a real browser, to the first green check. Untouched it is walked by test_every_lesson.py."""

from __future__ import annotations

import pytest
from jupyterlab_page import JupyterLabPage

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(0, 8)]

PAGE = "course/00-start-here.ipynb"


@pytest.mark.row("F01")
def test_first_page_runs_to_a_green_check(page: JupyterLabPage) -> None:
    page.open(PAGE)
    page.run_all()
    assert page.errors() == ["start-refused"]
    assert "No Fargate configuration exists for given values: 256 CPU, 4096 memory." in page.text("start-refused")
    assert page.text("start-no-servers") == "[]"
    assert "RUNNING" in page.text("start-story")
    assert "2 of 2" in page.text("start-check")
    page.cell("start-check")
    page.picture("00-green-check")
    assert page.walk("00-run") == []
