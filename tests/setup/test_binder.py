"""repo2docker, which Binder runs, understands environment.yml. It renders the image's recipe; nothing is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from autograder.setup.places import ROOT

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fargate-course" / "repo2docker"
"""An environment of its own: what repo2docker needs is no part of the course."""


@pytest.fixture(scope="module")
def repo2docker() -> list[str]:
    """The command. Installed once; skips where it is not there and cannot be had."""
    program = CACHE / "bin" / "jupyter-repo2docker"
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{CACHE}.lock", timeout=300):
        if not program.exists():
            _install()
    return [str(program)]


def _install() -> None:
    shutil.rmtree(CACHE, ignore_errors=True)
    python = str(CACHE / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--retries", "0", "jupyter-repo2docker"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(CACHE)], check=True, capture_output=True)
        subprocess.run(install, check=True, capture_output=True, timeout=240)
    except (subprocess.SubprocessError, OSError) as error:
        shutil.rmtree(CACHE, ignore_errors=True)
        pytest.skip(f"repo2docker is not here and could not be installed: {error}")


def test_repo2docker_renders_the_course_without_building_it(repo2docker: list[str], tmp_path: Path) -> None:
    for name in ("environment.yml", "requirements.lock", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    ended = subprocess.run(
        [*repo2docker, "--no-build", "--debug", "--user-id", "1000", "--user-name", "learner", str(tmp_path)],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    recipe = ended.stdout
    assert "Building conda environment for python=3.11" in ended.stderr + recipe
    copied = recipe.index("COPY --chown=1000:1000 src/ ${REPO_DIR}/")
    installed = recipe.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    assert copied < installed, "the project itself is installed from the copied files"
