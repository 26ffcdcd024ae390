"""The twelve cases: what is told in words, and the workload that the words mean.

A case has two faces, told apart by half a sentence or a number; the plan draws one. Ways that cost nearly the same are
all right: no rounding, and no share of memory that a host keeps for itself, turns an answer around.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from simcloud.choose import compute
from simcloud.choose.calls import Calls
from simcloud.choose.verdict import Verdict
from simcloud.choose.workload import Workload

OPTIONS = (compute.FARGATE, compute.EC2, compute.LAMBDA, compute.EKS_FARGATE, compute.EKS_NODES)
NEARLY = Decimal("1.2")


@dataclass(frozen=True)
class Case:
    """One case as it is told, and as the chooser knows it."""

    id: str
    told: str
    work: Workload

    @property
    def verdict(self) -> Verdict:
        return compute.choose(self.work)

    @property
    def right(self) -> list[str]:
        """The ways that can do it, and cost less than a fifth more than the cheapest."""
        able = [each for each in self.verdict.options if each.is_open and each.name in OPTIONS]
        least = min(each.cost for each in able)
        return [each.name for each in able if each.cost <= least * NEARLY]


Face = Callable[[Random], tuple[str, Workload]]


def _spiky(random: Random) -> tuple[str, Workload]:
    most, average = random.choice(((6, 2), (8, 3), (10, 3)))
    told = (
        f"The web shop: tasks of 0.5 vCPU and 1 GB, {most} at noon, {average} on average over the day. Its people have "
        "never patched a host and do not mean to begin."
    )
    return told, Workload("shop", 512, 1024, most, Decimal(average))


def _steady(random: Random) -> tuple[str, Workload]:
    count = random.choice((160, 200, 240))
    told = f"The timetable search: {count} copies of 3 vCPU and 10 GB, busy day and night, all year."
    return told, Workload("search", 3072, 10240, count)


def _gpu(random: Random) -> tuple[str, Workload]:
    hours = random.choice((2, 3))
    told = f"Number plates at the gates: one copy of a model with 0.25 vCPU and 2 GB, {hours} hours a day, on a GPU."
    return told, Workload("plates", 256, 2048, 1, hours_a_day=Decimal(hours), gpus=1)


def _no_gpu(random: Random) -> tuple[str, Workload]:
    hours = random.choice((2, 3))
    told = (
        f"Number plates at the gates: one copy of a model with 0.25 vCPU and 2 GB, {hours} hours a day. It once "
        f"needed a "
        "GPU; the new one does not."
    )
    return told, Workload("plates", 256, 2048, 1, hours_a_day=Decimal(hours))


def _daemon(random: Random) -> tuple[str, Workload]:
    count = random.choice((3, 4, 5))
    told = f"The watchman: an agent of 0.25 vCPU and 0.5 GB that stands once on each of {count} hosts."
    return told, Workload("watchman", 256, 512, count, daemon=True)


def _sidecar(random: Random) -> tuple[str, Workload]:
    count = random.choice((2, 3))
    told = f"The watchman: {count} copies of an agent of 0.25 vCPU and 0.5 GB that asks all services how they are."
    return told, Workload("watchman", 256, 512, count)


def _privileged(random: Random) -> tuple[str, Workload]:
    hours = random.choice((6, 8))
    told = f"The build server: 1 vCPU, 4 GB, {hours} hours a day. It makes images in privileged mode."
    return told, Workload("builder", 1024, 4096, 1, hours_a_day=Decimal(hours), privileged=True)


def _host_files(random: Random) -> tuple[str, Workload]:
    count = random.choice((2, 3))
    told = f"The log keeper: {count} copies of 0.5 vCPU and 1 GB that read files of the host below /var/lib."
    return told, Workload("keeper", 512, 1024, count, host_files=True)


def _receipts(numbers: tuple[int, ...], seconds: str, when: str) -> Face:
    def face(random: Random) -> tuple[str, Workload]:
        number = random.choice(numbers)
        spoken = f"{number // 1_000_000} million" if number >= 1_000_000 else f"{number:,}"
        told = (
            f"Receipts: {spoken} calls a month, {seconds} s each with 512 MB, {when}. As tasks: two of 0.25 vCPU and "
            "0.5 GB, day and night."
        )
        return told, Workload("receipts", 256, 512, 2, calls=Calls(number, Decimal(seconds), memory=512))

    return face


def _videos(*minutes: int) -> Face:
    def face(random: Random) -> tuple[str, Workload]:
        long = random.choice(minutes)
        told = (
            f"Videos of the harbour: 30 a month, {long} minutes each in one piece, with 2 GB. As tasks: one of "
            f"0.5 vCPU "
            "and 2 GB, an hour a day."
        )
        calls = Calls(30, Decimal(long * 60), memory=2048)
        return told, Workload("videos", 512, 2048, 1, hours_a_day=Decimal(1), calls=calls)

    return face


def _archive(numbers: tuple[int, ...], *gigabytes: int) -> Face:
    def face(random: Random) -> tuple[str, Workload]:
        number, size = random.choice(numbers), random.choice(gigabytes)
        told = (
            f"The archive: {number} calls a month of ten minutes, each with {size} GB of memory. As tasks: one of "
            f"2 vCPU "
            f"and {size} GB, half an hour a day."
        )
        calls = Calls(number, Decimal(600), memory=size * 1024)
        return told, Workload("archive", 2048, size * 1024, 1, hours_a_day=Decimal("0.5"), calls=calls)

    return face


def _gate(within: int) -> Face:
    def face(random: Random) -> tuple[str, Workload]:
        start = random.choice(("3.5", "6"))
        told = (
            f"The gate: 20,000 calls a month, 0.1 s each with 512 MB. Its program loads for {start} s before the first "
            f"call, and nobody may wait longer than {within} s. As tasks: two of 0.25 vCPU and 0.5 GB, day and night."
        )
        calls = Calls(20_000, Decimal("0.1"), memory=512, start=Decimal(start), answer_within=Decimal(within))
        return told, Workload("gate", 256, 512, 2, calls=calls)

    return face


def _charts(random: Random) -> tuple[str, Workload]:
    hours = random.choice((3, 4))
    told = (
        f"The Northern Line's booking: one pod of 0.5 vCPU and 1 GB, {hours} hours a day. Its Helm charts and its "
        f"people's "
        "kubectl have to stay."
    )
    return told, Workload("booking", 512, 1024, 1, hours_a_day=Decimal(hours), kubernetes=True)


def _charts_privileged(random: Random) -> tuple[str, Workload]:
    hours = random.choice((6, 8))
    told = (
        f"The Northern Line's scanner: one pod of 0.5 vCPU and 1 GB, privileged, {hours} hours a day. Its Helm charts "
        "and its people's kubectl have to stay."
    )
    return told, Workload("booking", 512, 1024, 1, hours_a_day=Decimal(hours), kubernetes=True, privileged=True)


def _small(random: Random) -> tuple[str, Workload]:
    hours = random.choice((8, 10, 12))
    told = f"The crew's calendar: one copy of 0.25 vCPU and 0.5 GB, {hours} hours a day."
    return told, Workload("calendar", 256, 512, 1, hours_a_day=Decimal(hours))


def _odd(random: Random) -> tuple[str, Workload]:
    count = random.choice((60, 80, 100))
    told = f"The weather model: {count} copies of 3 vCPU and 11 GB, busy day and night. It has been so for years."
    return told, Workload("weather", 3072, 11264, count)


_FEW = _receipts((100_000, 300_000, 1_000_000), "0.5", "whenever a ticket is sold")
_MANY = _receipts((50_000_000, 60_000_000, 70_000_000), "0.05", "all day long")
FACES: tuple[tuple[Face, ...], ...] = (
    (_FEW, _MANY),
    (_gpu, _no_gpu),
    (_spiky, _steady),
    (_gate(3), _gate(60)),
    (_charts, _charts_privileged),
    (_privileged, _host_files),
    (_videos(20, 25, 40), _videos(2, 4)),
    (_daemon, _sidecar),
    (_small, _odd),
    (_archive((40, 60), 16), _archive((10,), 4, 6)),
    (_FEW, _MANY),
    (_spiky, _steady),
)
"""The faces of each case. Of the last two the plan takes the face that an earlier case does not have."""


def cases_of(random: Random) -> tuple[Case, ...]:
    """Twelve cases, each with one of its faces; six have a side that a rule or limit decides."""
    drawn = [random.randrange(2) for _ in range(10)]
    drawn += [1 - drawn[0], 1 - drawn[2]]
    made = [faces[which](random) for faces, which in zip(FACES, drawn, strict=True)]
    random.shuffle(made)
    return tuple(Case(f"c{number:02}", told, work) for number, (told, work) in enumerate(made, 1))
