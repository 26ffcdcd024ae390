"""The machines of managed node groups, and which pods fit on them.

A machine is a node of the cluster with the CPU, memory and accelerators of its instance type. Its place in the network,
its boot and its patches are not acted out: an image that exists and may be pulled is pulled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from simcloud.facts import machines
from simcloud.facts.prices_around import MACHINES
from simcloud.facts.words import pod as pod_words
from simcloud.sim.eks.pod import ZERO, Pod
from simcloud.sim.eks.pod_size import requested

UNIT = 1024
"""CPU units to a vCPU, MiB to a GiB."""
GPU = "nvidia.com/gpu"
EFFECTS = {"NO_SCHEDULE": "NoSchedule", "NO_EXECUTE": "NoExecute", "PREFER_NO_SCHEDULE": "PreferNoSchedule"}
ARCHITECTURES = {"X86_64": "amd64", "ARM64": "arm64"}
FARGATE_TAINT = {"key": "eks.amazonaws.com/compute-type", "value": "fargate", "effect": "NoSchedule"}
EBS_DRIVER = "aws-ebs-csi-driver"
"""The add-on without which a claim on EBS is never bound."""


@dataclass
class Machine:
    """A node that is an EC2 instance."""

    name: str
    group: str
    type: str
    cpu: Decimal
    """Units (1024 to a vCPU) that pods may have."""
    memory: Decimal
    """MiB that pods may have."""
    gpus: int
    pods: int
    """The most pods."""
    architecture: str
    """X86_64 or ARM64."""
    labels: dict[str, str] = field(default_factory=dict)
    taints: list[dict[str, str]] = field(default_factory=list)


def is_known(kind: str) -> bool:
    """Does the course know this instance type?"""
    return kind in MACHINES.value and kind in machines.PODS.value


def made(name: str, group: Mapping[str, Any]) -> Machine:
    """A machine of a node group, as the group's description has it (`nodegroupName`, `instanceTypes`, ...)."""
    kind = group["instanceTypes"][0]
    sold, pods = MACHINES.value[kind], machines.PODS.value[kind]
    shares = machines.RESERVED_CPU.value
    kept = sum((shares[min(number, len(shares) - 1)] for number in range(sold.vcpu)), ZERO)
    reserved = machines.RESERVED_MEMORY_MIB.value + machines.RESERVED_MEMORY_OF_A_POD_MIB.value * pods
    labels = {
        "kubernetes.io/arch": ARCHITECTURES[sold.architecture],
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": kind,
        "eks.amazonaws.com/nodegroup": group["nodegroupName"],
        "eks.amazonaws.com/capacityType": group["capacityType"],
        **group["labels"],
    }
    taints = [
        {"key": each["key"], "value": each.get("value", ""), "effect": EFFECTS[each["effect"]]}
        for each in group.get("taints") or ()
    ]
    return Machine(
        name=name,
        group=group["nodegroupName"],
        type=kind,
        cpu=(sold.vcpu - kept) * UNIT,
        memory=Decimal(sold.memory - reserved - machines.EVICTION_MIB.value),
        gpus=sold.gpus if _has_drivers(group) else 0,
        pods=pods,
        architecture=sold.architecture,
        labels=labels,
        taints=taints,
    )


def _has_drivers(group: Mapping[str, Any]) -> bool:
    """Without NVIDIA's drivers in the image a GPU is there, and no pod can have it."""
    return any(part in group.get("amiType", "CUSTOM") for part in machines.WITH_DRIVERS.value)


def gpus(pod: Pod) -> int:
    """Containers that ask for a GPU; each is taken to ask for one."""
    return sum(GPU in each.resources for each in pod.every_container)


def against(machine: Machine, pod: Pod, there: list[Pod]) -> Iterator[str]:
    """Why the pod cannot be on the machine beside those that are there, in the scheduler's words; none where it can."""
    for taint in machine.taints:
        if taint["effect"] != "PreferNoSchedule" and not tolerates(pod, taint):
            yield pod_words.TAINTED.format(key=taint["key"], value=taint["value"])
            return
    if any(machine.labels.get(key) != value for key, value in pod.node_selector.items()):
        yield str(pod_words.NOT_SELECTED)
        return
    if len(there) >= machine.pods:
        yield str(pod_words.TOO_MANY_PODS)
    if sum((requested(each)[0] for each in there), ZERO) + requested(pod)[0] > machine.cpu:
        yield pod_words.INSUFFICIENT.format(resource="cpu")
    if sum((requested(each)[1] for each in there), ZERO) + requested(pod)[1] > machine.memory:
        yield pod_words.INSUFFICIENT.format(resource="memory")
    if gpus(pod) and sum(map(gpus, there)) + gpus(pod) > machine.gpus:
        yield pod_words.INSUFFICIENT.format(resource=GPU)


def tolerates(pod: Pod, taint: Mapping[str, str]) -> bool:
    """Has the pod a toleration for the taint? https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"""
    return any(_tolerates(each, taint) for each in pod.tolerations)


def _tolerates(toleration: Mapping[str, Any], taint: Mapping[str, str]) -> bool:
    if toleration.get("effect") not in (None, "", taint["effect"]):
        return False
    key = toleration.get("key") or ""
    if toleration.get("operator") == "Exists":
        return key in ("", taint["key"])
    return key == taint["key"] and str(toleration.get("value") or "") == taint["value"]


def said(fargate: int, refusals: list[list[str]]) -> str:
    """The scheduler's sentence where no node takes a pod: so many of Fargate's, and the reasons of each machine."""
    total = fargate + len(refusals)
    if not total:
        return str(pod_words.NO_NODES)
    taint = pod_words.TAINTED.format(key=FARGATE_TAINT["key"], value=FARGATE_TAINT["value"])
    reasons = Counter(reason for each in refusals for reason in each)
    reasons[taint] += fargate
    helpless = fargate + sum(not any(reason.startswith("Insufficient") for reason in each) for each in refusals)
    preempted = {
        str(pod_words.NO_VICTIMS): total - helpless,
        str(pod_words.PREEMPTION_NO_HELP): helpless,
    }
    return pod_words.NODES_UNFIT.format(count=total, reasons=_listed(reasons), preemption=_listed(preempted))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(sorted(f"{count} {reason}" for reason, count in counts.items() if count))
