"""nbval over notebooks, as one call: they are run again and their stored outputs compared.

It runs in a folder and an environment of its own. The settings of this project's tests (warnings as errors, markers)
are meant for tests, not for what a kernel does, so nbval gets an empty configuration. nbval skips tracebacks, images
and the widget view key; `build --check` and its test compare the first two byte by byte.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.author import kernel

PLUGINS_OFF = ("cacheprovider", "xdist", "hypothesispytest", "playwright")
"""Not needed here; without the cache nothing is left behind."""
FIRST = "autograder.quick"
"""Imported before nbval, which imports nbformat: see there."""


def nbval(notebooks: Sequence[Path], *, strict: bool) -> subprocess.CompletedProcess[str]:
    """Run nbval: strict compares every stored output; lax compares none and demands that no cell fails unmarked.

    The notebooks are copied, so that nothing which their cells write lies beside them afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="nbval-") as name:
        directory = Path(name)
        (directory / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        copies = [_copied(path, directory / f"{number:02}") for number, path in enumerate(notebooks)]
        command = [sys.executable, "-m", "pytest", "-q", "-c", str(directory / "pytest.ini"), "--rootdir", name]
        command += [argument for plugin in PLUGINS_OFF for argument in ("-p", f"no:{plugin}")]
        command += ["-p", FIRST, "--nbval" if strict else "--nbval-lax", "--nbval-current-env", "--color=no"]
        command += map(str, copies)
        environment = kernel.environment(directory) | {"PYTEST_ADDOPTS": ""}
        return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


def _copied(path: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy2(path, folder / path.name))
