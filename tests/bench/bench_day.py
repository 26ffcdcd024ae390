"""A service of 1,000 tasks under a day's load with target tracking: how long one simulated day takes. Not a test: run
it on a quiet machine.

    .venv/bin/python tests/bench/bench_day.py [tasks [days]]

The world alone stands in a bench (no moto): what is measured is the simulation. Printed are seconds of one core, events
handled, scalings and the memory at its peak; at the end the same for other numbers of tasks and for a year of ten.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

from stand_in import Bench

from simcloud.sim.load.curve import DAY, HOUR, Daily
from simcloud.sim.load.events import LoadSet

LIMIT = 5.0
"""Seconds for one day of 1,000 tasks."""


def scaled(tasks: int) -> Bench:
    """A service that runs `tasks` at the height of the day, with a policy that tracks 60 % of CPU."""
    from scaling_bench import target_tracking  # late: beside this file's neighbours in tests/golden

    bench = Bench()
    service = bench.create_service(tasks)
    bench.world.run(bench.world.now + 300, bench.around, bench.around.perform)
    target_tracking(bench, service, 60.0, 1, 2 * tasks)
    most = 0.6 * 25.0 * tasks
    bench.world.post(LoadSet(service.arn, Daily(0.3 * most, most, 14 * HOUR), "a day's wave"))
    return bench


def day(tasks: int, days: float) -> str:
    """Let it live, and say what that took."""
    bench = scaled(tasks)
    handled, handle = 0, bench.world.handle

    def counting(event: object) -> object:
        nonlocal handled
        handled += 1
        return handle(event)  # type: ignore[arg-type]

    bench.world.handle = counting  # type: ignore[method-assign, assignment]
    begin = time.process_time()
    bench.world.run(bench.world.now + days * DAY, bench.around, bench.around.perform)
    seconds = time.process_time() - begin
    bench.world.check()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scalings = len(bench.world.scaling.activities)
    return (
        f"{tasks:6} tasks {days:5g} days: {seconds:6.2f} s  {handled:8} events {scalings:5} scalings {memory:5.0f} MiB"
    )


def main() -> None:
    """One case, or all of them, each in a process of its own."""
    if len(sys.argv) > 1:
        print(day(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0))
        return
    for case in (("10", "1"), ("100", "1"), ("1000", "1"), ("10000", "1"), ("10", "365")):
        subprocess.run([sys.executable, __file__, *case], check=True)


if __name__ == "__main__":
    main()
