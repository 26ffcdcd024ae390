"""How long all lessons take to run, side by side on so many cores.

    python tests/bench/bench_lessons.py [workers]

Each lesson runs in a kernel of its own by strict nbval, as in CI, the longest first. Prints seconds of wall-clock time
of each lesson and of the whole set.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.author import validation
from autograder.author.places import course

LONGEST_FIRST = ("07", "08", "14", "09", "17", "12", "02", "06")
"""By the number of the lesson; the rest follow as they come."""


def run(path: Path) -> tuple[float, Path]:
    """Seconds that one lesson takes. Raises RuntimeError where an output differs."""
    began = time.perf_counter()
    done = validation.nbval([path], strict=True)
    if done.returncode:
        raise RuntimeError(f"{path.name}: {done.stdout}{done.stderr}")
    return time.perf_counter() - began, path


def main(workers: int = 2) -> None:
    """Run all lessons and print the figures."""
    here = course()
    lessons = [here.lessons / f"{source.stem}.ipynb" for source in here.lesson_sources()]
    order = {number: place for place, number in enumerate(LONGEST_FIRST)}
    lessons.sort(key=lambda path: order.get(path.name[:2], len(order)))
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        times = list(pool.map(run, lessons))
    whole = time.perf_counter() - began
    for seconds, path in sorted(times, reverse=True):
        print(f"{seconds:6.1f} s  {path.stem}")
    print(f"{whole:6.1f} s  all {len(lessons)} lessons, {workers} at a time")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
