"""The sizes that Fargate sells. CPU in units (1024 = 1 vCPU), memory and storage in MiB and GiB as each name says."""

from __future__ import annotations

from collections.abc import Mapping

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, FARGATE_PRICING, PREFLIGHT

_GIB = 1024

LINUX: Fact[Mapping[int, tuple[int, ...]]] = Fact(
    {
        256: (512, 1024, 2048),
        512: tuple(range(1 * _GIB, 4 * _GIB + 1, _GIB)),
        1024: tuple(range(2 * _GIB, 8 * _GIB + 1, _GIB)),
        2048: tuple(range(4 * _GIB, 16 * _GIB + 1, _GIB)),
        4096: tuple(range(8 * _GIB, 30 * _GIB + 1, _GIB)),
        8192: tuple(range(16 * _GIB, 60 * _GIB + 1, 4 * _GIB)),
        16384: tuple(range(32 * _GIB, 120 * _GIB + 1, 8 * _GIB)),
        32768: (60 * _GIB, 120 * _GIB, 244 * _GIB),
    },
    FARGATE_PRICING,
    rule="R-001, R-002",
)
"""Memory in MiB by CPU units. The same for X86_64 and ARM64. The row of 32 vCPU is new in 2026."""

WINDOWS: Fact[Mapping[int, tuple[int, ...]]] = Fact(
    {cpu: LINUX.value[cpu] for cpu in (1024, 2048, 4096)},
    f"{PREFLIGHT} (pf-ecs-fargate-windows-cpu-under-1vcpu)",
    "observed",
    rule="R-004",
)
"""Windows tasks: 1, 2 and 4 vCPU only."""

EC2_CPU: Fact[tuple[int, int]] = Fact((128, 196608), API_MODEL, rule="R-009")
"""Least and most CPU units of a task that only EC2 must be able to run."""

LARGE_CPU: Fact[int] = Fact(8192, API_MODEL, rule="R-003")
"""From this size on Linux platform version 1.4.0 is needed."""

STORAGE_FREE_GIB: Fact[int] = Fact(20, API_MODEL, rule="R-173")
STORAGE_LEAST_GIB: Fact[int] = Fact(
    21, f"{PREFLIGHT} (pf-ecs-ephemeral-storage-range)", "observed", "2026-09-13", "R-046"
)
STORAGE_MOST_GIB: Fact[int] = Fact(
    200, f"{PREFLIGHT} (pf-ecs-ephemeral-storage-range)", "observed", "2026-09-13", "R-046"
)
