"""Laws on what a container asks of the kernel: limits, settings, memory file systems, swap."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, statuses, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, issue
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule("FG1100", on=REGISTER, of="ulimits", source=issue("Shippable/support", 3699), status="observed")
def a_limit_has_a_known_name(task: TaskDefinition) -> Iterator[Refusal]:
    """An ulimit has one of fifteen names: core, cpu, data, ... nofile, nproc, ... stack."""
    for container in task.containers:
        for index, limit in enumerate(reading.structures(container.raw, "ulimits")):
            name = reading.text(limit, "name")
            if name not in statuses.ULIMITS.value:
                text = words.ULIMIT_NAME.format(name=name)
                yield Refusal(f"{container.at}.ulimits[{index}].name", text, f"{name!r} is none of them")


@rule("FG1101", on=REGISTER, of="ulimits", source=API_MODEL, status="assumed")
def a_soft_limit_is_within_the_hard_one(task: TaskDefinition) -> Iterator[Refusal]:
    """An ulimit is set once in a container, and its soft limit is at most its hard limit; -1 is no limit."""
    for container in task.containers:
        limits = reading.structures(container.raw, "ulimits")
        for index, limit in enumerate(limits):
            soft, hard = reading.number(limit, "softLimit"), reading.number(limit, "hardLimit")
            if soft is None or hard is None or hard == -1:
                continue
            if soft == -1 or soft > hard:
                text = words.ULIMIT_SOFT.format(name=reading.text(limit, "name"))
                yield Refusal(f"{container.at}.ulimits[{index}].softLimit", text, f"soft {soft}, hard {hard}")
        for name, times in reading.repeated([reading.text(limit, "name") for limit in limits]):
            text = words.ULIMIT_TWICE.format(name=name)
            yield Refusal(f"{container.at}.ulimits", text, f"{container.called} sets {name} {times} times")


@rule("FG1102", on=REGISTER, of="systemControls", source=API_MODEL, status="assumed")
def a_setting_of_the_kernel_is_namespaced(task: TaskDefinition) -> Iterator[Refusal]:
    """systemControls sets what belongs to a namespace of the task: net.*, fs.mqueue.* and the kernel's IPC settings;
    in host mode no net.*, which is the host's."""
    for container in task.containers:
        for index, control in enumerate(reading.structures(container.raw, "systemControls")):
            namespace, at = reading.text(control, "namespace"), f"{container.at}.systemControls[{index}].namespace"
            if not namespace.startswith(("net.", "fs.mqueue.")) and namespace not in statuses.IPC_CONTROLS.value:
                text = words.SYSTEM_CONTROL.format(namespace=namespace)
                yield Refusal(at, text, f"{namespace!r} is a setting of the whole host")
            elif namespace.startswith("net.") and task.network_mode == "host":
                yield Refusal(
                    at, words.SYSTEM_CONTROL_HOST.format(namespace=namespace), "the task uses the network of its host"
                )


@rule("FG397", on=REGISTER, of="tmpfs", source=f"{PREFLIGHT} (pf-batch-jd-tmpfs-size-min)", status="assumed")
def a_file_system_in_memory_has_a_size(task: TaskDefinition) -> Iterator[Refusal]:
    """A tmpfs has a size of 1 MiB or more."""
    for container in task.containers:
        for index, tmpfs in enumerate(reading.structures(container.linux, "tmpfs")):
            size = reading.number(tmpfs, "size")
            if size is None or size < 1:
                yield Refusal(
                    f"{container.at}.linuxParameters.tmpfs[{index}].size", words.TMPFS_SIZE, f"size is {size}"
                )


@rule(
    "FG398",
    on=REGISTER,
    of=("swappiness", "maxSwap"),
    source=f"{PREFLIGHT} (pf-batch-jd-linux-swappiness-range)",
    status="assumed",
)
def swap_has_limits(task: TaskDefinition) -> Iterator[Refusal]:
    """On instances swappiness is 0 to 100, and maxSwap is not negative; Fargate has no swap to set."""
    least, most = quotas.SWAPPINESS.value
    for container in task.containers if not task.on_fargate else ():
        value, swap = reading.number(container.linux, "swappiness"), reading.number(container.linux, "maxSwap")
        if value is not None and not least <= value <= most:
            text = words.SWAPPINESS.format(value=value, least=least, most=most)
            yield Refusal(f"{container.at}.linuxParameters.swappiness", text, f"swappiness is {value}")
        if swap is not None and swap < 0:
            text = words.MAX_SWAP.format(value=swap)
            yield Refusal(f"{container.at}.linuxParameters.maxSwap", text, f"maxSwap is {swap}")
