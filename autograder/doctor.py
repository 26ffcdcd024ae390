"""`fargate-course doctor`: what is wrong with this machine, and how to mend it. Exit status 0 when all is well."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import autograder
from autograder import state
from autograder.author.places import Course, course
from autograder.trouble import Trouble

OLDEST_PYTHON = (3, 11)
ROOM = 500_000_000
"""Bytes that notebooks, feedback and caches may need while the course is worked through."""
PORT = 8888
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
OF_DEVELOPERS = ("browser", "sandbox")
"""Checks of what only tests and graders use."""
MEND = "run `python3 start.py`: it installs what the lock names"


@dataclass(frozen=True)
class Finding:
    """What one check found. A `note` is worth knowing and stops nothing; a `fault` must be mended."""

    check: str
    level: Literal["ok", "note", "fault"]
    says: str
    remedy: str = ""


def command(*, as_json: bool) -> int:
    """Print every finding; 0 where none is a fault, else 1."""
    found = examine(course())
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{line(one)}\n" for one in found))
    return 1 if any(one.level == "fault" for one in found) else 0


def show() -> None:
    """For a notebook: what a learner must mend or may want to know, or that all is well."""
    found = [one for one in examine(course()) if one.check not in OF_DEVELOPERS]
    told = [line(one) for one in found if one.level != "ok"]
    if not any(one.level == "fault" for one in found):
        told.append(f"All is well: {len(found)} things were checked.")
    sys.stdout.write("\n".join(told) + "\n")


def examine(here: Course) -> list[Finding]:
    """Run every check. One that breaks is reported as a fault of its own, and the others still run."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check(here)
        except Exception as error:
            says = f"could not be checked: {type(error).__name__}: {error}"
            found.append(Finding(check.__name__, "fault", says, "report this as a fault of the course"))
    return found


def line(one: Finding) -> str:
    mark = {"ok": "  ok  ", "note": " note ", "fault": "FAULT "}[one.level]
    return f"{mark} {one.check}: {one.says}" + (f"\n       -> {one.remedy}" if one.remedy else "")


def python(here: Course) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        remedy = "install Python 3.11 or newer, then run start.py with it"
        yield Finding("python", "fault", f"this is Python {version}", remedy)
    else:
        yield Finding("python", "ok", f"Python {version}")


def environment(here: Course) -> Iterator[Finding]:
    if Path(sys.prefix).resolve() == (here.root / ".venv").resolve():
        yield Finding("environment", "ok", "the course's own .venv")
    else:
        remedy = "this is right in conda and Binder; anywhere else use `python3 start.py`"
        yield Finding("environment", "note", f"not the course's own .venv but {sys.prefix}", remedy)


def installed(here: Course) -> Iterator[Finding]:
    """A process that takes no path from its surroundings, as those are that grade, finds this course and no other."""
    code = "import autograder; print(autograder.__file__)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False, timeout=60, encoding="utf-8"
    )
    there = Path(done.stdout.strip()).resolve().parents[1] if done.returncode == 0 else None
    ours = Path(autograder.__file__).resolve().parents[1]
    if there == ours:
        yield Finding("installed", "ok", f"this Python has the course from {ours}")
    else:
        says = f"this Python has {f'another course, from {there}' if there else 'no course'}, and runs that of {ours}"
        yield Finding("installed", "fault", says, "set this one up by `python3 start.py setup`, and use its own .venv")


def packages(here: Course) -> Iterator[Finding]:
    """Every pin of the lock that is meant for this system is installed in that version."""
    wanted = pins(here.root / "requirements.lock")
    found = [(name, version, _installed(name)) for name, version in wanted]
    wrong = [f"{name} {version} is {there or 'missing'}" for name, version, there in found if there != version]
    if wrong:
        yield Finding("packages", "fault", f"{len(wrong)} differ from requirements.lock: {', '.join(wrong[:5])}", MEND)
    else:
        yield Finding("packages", "ok", f"all {len(wanted)} as requirements.lock names them")


