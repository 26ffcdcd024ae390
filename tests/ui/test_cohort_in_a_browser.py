"""The cohort page as an instructor opens it, from its folder: readable for everybody, sorted by a click, short."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from axe import findings
from playwright.sync_api import Browser, expect

from tests.autograder.cohort.small_cohort import html, made
from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(6, 8)]

INK = b".2 .4 .6 rg"
"""The colour `rgb(20% 40% 60%)` as a PDF sets it."""


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


def test_a_long_table_repeats_its_head_on_each_printed_page(browser: Browser, tmp_path: Path) -> None:
    """Told by an ink that only the words of headings get: letters cannot be read in a PDF without its fonts."""
    file = tmp_path / "report.html"
    file.write_text(html(made(tmp_path / "course")), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    marks = tab.get_by_role("region", name="Marks").locator("tbody")
    marks.evaluate("body => { for (let rows = 0; rows < 200; rows++) body.append(body.rows[rows].cloneNode(true)) }")
    tab.add_style_tag(content="#marks ~ * thead th { color: rgb(20% 40% 60%) }")
    pages = drawn(tab.pdf(prefer_css_page_size=True, print_background=True))
    context.close()
    assert sum(INK in page for page in pages) >= 5


def drawn(printed: bytes) -> list[bytes]:
    """What draws each page of a PDF: the streams that set a font and show text."""
    packed = re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL)
    opened = [zlib.decompressobj().decompress(each) for each in packed]
    return [each for each in opened if b" Tf" in each and b"BT" in each]
