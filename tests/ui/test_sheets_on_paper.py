"""Each sheet prints on one page of A4, with some room left for machines with wider letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.sheets import writing
from tests.rotation import parameters

pytestmark = pytest.mark.browser

SHEETS = sorted(writing.folder().glob("[0-9]*.html"))
WIDER = 1.04
"""So many times larger than written it must fit as well."""


@pytest.mark.parametrize("sheet", parameters(SHEETS, 4), ids=lambda path: path.stem)
def test_it_fits_on_one_page(browser: Browser, sheet: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(sheet.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True, scale=WIDER)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
