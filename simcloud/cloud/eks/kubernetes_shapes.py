"""Objects of a cluster as the API gives them, and as texts like those of `kubectl describe`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.sim.eks.kubernetes import FAILED, SUCCEEDED, Kubernetes, PodState
from simcloud.sim.eks.machines import GPU, Machine
from simcloud.sim.eks.pod import Container

HIDDEN = ("created", "finished", "leaving")
MINUTE, HOUR = 60, 3600


def every(kube: Kubernetes, kind: str, namespace: str | None) -> list[dict[str, Any]]:
    """All objects of a kind, of one namespace or (None) of all."""
    if kind == "Pod":
        return [pod(each) for each in kube.pods.values() if namespace in (None, each.pod.namespace)]
    if kind == "Node":
        return [machine(each) for each in kube.machines.values()] + [node(each) for each in kube.nodes()]
    return [stored(kube, each) for each in kube.of(kind, namespace)]


def stored(kube: Kubernetes, held: Mapping[str, Any]) -> dict[str, Any]:
    """An object that was applied, with its status."""
    shown = copy.deepcopy({key: value for key, value in held.items() if key not in HIDDEN})
    shown["metadata"]["creationTimestamp"] = _stamp(shown["metadata"].pop("created"))
    status = _status(kube, held)
    return {**shown, **({"status": status} if status else {})}


def _status(kube: Kubernetes, held: Mapping[str, Any]) -> dict[str, Any]:
    kind, metadata = held["kind"], held["metadata"]
    if kind == "Namespace":
        return {"phase": "Active"}
    mine = kube.owned(kind, metadata.get("namespace", ""), metadata["name"])
    if kind == "Deployment":
        alive, ready = [each for each in mine if each.alive], sum(each.ready for each in mine)
        status = {"replicas": len(alive), "readyReplicas": ready, "availableReplicas": ready}
        return {**status, "unavailableReplicas": max(0, held["spec"].get("replicas", 1) - ready)}
    if kind == "StatefulSet":
        ready = sum(each.ready for each in mine)
        return {"replicas": len(mine), "readyReplicas": ready, "availableReplicas": ready}
    if kind == "Job":
        return {
            "active": sum(each.alive for each in mine),
            "succeeded": sum(each.phase == SUCCEEDED for each in mine),
            "failed": sum(each.phase == FAILED for each in mine),
        }
    if kind == "DaemonSet":
        return {"desiredNumberScheduled": len(mine), "currentNumberScheduled": 0, "numberReady": 0}
    if kind == "PersistentVolumeClaim":
        claim = kube.claims(metadata["namespace"])[metadata["name"]]
        return {"phase": "Bound" if claim.volume else "Pending"}
    return {}


def pod(state: PodState) -> dict[str, Any]:
    """A pod."""
    given = state.pod
    metadata: dict[str, Any] = {
        "name": given.name,
        "namespace": given.namespace,
        "uid": state.uid,
        "labels": dict(given.labels),
        "annotations": {**given.annotations, **state.annotations},
        "creationTimestamp": _stamp(state.created_at),
    }
    if given.owner:
        metadata["ownerReferences"] = [{"kind": given.owner[0], "name": given.owner[1], "controller": True}]
    spec: dict[str, Any] = {
        "containers": [{"name": each.name, "image": each.image} for each in given.containers],
        "schedulerName": state.scheduler,
        "restartPolicy": given.restart_policy,
        "serviceAccountName": given.service_account,
    }
    status: dict[str, Any] = {
        "phase": state.phase,
        "containerStatuses": [_container(state, each) for each in given.containers] if state.node else [],
    }
    if state.node:
        spec["nodeName"], status["podIP"] = state.node, state.address
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": status}


def _container(state: PodState, container: Container) -> dict[str, Any]:
    return {
        "name": container.name,
        "image": container.image,
        "ready": state.ready and container.name not in state.exits,
        "restartCount": state.restarts,
        "state": _moment(state, container.name),
    }


def _moment(state: PodState, container: str) -> dict[str, Any]:
    if container in state.exits:
        code = state.exits[container]
        return {"terminated": {"exitCode": code, "reason": "Error" if code else "Completed"}}
    if state.ready and state.started_at is not None:
        return {"running": {"startedAt": _stamp(state.started_at)}}
    return {"waiting": {"reason": state.state}}


def node(state: PodState) -> dict[str, Any]:
    """A Fargate node: one a pod, tainted for all others (R-275)."""
    size = state.size
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": state.node,
            "labels": {
                "eks.amazonaws.com/compute-type": "fargate",
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/os": "linux",
            },
        },
        "spec": {"taints": [{"key": "eks.amazonaws.com/compute-type", "value": "fargate", "effect": "NoSchedule"}]},
        "status": {
            "capacity": {"cpu": f"{size.cpu / 1024:g}", "memory": f"{size.memory}Mi"} if size else {},
            "conditions": [{"type": "Ready", "status": "True"}],
            "addresses": [{"type": "InternalIP", "address": state.address}],
        },
    }


def machine(held: Machine) -> dict[str, Any]:
    """A node of a node group."""
    allocatable = {"cpu": f"{int(held.cpu * 1000 / 1024)}m", "memory": f"{int(held.memory)}Mi", "pods": str(held.pods)}
    if held.gpus:
        allocatable[GPU] = str(held.gpus)
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": held.name, "labels": dict(held.labels)},
        "spec": {"taints": [dict(each) for each in held.taints]} if held.taints else {},
        "status": {"allocatable": allocatable, "conditions": [{"type": "Ready", "status": "True"}]},
    }


def described(held: Mapping[str, Any]) -> str:
    """An object as `kubectl describe` begins it."""
    metadata = held["metadata"]
    lines = [_line("Name", metadata["name"])]
    if "namespace" in metadata:
        lines.append(_line("Namespace", metadata["namespace"]))
    lines.append(_line("Labels", _pairs(metadata.get("labels") or {}, "=")))
    lines.append(_line("Annotations", _pairs(metadata.get("annotations") or {}, ": ")))
    lines += [_line(key, str(value)) for key, value in (held.get("status") or {}).items()]
    return "\n".join(lines)


def described_pod(state: PodState, now: float) -> str:
    """A pod with its events."""
    shown = pod(state)
    metadata = shown["metadata"]
    lines = [
        _line("Name", state.pod.name),
        _line("Namespace", state.pod.namespace),
        _line("Node", f"{state.node}/{state.address}" if state.node else "<none>"),
        _line("Labels", _pairs(metadata["labels"], "=")),
        _line("Annotations", _pairs(metadata["annotations"], ": ")),
        _line("Status", state.state),
        _line("IP", state.address),
        "Events:",
    ]
    if not state.events:
        return "\n".join([*lines[:-1], "Events:           <none>"])
    rows = [("Type", "Reason", "Age", "From", "Message"), ("----", "------", "---", "----", "-------")]
    rows += [(each.type, each.reason, _age(now - each.at), each.source, each.message) for each in state.events]
    widths = [max(len(row[index]) for row in rows) for index in range(4)]
    for row in rows:
        lines.append("  " + "  ".join([*(row[index].ljust(widths[index]) for index in range(4)), row[4]]))
    return "\n".join(lines)


def _line(name: str, value: str) -> str:
    return f"{name + ':':<17} {value}".rstrip()


def _pairs(values: Mapping[str, str], between: str) -> str:
    pairs = [f"{key}{between}{value}" for key, value in sorted(values.items())]
    return ("\n" + " " * 18).join(pairs) or "<none>"


def _age(seconds: float) -> str:
    """90 as 90s, 300 as 5m, as kubectl counts."""
    whole = int(seconds)
    if whole < 2 * MINUTE:
        return f"{whole}s"
    return f"{whole // MINUTE}m" if whole < 2 * HOUR else f"{whole // HOUR}h"


def _stamp(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
