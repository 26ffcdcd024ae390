"""Try a brief: what a workload needs, and what is left of the ways to run it, each with its bill or its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simcloud.choose.compute import choose
from simcloud.choose.verdict import Option
from simcloud.choose.workload import Workload
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

SIZES = {"0.25 vCPU, 0.5 GB": (256, 512), "1 vCPU, 2 GB": (1024, 2048), "4 vCPU, 16 GB": (4096, 16384)}


def try_choice() -> Explorer:
    """The explorer of the last lesson: change one word of the brief, and see what it decides."""
    from simcloud.views.widgets import Choice, Control, Slider, Switch, explorer

    controls: dict[str, Control] = {
        "size": Choice("One copy needs", tuple(SIZES)),
        "count": Slider("Copies at the busiest time", 1, 100, 6),
        "mean_percent": Slider("Copies on average, in percent of that", 10, 100, 50, 10),
        "hours_a_day": Slider("Hours a day", 1, 24, 24),
        "kubernetes": Switch("Its Kubernetes manifests have to stay"),
        "interruptible": Switch("May be interrupted at any time"),
        "gpus": Switch("Needs a GPU"),
        "privileged": Switch("Needs privileged containers"),
        "daemon": Switch("One copy on every host"),
        "windows": Switch("Windows"),
        "care": Slider("What looking after one host costs, in dollars a month", 0, 100, 0, 5),
    }
    return explorer("What does the brief decide?", controls, verdict)


def verdict(
    *, size: str, count: int, mean_percent: int, care: int, gpus: bool, hours_a_day: int, **needs: Any
) -> Table:
    """The ways to run such a workload: a month's bill, or what rules it out, and what decided."""
    cpu, memory = SIZES[size]
    work = Workload(
        "the brief",
        cpu=cpu,
        memory=memory,
        count=count,
        average=Decimal(count * mean_percent) / 100,
        hours_a_day=Decimal(hours_a_day),
        gpus=int(gpus),
        **needs,
    )
    found = choose(work, care=Decimal(care))
    rows = tuple((option.name, _bill(option), _against(option)) for option in found.options)
    decided = "; ".join(str(reason) for reason in found.decided_by[:2])
    closing = f"Take {found.chosen}. {decided}." if found.chosen else "None of these can do it."
    return Table("A month, us-east-1, compute alone", ("way", "dollars", "against it"), rows, closing)


def _bill(option: Option) -> str:
    return f"{option.bill.total}" if option.is_open and option.bill else "-"


def _against(option: Option) -> str:
    return str(option.against[0]) if option.against else ""
