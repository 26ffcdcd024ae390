"""Where grading's time and memory go: the floor below it, its steps, and what a worker holds. Not a test.

    .venv/bin/python tests/bench/bench_steps.py [--size 20] [--jobs 2] [--lab 03-private-pull]

The floor is the bare execution of the cells: in forks of a process that has everything imported, with no box, nobody
who listens and no verdict; each world is built beforehand. Steps are seconds of the processor a submission. Memory is
each process's share of what lies in RAM (PSS), once both warm processes are warmed up for the lab.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parent))

import bench_grading


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--size", type=int, default=20)
    given.add_argument("--jobs", type=int, default=2)
    given.add_argument("--lab", default="03-private-pull")
    args = given.parse_args()
    cohort = bench_grading.submissions(args.lab, args.size)
    ours = bench_grading.by_us(args.lab, cohort, args.jobs)
    whole, steps = ours.cpu / args.size, ours.steps
    print(
        f"{args.size} submissions of {args.lab}, {args.jobs} at a time: {ours.seconds / args.size * 1000:.0f} ms each"
    )
    named = {"run": steps["run"], "judge": steps["judge"], "coordinator": steps["coordinator"]}
    named["workers and starts"] = whole - sum(named.values())
    for name, seconds in named.items():
        print(f"  {name:20} {seconds * 1000:5.0f} ms of the processor, {seconds / whole:4.0%}")
    print(f"  {'floor: bare cells':20} {floor(args.lab, cohort) * 1000:5.0f} ms of the processor, inside `run`")
    for name, held in memory(args.lab).items():
        print(f"  {name:20} {held / 2**20:5.0f} MiB")
    print(f"  {'a fork, at most':20} {steps['peak_mib']:5.0f} MiB, what it shares included")


def floor(lab: str, cohort: dict[str, dict[str, Any]]) -> float:
    """CPU seconds of a submission's cells alone, in the middle."""
    from autograder.run import warmth, zygote

    built = {learner: _in_fork(lambda who=learner: _world(lab, who))[0] for learner in cohort}
    warmth.learner()
    warmth.lab(lab, judge=False)
    zygote._freeze(collect=True)  # as a warm process does before it forks
    used = [_in_fork(lambda who=learner: _cells(lab, who, cohort[who], built[who]))[1] for learner in cohort]
    return statistics.median(used)


def _world(lab: str, learner: str) -> bytes:
    from autograder.run.judging_child import Built

    return Built(lab, learner).world()


def _cells(lab: str, learner: str, book: dict[str, Any], world: bytes) -> bytes:
    from autograder.run import child
    from autograder.run.budget import Budget

    runner = child.Runner(Budget())
    child._record_at_the_door(learner, {lab: world}, lambda _: None)
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            runner.run("".join(cell["source"]), 60)
    return b""


def _in_fork(do: Any) -> tuple[bytes, float]:
    """What it gives in a fork of this process, and the CPU seconds that the fork took."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        with os.fdopen(theirs, "wb") as answer:
            answer.write(do())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answer:
        said = answer.read()
    _, _, used = os.wait4(pid, 0)
    return said, used.ru_utime + used.ru_stime


def memory(lab: str) -> dict[str, float]:
    """Bytes of a worker and of its two warm processes."""
    from autograder.grade.workers import Workers

    pool = Workers(1)
    try:
        pool.submit(_job(lab)).result(120)
        (worker,) = map(psutil.Process, pool.processes())
        warm = [one for one in worker.children(recursive=True) if one.memory_info().rss > 2**25]
        held = {"a worker": worker.memory_full_info().pss}
        return held | {f"its warm process {n}": one.memory_full_info().pss for n, one in enumerate(warm, 1)}
    finally:
        pool.close()


def _job(lab: str) -> Any:
    from autograder.author import lab as made
    from autograder.author import notebook, source
    from autograder.author.places import course
    from autograder.grade.work import Job

    book = next(iter(bench_grading.submissions(lab, 1).values()))
    released = made.released(made.lab(source.read(course().solutions / lab / "lab.py")))
    return Job("ada", lab, f"{lab}.ipynb", json.dumps(book).encode(), json.loads(notebook.text(released)))


if __name__ == "__main__":
    main()
