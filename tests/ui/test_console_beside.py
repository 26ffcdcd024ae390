"""The console opens beside the notebook, follows its calls, and lets its clock be moved, in a real browser."""

from __future__ import annotations

import nbformat
import pytest
from jupyterlab_page import JupyterLabPage
from learners_lab import LearnersLab
from playwright.sync_api import expect
from small_world import SERVICE

from tests.rotation import on_turn

pytestmark = [pytest.mark.browser, on_turn(2, 8)]

CELLS = {
    "open": (
        "import boto3\nfrom simcloud import Cloud, views\ncloud = Cloud(seed=1).open()\n"
        "views.show_console(cloud, control=True)"
    ),
    "cluster": SERVICE,
    "refused": "boto3.client('ecs', 'eu-central-1').create_service(cluster='nowhere', serviceName='x')",
    "after": "cloud.advance(seconds=3600)",
}


def laid_out(learners_lab: LearnersLab, name: str) -> None:
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text, id=name) for name, text in CELLS.items()]
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(book, learners_lab.workspace / f"{name}.ipynb")


def test_it_stands_beside_the_notebook_and_follows_it(page: JupyterLabPage, learners_lab: LearnersLab) -> None:
    laid_out(learners_lab, "console")
    page.open("console.ipynb")
    page.run("open")
    panel = page.tab.locator(".jp-LinkedOutputView, .jupyterlab-sidecar, .lm-DockPanel-widget").filter(
        has=page.tab.get_by_role("button", name="+10 min")
    )
    expect(panel.first).to_be_visible()
    page.run("cluster")
    expect(panel.first.get_by_text("0 of 2")).to_be_visible()
    page.tab.get_by_role("button", name="+10 min").first.click()
    expect(panel.first.get_by_text("2 of 2")).to_be_visible()
    expect(panel.first.get_by_text("tasks running: 2")).to_be_visible()
    panel.first.get_by_role("tab", name="Story").click()
    expect(panel.first.get_by_text("asked for by service hello").first).to_be_visible()
    panel.first.get_by_role("tab", name="Topology").click()
    expect(panel.first.get_by_text("of hello:1, RUNNING").first).to_be_visible()
    panel.first.get_by_role("tab", name="Timelines").click()
    expect(panel.first.get_by_text("PROVISIONING").first).to_be_visible()
    page.picture("console")
    assert page.errors() == []


def test_it_names_its_notebook_and_outlives_a_refusal(page: JupyterLabPage, learners_lab: LearnersLab) -> None:
    laid_out(learners_lab, "named")
    page.open("named.ipynb")
    for name in ("open", "cluster", "refused"):
        page.run(name)
    assert page.errors() == ["refused"]
    tabs = page.tab.locator(".jp-SideBar .lm-TabBar-tab", has_text="The cloud of")
    expect(tabs).to_have_text(["The cloud of named"])
    page.run("after")
    expect(page.tab.get_by_text("tasks running: 2").locator("visible=true").first).to_be_visible()
    page.picture("console-after-a-refusal")
