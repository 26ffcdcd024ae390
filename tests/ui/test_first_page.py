"""The first page in a real browser: from an untouched notebook to the first green check."""

from __future__ import annotations

import pytest
from jupyterlab_page import JupyterLabPage

pytestmark = pytest.mark.browser

PAGE = "course/00-start-here.ipynb"


def test_untouched_page_shows_every_picture_and_no_broken_widget(page: JupyterLabPage) -> None:
    page.open(PAGE)
    assert page.walk("00-untouched") == []


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
