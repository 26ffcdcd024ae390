"""Memory of a kernel that has run a lesson from top to bottom, as the system sees it.

python tests/bench/bench_kernel.py 03-networking 13-watching
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

COURSE = Path(__file__).resolve().parents[2] / "course"
READ = "print(open('/proc/self/status', encoding='utf-8').read())"


def memory(lesson: str) -> tuple[float, float]:
    """Resident MB at the end, and at the highest, of a kernel that has run this lesson."""
    book = nbformat.read(COURSE / f"{lesson}.ipynb", as_version=4)
    book.cells.append(nbformat.v4.new_code_cell(READ))
    NotebookClient(book, allow_errors=True, timeout=300, resources={"metadata": {"path": str(COURSE)}}).execute()
    printed = book.cells[-1].outputs[0].text
    end, most = (int(re.search(rf"^{name}:\s+(\d+)", printed, re.MULTILINE)[1]) for name in ("VmRSS", "VmHWM"))
    return end * 1024 / 1e6, most * 1024 / 1e6


def main() -> None:
    for lesson in sys.argv[1:] or ["03-networking"]:
        end, most = memory(lesson)
        print(f"{lesson}: {end:.0f} MB at the end, {most:.0f} MB at the most")


if __name__ == "__main__":
    main()
