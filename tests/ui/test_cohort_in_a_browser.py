"""The cohort page as an instructor opens it, from its folder: readable for everybody, sorted by a click, short."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import findings
from playwright.sync_api import Browser, expect

from tests.autograder.cohort.small_cohort import html, made
from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(6, 8)]


def test_the_page_has_no_finding_and_its_tables_sort(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html(made(tmp_path / "course")), encoding="utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})  # axe is a script, too
    tab = context.new_page()
    tab.goto(file.as_uri())
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert findings(tab) == [], scheme
    marks = tab.get_by_role("region", name="Marks")
    first = marks.locator("tbody tr").first
    for direction, top in (("ascending", "Quinn Quiet"), ("descending", "Ada Lind")):
        marks.get_by_role("button", name="Points").press("Enter")
        expect(first).to_contain_text(top)
        expect(marks.get_by_role("columnheader", name="Points")).to_have_attribute("aria-sort", direction)
    tab.set_viewport_size({"width": 400, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 400
    assert findings(tab) == [], "on a phone"
    context.close()
