"""What Fargate does not support in a pod, in the words of its scheduler (R-276, R-277)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from simcloud.facts import eks
from simcloud.facts.words import pod as pod_words
from simcloud.sim.eks.pod import Container, Pod
from simcloud.sim.eks.pod_size import pod_size

GIB = Decimal(1024)
VOLUMES = ("emptyDir", "secret", "configMap", "projected", "downwardAPI", "nfs")
EFS = "efs.csi.aws.com"
TAINT = "eks.amazonaws.com/compute-type"


class Claim(NamedTuple):
    """A persistent volume claim: the volume that it is bound to, and that volume's CSI driver ('' for none)."""

    volume: str = ""
    driver: str = ""


def unsupported(pod: Pod, claims: Mapping[str, Claim] | None = None) -> str:
    """The message of the event by which Fargate refuses the pod; '' where it takes it.

    `claims` are the persistent volume claims of the pod's namespace, by name.
    """
    found = [
        _owner(pod),
        _fields(pod),
        _contexts(pod),
        _volumes(pod, claims or {}),
        str(pod_words.DEVICES) if any(each.devices for each in pod.every_container) else "",
        _ports(pod),
        _machine(pod),
    ]
    if why := ", ".join(filter(None, found)):
        return pod_words.UNSUPPORTED.format(why=why)
    return "" if pod_size(pod) else str(pod_words.TOO_LARGE)


def _owner(pod: Pod) -> str:
    return str(pod_words.DAEMON_SET) if pod.owner and pod.owner[0] == "DaemonSet" else ""


def _fields(pod: Pod) -> str:
    found = [
        name
        for name, is_set in (
            ("HostNetwork", pod.host_network),
            ("HostPID", pod.host_pid),
            ("HostIPC", pod.host_ipc),
        )
        if is_set
    ]
    return pod_words.FIELDS.format(fields=", ".join(found)) if found else ""


def _contexts(pod: Pod) -> str:
    """Containers are joined without a blank, the fields of one with it: as the scheduler does."""
    found = [text for each in pod.every_container if (text := _context(each))]
    return pod_words.CONTEXT.format(fields=",".join(found)) if found else ""


def _context(container: Container) -> str:
    added = [each for each in container.capabilities if each not in eks.CAPABILITIES.value]
    found = [pod_words.CAPABILITIES_ADDED.format(names=", ".join(added))] if added else []
    found += ["AllowPrivilegeEscalation"] if container.escalates else []
    found += ["Privileged"] if container.privileged else []
    return ", ".join(found)


def _volumes(pod: Pod, claims: Mapping[str, Claim]) -> str:
    found = []
    for each in pod.volumes:
        if each.kind == "persistentVolumeClaim":
            if why := _claim(each.claim, claims.get(each.claim)):
                found.append(pod_words.VOLUME_CLAIM.format(volume=each.name, why=why))
        elif each.kind not in VOLUMES:
            found.append(pod_words.VOLUME_TYPE.format(volume=each.name))
    return pod_words.VOLUMES.format(volumes=", ".join(found)) if found else ""


def _claim(name: str, claim: Claim | None) -> str:
    """Why the claim cannot be mounted: on Fargate only volumes of EFS that were made beforehand can (R-277)."""
    if claim is None:
        return pod_words.CLAIM_NOT_FOUND.format(claim=name)
    if not claim.volume:
        return pod_words.CLAIM_NOT_BOUND.format(claim=name)
    if not claim.driver:
        return pod_words.CLAIM_NO_DRIVER.format(claim=name, volume=claim.volume)
    if claim.driver != EFS:
        return pod_words.CLAIM_OTHER_DRIVER.format(claim=name, volume=claim.volume, driver=claim.driver)
    return ""


def _ports(pod: Pod) -> str:
    used = any(each.host_ports or each.host_ips for each in pod.every_container)
    return str(pod_words.PORTS) if used else ""


def _machine(pod: Pod) -> str:
    """Fargate's nodes are Linux on x86, without accelerators, with up to 175 GiB of storage."""
    return ", ".join(why for is_broken, why in _MACHINE if is_broken(pod))


_MACHINE: tuple[tuple[Callable[[Pod], bool], str], ...] = (
    (lambda pod: pod.node_selector.get("kubernetes.io/os", "linux") != "linux", str(pod_words.NOT_LINUX)),
    (lambda pod: pod.node_selector.get("kubernetes.io/arch", "amd64") != "amd64", str(pod_words.NOT_AMD64)),
    (lambda pod: any(each.resources for each in pod.every_container), str(pod_words.DEVICES_ASKED)),
    (lambda pod: pod.storage_mib > eks.POD_STORAGE_MOST_GIB.value * GIB, str(pod_words.STORAGE_ASKED)),
)


def is_tolerating_fargate(pod: Pod) -> bool:
    """Does the pod tolerate the taint of Fargate's nodes? Only then a DaemonSet has pods for them."""
    return any(
        (each.get("operator") == "Exists" and each.get("key") in (None, "", TAINT))
        or (each.get("key") == TAINT and each.get("value") == "fargate")
        for each in pod.tolerations
    )
