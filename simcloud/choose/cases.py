"""Six cases to put to the chooser (row F24): the lesson's own, each decided by another rule or price."""

from __future__ import annotations

from decimal import Decimal

from simcloud.choose.calls import Calls
from simcloud.choose.workload import Workload

CASES: tuple[Workload, ...] = (
    Workload("a web shop that is busy at noon", cpu=512, memory=1024, count=6, average=Decimal(2)),
    Workload("two hundred steady workers with much memory", cpu=1024, memory=7168, count=200),
    Workload("a model that answers on a GPU", cpu=4096, memory=8192, gpus=1),
    Workload("an agent that watches every host", cpu=256, memory=512, count=4, daemon=True),
    Workload(
        "thumbnails for pictures as they arrive",
        cpu=256,
        memory=512,
        calls=Calls(300_000, Decimal("0.8"), memory=512),
    ),
    Workload("a night's report of three hours", cpu=2048, memory=8192, hours_a_day=Decimal(3), interruptible=True),
)
