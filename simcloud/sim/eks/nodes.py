"""Pods on the machines of node groups: the groups bring and take machines, the default scheduler places pods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.words import pod as pod_words
from simcloud.sim.effects import Effect
from simcloud.sim.eks.effects import PullImages
from simcloud.sim.eks.kubernetes import CREATING, Kubernetes, PodState
from simcloud.sim.eks.machines import EBS_DRIVER, Machine, against, is_known, made, said
from simcloud.sim.eks.pod import DEFAULT_SCHEDULER, Pod
from simcloud.sim.eks.resource import ACTIVE, ADDON, NODEGROUP, UPDATING, Resource
from simcloud.sim.eks.scheduling import tell

if TYPE_CHECKING:
    from simcloud.sim.world import World


def follow_the_groups(world: World, kube: Kubernetes) -> Iterator[Effect]:
    """Let there be as many machines as the node groups want; pods of machines that go are stopped."""
    from simcloud.sim.eks.lives import holdings
    from simcloud.sim.eks.pods import begin_stop

    groups = {each.name: each for each in holdings(world).of(NODEGROUP, kube.cluster)}
    for machine in [each for each in kube.machines.values() if _wanted(groups.get(each.group)) == 0]:
        _take(world, kube, machine)
    for name, group in groups.items():
        mine = [each for each in kube.machines.values() if each.group == name]
        for _ in range(_wanted(group) - len(mine)):
            machine = made(f"i-{world.fresh('eks machine', 17)}.ec2.internal", group.body)
            kube.machines[machine.name] = machine
            world.story.tell(
                world.now, f"node {machine.name}", f"joined as {machine.type}", group.name, (kube.cluster,)
            )
        for machine in mine[_wanted(group) :] if _wanted(group) else ():
            _take(world, kube, machine)
    for state in [one for one in kube.pods.values() if one.machine and one.machine not in kube.machines]:
        yield from begin_stop(world, kube, state)


def _wanted(group: Resource | None) -> int:
    if group is None or group.status not in (ACTIVE, UPDATING) or not is_known(_type(group)):
        return 0
    return int(group.body["scalingConfig"]["desiredSize"])


def _type(group: Resource) -> str:
    return str((group.body.get("instanceTypes") or [""])[0])


def _take(world: World, kube: Kubernetes, machine: Machine) -> None:
    del kube.machines[machine.name]
    _tell(world, kube, machine, "left the cluster")


def _tell(world: World, kube: Kubernetes, machine: Machine, what: str) -> None:
    world.story.tell(world.now, f"node {machine.name}", what, f"node group {machine.group}", (kube.cluster,))


def place_waiting(world: World, kube: Kubernetes) -> Iterator[Effect]:
    """Let the default scheduler look at every pod that waits for a node."""
    for state in list(kube.pods.values()):
        if state.scheduler == DEFAULT_SCHEDULER and not state.node and state.alive:
            yield from _place(world, kube, state)


def _place(world: World, kube: Kubernetes, state: PodState) -> Iterator[Effect]:
    if unbound := _unbound(world, kube, state):
        _wait(world, kube, state, unbound)
        return
    choices = [each for each in kube.machines.values() if state.machine in ("", each.name)]
    refusals = {each.name: list(against(each, state.pod, _on(kube, each))) for each in choices}
    fitting = [each for each in choices if not refusals[each.name]]
    if not fitting:
        told = (
            _of_its_node(kube, state, refusals) if state.machine else said(len(kube.nodes()), list(refusals.values()))
        )
        _wait(world, kube, state, told)
        return
    machine = min(fitting, key=lambda each: len(_on(kube, each)))
    state.machine = state.node = machine.name
    state.state, state.turn = CREATING, state.turn + 1
    told = pod_words.ASSIGNED.format(namespace=state.pod.namespace, pod=state.pod.name, node=machine.name)
    state.note(world.now, "Normal", "Scheduled", DEFAULT_SCHEDULER, told)
    tell(world, kube, state, f"scheduled on {machine.name}", machine.type)
    yield PullImages(kube.cluster, state.key, state.turn)


def _of_its_node(kube: Kubernetes, state: PodState, refusals: dict[str, list[str]]) -> str:
    """Why the node that a DaemonSet wants the pod on does not take it: Fargate's are full with one pod. The others are
    not for it."""
    names = [*kube.machines, *(each.node for each in kube.nodes())]
    full, other = [str(pod_words.TOO_MANY_PODS)], [str(pod_words.NOT_SELECTED)]
    return said(0, [refusals.get(name, full) if name == state.machine else other for name in names])


def _wait(world: World, kube: Kubernetes, state: PodState, why: str) -> None:
    """The scheduler says why, once for each reason."""
    if not state.events or state.events[-1].message != why:
        state.note(world.now, "Warning", "FailedScheduling", DEFAULT_SCHEDULER, why)
        tell(world, kube, state, "Pending: no node takes it", why)


def _on(kube: Kubernetes, machine: Machine) -> list[Pod]:
    return [each.pod for each in kube.pods.values() if each.node == machine.name and each.ended_at is None]


def _unbound(world: World, kube: Kubernetes, state: PodState) -> str:
    """Why a claim of the pod is not bound; '' where each is, or the driver of EBS will make its volume."""
    from simcloud.sim.eks.lives import holdings

    addon = holdings(world).resources.get((ADDON, kube.cluster, EBS_DRIVER))
    claims = kube.claims(state.pod.namespace)
    for each in state.pod.volumes:
        if each.kind != "persistentVolumeClaim":
            continue
        if each.claim not in claims:
            return pod_words.CLAIM_MISSING.format(claim=each.claim)
        if not claims[each.claim].volume and (addon is None or addon.status != ACTIVE):
            return str(pod_words.CLAIMS_UNBOUND)
    return ""
