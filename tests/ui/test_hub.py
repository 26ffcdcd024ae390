"""JupyterHub in a real browser: a lab is handed out, two learners do it, it is graded, and feedback comes back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hub
import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import PICTURES
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.skipif(bool(hub.absent()), reason=hub.absent())]

NOTEBOOK = f"labs/{hub.LAB}/{hub.LAB}.ipynb"
POINTS = 20


LEARNERS = ("ada", "bob")


@pytest.fixture(params=["jupyterhub_config.py", "ngshare_config.py"])
def the_hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[hub.Hub]:
    if reason := hub.absent(request.param):
        pytest.skip(reason)
    with hub.running(hub.laid_out(tmp_path), request.param) as running:
        yield running


@pytest.fixture
def tab_of(browser: Browser, the_hub: hub.Hub) -> Iterator[Callable[[str], Page]]:
    """Logs somebody in; the tab with their JupyterLab."""
    password = (the_hub.course / ".hub" / "password").read_text(encoding="utf-8")
    contexts = []

    def logged_in(name: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 1000}))
        tab = contexts[-1].new_page()
        tab.goto(f"{the_hub.address}/hub/login", timeout=MINUTE)
        tab.fill("#username_input", name)
        tab.fill("#password_input", password)
        tab.click("#login_submit")
        tab.wait_for_url(f"**/user/{name}/lab**", timeout=2 * MINUTE)
        tab.wait_for_selector("#jp-main-dock-panel", timeout=MINUTE)
        return tab

    yield logged_in
    for context in contexts:
        context.close()


class Learner:
    """A learner on the hub: their tab, nbgrader's list of assignments, and the notebook in it."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab, self.page = tab, JupyterLabPage(tab, address, "", PICTURES)

    def listed(self, section: str) -> Locator:
        """The lab in a section of the list of assignments, which is opened anew."""
        self.tab.goto(f"{self.page.address}/lab?reset", timeout=MINUTE)
        self.tab.get_by_role("menuitem", name="Nbgrader").click(timeout=MINUTE)
        self.tab.get_by_role("menuitem", name="Assignment List").click()
        return self.tab.locator(f"#{section}_assignments_list .list_item").filter(has_text=hub.LAB).first

    def fetch(self) -> None:
        self.listed("released").get_by_role("button", name="Fetch").click()
        expect(self.tab.locator("#fetched_assignments_list")).to_contain_text(hub.LAB)

    def answer(self, answers: dict[str, str]) -> list[str]:
        """Write these cells, run all, save; the ids of the checks that did not pass."""
        self.page.open(NOTEBOOK)
        for cell_id, source in answers.items():
            self.page.write(cell_id, source)
        self.page.run_all()
        self.page.save()
        return self.page.errors()

    def submit(self) -> None:
        self.listed("fetched").get_by_role("button", name="Submit").click()
        expect(self.tab.locator("#submitted_assignments_list")).to_contain_text(hub.LAB)

    def feedback(self) -> str:
        """Fetch the feedback by the list's button, open it from the folder to which the list leads; the page's text."""
        self.listed("submitted").get_by_role("button", name="Fetch Feedback").click()
        self.tab.locator("#submitted_assignments_list").get_by_text("view feedback").click()
        self.tab.locator(".jp-DirListing-item", has_text=".html").dblclick(timeout=MINUTE)
        body = self.tab.frame_locator(".jp-HTMLViewer iframe").locator("body")
        expect(body).to_contain_text("points", timeout=MINUTE)  # it is there, empty, before the page is
        return body.inner_text()


