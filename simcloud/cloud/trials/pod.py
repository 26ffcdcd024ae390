"""A pod before a Fargate profile: is it taken, what does Fargate's scheduler say, which size does it get?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage
from simcloud.sim.eks.manifest import read_pod
from simcloud.sim.eks.pod import Pod
from simcloud.sim.eks.pod_size import PodSize, pod_size
from simcloud.sim.eks.pod_support import unsupported
from simcloud.sim.eks.selectors import Profile, Selector, profile_for, why_not

HOUR = 3600
PROFILE = Profile("web", (Selector("shop-*", {"compute": "fargate"}),))
WISHES: dict[str, dict[str, Any]] = {
    "nothing special": {},
    "privileged": {"securityContext": {"privileged": True}},
    "a GPU": {"resources": {"limits": {"nvidia.com/gpu": 1}}},
    "a port of the host": {"ports": [{"containerPort": 80, "hostPort": 80}]},
}
OF_THE_POD: dict[str, dict[str, Any]] = {
    "the host's network": {"hostNetwork": True},
    "an ARM64 node": {"nodeSelector": {"kubernetes.io/arch": "arm64"}},
    "to be a DaemonSet's": {},
}
"""Wishes that stand in the pod and not in its container."""


@dataclass(frozen=True)
class Outcome:
    """What becomes of the pod."""

    profile: str
    """The profile that takes it; '' where none does."""
    why: str
    """Why none takes it, or what Fargate's scheduler says against it; '' where it runs."""
    size: PodSize | None
    hour: Bill
    """US dollars for an hour of it; empty where it does not run."""


def run(namespace: str, label: str, cpu: str, memory: str, wish: str) -> Outcome:
    """A pod with these requests, in this namespace, with compute=`label` ('' for none), and one wish."""
    pod = _pod(namespace, label, cpu, memory, wish)
    taken = profile_for(pod, [PROFILE])
    if taken is None:
        return Outcome("", why_not(pod, [PROFILE]), None, Bill())
    if why := unsupported(pod, {}):
        return Outcome(taken.name, why, None, Bill())
    size = pod_size(pod)
    if size is None:
        return Outcome(taken.name, "no size of Fargate holds it", None, Bill())
    return Outcome(taken.name, "", size, price([TaskUsage(HOUR, size.cpu, size.memory)]))


def _pod(namespace: str, label: str, cpu: str, memory: str, wish: str) -> Pod:
    container: dict[str, Any] = {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", **WISHES.get(wish, {})}
    resources = dict(container.get("resources") or {})
    container["resources"] = {**resources, "requests": {"cpu": cpu, "memory": memory}}
    manifest = {
        "metadata": {"name": "trial", "labels": {"compute": label} if label else {}},
        "spec": {"containers": [container], **OF_THE_POD.get(wish, {})},
    }
    owner = ("DaemonSet", "trial") if wish == "to be a DaemonSet's" else None
    return read_pod(manifest, namespace=namespace, owner=owner)
