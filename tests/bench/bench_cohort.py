"""A cohort graded: seconds and CPU a submission, by engine and number of workers, and the memory of a worker.

    python tests/bench/bench_cohort.py [LAB] [SUBMISSIONS]

Every submission is honest and different, every cache cold, the gradebook new. Each engine grades the same folder. What
Dask costs a submission is told apart, by jobs that do nothing: a notebook that is no JSON.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from autograder.author.places import Course, course  # noqa: E402
from autograder.grade.pool import Results, pool  # noqa: E402
from autograder.grade.work import Job  # noqa: E402
from tests.autograder.samples.dask_cluster import DaskCluster, until  # noqa: E402
from tests.autograder.samples.database import free_port  # noqa: E402

NOTHING = 200
"""Jobs that do nothing, to see what an engine itself costs."""


def fill(root: Path, lab: str, number: int) -> None:
    """A course with this many different, honest submissions."""
    for name in ("solutions", "labs"):
        shutil.copytree(course().root / name, root / name)
    here = Course(root)
    release = (here.labs / lab / f"{lab}.ipynb").read_text(encoding="utf-8")
    solved = json.loads((here.solutions / lab / f"{lab}.ipynb").read_text(encoding="utf-8"))
    answers = {cell["id"]: cell["source"] for cell in solved["cells"] if _is_answer(cell)}
    for one in range(number):
        book = json.loads(release)
        for cell in book["cells"]:
            if cell["id"] in answers:
                cell["source"] = [*answers[cell["id"]], f"\n# the work of number {one}"]
        file = root / "submitted" / f"learner{one:04}" / lab / f"{lab}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(book), encoding="utf-8")


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution")) and cell["cell_type"] == "code"


def grade(root: Path, *arguments: str) -> tuple[float, float, float]:
    """Grade by the command: wall seconds, CPU seconds of all its processes, and the most memory of its tree in MiB."""
    code = (
        "import sys; from pathlib import Path\n"
        "from autograder import cli; from autograder.author.places import Course\n"
        "from autograder.grade import command; command.course = lambda: Course(Path(sys.argv[1]))\n"
        "sys.exit(cli.main(['grade', sys.argv[1] + '/submitted', *sys.argv[2:]]))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = psutil.Popen([sys.executable, "-W", "ignore", "-c", code, str(root), *arguments], stderr=subprocess.PIPE)
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(done, most), daemon=True)
    watch.start()
    said = done.stderr.read().decode()
    if done.wait():
        sys.exit(said)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    watch.join()
    return wall, cpu, most[0]


def _watch(process: psutil.Popen, most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], memory(process.pid))
        time.sleep(0.5)


def memory(pid: int) -> float:
    """MiB of a process and all below it; what several share is counted once (PSS)."""
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(_pss(one.pid) for one in tree)


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def nothing(scheduler: str) -> float:
    """Milliseconds that a job which does nothing takes, once the engine has started."""
    workers = pool(2, scheduler)
    try:
        job = Job("nobody", "none", "x.ipynb", b"{")
        list(Results(workers, [(job, 0) for _ in range(20)]))
        began = time.monotonic()
        list(Results(workers, [(job, number) for number in range(NOTHING)]))
        return 1000 * (time.monotonic() - began) / NOTHING
    finally:
        workers.close()


def main() -> None:
    lab = sys.argv[1] if len(sys.argv) > 1 else "03-private-pull"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        fill(base / "course", lab, number)
        cluster = DaskCluster(base, free_port())
        try:
            cluster.add_worker()
            cluster.add_worker()
            until(lambda: len(cluster.workers()) == 2)
            print(f"{lab}, {number} submissions, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
            print(f"a job that does nothing: {nothing(''):.1f} ms here, {nothing(cluster.address):.1f} ms by Dask")
            ways = [("1 job", ["--jobs", "1"]), ("2 jobs", ["--jobs", "2"]), ("Dask", ["--scheduler", cluster.address])]
            for name, arguments in ways:
                root = base / name.replace(" ", "-")
                shutil.copytree(base / "course", root)
                wall, cpu, most = grade(root, *arguments)
                print(f"{name}: {wall:.1f} s, {1000 * wall / number:.0f} ms wall a submission, ", end="")
                print(f"{1000 * cpu / number:.0f} ms CPU of the command's own processes, {most:.0f} MiB at most")
            print("a Dask worker with its warm processes:", *(f"{memory(pid):.0f} MiB" for pid in cluster.workers()))
        finally:
            cluster.close()


if __name__ == "__main__":
    main()
