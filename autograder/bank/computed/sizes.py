"""Which sizes are sold, and which is the least that holds a workload."""

from __future__ import annotations

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, MONTH, PRICING, cost, dollars, pairs, spoken, task
from simcloud.choose.workload import fitting
from simcloud.facts import sizes
from simcloud.price.usage import TaskUsage
from simcloud.rules.engine import judge
from simcloud.rules.seen import Seen

SIZES = GUIDE + "task-cpu-memory-error.html"
WINDOWS = "WINDOWS_SERVER_2022_CORE"


def _refusal(cpu: int, memory: int, **members: object) -> str:
    """AWS's text for a definition of this size; '' where it is accepted."""
    container = {"name": "app", "image": "public.ecr.aws/docker/library/busybox:1", "essential": True}
    asked = {
        "family": "app",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": str(cpu),
        "memory": str(memory),
        "containerDefinitions": [container],
        **members,
    }
    return next((refusal.aws for refusal in judge("RegisterTaskDefinition", asked, Seen())), "")


@computed("least-size-that-holds-it", rows="F21", exams=["SAA-C03 4.2"], source=SIZES)
def least_size(draw: Draw) -> Built:
    """The cheapest pair of the table with enough of both; the others are too small, too large or not sold."""
    cpu = draw.one([256, 512, 1024, 2048])
    most = sizes.LINUX.value[cpu][-1]
    need = most + draw.between(300, 900, 100)
    size = min((pair for pair in pairs(cpu) if pair[1] >= need), key=lambda pair: cost(task(*pair)))
    up = -(-need // 1024) * 1024
    return Built(
        f"A measured application needs {cpu / 1024:g} vCPU and {need} MiB of memory at its "
        "peak. It is to run as one task "
        "on AWS Fargate, on Linux with x86 processors. The company wants the cheapest task size that can be registered "
        "and does not run out of memory. Which size should the task definition ask for?",
        Right(spoken(*size), f"It is the cheapest pair on sale with {cpu} CPU units and {need} MiB or more."),
        [
            Wrong(
                spoken(cpu, up), f"The row of {cpu} CPU units ends at {most} MiB. The pair is refused.", "M24", "R-001"
            ),
            Wrong(spoken(cpu, most), f"The pair is sold, but the peak of {need} MiB is above it.", "M25", "R-115"),
            Wrong(
                spoken(size[0] * 2, fitting(size[0] * 2, need)[1]),  # type: ignore[index]
                "The pair is sold and the task runs, with vCPU that nobody needs and that is paid for.",
                "M26",
                "R-308",
            ),
        ],
        f"{cpu} CPU units are sold with up to {most} MiB. The next row that holds {need} MiB is that of {size[0]} CPU "
        f"units, and its least fitting value is {size[1]} MiB: {dollars(cost(task(*size)))} for 730 hours.",
    )


@computed("least-windows-size", rows="F11", exams=["SAP-C02 4.3"], source=PRICING)
def least_windows(draw: Draw) -> Built:
    """The smallest size of the table of Windows that holds a service; the law refuses smaller ones."""
    memory = draw.one([2048, 3072, 4096])
    size = fitting(256, memory, windows=True)
    assert size is not None
    family = {"runtimePlatform": {"operatingSystemFamily": WINDOWS, "cpuArchitecture": "X86_64"}}
    refused = _refusal(512, memory, **family)
    return Built(
        "A company moves a small .NET Framework service into a container on Windows Server 2022. Measurements show a "
        f"quarter of a vCPU and {memory} MiB at the peak. The company wants no servers to "
        "manage, has chosen Amazon ECS "
        "on AWS Fargate, and asks for the least cost at which the service runs. Which task size should a solutions "
        "architect choose?",
        Right(spoken(*size), "It is the smallest size that is sold for Windows with so much memory."),
        [
            Wrong(
                spoken(256, memory), "On Windows a task begins at 1 vCPU. The definition is refused.", "M60", "R-004"
            ),
            Wrong(
                spoken(512, memory), "On Windows a task begins at 1 vCPU. The definition is refused.", "M60", "R-004"
            ),
            Wrong(spoken(2048, 4096), "It runs, and costs more vCPU and more licence than needed.", "M26", "R-306"),
        ],
        f"On Windows a task has 1, 2 or 4 vCPU. With 512 CPU units RegisterTaskDefinition answers: {refused}",
    )


@computed("platforms-of-windows-tasks", rows="F11", exams=["SAP-C02 4.3"], source=SIZES, difficulty="hard")
def windows_platform(draw: Draw) -> Built:
    """Four definitions with a Windows family; the laws accept one."""
    cpu = draw.one([1024, 2048])
    memory = cpu * 4

    def asked(units: int, architecture: str) -> str:
        platform = {"operatingSystemFamily": WINDOWS, "cpuArchitecture": architecture}
        return _refusal(units, fitting(units, memory)[1], runtimePlatform=platform)  # type: ignore[index]

    found = {key: asked(*key) for key in ((cpu, "X86_64"), (cpu, "ARM64"), (8192, "X86_64"), (512, "X86_64"))}
    right = [key for key, text in found.items() if not text]
    assert right == [(cpu, "X86_64")], found
    said = {
        (cpu, "ARM64"): ("Windows runs on x86 alone on Fargate.", "M60"),
        (8192, "X86_64"): ("Windows ends at 4 vCPU on Fargate.", "M60"),
        (512, "X86_64"): ("Windows begins at 1 vCPU on Fargate.", "M60"),
    }
    return Built(
        "For a migration a company builds its Windows Server 2022 application as a container. It wants "
        "Amazon ECS on AWS Fargate, so that there are no hosts to patch, and has heard that Graviton costs less and "
        "that small sizes are enough for a start. It has four drafts of a task definition that differ in cpu and in "
        "cpuArchitecture. Which draft can be registered?",
        Right(f"cpu {cpu} on X86_64", "Windows on Fargate is x86 with 1, 2 or 4 vCPU."),
        [
            Wrong(f"cpu {units} on {architecture}", f"{why} The definition is refused.", belief, "R-004")
            for (units, architecture), (why, belief) in said.items()
        ],
        "A Windows family on Fargate takes 1, 2 or 4 vCPU on X86_64. The other drafts are refused when they are "
        "registered.",
    )


@computed(
    "disk-that-is-registered",
    rows="F18",
    exams=["SAA-C03 3", "DOP-C02 2.1"],
    source=GUIDE + "fargate-task-storage.html",
)
def disk_size(draw: Draw) -> Built:
    """RegisterTaskDefinition with four values of ephemeralStorage.sizeInGiB; the law of storage accepts one."""
    good = draw.one([21, 50, 100, 160, 200])
    bad = [each for each in (10, 20, 201, 256, 300, 500) if _refusal(512, 1024, ephemeralStorage={"sizeInGiB": each})]
    assert not _refusal(512, 1024, ephemeralStorage={"sizeInGiB": good})
    low, high = draw.one([each for each in bad if each < 21]), draw.some([each for each in bad if each > 200], 2)
    chosen = [low, *high]
    text = _refusal(512, 1024, ephemeralStorage={"sizeInGiB": chosen[0]})
    return Built(
        "A task definition for AWS Fargate on Linux sets ephemeralStorage. Which value of sizeInGiB can be registered?",
        Right(f"{good} GiB", "Values from 21 to 200 are accepted."),
        [Wrong(f"{each} GiB", _beyond(each), "M29" if each > 200 else "M61", "R-046") for each in chosen],
        f"ephemeralStorage takes 21 to 200 GiB. For {chosen[0]} GiB the answer is: {text}. "
        "The 20 GiB that are included "
        "are had by leaving the member out.",
    )


def _beyond(size: int) -> str:
    return "The member begins at 21 GiB; 20 GiB are there without it." if size < 21 else "The member ends at 200 GiB."


@computed("larger-than-any-task", rows="F24 P05", exams=["SAP-C02 4.3"], source=PRICING, difficulty="hard")
def too_large(draw: Draw) -> Built:
    """The workload chooser: which of four workloads no size of Fargate holds."""
    fits = [(32, 240), (16, 100), (8, 60), (4, 30), (16, 32), (32, 60)]
    beyond = [(16, 200), (32, 300), (8, 100), (48, 96)]
    outside = [pair for pair in beyond if not fitting(pair[0] * 1024, pair[1] * 1024)]
    assert outside
    one = draw.one([pair for pair in outside if pair[1] > 244 or pair[0] > 32])
    inside = draw.some([pair for pair in fits if fitting(pair[0] * 1024, pair[1] * 1024)], 3)
    return Built(
        "A company lists four Linux workloads for a move to Amazon ECS. It wants to run on "
        "AWS Fargate whatever fits there "
        "as one task, and to keep EC2 instances for the rest. The list was checked against "
        "the sizes sold since mid-2026. "
        "Which workload needs an EC2 instance?",
        Right(f"One that needs {one[0]} vCPU and {one[1]} GB", "The largest task has 32 vCPU and 244 GB."),
        [
            Wrong(
                f"One that needs {cpu} vCPU and {memory} GB",
                "A size of Fargate holds it. The limit of 16 vCPU and 120 GB is that of older texts.",
                "M62",
                "R-002",
            )
            for cpu, memory in inside
        ],
        f"The largest size on Fargate is 32 vCPU with 244 GB. No size holds {one[0]} vCPU and {one[1]} GB.",
    )


@computed("processor-that-is-cheaper", rows="F07", exams=["SAA-C03 4.2"], source=PRICING)
def arm_saving(draw: Draw) -> Built:
    """The bill of a service on x86 and on ARM64."""
    cpu, memory = draw.one([(1024, 2048), (2048, 4096), (512, 2048), (4096, 8192)])
    count = draw.between(4, 20)
    x86 = cost(task(cpu, memory, count=count))
    arm = cost(TaskUsage(MONTH, cpu, memory, architecture="ARM64", count=count))
    saved = x86 - arm
    return Built(
        f"A service runs {count} Fargate tasks of {cpu / 1024:g} vCPU and {memory // 1024} GB "
        "on Linux x86 around the clock, "
        f"which costs {dollars(x86)} in 730 hours in us-east-1. The team has built its image "
        "for ARM64 as well, and the "
        "tasks need the same size there. By about how much does the bill of the tasks fall with ARM64?",
        Right(f"By {dollars(saved)}", "vCPU and memory cost a fifth less on ARM64, on the same size."),
        [
            Wrong(f"By {dollars(x86 * 7 / 10)}", "70 % is the most that Spot takes off.", "M63", "R-304"),
            Wrong(f"By {dollars(x86 / 2)}", "50 % is the most that a Savings Plan takes off.", "M63", "R-304"),
            Wrong(
                f"By {dollars(x86 * 0)}",
                "Each processor has prices of its own, and ARM64 has the lower ones.",
                "M63",
                "R-304",
            ),
        ],
        f"On ARM64 the same tasks cost {dollars(arm)}: {dollars(saved)} or about {saved / x86:.0%} less.",
    )
