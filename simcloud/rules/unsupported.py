"""Laws on what Fargate does not do, because the host is not yours."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import statuses, words
from simcloud.facts.sources import FARGATE_TASKS, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule("FG130", on=REGISTER, of="privileged", source=f"{PREFLIGHT} (pf-ecs-fargate-privileged)", status="observed")
def no_container_is_privileged(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate no container is privileged: a task shares no host with which it could be."""
    for container in task.containers:
        if task.on_fargate and reading.switch(container.raw, "privileged"):
            yield Refusal(
                f"{container.at}.privileged",
                words.PRIVILEGED,
                f"{container.called} asks for the rights of the host; that needs EC2",
            )


@rule(
    "FG131",
    on=REGISTER,
    of="resourceRequirements",
    source=f"{PREFLIGHT} (pf-ecs-fargate-gpu-resource)",
    status="observed",
)
def there_is_no_gpu(task: TaskDefinition) -> Iterator[Refusal]:
    """Fargate has no GPU."""
    for container in task.containers:
        for index, need in enumerate(reading.structures(container.raw, "resourceRequirements")):
            if task.on_fargate and need.get("type") == "GPU":
                yield Refusal(
                    f"{container.at}.resourceRequirements[{index}]",
                    words.GPU,
                    f"{container.called} asks for {need.get('value', 'a')} GPU; that needs EC2",
                )


@rule("FG132", on=REGISTER, of="resourceRequirements", source=FARGATE_TASKS, status="assumed")
def there_is_no_other_accelerator(task: TaskDefinition) -> Iterator[Refusal]:
    """Fargate has no inference accelerator and no Neuron device."""
    for container in task.containers:
        for index, need in enumerate(reading.structures(container.raw, "resourceRequirements")):
            if task.on_fargate and need.get("type") in ("InferenceAccelerator", "NeuronDevice"):
                yield Refusal(
                    f"{container.at}.resourceRequirements[{index}]",
                    words.UNSUPPORTED.format(parameter="resourceRequirements"),
                    f"{container.called} asks for {need['type']}; that needs EC2",
                )


@rule(
    "FG133",
    on=REGISTER,
    of="inferenceAccelerators",
    source=f"{PREFLIGHT} (pf-ecs-fargate-inference-accelerator)",
    status="observed",
)
def elastic_inference_is_gone(task: TaskDefinition) -> Iterator[Refusal]:
    """Elastic Inference is retired, on Fargate and everywhere else."""
    if task.raw.get("inferenceAccelerators"):
        yield Refusal("inferenceAccelerators", words.INFERENCE, "the service behind it no longer exists")


@rule("FG134", on=REGISTER, of="ipcMode", source=f"{PREFLIGHT} (pf-ecs-fargate-ipc-mode)", status="observed")
def there_is_no_ipc_mode(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate ipcMode is left out: no memory is shared with a host or another task."""
    if task.on_fargate and (mode := reading.text(task.raw, "ipcMode")):
        yield Refusal("ipcMode", words.UNSUPPORTED.format(parameter="ipcMode"), f"ipcMode is {mode}")


@rule("FG135", on=REGISTER, of="pidMode", source=f"{PREFLIGHT} (pf-ecs-fargate-pid-mode-host)", status="observed")
def processes_are_shared_within_the_task_only(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate pidMode is left out or task: containers may see each other's processes, never a host's."""
    mode = reading.text(task.raw, "pidMode")
    if task.on_fargate and mode not in ("", "task"):
        yield Refusal("pidMode", words.PID_MODE.format(mode=mode), f"pidMode is {mode}")


@rule(
    "FG136",
    on=REGISTER,
    of="placementConstraints",
    source=f"{PREFLIGHT} (pf-ecs-fargate-placement-constraints)",
    status="observed",
)
def there_is_nothing_to_place_on(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate a definition has no placement constraints: there are no instances to choose from."""
    if task.on_fargate and task.raw.get("placementConstraints"):
        yield Refusal(
            "placementConstraints",
            words.UNSUPPORTED.format(parameter="constraints"),
            "placement constraints choose among container instances",
        )


@rule(
    "FG137",
    on=REGISTER,
    of=("devices", "sharedMemorySize", "maxSwap", "swappiness", "dockerSecurityOptions"),
    source=f"{PREFLIGHT} (pf-ecs-fargate-devices, -shared-memory-size, -max-swap)",
    status="observed",
)
def the_kernel_is_not_yours(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate devices, shared memory size, swap and Docker security options cannot be set; tmpfs can since 2026."""
    for container in task.containers if task.on_fargate else ():
        asked = [("linuxParameters.devices", "devices", bool(container.linux.get("devices")))]
        asked += [
            (f"linuxParameters.{key}", key, container.linux.get(key) is not None)
            for key in ("sharedMemorySize", "maxSwap", "swappiness")
        ]
        asked.append(
            ("dockerSecurityOptions", "dockerSecurityOptions", bool(container.raw.get("dockerSecurityOptions")))
        )
        for at, parameter, given in asked:
            if given:
                yield Refusal(
                    f"{container.at}.{at}",
                    words.UNSUPPORTED.format(parameter=parameter),
                    f"{container.called} sets {parameter}",
                )


@rule(
    "FG138", on=REGISTER, of="capabilities", source=f"{PREFLIGHT} (pf-ecs-fargate-capabilities-add)", status="observed"
)
def one_capability_can_be_added(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the one kernel capability that can be added is SYS_PTRACE; any can be dropped."""
    for container in task.containers if task.on_fargate else ():
        added = reading.texts(reading.mapping(container.linux, "capabilities"), "add")
        for index, capability in enumerate(added):
            if capability not in statuses.ADDED_CAPABILITIES.value:
                yield Refusal(
                    f"{container.at}.linuxParameters.capabilities.add[{index}]",
                    words.CAPABILITY.format(capability=capability),
                    f"{container.called} adds {capability}",
                )
