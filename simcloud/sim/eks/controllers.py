"""The controllers of a cluster: Deployments, StatefulSets, Jobs and DaemonSets keep the pods that they ask for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim.effects import After, Effect
from simcloud.sim.eks import nodes, stateful_sets
from simcloud.sim.eks import pod_events as e
from simcloud.sim.eks.kubernetes import FAILED, SUCCEEDED, Kubernetes, PodState
from simcloud.sim.eks.machines import against
from simcloud.sim.eks.manifest import read_pod
from simcloud.sim.eks.pod import COMPUTE_TYPE
from simcloud.sim.eks.pod_support import is_tolerating_fargate
from simcloud.sim.eks.resource import ADDON
from simcloud.sim.eks.scheduling import admit

if TYPE_CHECKING:
    from simcloud.sim.world import World

COREDNS = ("kube-system", "coredns")
ON_FARGATE = re.compile(r"computeType\W+fargate", re.IGNORECASE)
BACKOFF_LIMIT = 6


def review(world: World, kube: Kubernetes) -> Iterator[Effect]:
    """Let every controller look at its pods."""
    for (kind, namespace, name), each in list(kube.objects.items()):
        if kind == "Deployment":
            yield from _deployment(world, kube, namespace, name, each)
        elif kind == stateful_sets.KIND:
            yield from stateful_sets.review(world, kube, each, _digest(each["spec"]["template"]))
        elif kind == "Job":
            yield from _job(world, kube, namespace, name, each)
        elif kind == "DaemonSet":
            yield from _daemon_set(world, kube, namespace, name, each)
    if kube.machines:
        yield from nodes.place_waiting(world, kube)


def _deployment(world: World, kube: Kubernetes, namespace: str, name: str, held: dict[str, Any]) -> Iterator[Effect]:
    """New pods from the template; those of an older one go as the new ones come up."""
    template = _template(world, kube, namespace, name, held)
    group = _digest(template)
    wanted = held["spec"].get("replicas", 1)
    mine = [each for each in kube.owned("Deployment", namespace, name) if each.alive]
    new, old = [each for each in mine if each.group == group], [each for each in mine if each.group != group]
    for _ in range(wanted - len(new)):
        yield from _make(world, kube, template, f"{name}-{group}", namespace, ("Deployment", name), group)
    for each in new[wanted:]:
        yield from stop(world, kube, each)
    keep = max(0, wanted - sum(each.ready for each in new))
    for each in old[keep:]:
        yield from stop(world, kube, each)


def _template(world: World, kube: Kubernetes, namespace: str, name: str, held: dict[str, Any]) -> dict[str, Any]:
    """The template of a Deployment. CoreDNS as an add-on for Fargate no longer asks for nodes (R-280)."""
    template: dict[str, Any] = held["spec"]["template"]
    if (namespace, name) != COREDNS or not _is_for_fargate(world, kube.cluster):
        return template
    metadata = template.get("metadata") or {}
    annotations = {key: text for key, text in (metadata.get("annotations") or {}).items() if key != COMPUTE_TYPE}
    return {**template, "metadata": {**metadata, "annotations": annotations}}


def _is_for_fargate(world: World, cluster: str) -> bool:
    from simcloud.sim.eks.lives import holdings

    addon = holdings(world).resources.get((ADDON, cluster, "coredns"))
    return addon is not None and ON_FARGATE.search(addon.body.get("configurationValues") or "") is not None


def _job(world: World, kube: Kubernetes, namespace: str, name: str, held: dict[str, Any]) -> Iterator[Effect]:
    """Pods until so many succeeded. Finished ones stay, and with them their nodes and the bill (R-285).

    A Job that is finished stays so, even where its pods are deleted.
    """
    spec = held["spec"]
    wanted, beside = spec.get("completions", spec.get("parallelism", 1)), spec.get("parallelism", 1)
    mine = kube.owned("Job", namespace, name)
    done = sum(each.phase == SUCCEEDED for each in mine)
    failed = sum(each.phase == FAILED for each in mine)
    active = sum(each.alive for each in mine)
    if held.get("finished") or done >= wanted or failed > spec.get("backoffLimit", BACKOFF_LIMIT):
        held["finished"] = True
        if "ttlSecondsAfterFinished" in spec and not held.get("leaving"):
            held["leaving"] = True
            seconds = float(spec["ttlSecondsAfterFinished"])
            yield After(seconds, e.ObjectDeleted(kube.cluster, "Job", namespace, name))
        return
    for _ in range(min(beside, wanted - done) - active):
        yield from _make(world, kube, spec["template"], name, namespace, ("Job", name))


def _daemon_set(world: World, kube: Kubernetes, namespace: str, name: str, held: dict[str, Any]) -> Iterator[Effect]:
    """A pod for each node that it tolerates, bound to that node. Fargate's nodes are tainted; a pod that tolerates them
    is made, and waits for ever, for each of them is full (aws-samples/amazon-cloudwatch-container-insights, issue 102).
    """
    template = held["spec"]["template"]
    pod = read_pod(template, name=name, namespace=namespace)
    mine = kube.owned("DaemonSet", namespace, name)
    group = _digest(template)
    on_fargate = [each.node for each in kube.nodes()] if is_tolerating_fargate(pod) else []
    for each in mine:
        if each.alive and (each.group != group or each.machine not in (*kube.machines, *on_fargate)):
            yield from stop(world, kube, each)
    bound = [each.machine for each in mine]
    for machine in list(kube.machines.values()):
        wanted = not any("taint" in why or "selector" in why for why in against(machine, pod, []))
        if wanted and machine.name not in bound:
            yield from _make(world, kube, template, name, namespace, ("DaemonSet", name), group, machine.name)
    for node in on_fargate:
        if node not in bound:
            yield from _make(world, kube, template, name, namespace, ("DaemonSet", name), group, node)


def _make(
    world: World,
    kube: Kubernetes,
    template: dict[str, Any],
    prefix: str,
    namespace: str,
    owner: tuple[str, str],
    group: str = "",
    machine: str = "",
) -> Iterator[Effect]:
    pod = read_pod(template, name=f"{prefix}-{world.fresh('pod name', 5)}", namespace=namespace, owner=owner)
    yield from admit(world, kube, pod, group, machine)


def stop(world: World, kube: Kubernetes, state: PodState) -> Iterator[Effect]:
    """The pod is to be deleted."""
    from simcloud.sim.eks.pods import begin_stop

    yield from begin_stop(world, kube, state)


def _digest(template: dict[str, Any]) -> str:
    text = json.dumps(template, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
