"""`start.py test`: every test, by pytest."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from autograder.setup import child
from autograder.setup.places import Places

WORKERS = 4
"""At most so many test processes at once: more cost memory and win little."""


def run(places: Places, arguments: Sequence[str]) -> int:
    """Run pytest with these arguments in the environment. Gives pytest's exit status."""
    environ = child.surroundings()
    environ["PATH"] = os.pathsep.join([str(places.programs), environ.get("PATH", os.defpath)])
    command = [str(places.python), "-m", "pytest", *_shared_out(arguments), *arguments]
    return subprocess.run(command, cwd=places.root, env=environ, check=False).returncode


def _shared_out(arguments: Sequence[str]) -> list[str]:
    """The options that share the tests out to several processes; none where the caller chose, or wants a debugger."""
    if any(word.startswith(("-n", "-p", "--pdb", "--dist", "--numprocesses", "--trace")) for word in arguments):
        return []
    processors = os.cpu_count() or 1
    if processors == 1:
        return []
    # One more than there are processors: what drives the browser waits for it most of its time.
    count = min(WORKERS, processors + 1)
    # A module's tests stay in one process, so that what they share (a graded folder, a server) is made once.
    return ["-n", str(count), "--dist", "loadscope", "--no-loadscope-reorder"]
