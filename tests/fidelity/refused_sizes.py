"""Sizes of a task that AWS refuses, with its own words."""

from __future__ import annotations

from typing import Any

from refusing import case, row
from requests_as_written import app, ec2, fargate, without

NO_SUCH_SIZE = (
    "No Fargate configuration exists for given values: {} CPU, {} memory. "
    "See the Amazon ECS documentation for the valid values."
)
WINDOWS = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}


def size(cpu: str, memory: str, cpu_units: int, mib: int, at: str, **changes: Any) -> Any:
    """A pair that is not sold."""
    return case(
        f"R-005-{cpu}-{memory}",
        fargate(cpu=cpu, memory=memory, **changes),
        "FG102",
        at,
        NO_SUCH_SIZE.format(cpu_units, mib),
    )


def bad_cpu(name: str, request: dict[str, Any]) -> Any:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html"""
    return case(f"R-006-cpu-of-{name}", request, "FG103", "cpu", "Invalid 'cpu' setting for task.")


def bad_memory(name: str, request: dict[str, Any]) -> Any:
    """After the text for cpu."""
    text = "Invalid 'memory' setting for task."
    return case(f"R-006-memory-of-{name}", request, "FG105", "memory", text)


SIZES = [
    size("256", "4096", 256, 4096, "memory"),
    size("300", "512", 300, 512, "cpu"),
    size("512", "512", 512, 512, "memory"),
    size("1024", "1024", 1024, 1024, "memory"),
    size("1 vCPU", "1 GB", 1024, 1024, "memory"),
    size("2048", "3000", 2048, 3000, "memory"),
    size("4096", "31744", 4096, 31744, "memory"),
    size("8192", "17408", 8192, 17408, "memory"),
    size("16384", "16384", 16384, 16384, "memory"),
    size("16384", "122881", 16384, 122881, "memory"),
    size("32768", "65536", 32768, 65536, "memory"),
    size("65536", "249856", 65536, 249856, "cpu"),
    size(".5 vCPU", "0.5GB", 512, 512, "memory"),
    size("1", "2", 1, 2, "cpu"),
    size("128", "512", 128, 512, "cpu"),
    size("256", "3 GB", 256, 3072, "memory"),
    size("512", "5120", 512, 5120, "memory"),
    size("2048", "2048", 2048, 2048, "memory"),
    size("2048", "16385", 2048, 16385, "memory"),
    size("4 vCPU", "7 GB", 4096, 7168, "memory"),
    size("8 vCPU", "15GB", 8192, 15360, "memory"),
    size("8192", "65536", 8192, 65536, "memory"),
    size("16 vCPU", "36 GB", 16384, 36864, "memory"),
    size("32 vCPU", "256 GB", 32768, 262144, "memory"),
    size("48 vCPU", "96 GB", 49152, 98304, "cpu"),
    size("1536", "4096", 1536, 4096, "cpu"),
    size("256", "512", 256, 512, "cpu", requiresCompatibilities=["EC2", "FARGATE"], runtimePlatform=WINDOWS),
    case(
        "R-004-windows-half-vcpu",
        fargate(cpu="512", memory="2048", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(512, 2048),
        row("F11"),
    ),
    case(
        "R-004-windows-eight-vcpu",
        fargate(cpu="8192", memory="16384", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(8192, 16384),
        row("F11"),
    ),
    case(
        "R-004-windows-32-vcpu",
        fargate(cpu="32768", memory="61440", runtimePlatform=WINDOWS),
        "FG102",
        "cpu",
        NO_SUCH_SIZE.format(32768, 61440),
    ),
    bad_cpu("letters", fargate(cpu="abc")),
    bad_cpu("zero", fargate(cpu="0")),
    bad_cpu("negative", fargate(cpu="-256")),
    bad_cpu("nothing", fargate(cpu="")),
    bad_cpu("nothing-on-ec2", ec2(cpu="")),
    bad_cpu("letters-on-ec2", ec2(cpu="one")),
    bad_cpu("another-unit", fargate(cpu="1 core")),
    bad_cpu("a-part-of-a-unit", fargate(cpu="256.5")),
    bad_memory("letters", fargate(memory="lots")),
    bad_memory("nothing", fargate(memory="")),
    bad_memory("mebibytes-with-a-unit", fargate(memory="512 MB")),
    bad_memory("zero", ec2(memory="0")),
    case(
        "R-007-no-cpu",
        without(fargate(), "cpu"),
        "FG100",
        "cpu",
        "Fargate requires that 'cpu' be defined at the task level.",
    ),
    case(
        "R-007-no-memory",
        without(fargate(app(memory=512)), "memory"),
        "FG101",
        "memory",
        "Fargate requires that 'memory' be defined at the task level.",
    ),
    case("R-009-ec2-cpu-too-small", ec2(cpu="64"), "FG104", "cpu", "Invalid 'cpu' setting for task."),
    case("R-009-ec2-cpu-too-large", ec2(cpu="196609"), "FG104", "cpu", "Invalid 'cpu' setting for task."),
]
