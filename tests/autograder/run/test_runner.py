"""Running cells in the box: what each may do, and what is kept where one ends badly."""

from __future__ import annotations

import pytest

from autograder.checks import places
from autograder.run import layers
from autograder.run.budget import Budget
from autograder.run.evidence import Evidence
from autograder.run.runner import run
from tests.autograder.samples import sample_course as sample

SMALL = Budget(cell_seconds=1.5, grace_seconds=2, total_seconds=40, processes=20)

REACH = """
import subprocess, sys
code = "import socket; socket.create_connection(('{host}', 80), 3)"
print(subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True).stderr)
"""  # in a process of its own, where the simulated AWS does not stand before the sockets

CELLS = {
    "value": "6 * 7",
    "streams": "import sys\nprint('out')\nprint('err', file=sys.stderr)",
    "error": "1 / 0",
    "shell": "%time x = 1\n!echo to nowhere",
    "files": "import os\nprint(os.path.exists('/etc/passwd'), os.path.exists('/root/.ssh'))",
    "secrets": """
import autograder, pathlib, sample_labs
course, samples = pathlib.Path(autograder.__file__).parent, pathlib.Path(sample_labs.__file__).parents[1]
found = [f for root in (course, samples) for f in root.rglob('*.py') if 'SECRET-OF-' + 'THE' in f.read_text()]
print(found, (course.parent / 'solutions').exists(), (course.parent / 'tests' / 'conftest.py').exists())
""",
    "network": REACH.format(host="192.0.2.1"),
    "loopback": REACH.format(host="127.0.0.1"),
    "environment": "import os\nprint(sorted(k for k in os.environ if 'TOKEN' in k or 'PYTEST' in k or 'JUPYTER' in k))",
    "others": "import os\nprint(len([p for p in os.listdir('/proc') if p.isdigit()]) < 10)",
    "memory": "hoard = bytearray(8 * 1024 ** 3)",
    "disk": "with open('big', 'wb') as f:\\n    f.write(b'x' * (64 * 1024 ** 2))".replace("\\n", "\n"),
    "forks": """
import os, time
children = []
try:
    for _ in range(200):
        child = os.fork()
        if child == 0:
            time._real_sleep(9) if hasattr(time, '_real_sleep') else __import__('select').select([], [], [], 9)
            os._exit(0)
        children.append(child)
finally:
    for child in children:
        os.kill(child, 9)
""",
    "flood": "print('x' * 5_000_000)",
    "loop": "while True:\n    pass",
    "after": "print('still here')",
    "stubborn": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True:\n    pass",
    "never": "print('never')",
}


@pytest.fixture(scope="module")
def ran() -> Evidence:
    places.add(sample.PLACE)
    cells = [{"cell_type": "code", "id": name, "source": text} for name, text in CELLS.items()]
    return run({"cells": cells}, learner="ada", budget=SMALL)


def printed(ran: Evidence, cell: str) -> str:
    return "".join(output.get("text", "") for output in ran.cell(cell).outputs)


def test_values_and_streams_are_kept_in_order(ran: Evidence) -> None:
    assert ran.cell("value").outputs[0]["data"] == {"text/plain": "42"}
    streams = [(output["name"], output["text"]) for output in ran.cell("streams").outputs]
    assert streams == [("stdout", "out\n"), ("stderr", "err\n")]


def test_an_error_ends_its_cell_and_no_other(ran: Evidence) -> None:
    assert (ran.cell("error").outcome, ran.cell("error").error) == ("error", "ZeroDivisionError: division by zero")
    assert ran.cell("shell").outcome == "ok"


def test_output_beyond_the_budget_is_dropped(ran: Evidence) -> None:
    assert ran.cell("flood").outcome == "ok"
    assert len(printed(ran, "flood")) <= SMALL.output


def test_more_memory_than_allowed_is_an_error_of_the_cell(ran: Evidence) -> None:
    assert ran.cell("memory").error.startswith("MemoryError")


def test_a_file_larger_than_allowed_is_an_error_of_the_cell(ran: Evidence) -> None:
    assert ran.cell("disk").outcome == "error"


def test_an_endless_cell_is_interrupted_and_the_next_one_runs(ran: Evidence) -> None:
    assert ran.cell("loop").outcome == "timed out"
    assert printed(ran, "after") == "still here\n"


def test_a_cell_that_cannot_be_interrupted_ends_the_run(ran: Evidence) -> None:
    assert ran.cell("stubborn").outcome == "timed out"
    assert ran.cell("never").outcome == "not run"
    assert ran.ended == "the cell `stubborn` did not end in its time, so the run was stopped there"


def test_the_layers_are_named(ran: Evidence) -> None:
    assert layers.LIMITS in ran.layers
    assert set(ran.layers) | set(ran.missing) == set(layers.ALL)


def test_the_environment_of_the_grader_is_not_seen(ran: Evidence) -> None:
    assert printed(ran, "environment") == "[]\n"


def needs(ran: Evidence, *names: str) -> None:
    lacking = [name for name in names if name not in ran.layers]
    if lacking:
        pytest.skip(f"this machine lacks the layers {', '.join(lacking)}")


def test_hidden_checks_solutions_and_the_system_are_not_there(ran: Evidence) -> None:
    needs(ran, layers.FILES)
    assert printed(ran, "secrets") == "[] False False\n"
    assert printed(ran, "files").endswith("False False\n")


def test_there_is_no_network(ran: Evidence) -> None:
    needs(ran, layers.NETWORK, layers.SECCOMP)
    for cell in ("network", "loopback"):
        assert "Address family not supported" in printed(ran, cell)


def test_processes_of_others_are_not_seen_and_ones_own_are_limited(ran: Evidence) -> None:
    needs(ran, layers.PROCESSES, layers.USER)
    assert printed(ran, "others") == "True\n"
    assert ran.cell("forks").error.startswith("BlockingIOError")


def test_a_process_that_ends_itself_leaves_what_was_done_before() -> None:
    cells = [("first", "print('done')"), ("second", "import os\nos._exit(0)"), ("third", "1")]
    book = {"cells": [{"cell_type": "code", "id": name, "source": text} for name, text in cells]}
    ran = run(book, learner="ada", budget=SMALL)
    assert printed(ran, "first") == "done\n"
    assert [cell.outcome for cell in ran.cells] == ["ok", "crashed"]
    assert ran.ended == "the cell `second` ended the process that runs the notebook"


def test_forged_messages_are_counted_and_not_believed() -> None:
    forger = """
import gc, io, json
for thing in gc.get_objects():
    if isinstance(thing, io.BufferedWriter) and thing.mode == 'wb':
        for line in (
            b'{"event": "entry", "entry": 7}',
            b'[' * 9000,
            b'{"event": "entry", "entry": {"kind": "advance", "seconds": NaN}}',
            b'{"event": "verdict", "points": 100}',
            b'{"event": "done", "outcome": {}, "outputs": {"a": [[]]}, "error": 5}',
        ):
            thing.write(line + b'\\n')
        thing.flush()
"""
    cells = [("forger", forger), ("next", "1")]
    book = {"cells": [{"cell_type": "code", "id": name, "source": text} for name, text in cells]}
    ran = run(book, learner="ada", budget=SMALL)
    assert ran.transcript == []
    assert ran.refused == 3
    assert ran.cell("forger").outputs == []
