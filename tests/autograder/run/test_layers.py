"""The layers of the box: each is there, each can be left off by name for a test, and strict mode wants them all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.checks import places
from autograder.run import bubble, cgroup, layers, seccomp, warm
from autograder.run.budget import MIB, Budget
from autograder.run.engine import Engine, Unisolated
from autograder.run.evidence import Evidence
from tests.autograder.samples import sample_course as sample

SMALL = Budget(cell_seconds=10, grace_seconds=2, total_seconds=60, processes=20, total_memory=300 * MIB)

LOOK = {
    layers.FILES: "import os\nprint(os.path.exists('/etc/hostname') or os.path.exists('/etc/passwd'))",
    layers.HOME: "import os\nprint(os.getcwd() != '/tmp/home')",
    layers.PROCESSES: "import os\nprint(os.getpid() > 50)",
    layers.NETWORK: "print(open('/proc/self/net/dev').read().count(':') > 1)",
    layers.IPC: "import socket\nprint(socket.gethostname() != 'lab')",
    layers.USER: "import os\nprint(os.getuid() == 0)",
    layers.PRIVILEGES: "print('CapBnd:\\t0000000000000000' not in open('/proc/self/status').read())",
    layers.LANDLOCK: "import os\ntry:\n    os.listdir('/')\n    print(True)\nexcept PermissionError:\n    print(False)",
    layers.SECCOMP: "print('Seccomp:\\t0' in open('/proc/self/status').read())",
    layers.LIMITS: "import resource\nprint(resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY)",
    layers.ENVIRONMENT: "import os\nprint('GRADERS_SECRET' in os.environ)",
}
"""What prints True without the layer and False with it."""

HALVES = (
    {layers.FILES, layers.LANDLOCK, layers.PROCESSES, layers.IPC, layers.LIMITS, layers.ENVIRONMENT, layers.USER},
    {layers.HOME, layers.NETWORK, layers.PRIVILEGES, layers.SECCOMP},
)
"""Left off together: a layer of the other half must not be missed. Files and Landlock hide the same things; and
without files of its own, another user may not reach the interpreter."""


def book(*sources: str) -> dict[str, Any]:
    cells = [{"cell_type": "code", "id": f"cell-{n}", "source": source} for n, source in enumerate(sources)]
    return {"cells": cells}


def printed(evidence: Evidence, cell: int = 0) -> str:
    return "".join(output.get("text", "") for output in evidence.cell(f"cell-{cell}").outputs)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    places.add(sample.PLACE)
    with Engine() as made:
        yield made


def needs(engine: Engine, *names: str) -> None:
    isolation = engine.isolation()
    lacking = [line for line in isolation.lines() if line.split(" ")[0] in names]
    if lacking:
        pytest.skip("; ".join(lacking))


def test_with_every_layer_nothing_of_what_they_hide_is_seen(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    found = engine.run(book(*LOOK.values()), learner="ada", budget=SMALL)
    seen = {name for number, name in enumerate(LOOK) if printed(found, number) != "False\n"}
    assert seen <= set(found.missing)


@pytest.mark.parametrize("half", HALVES, ids=("outside", "inside"))
def test_layers_that_are_left_off_by_name_are_off_and_the_others_are_not(
    engine: Engine, half: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs(engine, *LOOK)
    monkeypatch.setenv("GRADERS_SECRET", "1")
    with Engine(without=half) as weaker:
        found = weaker.run(book(*LOOK.values()), learner="ada", budget=SMALL)
        why = weaker.isolation().why
    seen = {name for number, name in enumerate(LOOK) if printed(found, number) == "True\n"}
    assert set(found.missing) - set(engine.isolation().missing) == half
    assert {why[name] for name in half} == {"switched off"}
    ordinary = {layers.USER} if os.geteuid() else set()  # then user 0 within is the person, by another number
    assert seen - ordinary == half - ordinary


def test_a_layer_that_does_not_exist_cannot_be_left_off() -> None:
    with pytest.raises(ValueError, match="no layer is called walls"):
        Engine(without={"walls"})


def test_the_memory_of_all_processes_together_is_limited(engine: Engine) -> None:
    needs(engine, layers.CGROUP)
    hoard = """
import os
children = []
for _ in range(6):
    child = os.fork()
    if child == 0:
        kept = b"x" * (100 * 1024 ** 2)
        os._exit(0)
    children.append(child)
"""
    together = hoard.replace("os._exit(0)", "import select; select.select([], [], [], 1); os._exit(0)")
    count = "print(sum(os.waitpid(child, 0)[1] == 0 for child in children))"
    found = engine.run(book(together + count), learner="ada", budget=SMALL)
    free = engine.run(book(together + count), learner="ada", budget=replace(SMALL, total_memory=2048 * MIB))
    assert printed(found) != "6\n"
    assert printed(free) == "6\n"


def test_the_home_is_small_and_its_files_do_not_outlive_it(engine: Engine) -> None:
    needs(engine, layers.HOME)
    fill = "n = 0\nwhile True:\n    n += 1\n    open(f'file{n}', 'wb').write(b'x' * 8 * 1024 ** 2)"
    found = engine.run(book(fill, "print(n * 8 <= 72)", "open('/tmp/left', 'w').write('x')"), learner="a", budget=SMALL)
    assert "No space left" in found.cell("cell-0").error
    assert printed(found, 1) == "True\n"
    after = engine.run(book("import os\nprint(os.path.exists('/tmp/left'))"), learner="b", budget=SMALL)
    assert printed(after) == "False\n"


def test_what_a_notebook_leaves_running_is_gone_when_it_has_been_graded(engine: Engine) -> None:
    needs(engine, layers.PROCESSES)
    mark = f"left-{os.getpid()}-{time.monotonic_ns()}"
    leave = f"""
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", "{mark}"])
    os._exit(0)
