"""Write the golden stories anew: `python -m tests.golden.regenerate`. Review the difference as prose."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from scenarios import SCENARIOS, told  # noqa: E402


def main() -> None:
    """One file a scenario; files of scenarios that are no more are removed."""
    for path in HERE.glob("*.story.txt"):
        if path.name.removesuffix(".story.txt") not in SCENARIOS:
            path.unlink()
    for name in SCENARIOS:
        (HERE / f"{name}.story.txt").write_text(told(name), encoding="utf-8")
    print(f"{len(SCENARIOS)} stories written to {HERE}")


if __name__ == "__main__":
    main()
