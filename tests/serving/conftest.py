"""A server of the simulated AWS, as another program meets it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking_the_server import HERE

from simcloud.cloud.serving.account import Settings
from simcloud.cloud.serving.server import Server

ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Time stands still but for the control endpoint."""
    with Server(Settings(seed=7, speed=0)) as running:
        yield running


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a client program: an empty home, and nothing of AWS but what a user sets."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("AWS_")}
    return {
        **kept,
        "HOME": str(tmp_path),
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "simulated",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
    }


@pytest.fixture
def aws(surroundings: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the AWS CLI against an address."""

    def run(url: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("aws")), *words, "--output", "json"]
        environment = {**surroundings, "AWS_ENDPOINT_URL": url, **more}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    return run


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The JavaScript SDK, installed once for a lock file; in the folder of the environment, which git ignores."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node.js is not installed: the JavaScript SDK is not tried")
    lock = (HERE / "package-lock.json").read_bytes()
    folder = ROOT / ".venv" / "javascript" / hashlib.sha256(lock).hexdigest()[:16]
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, timeout=300)
        (folder / "installed").touch()
    return folder
