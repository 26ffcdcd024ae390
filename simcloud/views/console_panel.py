"""The console beside a notebook: what is in the cloud, live, while cells run; and a clock that may be moved if asked.

The pages are those of `console.py`. Each is one HTML child whose value is replaced, so that the panel works as an
output, in a view of its own ("Create New View for Output") and in a sidecar. It follows the transcript: after a call
that changes something, or after time has passed, the page that is looked at is drawn anew, four times a second at most.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from simcloud.views import console

SPEEDS = {"1 s a second": 1, "1 min a second": 60, "10 min a second": 600, "1 h a second": 3600}
STEPS = {"+10 s": 10, "+1 min": 60, "+10 min": 600, "+1 h": 3600}
"""Seconds of simulated time."""
BEAT = 0.5
"""Seconds between two moves of a playing clock."""
LEAST = 0.25
"""Seconds between two drawings that calls ask for."""
NARROW = """<style>
.fargate-console .lm-TabBar-content { flex-wrap: wrap; }
.fargate-console .lm-TabBar .lm-TabBar-tab { flex: 0 0 auto !important; min-width: 0; padding: 0 0.6em; }
.fargate-console .lm-TabBar, .fargate-console .lm-TabBar-content { height: auto; overflow: visible; }
.fargate-console .widget-tab-contents { overflow: hidden; }
.fargate-console .widget-html-content { line-height: 1.3; min-width: 0; }
.fargate-console caption { text-align: left; }
</style>"""
"""JupyterLab opens its side bar 250 pixels wide: names of pages are read whole, in as many lines as they need."""
CLOSED = "This cloud is closed: another one is live. <code>views.show_console()</code> opens its console."
LOOKS = ("Describe", "List", "Get", "BatchGet", "Head")
"""Calls that begin so change nothing."""


class Console:
    """The panel of one cloud. `control`: may the clock be moved from here? Else it only looks."""

    def __init__(self, cloud: Any, *, control: bool = False) -> None:
        self.cloud = cloud
        self._drawn, self._waiting = 0.0, False
        self._playing: asyncio.Task[None] | None = None
        self.head = ipywidgets.HTML()
        self.pages = {name: ipywidgets.HTML() for name in console.PAGES}
        self.tab = ipywidgets.Tab(children=list(self.pages.values()), titles=tuple(self.pages))
        self.tab.observe(lambda _: self.draw(), names="selected_index")
        narrow = ipywidgets.Layout(width="auto")
        self.play = ipywidgets.ToggleButton(
            value=False, description="Play", icon="play", tooltip="Let simulated time pass", layout=narrow
        )
        self.speed = ipywidgets.Dropdown(options=SPEEDS, description="Speed", style={"description_width": "initial"})
        self.steps = {
            name: ipywidgets.Button(description=name, tooltip=f"Move the clock: {name}", layout=narrow)
            for name in STEPS
        }
        for name, button in self.steps.items():
            button.on_click(self._stepping(STEPS[name]))
        self.play.observe(self._toggled, names="value")
        controls = ipywidgets.HBox(
            [self.play, self.speed, *self.steps.values()], layout=ipywidgets.Layout(flex_flow="row wrap")
        )
        self.box = ipywidgets.VBox([self.head, *([controls] if control else []), self.tab])
        self.box.add_class("fargate-console")
        cloud.on_record.append(self._told)
        self.draw()

    @property
    def page(self) -> str:
        """The page that is looked at."""
        return list(self.pages)[self.tab.selected_index or 0]

    def draw(self) -> None:
        """Draw the heading and the page that is looked at."""
        self._drawn = time.monotonic()
        closed = "" if self.cloud.is_live else f"<br>{CLOSED}"
        self.head.value = f'{NARROW}<strong role="status">{escape(console.heading(self.cloud))}{closed}</strong>'
        self.pages[self.page].value = console.html(self.cloud, self.page)

    def close(self) -> None:
        """Follow no longer."""
        self.play.value = False
        with contextlib.suppress(ValueError):
            self.cloud.on_record.remove(self._told)

    def _told(self, entry: dict[str, Any]) -> None:
        if entry.get("kind") == "call" and str(entry.get("op", "")).startswith(LOOKS):
            return
        if time.monotonic() - self._drawn >= LEAST:
            self.draw()  # in the middle of a long cell
        self._draw_once_idle()

    def _draw_once_idle(self) -> None:
        """When the cell has ended, where a kernel runs: an entry is told before what it asks for has happened."""
        if self._waiting:
            return
        with contextlib.suppress(RuntimeError):  # no loop runs: a plain script, which nobody looks at
            asyncio.get_running_loop().call_soon(self._idle)
            self._waiting = True

    def _idle(self) -> None:
        self._waiting = False
        self.draw()

    def _stepping(self, seconds: int) -> Callable[[Any], None]:
        return lambda _: self.step(seconds)

    def step(self, seconds: float) -> None:
        """Let so much simulated time pass, where this cloud is the live one."""
        if not self.cloud.is_live:
            self.play.value = False
            self.draw()
            return
        self.cloud.advance(seconds=seconds)
        self.draw()

    def _toggled(self, change: Any) -> None:
        self.play.description, self.play.icon = ("Pause", "pause") if change["new"] else ("Play", "play")
        if change["new"]:
            self._playing = asyncio.ensure_future(self._run())
        elif self._playing is not None:
            self._playing.cancel()
            self._playing = None

    async def _run(self) -> None:
        while self.play.value:
            await asyncio.sleep(BEAT)
            self.step(self.speed.value * BEAT)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live: dict[str, Any] = self.box._repr_mimebundle_()
        return {**live, "text/plain": console.text(self.cloud, self.page)}


def show_console(cloud: Any = None, *, control: bool = False, beside: bool = True) -> Console | None:
    """Open the console of a cloud: beside the notebook where JupyterLab has the sidecar extension, else as the output.

    Without a cloud: of the live one, as in a lab, where it has no name. Raises LookupError where none is live.
    `control`: show a clock that can be played, paused and stepped; without it the console only looks. Returns the panel
    where it is to be shown as the cell's output, and None where it stands beside the notebook.
    """
    panel = Console(cloud or _live(), control=control)
    if not beside:
        return panel
    try:
        from sidecar import Sidecar
    except ImportError:
        return panel
    from IPython.display import display

    with Sidecar(title=_title()):  # at the right edge: a split would take the focus from the notebook
        display(panel.box)  # type: ignore[no-untyped-call]
    return None


def _title() -> str:
    """Of the tab: the notebook is named, of which several may be open."""
    book = Path(os.environ.get("JPY_SESSION_NAME", "")).stem
    return f"The cloud of {book}" if book else "The cloud"


def _live() -> Any:
    from simcloud.cloud.cloud import now_open

    found = now_open()
    if found is None:
        raise LookupError("no cloud is live: begin a lab, or open one with `Cloud(seed=1).open()`")
    return found
