"""A lesson's code cells, lived in this process by the shell of IPython: quicker than a kernel, and the same beneath."""

from __future__ import annotations

import os
from typing import Any, TextIO


def lived(text: str) -> dict[str, Any]:
    """What one cell said, and whether it raised. An error ends nothing: it is what the cell says, as in a notebook."""
    from IPython.utils.capture import capture_output

    with capture_output() as seen:
        result = _shell().run_cell(text)
    # The shell prints an error to stdout.
    shown = [display.data.get("text/plain", "") for display in seen.outputs]
    return {"said": "\n".join([seen.stdout, *shown]), "raised": not result.success}


def answers() -> TextIO:
    """Where this process answers: what else is written to stdout, a warning of a C library perhaps, goes to stderr."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return stream


def _shell() -> Any:
    """The one shell of this process. It keeps no history: that would be a thread, and a fork copies none."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False
    return InteractiveShell.instance(config=quiet)
