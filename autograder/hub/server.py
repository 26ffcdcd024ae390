"""One person's JupyterLab on a hub: `python -m autograder.hub.server learner EXCHANGE`, or `... instructor COURSE`.

The hub starts it in the person's home, with the variables by which `jupyterhub-singleuser` knows its hub; it prepares
the home, and that program takes its place. A learner gets what start.py gives: the lessons, the course's settings of
JupyterLab, and nbgrader's list of assignments besides. Labs come by that list, when the instructor has released them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from autograder.author.places import course
from autograder.hub import ngshare
from autograder.setup import jupyter
from autograder.setup.places import Places
from autograder.trouble import Trouble
from autograder.workspace import carry

COURSE_ID = "fargate-course"
"""As nbgrader_config.py has it."""
SETTINGS = Path(__file__).resolve().parent / "jupyter"


def main(arguments: Sequence[str]) -> int:  # noqa: RET503  (execve does not return)
    """Prepare the home and become the server. Gives 2, after one line on stderr, where something is in the way."""
    role, folder = arguments[0], Path(arguments[1])
    try:
        if find_spec("jupyterhub") is None:
            raise Trouble(f"no jupyterhub in {sys.prefix}: in {course().root}, run `python3 start.py setup --with hub`")
        variables = learner(Path.cwd(), folder) if role == "learner" else instructor(folder)
    except Trouble as trouble:
        sys.stderr.write(f"the course on a hub: {trouble}\n")
        return 2
    words = [sys.executable, "-m", "jupyterhub.singleuser", *arguments[2:], *root()]
    os.execve(sys.executable, words, variables)


def learner(home: Path, exchange: Path) -> dict[str, str]:
    """Copy the lessons that the home lacks, tell nbgrader who this is; the variables of the server."""
    places = Places(course().root)
    (home / "labs").mkdir(parents=True, exist_ok=True)
    carry.carry(places.root, home, merge=False, rooms=("course",))
    variables = jupyter.environ(places, home) | beside_python()
    variables["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), variables["JUPYTER_CONFIG_PATH"]])
    kept = Path(variables["JUPYTER_CONFIG_DIR"])
    kept.mkdir(parents=True, exist_ok=True)
    told = exchanging(home, exchange, os.environ["JUPYTERHUB_USER"])
    (kept / "nbgrader_config.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return variables


def exchanging(home: Path, exchange: Path, name: str) -> dict[str, dict[str, str]]:
    """nbgrader's configuration of a learner: handed-out labs come to labs/, where start.py would put them.

    The name is the hub's: nbgrader alone would take the operating system's, which is the same for all in containers.
    """
    if service := ngshare.address():  # which knows the name by the server's token, and takes no other
        told = ngshare.told(service) | {"CourseDirectory": {"course_id": COURSE_ID}}
    else:
        told = {"CourseDirectory": {"course_id": COURSE_ID, "student_id": name}, "Exchange": {"root": str(exchange)}}
    told["Exchange"]["assignment_dir"] = str(home / "labs")
    return told


def instructor(folder: Path) -> dict[str, str]:
    """Go to the course, where nbgrader_config.py is; the variables of the server. Their own settings stay theirs."""
    os.chdir(folder)
    return dict(os.environ) | beside_python()


def beside_python() -> dict[str, str]:
    """The programs of this environment come first: nbgrader starts some by name."""
    return {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])}


def root() -> list[str]:
    """Jupyter starts as root only if told to. On a hub that is a container's root, or a rehearsal."""
    return ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