def kernel(here: Course) -> Iterator[Finding]:
    """The kernel that JupyterLab would start runs this Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        yield Finding("kernel", "fault", "Jupyter has no kernel named python3", MEND)
        return
    program = spec.argv[0]
    ours = program in ("python", "python3") or Path(program).absolute().parent == Path(sys.executable).absolute().parent
    if ours:
        yield Finding("kernel", "ok", "python3 runs this Python")
    else:
        remedy = f"move {spec.resource_dir} away: it hides the course's own kernel"
        yield Finding("kernel", "fault", f"python3 runs another Python: {program}", remedy)


def disk(here: Course) -> Iterator[Finding]:
    free = shutil.disk_usage(here.root).free
    says = f"{free / 1e9:.1f} GB free"
    if free < ROOM:
        yield Finding("disk", "fault", says, f"make room: the course may need {ROOM / 1e9:.1f} GB")
    else:
        yield Finding("disk", "ok", says)


def progress_file(here: Course) -> Iterator[Finding]:
    """The state file can be read, and its folder written."""
    file = state.path()
    folder = next(parent for parent in file.parents if parent.is_dir())
    if not os.access(folder, os.W_OK):
        remedy = "give yourself write permission, or set FARGATE_COURSE_STATE to a file in a folder of yours"
        yield Finding("progress file", "fault", f"{folder} cannot be written", remedy)
        return
    try:
        kept = state.read()
    except Trouble as trouble:
        yield Finding("progress file", "fault", str(trouble))
        return
    yield Finding("progress file", "ok", f"{file}, learner {kept['learner'] or 'not named yet'}")


def workspace(here: Course) -> Iterator[Finding]:
    """The learner's folder is there and can be written."""
    folder = here.root / "my"
    if not folder.is_dir():
        remedy = "`python3 start.py` makes it and copies the lessons there"
        yield Finding("workspace", "note", "my/ is not made yet", remedy)
    elif not os.access(folder, os.W_OK):
        yield Finding("workspace", "fault", f"{folder} cannot be written", "give yourself write permission there")
    else:
        yield Finding("workspace", "ok", str(folder))


def port(here: Course) -> Iterator[Finding]:
    from autograder.setup.jupyter import port as first_free

    free = first_free(None)
    if free == PORT:
        yield Finding("port", "ok", f"{PORT} is free")
    else:
        yield Finding("port", "note", f"{PORT} is in use, perhaps by a JupyterLab of yours; start.py would take {free}")


def sandbox(here: Course) -> Iterator[Finding]:
    """Which layers a submission would be run in when it is graded here, tried by starting one."""
    from autograder.run.engine import Engine

    with Engine() as engine:
        found = engine.isolation()
    says = f"submissions run with {', '.join(found.active)}"
    if found.missing:
        remedy = "to grade other people's work, mend each of these (bubblewrap: sudo apt install bubblewrap)"
        yield Finding("sandbox", "note", f"{says}. Missing: {'; '.join(found.lines())}", remedy)
    else:
        yield Finding("sandbox", "ok", says)


def browser(here: Course) -> Iterator[Finding]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), "")
    if found:
        yield Finding("browser", "ok", f"{found} (only the course's own browser tests use it)")
    else:
        remedy = "only the course's own browser tests need it: sudo apt install chromium"
        yield Finding("browser", "note", "no Chromium", remedy)


def proxies(here: Course) -> Iterator[Finding]:
    named = sorted(name for name in os.environ if name.lower() in PROXIES)
    if not named:
        yield Finding("proxies", "ok", "no proxy is set")
        return
    says = f"{', '.join(named)} set: installing goes through it; lessons and labs use no network"
    exempt = {part.strip() for part in (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",")}
    if exempt & {"*", "localhost", "127.0.0.1"}:
        yield Finding("proxies", "ok", says)
    else:
        yield Finding("proxies", "note", says, "if JupyterLab does not open, set NO_PROXY=localhost,127.0.0.1")


def other_jupyter(here: Course) -> Iterator[Finding]:
    found = shutil.which("jupyter")
    if found is None or Path(found).absolute().parent == Path(sys.executable).absolute().parent:
        yield Finding("jupyter", "ok", "no other Jupyter is in the way")
    else:
        remedy = "start the course with `python3 start.py`, not with `jupyter lab`"
        yield Finding("jupyter", "note", f"another Jupyter comes first in PATH: {found}", remedy)


CHECKS: tuple[Callable[[Course], Iterator[Finding]], ...] = (
    python, environment, installed, packages, kernel, disk, progress_file,
    workspace, port, sandbox, browser, proxies, other_jupyter,
)  # fmt: skip


def pins(lock: Path) -> list[tuple[str, str]]:
    """(name, version) of every pin of the lock whose marker holds here."""
    from packaging.requirements import Requirement

    lines = (text.rstrip(" \\") for text in lock.read_text(encoding="utf-8").splitlines() if "==" in text.split(";")[0])
    wanted = [Requirement(text) for text in lines if not text.lstrip().startswith(("#", "--"))]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    return [(one.name, next(iter(one.specifier)).version) for one in here]


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
