"""Every kind of widget of the course in JupyterLab: what axe finds in it, and whether Tab reaches each of its controls.

What axe finds in JupyterLab itself is not ours to mend; docs/accessibility.md lists it.
"""

from __future__ import annotations

import nbformat
import pytest
from axe import findings
from jupyterlab_page import JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import Locator
from small_world import SERVICE

from tests.rotation import parameters

pytestmark = pytest.mark.browser

OPEN = "from simcloud import Cloud, views\ncloud = Cloud(seed=1).open()\n"
ASK = "from autograder.exam.question import question\n"
CELLS = {
    "one-of": ASK + "question('public-subnet-without-address')",
    "some-of": ASK + "question('three-keys-to-ecr')",
    "exam-room": "from autograder.exam.room import exam_room\nexam_room('SAA-C03', items=5)",
    "practice-room": "from autograder.exam.room import exam_room\nexam_room('CLF-C02', items=5, practice=True)",
    "review": "from autograder.exam.reviewing import review\nreview()",
    "switches": OPEN + "views.try_network()",
    "sliders": OPEN + "views.try_scaling()",
    "lists": OPEN + "views.try_size()",
    "home": "from autograder.home.home import home\nhome()",
    "progress": "from autograder.mastery import progress\nprogress()",
    "check": "from autograder import lab\nlab.begin('00-start-here')\nlab.check('first-task')",
    "submit": "from autograder import lab\nlab.begin('03-private-pull')\nlab.submit_button()",
    "symptoms": OPEN + "views.try_symptom()",
    "console": (
        f"import boto3\n{OPEN}{SERVICE}\ncloud.advance(minutes=9)\nviews.show_console(control=True, beside=False)"
    ),
}
CONTROLS = "button, input, select, textarea, summary, a[href], [role=slider], [role=tab][tabindex='0']"
NOT_OURS = {"sliders": ("aria-input-field-name",)}
"""A slider of ipywidgets does not name its handle; its label stands beside it. See docs/accessibility.md."""
AFTER_ANSWER = ("one-of", "some-of")


@pytest.fixture
def area(page: JupyterLabPage, learners_lab: LearnersLab, request: pytest.FixtureRequest) -> Locator:
    """The output of the cell that the test names, shown by a notebook of its own."""
    name: str = request.getfixturevalue("name")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELLS[name], id="shown")])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(book, learners_lab.workspace / f"{name}.ipynb")
    page.open(f"{name}.ipynb")
    page.run("shown")
    found = page.cell("shown").locator(".jp-Cell-outputArea").first
    found.evaluate("area => { area.id = 'shown-here'; }")
    page.tab.wait_for_timeout(500)
    return found


@pytest.mark.parametrize("name", parameters([*CELLS], 2))
def test_a_widget_has_no_finding_and_tab_reaches_its_controls(page: JupyterLabPage, area: Locator, name: str) -> None:
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.theme(theme)
        try:
            assert findings(page.tab, within="#shown-here", without=NOT_OURS.get(name, ())) == [], theme
        finally:
            page.theme("JupyterLab Light")
    assert unreached(page, area) == []
    for shown in area.get_by_role("tab").all() if name == "console" else ():
        shown.click()
        page.tab.wait_for_timeout(200)
        assert findings(page.tab, within="#shown-here") == [], shown.inner_text()
    if name in AFTER_ANSWER:
        for box in area.locator("input").all()[: 3 if name == "some-of" else 1]:
            box.focus()
            page.tab.keyboard.press("Space")
        area.get_by_role("button", name="Answer").press("Enter")
        page._until_idle()
        assert findings(page.tab, within="#shown-here") == [], "after the answer"


def unreached(page: JupyterLabPage, area: Locator) -> list[str]:
    """The controls that are shown, and at which Tab never stops on its way through the output."""
    seen: set[int] = set()
    controls = "area => [...area.querySelectorAll(CONTROLS)].filter(one => one.checkVisibility() && !one.disabled)"
    controls = controls.replace("CONTROLS", repr(CONTROLS))
    total = area.evaluate(f"area => ({controls})(area).length")
    if total == 0:
        return []
    area.evaluate(f"area => ({controls})(area)[0].focus()")
    for _ in range(3 * total + 5):
        at = area.evaluate(f"area => ({controls})(area).indexOf(document.activeElement)")
        if at >= 0:
            seen.add(at)
        page.tab.keyboard.press("Tab")
    names: list[str] = area.evaluate(f"area => ({controls})(area).map(one => one.outerHTML.slice(0, 120))")
    return [one for number, one in enumerate(names) if number not in seen]
