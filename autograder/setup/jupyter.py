"""JupyterLab in the learner's workspace, with the course's settings and nobody else's."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from autograder.setup import child
from autograder.setup.places import Places
from autograder.setup.show import Show
from autograder.trouble import Trouble

FIRST_PORT = 8888
PORTS = 100
"""So many are tried, from the first on."""
START_PAGE = "course/00-start-here.ipynb"
SETTINGS = Path("autograder") / "workspace" / "jupyter"


def port(asked: int | None) -> int:
    """The port to use: the one asked for, else the first free one from 8888 on. Raises Trouble where it is busy."""
    if asked is None:
        free = next(filter(_free, range(FIRST_PORT, FIRST_PORT + PORTS)), None)
        if free is None:
            last = FIRST_PORT + PORTS - 1
            raise Trouble(f"no port from {FIRST_PORT} to {last} is free: name another with --port")
        return free
    if not 1 <= asked <= 65535:
        raise Trouble(f"--port {asked} is no port: give a number from 1 to 65535, or leave --port out")
    if not _free(asked):
        raise Trouble(f"port {asked} is busy: choose another with --port, or leave it out and a free one is found")
    return asked


def _free(number: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":  # elsewhere the option would let a port that is in use pass for free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def open_lab(places: Places, show: Show, workspace: Path, number: int, *, browser: bool) -> int:
    """Start JupyterLab and stay with it until it ends. Gives its exit status."""
    show.say(f"JupyterLab starts in {workspace}. To stop it, press Ctrl+C here.")
    return _become(command(places, workspace, number, browser=browser), environ(places, workspace), workspace)


def command(places: Places, workspace: Path, number: int, *, browser: bool) -> list[str]:
    """The command line of the server."""
    page = f"/lab/tree/{START_PAGE}" if (workspace / START_PAGE).is_file() else "/lab"
    words = [str(places.python), "-m", "autograder.quick", "jupyterlab"]  # its imports take less than half as long so
    words += [f"--ServerApp.port={number}", f"--LabApp.default_url={page}", f"--ServerApp.root_dir={workspace}"]
    words += [] if browser else ["--ServerApp.open_browser=False"]
    words += ["--ServerApp.allow_root=True"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return words


def environ(places: Places, workspace: Path) -> dict[str, str]:
    """The server's environment variables: every place where Jupyter or IPython would look for a user's own settings
    is one in the workspace, and the course's settings come before all others."""
    ours = workspace / ".fargate-course"
    theirs = ("JUPYTER_", "JUPYTERLAB_", "IPYTHON")  # not JUPYTERHUB_USER: a hub's name for the learner is welcome
    kept = {key: value for key, value in child.surroundings().items() if not key.startswith(theirs)}
    return kept | {
        "PATH": os.pathsep.join([str(places.programs), kept.get("PATH", os.defpath)]),
        "VIRTUAL_ENV": str(places.venv),
        "JUPYTER_CONFIG_PATH": str(places.root / SETTINGS),
        "JUPYTER_CONFIG_DIR": str(ours / "jupyter" / "config"),
        "JUPYTER_DATA_DIR": str(ours / "jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(ours / "jupyter" / "runtime"),
        "IPYTHONDIR": str(ours / "ipython"),
    }


def _become(words: list[str], variables: dict[str, str], folder: Path) -> int:
    """Let the server take this process's place, so that signals and Ctrl+C reach it and nothing else."""
    sys.stdout.flush()
    if os.name != "nt":
        os.chdir(folder)
        os.execve(words[0], words, variables)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server, in the same console, asks what Ctrl+C means
    return subprocess.run(words, env=variables, cwd=folder, check=False).returncode
