"""How long a cold process takes to its first answers, beside plain moto. Not a test: run it on a quiet machine.

    .venv/bin/python tests/bench/bench_cold_start.py [rounds]

Each round starts one fresh interpreter for each case, in turn (so that a busy moment hits all of them alike). Printed
are medians, and the median of the ratios within a round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

ECS = "boto3.client('ecs', region_name='us-east-1').list_clusters()"
EC2 = "boto3.client('ec2', region_name='us-east-1').describe_vpcs()"
OURS = "from simcloud import Cloud; cloud = Cloud(seed=1).open(); import boto3; "
PLAIN = "import boto3; from moto import mock_aws; mock = mock_aws(); mock.start(); "

CASES = {
    "import simcloud": "import simcloud",
    "Cloud, first ECS answer": OURS + ECS,
    "moto, first ECS answer": PLAIN + ECS,
    "Cloud, ECS then EC2": OURS + ECS + "; " + EC2,
    "moto, ECS then EC2": PLAIN + ECS + "; " + EC2,
}
PAIRS = [
    ("Cloud, first ECS answer", "moto, first ECS answer", 0.3),
    ("Cloud, ECS then EC2", "moto, ECS then EC2", 0.5),
]
IMPORT_BUDGET = 60.0
"""Milliseconds for `import simcloud`."""

TIMED = """import time; begun = time.perf_counter(), time.process_time()
{code}
print((time.perf_counter() - begun[0]) * 1000, (time.process_time() - begun[1]) * 1000)"""


def milliseconds(code: str) -> tuple[float, float]:
    """One fresh interpreter, from its first line to the answer: by the wall clock, and of the processor."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}
    environment |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    run = subprocess.run(
        [sys.executable, "-c", TIMED.format(code=code)], env=environment, capture_output=True, text=True, check=True
    )
    wall, processor = map(float, run.stdout.split())
    return wall, processor


def main(rounds: int) -> None:
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in CASES}
    for code in CASES.values():  # once unmeasured: compiled files and the disk's cache
        milliseconds(code)
    for _ in range(rounds):
        for name, code in CASES.items():
            times[name].append(milliseconds(code))
    print(f"{rounds} rounds, Python {sys.version.split()[0]}; milliseconds")
    print(f"{'case':26} {'wall median':>12} {'min':>7} {'max':>7} {'processor median':>18}")
    for name, measured in times.items():
        wall, processor = zip(*measured, strict=True)
        row = f"{statistics.median(wall):12.0f} {min(wall):7.0f} {max(wall):7.0f} {statistics.median(processor):18.0f}"
        print(f"{name:26} {row}")
    print(f"\n{'ratio, median of rounds':52} {'wall':>6} {'processor':>10} {'target':>7}")
    for ours, plain, target in PAIRS:
        rounds_of_both = list(zip(times[ours], times[plain], strict=True))
        wall, processor = (statistics.median(a[kind] / b[kind] for a, b in rounds_of_both) for kind in (0, 1))
        print(f"{ours + ' / ' + plain:52} {wall:6.2f} {processor:10.2f} {target:7.2f}")
    spent = statistics.median(wall for wall, _ in times["import simcloud"])
    print(f"{'import simcloud (ms)':52} {spent:6.0f} {'':>10} {IMPORT_BUDGET:7.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