import select
select.select([], [], [], 0.5)
print("left")
"""
    found = engine.run(book(leave), learner="ada", budget=SMALL)
    assert printed(found) == "left\n"
    assert [pid for pid in filter(str.isdigit, os.listdir("/proc")) if mark in _command(pid)] == []


def _command(pid: str) -> str:
    try:
        return Path("/proc", pid, "cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def test_system_calls_that_lead_out_are_refused(engine: Engine) -> None:
    needs(engine, layers.SECCOMP)
    calls = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
said = []
for name, given in (("unshare", (0x10000000,)), ("ptrace", (0, 0, 0, 0)), ("mount", (b"a", b"/tmp", b"tmpfs", 0, 0))):
    said.append((getattr(libc, name)(*given), os.strerror(ctypes.get_errno())))
print(said)
"""
    found = engine.run(book(calls), learner="ada", budget=SMALL)
    assert printed(found) == repr([(-1, "Operation not permitted")] * 3) + "\n"


def test_strict_mode_names_each_missing_layer_and_runs_nothing() -> None:
    with Engine(strict=True, without={layers.NETWORK, layers.CGROUP}) as strict, pytest.raises(Unisolated) as refused:
        strict.run(book("print('ran')"), learner="ada")
    assert "network (no network, not even to this machine): switched off" in str(refused.value)
    assert "cgroup" in str(refused.value)


def test_without_bubblewrap_our_own_mounts_make_the_file_system_and_strict_mode_grades(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs(engine, *layers.ALL)
    monkeypatch.setattr(bubble, "why_not", lambda see: "not installed")
    with Engine(strict=True) as other:
        found = other.run(book(*LOOK.values()), learner="ada", budget=SMALL)
    assert layers.FILES in found.layers
    assert printed(found) == "False\n"


def test_a_machine_without_cgroups_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: Budget) -> cgroup.Group:
        raise cgroup.NoCgroup("no cgroup is delegated")

    monkeypatch.setattr(cgroup, "group", none)
    assert engine.isolation().why[layers.CGROUP] == "no cgroup is delegated"


def test_a_system_that_is_not_linux_names_all_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm.linux, "ON_LINUX", False)
    _, config = warm.Warm("learner")._arranged()
    assert config.root == "none"
    assert set(layers.ALL) - set(config.why) == {layers.LIMITS, layers.ENVIRONMENT}


def test_a_notebook_needs_none_of_the_refused_calls() -> None:
    assert set(seccomp.REFUSED).isdisjoint({"read", "write", "fork", "clone", "execve", "mmap", "openat"})


def test_a_warm_process_that_died_is_started_anew(engine: Engine) -> None:
    engine.run(book("1"), learner="ada", budget=SMALL)
    fork = engine._warm["learner"].fork()
    parent = int(Path(f"/proc/{fork.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(parent, 9)
    fork.end()
    found = engine.run(book("print(2)"), learner="ada", budget=SMALL)
    assert printed(found) == "2\n"


def test_a_warm_process_that_dies_while_it_warms_up_is_started_anew(engine: Engine) -> None:
    engine.start("03-private-pull")
    for one in engine._warm.values():
        assert one._process is not None
        for child in psutil.Process(one._process.pid).children(recursive=True):
            child.kill()
        one._process.kill()
    assert printed(engine.run(book("print(3)"), learner="ada", lab="03-private-pull", budget=SMALL)) == "3\n"


def test_after_many_forks_the_memory_that_they_share_is_in_large_pages_and_nothing_else_changes() -> None:
    code = "import os; from autograder.run import pages; held = [bytes([n]) * 500_000 for n in range(100)]; "
    code += "pages.gather(); assert [one[9] for one in held] == list(range(100)); "
    code += "print(sum(int(l.split()[1]) for l in open('/proc/self/smaps') if l.startswith('AnonHuge')))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    offered = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    if offered.exists() and "[never]" not in offered.read_text():
        assert int(said) >= 20 * 1024


def test_submissions_side_by_side_do_not_share_a_limit_on_processes(engine: Engine) -> None:
    needs(engine, layers.USER, layers.PROCESSES)
    from concurrent.futures import ThreadPoolExecutor

    many = """
import os, select
children = []
for _ in range(14):
    child = os.fork()
    if child == 0:
        select.select([], [], [], 3)
        os._exit(0)
    children.append(child)
print(len(children))
for child in children:
    os.kill(child, 9)
"""
    with ThreadPoolExecutor(3) as pool:
        runs = [pool.submit(engine.run, book(many), learner=f"l{n}", budget=SMALL) for n in range(3)]
        assert [printed(run.result()) for run in runs] == ["14\n"] * 3


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become another user")
def test_root_gives_each_fork_a_user_of_its_own(engine: Engine) -> None:
    needs(engine, layers.USER)
    seen = {printed(engine.run(book("import os\nprint(os.getuid())"), learner="a", budget=SMALL)) for _ in range(2)}
    assert all(int(user) > 1_000_000 for user in seen)
