"""What a move of a slider costs in the explorer of scaling: the world lived anew and its chart drawn. Not a test: run
it on a quiet machine.

    .venv/bin/python tests/bench/bench_sliders.py [rounds]

Printed are medians in milliseconds of the processor; the goal is 300 for any setting.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from simcloud.views.try_scaling import hill

SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"peak": 800},
    {"peak": 800, "target": 10, "out_cooldown": 0, "in_cooldown": 0},
    {"start_seconds": 300},
    {"scales": False},
)


def main() -> None:
    """A line for each setting."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    hill().html  # noqa: B018 (what is imported at first is not part of a move)
    for setting in SETTINGS:
        taken = []
        for _ in range(rounds):
            begin = time.process_time()
            shown = hill(**setting).html
            taken.append((time.process_time() - begin) * 1000)
        print(f"{statistics.median(taken):6.0f} ms  {len(shown) / 1024:4.0f} KiB of SVG  {setting or 'as it opens'}")


if __name__ == "__main__":
    main()
