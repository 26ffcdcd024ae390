"""What of a cell's outputs is stored: only what is the same on every machine and can be read without running it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.author.notebook import settle_metadata

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
IGNORED = "nbval-ignore-output"
RAISES = "raises-exception"


def settle(notebook: Any) -> None:
    """Take out of an executed notebook what depends on the machine or the run, in place."""
    settle_metadata(notebook)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        cell.outputs = [] if IGNORED in cell.metadata.get("tags", ()) else [_settled(output) for output in cell.outputs]


def said(output: Any) -> str:
    """What an output says as text: what was printed, the error as it is drawn, or the text beside a picture."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return str(output.data.get("text/plain", ""))


def error_of(cell: Any) -> Any:
    """The error output of a cell that raised; None where it did not."""
    return next((output for output in cell.get("outputs", ()) if output.output_type == "error"), None)


def widgets_without_twin(cell: Any) -> Sequence[str]:
    """The names of widgets of which nothing else would be stored: a reader would see no picture and no text."""
    return [
        output.data.get("text/plain", "")
        for output in cell.get("outputs", ())
        if WIDGET_VIEW in output.get("data", {}) and set(output.data) <= {WIDGET_VIEW, "text/plain"}
    ]


def _settled(output: Any) -> Any:
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
    output.pop("transient", None)
    return output
