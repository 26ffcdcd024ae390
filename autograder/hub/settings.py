"""What a JupyterHub is told of the course. Who logs in, and where servers run, is chosen by whoever configures the hub.

    from autograder.hub.settings import configure
    configure(c, course="/srv/ferry-course", bundle="/srv/ferry-class", instructors={"grace"})

Learners' servers run the packages of the cohort's bundle, in which no answer lies; instructors' those of the course.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from autograder.author.places import MARKER
from autograder.hub import ngshare as service
from autograder.trouble import Trouble

PAGE = "/lab/tree/course/00-start-here.ipynb"
"""What a learner sees first."""
SLOW = 120
"""Seconds that a server may take to answer: the first one also copies the lessons."""


def configure(
    c: Any,
    *,
    course: Path | str,
    bundle: Path | str,
    instructors: Collection[str],
    exchange: Path | str | None = None,
    ngshare: str = "",
) -> None:
    """Have `c`, a hub's configuration, start the right server for each person.

    `course`: the instructors' folder, with solutions/ and nbgrader_config.py. `bundle`: what `fargate-course release`
    wrote. Both are set up by start.py, with the extra `hub`. `exchange`: the folder that nbgrader hands files through
    (default: exchange/ in `course`, where nbgrader_config.py has it); it is made writable for everybody. `ngshare`: the
    address at which servers reach that service, which then takes the folder's place. Raises Trouble where one of them
    is not what it must be.
    """
    places = Path(course).absolute(), Path(bundle).absolute()
    hand = Path(exchange).absolute() if exchange else places[0] / "exchange"
    _check(*places)
    if not ngshare:
        hand.mkdir(mode=0o777, exist_ok=True)
        hand.chmod(0o777)  # nbgrader demands it: learners hand in there
    c.Spawner.http_timeout = c.Spawner.start_timeout = SLOW

    def choose(spawner: Any) -> None:
        teaches = spawner.user.name in instructors
        spawner.cmd = command(*places, hand, teaches=teaches)
        spawner.default_url = "/lab" if teaches else PAGE
        spawner.notebook_dir = str(places[0]) if teaches else ""
        if ngshare:
            spawner.environment = {**spawner.environment, service.VARIABLE: ngshare}

    c.Spawner.pre_spawn_hook = choose


def command(course: Path, bundle: Path, exchange: Path, *, teaches: bool) -> list[str]:
    """The command line of one person's server."""
    folder = course if teaches else bundle
    who = ["instructor", str(course)] if teaches else ["learner", str(exchange)]
    return [str(_python(folder)), "-m", "autograder.hub.server", *who]


def _python(folder: Path) -> Path:
    """The Python of the environment that start.py made in this folder."""
    return folder / ".venv" / "bin" / "python"


def _check(course: Path, bundle: Path) -> None:
    if not (course / "solutions").is_dir():
        raise Trouble(f"{course} has no solutions: name the instructor's folder of the course")
    if (bundle / "solutions").exists() or not (bundle / MARKER).is_file():
        raise Trouble(f"{bundle} is no bundle: make it with `fargate-course release {bundle}`")
    for folder in (course, bundle):
        if not _python(folder).exists():
            raise Trouble(f"{folder} is not set up: in it, run `python3 start.py setup --with hub`")
