"""The button that hands in a lab from its notebook. Its result replaces one line of text, so nothing is printed."""

from __future__ import annotations

from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.trouble import Trouble

READY = "Save the notebook first (Ctrl+S), then press."


def submit_button(lab_id: str) -> Any:
    """A widget with a button and, below it, what came of pressing it."""
    import ipywidgets

    button = ipywidgets.Button(description="Submit this lab", button_style="primary")
    said = ipywidgets.HTML(READY)

    def pressed(_: object) -> None:
        button.disabled, said.value = True, "Working, about ten seconds ..."
        try:
            desk = import_module("autograder.grade.submit")
            done = desk.hand_in(lab_id)
            said.value = escape(done.says) + _where(done.page)
            desk.show(done)
        except Trouble as trouble:
            said.value = escape(str(trouble))
        finally:
            button.disabled = False

    button.on_click(pressed)
    return ipywidgets.VBox([button, said])


def _where(page: Path | None) -> str:
    """Where JupyterLab has the feedback: a link in a widget would lead nowhere, since a widget has no folder."""
    if page is None:
        return ""
    return f"<div>To read it, open <code>{escape(f'{page.parent.name}/{page.name}')}</code> in the file browser.</div>"
