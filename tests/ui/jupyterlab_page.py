"""JupyterLab as a person uses it: open a notebook, run its cells, write into one, read what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CUT_OFF = """cell => [...cell.querySelectorAll('.jp-OutputArea-output img, .jp-OutputArea-output svg')].some(
    picture => picture.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1)"""
MINUTE = 60_000
"""Milliseconds, the browser's unit."""


@dataclass
class JupyterLabPage:
    """One tab with JupyterLab in it."""

    tab: Page
    address: str
    token: str
    pictures: Path

    def open(self, path: str) -> None:
        """Open a notebook of the workspace in an empty JupyterLab, and wait until its kernel is idle."""
        self.tab.goto(f"{self.address}/lab/tree/{path}?token={self.token}&reset", timeout=MINUTE)
        name = path.rsplit("/", 1)[-1]
        self.tab.wait_for_selector(f'.lm-TabBar-tab:has-text("{name}")', timeout=MINUTE)
        self.tab.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 0")
        self._until_idle()

    def cell_ids(self) -> list[str]:
        """The ids of the notebook's cells, in order."""
        ids: list[str] = self._notebook("content => content.widgets.map(cell => cell.model.id)")
        return ids

    def cell(self, cell_id: str) -> Locator:
        """The cell with this id, scrolled to and drawn."""
        index = self.cell_ids().index(cell_id)
        self._notebook("(content, index) => { content.activeCellIndex = index; }", index)
        self._notebook("(content, index) => content.scrollToItem(index, 'center')", index)
        found = self.tab.locator(f'.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index="{index}"]')
        if found.count() == 0:  # the notebook is drawn whole, not windowed
            found = self.tab.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").nth(index)
        expect(found).to_be_visible()
        return found

    def write(self, cell_id: str, source: str) -> None:
        """Replace what stands in a cell, as one who types or pastes it."""
        editor = self.cell(cell_id).locator(".cm-content").first
        editor.click()
        editor.press("Control+a")
        self.tab.keyboard.insert_text(source)

    def run(self, cell_id: str) -> None:
        """Run one cell with Shift+Enter, and wait until the kernel is idle."""
        self.cell(cell_id).locator(".cm-content").first.click()
        self.tab.keyboard.press("Shift+Enter")
        self._until_idle()

    def insert_below(self, cell_id: str, source: str) -> str:
        """A new cell with this text below another one, made with Escape and B; its id."""
        before = self.cell_ids()
        self.cell(cell_id).locator(".jp-InputPrompt").first.click()
        self.tab.keyboard.press("Escape")
        self.tab.keyboard.press("b")
        self.tab.wait_for_function(
            "count => window.jupyterapp.shell.currentWidget.content.widgets.length === count", arg=len(before) + 1
        )
        [made] = set(self.cell_ids()) - set(before)
        self.write(made, source)
        return made

    def restart_kernel(self) -> None:
        """The button *Restart the kernel*, and yes."""
        self.tab.locator('[data-command="notebook:restart-kernel"]').first.click()
        self.tab.locator(".jp-Dialog-button.jp-mod-accept").click()
        self.tab.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status !== 'idle'",
            timeout=MINUTE,
        )
        self._until_idle()

    def run_until(self, cell_id: str) -> None:
        """Run all cells from the first to this one, in order."""
        last = self.cell_ids().index(cell_id)
        self._notebook("(content, index) => { content.activeCellIndex = index; }", last + 1)
        self._run("notebook:run-all-above", last)

    def run_all(self) -> None:
        """The Run menu's *Run All Cells*; returns when the last one has been run."""
        self._run("notebook:run-all-cells", len(self.cell_ids()) - 1)

    def _run(self, command: str, last: int) -> None:
        """Run cells up to the one at this index. A cell that has been run carries a number; JupyterLab's own promise
        ends with the first cell that raises, though the tagged ones do not stop the rest."""
        self.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        self.tab.evaluate("command => { window.jupyterapp.commands.execute(command); }", command)
        self.tab.wait_for_function(
            "last => window.jupyterapp.shell.currentWidget.content.widgets.slice(0, last + 1)"
            ".every(c => c.model.type !== 'code' || c.model.executionCount !== null)",
            arg=last,
            timeout=3 * MINUTE,
        )
        self._until_idle()

    def outputs(self, cell_id: str) -> list[dict[str, Any]]:
        """The outputs of a cell, as the notebook file would store them."""
        outputs: list[dict[str, Any]] = self._notebook(
            "(content, id) => content.widgets.find(cell => cell.model.id === id).model.toJSON().outputs || []", cell_id
        )
        return outputs

    def text(self, cell_id: str) -> str:
        """What a cell shows, as text: streams, text alternatives, and errors as they are drawn."""
        return "\n".join(_text(output) for output in self.outputs(cell_id))

    def errors(self) -> list[str]:
        """The ids of the cells that end in an error."""
        failed: list[str] = self._notebook(
            "content => content.widgets.filter(cell => (cell.model.toJSON().outputs || [])"
            ".some(output => output.output_type === 'error')).map(cell => cell.model.id)"
        )
        return failed

    def tagged(self, tag: str) -> list[str]:
        """The ids of the cells that carry a tag."""
        ids: list[str] = self._notebook(
            "(content, tag) => content.widgets.filter(cell => (cell.model.getMetadata('tags') || []).includes(tag))"
            ".map(cell => cell.model.id)",
            tag,
        )
        return ids

    def showing(self, *kinds: str) -> list[str]:
        """The ids of the cells with an output of one of these mime types."""
        return [
            cell_id
            for cell_id in self.cell_ids()
            if any(kind in output.get("data", {}) for output in self.outputs(cell_id) for kind in kinds)
        ]

    def move_each_widget(self, cell_id: str) -> list[str]:
        """Move every slider, list and switch below a cell once; what was drawn after each move, as text."""
        drawn = []
        cell = self.cell(cell_id)
        for moved in (*cell.locator(".noUi-handle").all(), *cell.locator(".widget-dropdown select").all()):
            moved.scroll_into_view_if_needed()
            moved.focus()
            moved.press("ArrowRight" if "noUi-handle" in (moved.get_attribute("class") or "") else "ArrowDown")
            drawn.append(self._drawn_below(cell))
        for switch in cell.locator(".widget-checkbox input[type=checkbox]").all():
            switch.scroll_into_view_if_needed()
            switch.press("Space")
            drawn.append(self._drawn_below(cell))
        return drawn

    def _drawn_below(self, cell: Locator) -> str:
        self.tab.wait_for_timeout(100)
        self._until_idle()
        return cell.locator(".jp-Cell-outputArea").first.inner_text()

    def theme(self, name: str) -> None:
        """JupyterLab Light or JupyterLab Dark."""
        self.tab.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", name)
        self.tab.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)

    def save(self) -> None:
        self.tab.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def picture(self, name: str) -> Path:
        """A screenshot of the tab."""
        self.pictures.mkdir(exist_ok=True)
        path = self.pictures / f"{name}.png"
        self.tab.screenshot(path=path)
        return path

    def walk(self, name: str) -> list[str]:
        """Scroll through the whole notebook, so that every cell is drawn once; the words 'Error displaying widget' and
        pictures broken or cut off that were met on the way, with a screenshot of each page."""
        met: list[str] = []
        for number, cell_id in enumerate(self.cell_ids()):
            cell = self.cell(cell_id)
            if "Error displaying widget" in cell.inner_text():
                met.append(f"{cell_id}: Error displaying widget")
            broken = cell.evaluate(
                "cell => [...cell.querySelectorAll('img')].filter(i => i.complete && i.naturalWidth === 0).length"
            )
            if broken:
                met.append(f"{cell_id}: {broken} broken pictures")
            if cell.evaluate(CUT_OFF):
                met.append(f"{cell_id}: a picture is cut off at the right")
            if number % 5 == 0:
                self.picture(f"{name}-{number:02}")
        return met

    def _notebook(self, script: str, argument: Any = None) -> Any:
        return self.tab.evaluate(
            f"argument => ({script})(window.jupyterapp.shell.currentWidget.content, argument)", argument
        )

    def _until_idle(self) -> None:
        """Wait until the kernel is idle and no cell of the notebook waits for its turn."""
        self.tab.wait_for_function(
            "() => { const panel = window.jupyterapp.shell.currentWidget;"
            " return panel?.sessionContext?.session?.kernel?.status === 'idle'"
            " && panel.content.widgets.every(c => c.model.type !== 'code' || c.model.executionState === 'idle'); }",
            timeout=2 * MINUTE,
        )


ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _text(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return str(output["text"])
    if output["output_type"] == "error":
        return ANSI.sub("", "\n".join(output["traceback"]))
    return str(output.get("data", {}).get("text/plain", ""))