class Formgrader:
    """nbgrader's page for the instructor."""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab, self.address = tab, f"{address}/formgrader"

    def lab(self) -> Locator:
        self.tab.goto(f"{self.address}/manage_assignments", timeout=MINUTE)
        return self.tab.locator("tr", has=self.tab.locator("td.name", has_text=hub.LAB))

    def press(self, column: str) -> None:
        """Press the button of this column in the lab's row; nbgrader must say that it worked."""
        self.lab().locator(f"td.{column} a").click(timeout=MINUTE)
        self._done()

    def autograde(self, learner: str) -> None:
        self.tab.goto(f"{self.address}/manage_submissions/{hub.LAB}", timeout=MINUTE)
        row = self.tab.locator("tr", has=self.tab.locator("td", has_text=learner))
        row.locator("td.autograde a").click(timeout=MINUTE)
        self._done()

    def _done(self) -> None:
        box = self.tab.locator(".modal-body").first
        expect(box).to_contain_text(re.compile("success|error|fail", re.IGNORECASE), timeout=3 * MINUTE)
        assert "uccessfully" in box.inner_text(), box.inner_text()


def enrol(tab: Page, course: Path) -> None:
    """Make the course and its learners known to ngshare, in a terminal of the instructor's JupyterLab."""
    tab.get_by_role("menuitem", name="File").click()
    tab.get_by_role("menu").get_by_text("New", exact=True).hover()
    tab.get_by_role("menu").get_by_text("Terminal", exact=True).click()
    tab.locator(".jp-Terminal-body").click(timeout=MINUTE)
    manage = f".venv/bin/{hub.MANAGE}"
    told = course / "enrolled.txt"
    add = "; ".join(f"{manage} add_student --no-gb fargate-course {name}" for name in LEARNERS)
    tab.keyboard.type(f"({manage} create_course fargate-course instructor; {add}; echo done) > {told.name} 2>&1\n")
    end = time.monotonic() + MINUTE / 1000
    while not (told.exists() and "done" in told.read_text(encoding="utf-8")) and time.monotonic() < end:
        tab.wait_for_timeout(200)
    assert told.read_text(encoding="utf-8").count("Successfully") == 1 + len(LEARNERS), told.read_text(encoding="utf-8")


def worked() -> dict[str, str]:
    """The instructor's answer cells by their ids."""
    book = Path(__file__).resolve().parents[2] / "solutions" / hub.LAB / f"{hub.LAB}.ipynb"
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    answers = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")]
    return {cell["id"]: "".join(cell["source"]) for cell in answers if cell["cell_type"] == "code"}


def mark(page: str) -> float:
    """The points that a feedback page gives for the code."""
    found = re.search(r"([\d.]+) of ([\d.]+)", page)
    assert found, page
    return float(found[1])


def test_a_lab_goes_out_and_comes_back_graded(the_hub: hub.Hub, tab_of: Callable[[str], Page]) -> None:
    for name in LEARNERS:
        expose = the_hub.home(name) / ".fargate-course" / "jupyter" / "config" / "jupyter_lab_config.py"
        expose.parent.mkdir(parents=True)
        expose.write_text("c.LabApp.expose_app_in_browser = True\n", encoding="utf-8")
    desk = tab_of("instructor")
    if the_hub.config == "ngshare_config.py":
        enrol(desk, the_hub.course)
    teacher = Formgrader(desk, f"{the_hub.address}/user/instructor")
    teacher.press("release")
    learners = {name: Learner(tab_of(name), f"{the_hub.address}/user/{name}") for name in LEARNERS}

    answers = worked()
    first = next(iter(answers))
    for learner in learners.values():
        learner.fetch()
    assert learners["ada"].answer(answers) == []
    assert learners["bob"].answer({first: answers[first]}) != []
    learners["ada"].page.picture("hub-ada")
    for learner in learners.values():
        learner.submit()

    teacher.press("collect")
    for name in learners:
        teacher.autograde(name)
    teacher.lab().screenshot(path=PICTURES / "hub-formgrader.png")
    teacher.press("generate-feedback")
    teacher.press("release-feedback")

    pages = {name: learner.feedback() for name, learner in learners.items()}
    learners["bob"].page.picture("hub-feedback")
    assert mark(pages["ada"]) == POINTS
    assert 0 < mark(pages["bob"]) < POINTS
