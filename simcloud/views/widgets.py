"""The one file with ipywidgets: controls beside a view that is drawn anew when one of them changes.

The view is one HTML child whose value is replaced, never an Output: a stored notebook then holds the static twin, which
is what the display shows where no kernel is behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

import ipywidgets

WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Switch:
    """Something that is on or off."""

    label: str
    on: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Slider:
    """A whole number between two others."""

    label: str
    least: int
    most: int
    value: int
    step: int = 1


Control = Switch | Choice | Slider


class View(Protocol):
    """What an explorer shows: as HTML while a kernel is behind it, as text, and as the bundle of its static twin."""

    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]: ...


class Explorer:
    """Controls, and the view that `draw` makes of their values: a table or a drawing. Its display has a static twin."""

    def __init__(self, title: str, controls: Mapping[str, Control], draw: Callable[..., View]) -> None:
        self._draw = draw
        self.controls = {name: _made(control) for name, control in controls.items()}
        self._view = ipywidgets.HTML(value=self._html())
        for widget in self.controls.values():
            widget.observe(self._redraw, names="value")
        heading = ipywidgets.HTML(value=f"<strong>{escape(title)}</strong>")
        layout = ipywidgets.Layout(grid_template_columns="repeat(auto-fill, minmax(19em, 1fr))")
        grid = ipywidgets.GridBox(list(self.controls.values()), layout=layout)
        self._box = ipywidgets.VBox([heading, grid, self._view])

    @property
    def values(self) -> dict[str, Any]:
        """What the controls say now."""
        return {name: widget.value for name, widget in self.controls.items()}

    @property
    def table(self) -> Any:
        """What the view shows now."""
        return self._draw(**self.values)

    @property
    def html(self) -> str:
        """What stands in the live view now."""
        return str(self._view.value)

    def _html(self) -> str:
        return f'<div role="status" aria-live="polite">{self.table.html}</div>'

    def _redraw(self, _: Any) -> None:
        self._view.value = self._html()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live = self._box._repr_mimebundle_()
        return {WIDGET: live[WIDGET], **self.table._repr_mimebundle_()}

    def __repr__(self) -> str:
        return str(self.table.text)


def explorer(title: str, controls: Mapping[str, Control], draw: Callable[..., View]) -> Explorer:
    """An explorer: `draw` gets the value of each control under its name, and gives the view to show."""
    return Explorer(title, controls, draw)


def _made(control: Control) -> Any:
    """The widget of a control. The label belongs to the field, so a screen reader reads it and Tab reaches it."""
    layout, style = ipywidgets.Layout(width="auto"), {"description_width": "initial"}
    if isinstance(control, Switch):
        return ipywidgets.Checkbox(
            value=control.on, description=control.label, indent=False, layout=layout, style=style
        )
    if isinstance(control, Slider):
        return ipywidgets.IntSlider(
            value=control.value, min=control.least, max=control.most, step=control.step,
            description=control.label, layout=layout, style=style,
        )  # fmt: skip
    return ipywidgets.Dropdown(options=control.options, description=control.label, layout=layout, style=style)
