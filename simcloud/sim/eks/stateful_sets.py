"""StatefulSets: numbered pods, each with the claims made for its number, one after the other.

https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/: created in order and deleted in reverse, each
when the one before is ready, unless podManagementPolicy is Parallel; updated from the highest number down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim.effects import Effect
from simcloud.sim.eks.kubernetes import Kubernetes, PodState
from simcloud.sim.eks.manifest import read_pod
from simcloud.sim.eks.scheduling import admit

if TYPE_CHECKING:
    from simcloud.sim.world import World

KIND = "StatefulSet"


def review(world: World, kube: Kubernetes, held: dict[str, Any], group: str) -> Iterator[Effect]:
    """Make, stop or replace the next pod. `group` tells pods of the template as it is from older ones."""
    from simcloud.sim.eks.controllers import stop

    namespace, name, spec = held["metadata"]["namespace"], held["metadata"]["name"], held["spec"]
    wanted, parallel = spec.get("replicas", 1), spec.get("podManagementPolicy") == "Parallel"
    mine = {_number(each): each for each in kube.owned(KIND, namespace, name)}
    leaving = [each for number, each in sorted(mine.items(), reverse=True) if number >= wanted]
    if leaving and not parallel:
        if leaving[0].alive:
            yield from stop(world, kube, leaving[0])
        return
    for each in leaving:
        if each.alive:
            yield from stop(world, kube, each)
    for number in range(wanted):
        state = mine.get(number)
        if state is None:
            yield from _make(world, kube, held, number, group)
        if not parallel and (state is None or not state.ready):
            return
    yield from _replace(world, kube, [mine[number] for number in sorted(mine) if number < wanted], group)


def _replace(world: World, kube: Kubernetes, pods: list[PodState], group: str) -> Iterator[Effect]:
    """Stop the highest pod of an older template, once every other is ready."""
    from simcloud.sim.eks.controllers import stop

    old = [each for each in pods if each.group != group]
    if old and all(each.ready for each in pods):
        yield from stop(world, kube, old[-1])


def _number(state: PodState) -> int:
    return int(state.pod.name.rpartition("-")[2])


def _make(world: World, kube: Kubernetes, held: dict[str, Any], number: int, group: str) -> Iterator[Effect]:
    namespace, name = held["metadata"]["namespace"], held["metadata"]["name"]
    template = _with_claims(world, kube, held, number)
    pod = read_pod(template, name=f"{name}-{number}", namespace=namespace, owner=(KIND, name))
    yield from admit(world, kube, pod, group)


def _with_claims(world: World, kube: Kubernetes, held: dict[str, Any], number: int) -> dict[str, Any]:
    """The template with a volume for each claim template. A claim stays when its pod goes, and is found again."""
    namespace, name = held["metadata"]["namespace"], held["metadata"]["name"]
    template: dict[str, Any] = held["spec"]["template"]
    volumes = list((template.get("spec") or {}).get("volumes") or ())
    for each in held["spec"].get("volumeClaimTemplates") or ():
        volume = each["metadata"]["name"]
        claim = f"{volume}-{name}-{number}"
        volumes.append({"name": volume, "persistentVolumeClaim": {"claimName": claim}})
        kube.objects.setdefault(
            ("PersistentVolumeClaim", namespace, claim),
            {
                "apiVersion": "v1",
                "kind": "PersistentVolumeClaim",
                "metadata": {"name": claim, "namespace": namespace, "created": world.now},
                "spec": dict(each.get("spec") or {}),
            },
        )
    return {**template, "spec": {**(template.get("spec") or {}), "volumes": volumes}}
