"""Other choices for a past run: what is used stays as long and as often, and is bought otherwise.

Nothing is run again. What a smaller size or another processor would have done to the tasks is not asked here:
`simcloud.choose.rerun` runs the same calls again and bills what happens then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from simcloud.facts import sizes
from simcloud.price.plan import SavingsPlan
from simcloud.price.usage import DataUsage, EndpointUsage, NatUsage, TaskUsage, Usage

THREE_KEYS = ("ecr.api", "ecr.dkr", "s3")
GATEWAYS = ("s3", "dynamodb")
"""Services whose endpoints can be gateways, which are free."""


@dataclass(frozen=True)
class Choices:
    """What is chosen otherwise; None for what stays. Raises ValueError for what AWS does not sell."""

    architecture: str | None = None
    """X86_64 or ARM64."""
    cpu: int | None = None
    """CPU units."""
    memory: int | None = None
    """MiB."""
    spot_share: Decimal | None = None
    """Of the time of all tasks that can be, 0 to 1 on Spot."""
    endpoints: Sequence[str] | None = None
    """In the place of NAT gateways: services such as ecr.api, in each zone that had a gateway."""
    region: str | None = None
    plan: SavingsPlan | None = None

    def __post_init__(self) -> None:
        if self.architecture not in (None, "X86_64", "ARM64"):
            raise ValueError(f"the architecture is X86_64 or ARM64, not {self.architecture}")
        if self.spot_share is not None and not 0 <= self.spot_share <= 1:
            raise ValueError(f"the share of Spot is from 0 to 1, not {self.spot_share}")
        if self.cpu is not None and self.cpu not in sizes.LINUX.value:
            raise ValueError(f"Fargate sells {', '.join(map(str, sizes.LINUX.value))} CPU units, not {self.cpu}")
        if self.cpu is not None and self.memory is not None and self.memory not in sizes.LINUX.value[self.cpu]:
            raise ValueError(f"Fargate does not sell {self.memory} MiB with {self.cpu} CPU units")

    @property
    def spoken(self) -> str:
        """The choices in words."""
        said = (
            self.architecture and f"on {self.architecture}",
            self.cpu and f"with {self.cpu} CPU units",
            self.memory and f"with {self.memory} MiB",
            self.spot_share is not None and f"{self.spot_share:.0%} on Spot",
            self.endpoints is not None and "with endpoints for NAT gateways",
            self.region and f"in {self.region}",
            self.plan and f"with a {self.plan}",
        )
        return ", ".join(each for each in said if each) or "as it was"


def chosen(usage: Iterable[Usage], choices: Choices) -> tuple[list[Usage], tuple[str, ...]]:
    """The usage with the choices made, and what they could not be made for, each a sentence."""
    used, notes = list(usage), dict[str, None]()
    if choices.endpoints is not None:
        used = list(_without_nat(used, choices.endpoints, notes))
    found: list[Usage] = []
    for each in used:
        found += _task(each, choices, notes) if isinstance(each, TaskUsage) else [each]
    if choices.region is not None and not all(isinstance(each, TaskUsage) for each in used):
        notes["only Fargate is priced in other regions; the rest stays at the prices of us-east-1"] = None
    return found, tuple(notes)


def _task(task: TaskUsage, choices: Choices, notes: dict[str, None]) -> Iterator[TaskUsage]:
    kind = "EKS pods" if task.kubernetes else "Windows tasks"
    stays = task.kubernetes or task.windows
    if choices.architecture not in (None, task.architecture):
        if stays:
            notes[f"{kind} run on X86_64 only, and stay there"] = None
        else:
            task = replace(task, architecture=choices.architecture or task.architecture)
            notes[f"every image has to be built for {task.architecture}"] = None
    task = _sized(task, choices, notes)
    if choices.region is not None:
        task = replace(task, region=choices.region)
    share = choices.spot_share
    if share is None or stays:
        if share:
            notes[f"{kind} cannot be on Spot, and stay on demand"] = None
        yield task
        return
    for part, purchase in ((1 - share, "on-demand"), (share, "spot")):
        if part:
            yield replace(task, count=Decimal(task.count) * part, purchase=purchase)  # type: ignore[arg-type]


def _sized(task: TaskUsage, choices: Choices, notes: dict[str, None]) -> TaskUsage:
    """The task in the size chosen. Raises ValueError for a size that is not sold."""
    cpu, memory = choices.cpu or task.cpu, choices.memory or task.memory
    if (cpu, memory) == (task.cpu, task.memory):
        return task
    sold = sizes.WINDOWS.value if task.windows else sizes.LINUX.value
    if memory not in sold.get(cpu, ()):
        system = "Windows" if task.windows else "Linux"
        raise ValueError(f"Fargate does not sell {memory} MiB with {cpu} CPU units for {system}")
    notes["a smaller size may be slower or run out of memory: run it again to see"] = None
    return replace(task, cpu=cpu, memory=memory)


def _without_nat(usage: list[Usage], services: Sequence[str], notes: dict[str, None]) -> Iterator[Usage]:
    """Each NAT gateway replaced by endpoints in its zone that stand as long, and data by the way that it then takes."""
    if not any(isinstance(each, NatUsage) for each in usage):
        notes["there was no NAT gateway to replace"] = None
    for each in usage:
        if isinstance(each, NatUsage):
            if not each.public:
                notes["the Elastic IPs of the NAT gateways stay on the bill until they are released"] = None
            yield from _endpoints(each, services)
        elif isinstance(each, DataUsage) and each.kind == "nat":
            yield _moved(each, services, notes)
        else:
            yield each


def _moved(data: DataUsage, services: Sequence[str], notes: dict[str, None]) -> DataUsage:
    if data.service in GATEWAYS and data.service in services:
        return replace(data, kind="gateway")
    if data.service in services:
        return replace(data, kind="endpoint")
    notes[f"data of {data.service or 'other services'} has no endpoint, and cannot come without a NAT gateway"] = None
    return data


def _endpoints(nat: NatUsage, services: Sequence[str]) -> Iterator[Usage]:
    for service in services:
        gateway = service in GATEWAYS
        yield EndpointUsage(service, nat.seconds, gateway=gateway, begin=nat.begin, owner=nat.owner)
    if Decimal(nat.gigabytes):
        yield DataUsage("endpoint", nat.gigabytes, begin=nat.begin, owner=nat.owner)
