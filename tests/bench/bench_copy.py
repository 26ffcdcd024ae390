"""What a copy costs: of `sim.World` alone, and of a whole cloud with moto's state. Not a test: run it quietly.

    .venv/bin/python tests/bench/bench_copy.py [rounds]

The lab world is the story of sixty calls over twelve services (tests/simcloud/cloud/long_story.py), an hour later; the
larger worlds are services of so many tasks after a day under load. Printed are medians in milliseconds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "golden"), str(HERE.parent / "simcloud" / "cloud")]

import long_story  # noqa: E402
from bench_day import scaled  # noqa: E402

from simcloud import Cloud  # noqa: E402
from simcloud.cloud import snapshot  # noqa: E402
from simcloud.sim.load.curve import DAY  # noqa: E402

WORLD_LIMIT, CLOUD_LIMIT = 5.0, 30.0
"""Milliseconds."""


def median(act: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the processor."""
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        act()
        taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken)


def enter_and_leave(cloud: Cloud) -> None:
    """A copy that nobody uses."""
    with cloud.copy():
        pass


def main() -> None:
    """Each line: what is copied, the median, and what it should stay under."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with Cloud(seed=1) as cloud:
        long_story.tell(cloud)
        found = median(lambda: snapshot.copied_world(cloud.world), rounds)
        print(f"sim.World of a lab        {found:7.2f} ms  (at most {WORLD_LIMIT:g})")
        found = median(lambda: enter_and_leave(cloud), rounds)
        print(f"a cloud with moto's state {found:7.2f} ms  (at most {CLOUD_LIMIT:g})")
    for tasks in (10, 100, 1000):
        bench = scaled(tasks)
        bench.world.run(bench.world.now + DAY, bench.around, bench.around.perform)
        found = median(lambda held=bench.world: snapshot.copied_world(held), rounds)  # type: ignore[misc]
        print(f"sim.World of {tasks:5} tasks   {found:7.2f} ms  {len(bench.world.story)} lines of story")


if __name__ == "__main__":
    main()
