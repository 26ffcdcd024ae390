"""The kernel in which notebooks are built and compared: this Python, nobody's settings, a state file of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from autograder import state

LEARNER = "instructor"
"""Whose world the instructor's notebook of a lab is executed in."""

TIMEOUT = 300
"""Seconds of wall time a cell may take."""

STARTS = 3
"""Tries at starting a kernel: its ports are chosen before it opens them, and another may be quicker."""

PERSONAL = ("AWS_", "JUPYTER", "JPY_", "IPYTHON", "FARGATE_COURSE_", "PYTHONSTARTUP", "MPLBACKEND", "MATPLOTLIBRC")
"""Beginnings of environment variables that would make one person's outputs differ from another's."""


def environment(directory: Path) -> dict[str, str]:
    """The environment of a neutral kernel; what it writes (state, IPython's history) goes below `directory`.

    The hash seed is left random on purpose: an output that depends on it must be found, not hidden.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PERSONAL)}
    file = directory / "state.json"
    if not file.exists():
        file.write_text(json.dumps({**state.fresh(), "learner": LEARNER}), encoding="utf-8")
    (directory / "ipython").mkdir(exist_ok=True)
    return {
        **kept,
        "FARGATE_COURSE_STATE": str(file),
        "IPYTHONDIR": str(directory / "ipython"),
        "JUPYTER_CONFIG_DIR": str(directory / "jupyter"),
        "MATPLOTLIBRC": os.devnull,
        "PYTHONWARNINGS": "default",
    }


def execute(notebook: Any, directory: Path) -> None:
    """Run every cell in a fresh kernel whose working directory is `directory`. Errors stay as outputs in their cells.

    Raises nbclient's CellTimeoutError or DeadKernelError where a cell does not end or ends the kernel.
    """
    work = directory / "work"
    work.mkdir(exist_ok=True)
    for start in range(1, STARTS + 1):
        try:
            # What the kernel process itself writes (a warning about its transport) is no output of a cell.
            client(notebook, work).execute(env=environment(directory), stderr=subprocess.DEVNULL)
        except RuntimeError as died:
            if start == STARTS or "before replying" not in str(died):
                raise
        else:
            return


def client(notebook: Any, work: Path, *, allow_errors: bool = True) -> NotebookClient:
    """What runs a notebook in a fresh kernel of this very Python, patient with one that starts on a busy machine."""
    made = NotebookClient(
        notebook,
        kernel_name="python3",
        allow_errors=allow_errors,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        timeout=TIMEOUT,
        startup_timeout=120,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(work)}},
    )
    # No installed kernelspec, only the kernel of this very Python: a user's own "python3" would win otherwise.
    manager = made.create_kernel_manager()
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[], parent=manager)
    return made


__all__ = ["CellTimeoutError", "DeadKernelError", "client", "environment", "execute"]
