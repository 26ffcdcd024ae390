"""A JupyterHub on loopback for the course, by the configuration that docs/jupyterhub.md describes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from learners_lab import COURSE

from tests.ports import free_port

LAB = "02-right-definition"
NGSHARE = COURSE / ".hub" / "env" / "bin" / "python"
"""An environment with the service, made as `ngshare_config.py` says."""
MANAGE = "ngshare-course-management"


@dataclass
class Hub:
    """A hub that runs: where it answers, and the instructor's folder."""

    address: str
    course: Path
    config: str

    def home(self, name: str) -> Path:
        return self.course / ".hub" / "homes" / name


def laid_out(folder: Path) -> Path:
    """An instructor's course and a cohort's bundle, as docs/jupyterhub.md lays them; the course."""
    course = folder / "ferry-course"
    subprocess.run(["git", "clone", "--quiet", str(COURSE), str(course)], check=True)
    _environment(course)
    release = [str(course / ".venv" / "bin" / "python"), "-m", "autograder.cli", "release", "../ferry-class"]
    subprocess.run(release, cwd=course, check=True, stdout=subprocess.DEVNULL)
    _small_environment(folder / "ferry-class")
    return course


def _environment(folder: Path) -> None:
    """What start.py makes there, as links to the files of this environment: nothing is fetched."""
    made = folder / ".venv"
    shutil.copytree(sys.prefix, made, symlinks=True, copy_function=_link)
    (packages,) = made.glob("lib/python3*/site-packages")
    (course,) = packages.glob("__editable__.fargate_course-*.pth")
    _rewrite(course, str(folder))
    programs = ["jupyterhub", "nbgrader", "alembic", *([] if absent("ngshare_config.py") else [MANAGE])]
    for program in programs:
        _rewrite(made / "bin" / program, re.sub(r"^#!.*", f"#!{made / 'bin' / 'python'}", _read(program), count=1))
        (made / "bin" / program).chmod(0o755)


def _small_environment(folder: Path) -> None:
    """The same for those who grade nothing: it reads the packages where they are, which no box would let it."""
    made = folder / ".venv"
    venv.create(made, with_pip=False, symlinks=True)
    (packages,) = made.glob("lib/python3*/site-packages")
    packages.joinpath("course.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    for shared in ("share", "etc"):
        (made / shared).symlink_to(Path(sys.prefix) / shared)


def _read(program: str) -> str:
    return (Path(sys.prefix) / "bin" / program).read_text(encoding="utf-8")


def _rewrite(file: Path, text: str) -> None:
    """Another text in place of a link."""
    file.unlink()
    file.write_text(text, encoding="utf-8")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


@contextmanager
def running(course: Path, config: str = "jupyterhub_config.py", patience: float = 60) -> Iterator[Hub]:
    """The hub of one of our configurations, from its first answer on while the block runs. `patience` in seconds."""
    port, hub_port, api_port = free_port(), free_port(), free_port()
    command = [str(course / ".venv" / "bin" / "jupyterhub"), "-f", f"autograder/hub/{config}"]
    command += [f"--JupyterHub.bind_url=http://127.0.0.1:{port}", f"--JupyterHub.hub_port={hub_port}"]
    command += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api_port}"]
    environ = {"PATH": os.environ["PATH"], "HOME": str(course.parent), "LANG": "C.UTF-8"}
    environ |= {"NGSHARE_PORT": str(free_port()), "NGSHARE_PYTHON": str(NGSHARE)}
    printed = course.parent / "hub.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=course, env=environ, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        _answers(process, printed, patience)
        yield Hub(f"http://127.0.0.1:{port}", course, config)
    finally:
        process.send_signal(signal.SIGTERM)  # the hub ends its proxy and the servers
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def _answers(process: subprocess.Popen[bytes], printed: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while "JupyterHub is now running" not in printed.read_text(encoding="utf-8"):
        assert process.poll() is None, printed.read_text(encoding="utf-8")
        assert time.monotonic() < end, printed.read_text(encoding="utf-8")
        time.sleep(0.2)


def absent(config: str = "jupyterhub_config.py") -> str:
    """Why no hub can be started here by one of our configurations; '' where one can."""
    missing = [name for name in ("jupyterhub", "configurable-http-proxy") if not shutil.which(name, path=_programs())]
    if missing:
        return f"no {' and no '.join(missing)} here: python3 start.py setup --with hub"
    if config == "ngshare_config.py" and not (NGSHARE.exists() and shutil.which(MANAGE, path=_programs())):
        return "no ngshare here: python3 start.py setup --with ngshare, and the first line in ngshare_config.py"
    return ""


def _programs() -> str:
    return str(Path(sys.prefix) / "bin")
