"""How long a kernel takes until it is ready and until it has answered: from the warm start, and as always.

    python tests/bench/bench_warm_kernel.py [PAIRS]

Both kinds are started in turn by jupyter_client's own manager, after one of each that is not counted: the first warm
kernel waits for the process that the others are forked from. Milliseconds from asking for the kernel; run it on a quiet
machine.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

from autograder.warm.provisioner import NAME

KINDS: dict[str, dict[str, object]] = {"warm": {"kernel_provisioner": {"provisioner_name": NAME}}, "usual": {}}


def install(root: Path) -> None:
    """Kernels of both kinds, of this Python, where only this process looks."""
    for name, metadata in KINDS.items():
        spec = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"],
            "display_name": name,
            "language": "python",
            "metadata": metadata,
        }
        (root / "kernels" / name).mkdir(parents=True)
        (root / "kernels" / name / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    os.environ.update(JUPYTER_PATH=str(root), JUPYTER_RUNTIME_DIR=str(root / "runtime"))


def timed(name: str) -> tuple[float, float]:
    """Milliseconds until a kernel of this kind is ready, and until it has run a first cell."""
    began = time.monotonic()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        ready = time.monotonic()
        client.execute("1")
        client.get_shell_msg(timeout=60)
        return 1000 * (ready - began), 1000 * (time.monotonic() - began)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder))
        for name in KINDS:
            timed(name)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in KINDS}
        for _ in range(pairs):
            for name in KINDS:
                found[name].append(timed(name))
    for name, times in found.items():
        ready, replied = (statistics.median(one) for one in zip(*times, strict=True))
        worst = max(one[0] for one in times)
        print(f"{name:6} ready after {ready:4.0f} ms (at most {worst:4.0f}), first reply after {replied:4.0f} ms")


if __name__ == "__main__":
    main()
