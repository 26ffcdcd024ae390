"""Try a task size: choose CPU, memory, system and storage, and see whether AWS takes it and what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from simcloud.facts.sizes import LINUX
from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage
from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

HOUR = 3600
MONTH_HOURS = 730
SYSTEMS = {
    "Linux on X86_64": ("LINUX", "X86_64"),
    "Linux on ARM64": ("LINUX", "ARM64"),
    "Windows Server 2022": ("WINDOWS_SERVER_2022_CORE", "X86_64"),
}
STORAGE = ("none asked for", "20", "21", "50", "100", "200", "201")
"""ephemeralStorage.sizeInGiB: two of them are not taken."""


def try_size() -> Explorer:
    """The explorer of the lesson on task definitions."""
    from simcloud.views.widgets import Choice, explorer

    memories = sorted({memory for row in LINUX.value.values() for memory in row})
    controls = {
        "cpu": Choice("cpu", tuple(str(one) for one in LINUX.value)),
        "memory": Choice("memory", tuple(str(one) for one in memories)),
        "system": Choice("runtimePlatform", tuple(SYSTEMS)),
        "storage": Choice("ephemeralStorage, GiB", STORAGE),
    }
    return explorer("Does Fargate sell this size, and for how much?", controls, verdict)


def verdict(cpu: str, memory: str, system: str, storage: str) -> Table:
    """What RegisterTaskDefinition says of the size and, where it is taken, the lines of an hour's and a month's bill.

    `cpu` in CPU units, `memory` in MiB, `system` one of SYSTEMS, `storage` one of STORAGE (GiB).
    """
    family, architecture = SYSTEMS[system]
    size = f"cpu {cpu}, memory {memory}, {system}, storage {storage}"
    headings = ("part of the size", "a month of 730 hours", "an hour")
    refusals = judge("RegisterTaskDefinition", _request(cpu, memory, family, architecture, storage), Seen())
    if refusals:
        return Table(size, headings, (), f"Refused: {refusals[0].aws}")
    task = TaskUsage(
        HOUR,
        int(cpu),
        int(memory),
        storage=int(storage) if storage.isdigit() else 20,
        architecture=architecture,
        windows=family != "LINUX",
    )
    bill = price([task])
    rows = tuple((line.what, _dollars(line.cost * MONTH_HOURS, 2), _dollars(line.cost, 5)) for line in bill)
    return Table(size, headings, rows, f"Accepted: {_sum(bill)} for one task.")


def _request(cpu: str, memory: str, family: str, architecture: str, storage: str) -> dict[str, object]:
    request: dict[str, object] = {
        "family": "trial",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": cpu,
        "memory": memory,
        "runtimePlatform": {"operatingSystemFamily": family, "cpuArchitecture": architecture},
        "containerDefinitions": [{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}],
    }
    if storage.isdigit():
        request["ephemeralStorage"] = {"sizeInGiB": int(storage)}
    return request


def _sum(bill: Bill) -> str:
    return f"{_dollars(bill.cost * MONTH_HOURS, 2)} a month, {_dollars(bill.cost, 5)} an hour"


def _dollars(amount: Decimal, places: int) -> str:
    return f"${amount:,.{places}f}"
