"""The command line of `start.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.setup import environment, jupyter, lists, streams, suite
from autograder.setup.extras import EXTRAS
from autograder.setup.places import Places
from autograder.setup.show import Show
from autograder.trouble import Trouble
from autograder.workspace import carry


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask. Gives the exit status: 2, after one line on stderr, where something is in the way."""
    streams.forgive()
    try:
        return _do(list(arguments))
    except Trouble as trouble:
        sys.stderr.write(f"start.py: {trouble}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nstart.py: stopped. Run it again to go on.\n")
        return 130


def _do(arguments: list[str]) -> int:
    places, show = Places(), Show()
    if arguments[:1] == ["test"]:  # everything after it is pytest's
        environment.ensure(places, show)
        return suite.run(places, arguments[1:])
    asked = parser().parse_args(arguments)
    if asked.command == "lock":
        environment.ensure(places, show)
        return lists.renew(places, show, upgrade=asked.upgrade)
    workspace = Path(asked.workspace).expanduser().absolute() if asked.workspace else places.workspace
    port = jupyter.port(asked.port) if asked.command == "open" else None
    environment.ensure(places, show)
    for extra in asked.extras:
        environment.add(places, show, extra)
    carried = carry.carry(places.root, workspace, merge=asked.command == "update")
    for line in carried.report(every=asked.command == "update"):
        show.say(line)
    if port is not None:
        if asked.port is None and port != jupyter.FIRST_PORT:
            show.say(f"Port {jupyter.FIRST_PORT} is busy, so JupyterLab uses {port}.")
        return jupyter.open_lab(places, show, workspace, port, browser=asked.browser)
    return 2 if carried.troubles else 0


def parser() -> argparse.ArgumentParser:
    """The options. Without a command, start.py opens JupyterLab."""
    top = argparse.ArgumentParser(
        prog="start.py",
        description="Set up the course and open it in JupyterLab. Without a command: open.",
        epilog="`start.py test [--long] [pytest's arguments]` runs the tests.",
    )
    top.add_argument(
        "command",
        nargs="?",
        default="open",
        choices=["open", "setup", "update", "test", "lock"],
        help="open: set up and open JupyterLab; setup: only set up; update: merge newer lessons and labs into yours; "
        "test: run the tests; lock: resolve the packages anew (for authors)",
    )
    top.add_argument("--workspace", metavar="DIR", help="where you work (default: my/ in the course)")
    top.add_argument("--port", type=int, help="the port of JupyterLab (default: the first free one from 8888 on)")
    top.add_argument("--no-open", dest="browser", action="store_false", help="start JupyterLab, but no browser")
    top.add_argument(
        "--with", dest="extras", action="append", default=[], choices=sorted(EXTRAS), metavar="EXTRA",
        help="install more: hub (JupyterHub), ngshare (its exchange without a shared disk)",
    )  # fmt: skip
    top.add_argument("--upgrade", action="store_true", help="with lock: take the newest versions")
    return top
