"""The site in a real browser, opened from its folder: by keyboard, without a network, without a script, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import findings
from playwright.sync_api import Browser, Page, Route, expect

from autograder.author.places import course
from tests.rotation import parameters

pytestmark = pytest.mark.browser

LESSONS = [f"lessons/{path.stem}.html" for path in sorted(course().lessons.glob("[0-9][0-9]-*.ipynb"))]
LABS = [f"labs/{path.stem}.html" for path in sorted(course().labs.glob("*/[0-9][0-9]-*.ipynb"))]
REFERENCE = ["exams.html", "fidelity.html", "fidelity-operations.html", "sheets/glossary.html"]
PAGES = [*LESSONS, "index.html", *LABS, *REFERENCE]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1400, "height": 900}


class Reader:
    """One window on the site, which notes whatever it asks of a network and whatever goes wrong in it."""

    def __init__(self, browser: Browser, site: Path, **context: Any) -> None:
        self.site = site
        self.context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **context})
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.context.route("**/*", self._only_files)
        self.tab: Page = self.context.new_page()
        self.tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.tab.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)

    def _only_files(self, route: Route) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
            return
        self.asked.append(route.request.url)
        route.abort()

    def open(self, name: str) -> Page:
        self.tab.goto((self.site / name).as_uri())
        return self.tab


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    made = Reader(browser, site)
    yield made
    made.context.close()
    assert made.asked == []
    assert made.wrong == []


def test_a_reader_finds_a_place_and_answers_its_question_by_keyboard_with_no_network(reader: Reader) -> None:
    tab = reader.open("index.html")
    press = tab.keyboard.press
    press("Tab")
    expect(tab.get_by_role("link", name="Skip to the text")).to_be_focused()
    press("Control+k")
    tab.keyboard.type("three keys to ecr")
    first = tab.locator(".results a").first
    expect(first).to_contain_text("three keys to ECR")
    press("ArrowDown")
    expect(first).to_be_focused()
    press("Enter")
    tab.wait_for_url("**/lessons/03-networking.html#*")
    question = tab.locator("#net-question-keys .question")
    boxes = question.get_by_role("checkbox")
    boxes.first.focus()
    press("Space")
    answer = question.get_by_role("button", name="Answer")
    answer.focus()
    press("Enter")
    expect(question.get_by_role("status")).to_have_text("Choose three answers. You chose 1.")
    for number in (1, 2):
        boxes.nth(number).focus()
        press("Space")
    answer.focus()
    press("Enter")
    expect(question.get_by_role("status")).to_have_text("Not right.")
    expect(question.get_by_role("button", name="Try again")).to_be_focused()
    assert question.locator(".why").count() == boxes.count()
    expect(question.locator(".option").first).to_contain_text("A is wrong.")
    expect(question.locator(".option").first).to_contain_text("(your answer)")
    press("Enter")
    expect(boxes.first).to_be_focused()
    for number in (0, 1, 2, 4):
        boxes.nth(number).focus()
        press("Space") if number else None
    answer.focus()
    press("Enter")
    expect(question.get_by_role("status")).to_have_text("Right.")
    assert findings(tab) == []


def test_the_theme_follows_the_system_until_the_reader_chooses(reader: Reader) -> None:
    tab = reader.open("exams.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(ground)
    tab.emulate_media(color_scheme="dark")
    dark = tab.evaluate(ground)
    assert dark != light
    switch = tab.get_by_role("button", name="Dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    tab.emulate_media(media="print")
    assert tab.evaluate(ground) == "rgb(255, 255, 255)", "on paper it is light"
    tab.emulate_media(media="screen")
    switch.press("Enter")
    assert tab.evaluate(ground) == light
    reader.open("index.html")
    assert tab.evaluate(ground) == light, "the choice is kept on the next page"


def test_without_a_script_everything_is_there_to_be_read(browser: Browser, site: Path) -> None:
    reader = Reader(browser, site, java_script_enabled=False, viewport=PHONE)
    tab = reader.open("lessons/03-networking.html")
    question = tab.locator("#net-question-keys .question")
    expect(question.get_by_role("button", name="Answer")).to_be_hidden()
    question.locator("summary").click()
    expect(question.locator(".reasons")).to_contain_text("B is right.")
    expect(tab.get_by_role("searchbox")).to_be_hidden()
    expect(tab.get_by_role("navigation", name="Contents").get_by_role("link", name="07 · Services")).to_be_visible()
    reader.context.close()


@pytest.mark.parametrize("name", parameters(PAGES, 2))
def test_a_page_has_no_finding_in_light_and_dark_and_fits_a_phone(reader: Reader, name: str) -> None:
    tab = reader.open(name)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert findings(tab) == [], scheme
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tab.get_by_role("button", name="Contents").press("Enter")
    expect(tab.get_by_role("navigation", name="Contents").get_by_role("link", name="Start page")).to_be_visible()
    assert findings(tab) == [], "on a phone, with the contents open"
    pictures = tab.locator("figure img")
    for number in range(pictures.count()):
        pictures.nth(number).scroll_into_view_if_needed()
        tab.wait_for_function("img => img.complete && img.naturalWidth > 0", arg=pictures.nth(number).element_handle())


@pytest.mark.long
@pytest.mark.parametrize("name", ["fidelity-assumed.html", "sheets/index.html", "sheets/03-networking.html"])
def test_a_long_page_and_one_to_print_have_no_finding(reader: Reader, name: str) -> None:
    tab = reader.open(name)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert findings(tab) == [], scheme
