"""A new pod: who schedules it, and what the scheduler says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import eks
from simcloud.facts.words import pod as pod_words
from simcloud.sim.effects import After, Effect
from simcloud.sim.eks import pod_events as e
from simcloud.sim.eks.kubernetes import Kubernetes, PodState
from simcloud.sim.eks.pod import DEFAULT_SCHEDULER, FARGATE_SCHEDULER, PROFILE_LABEL, Pod
from simcloud.sim.eks.pod_logging import NAME, NAMESPACE, logging_of
from simcloud.sim.eks.pod_size import pod_size, storage_gib
from simcloud.sim.eks.pod_support import unsupported
from simcloud.sim.eks.resource import ACTIVE, PROFILE
from simcloud.sim.eks.selectors import Profile, Selector, profile_for, why_not

if TYPE_CHECKING:
    from simcloud.sim.world import World


def tell(world: World, kube: Kubernetes, state: PodState, what: str, why: str = "") -> None:
    """A line of the story about a pod."""
    name = "/".join(state.key)
    world.story.tell(world.now, f"pod {name}", what, why, (name, state.pod.name, kube.cluster))


def profiles_of(world: World, cluster: str) -> list[Profile]:
    """The profiles of a cluster that take pods."""
    from simcloud.sim.eks.lives import holdings

    return [
        Profile(each.name, tuple(Selector(one["namespace"], one.get("labels") or {}) for one in each.body["selectors"]))
        for each in holdings(world).of(PROFILE, cluster)
        if each.status == ACTIVE
    ]


def admit(world: World, kube: Kubernetes, pod: Pod, group: str = "", machine: str = "") -> Iterator[Effect]:
    """The pod is created: the webhook of Fargate looks at it, once (R-286).

    `machine`: the node for which a DaemonSet made it. Such a pod is not Fargate's, but where that node is.
    """
    profiles = profiles_of(world, kube.cluster)
    taken = None if machine in kube.machines else profile_for(pod, profiles)
    uid = world.uuid("pod")
    if taken is None:
        state = PodState(pod, uid, world.now, DEFAULT_SCHEDULER, group=group, machine=machine)
        kube.pods[state.key] = state
        if kube.machines or machine:
            from simcloud.sim.eks.nodes import place_waiting

            yield from place_waiting(world, kube)
        else:
            _wait_for_nodes(world, kube, state, why_not(pod, profiles))
        return
    labelled = dataclasses.replace(pod, labels={**pod.labels, PROFILE_LABEL: taken.name})
    state = PodState(labelled, uid, world.now, FARGATE_SCHEDULER, taken.name, machine, group=group)
    kube.pods[state.key] = state
    yield from _for_fargate(world, kube, state)


def _wait_for_nodes(world: World, kube: Kubernetes, state: PodState, why: str) -> None:
    """No profile takes the pod: it waits for nodes that Fargate does not give."""
    count = len(kube.nodes())
    said = pod_words.ONLY_FARGATE_NODES.format(count=count) if count else str(pod_words.NO_NODES)
    state.note(world.now, "Warning", "FailedScheduling", DEFAULT_SCHEDULER, said)
    tell(world, kube, state, "Pending: not for Fargate", why)


def _for_fargate(world: World, kube: Kubernetes, state: PodState) -> Iterator[Effect]:
    """Fargate's scheduler takes the pod, or says why it cannot; it does not try again."""
    if said := unsupported(state.pod, kube.claims(state.pod.namespace)):
        state.note(world.now, "Warning", "FailedScheduling", FARGATE_SCHEDULER, said)
        tell(world, kube, state, "Pending", said)
        return
    state.size, state.storage = pod_size(state.pod), storage_gib(state.pod)
    config = kube.objects.get(("ConfigMap", NAMESPACE, NAME))
    home = kube.objects.get(("Namespace", "", NAMESPACE))
    logging = logging_of(
        None if config is None else {key: str(text) for key, text in (config.get("data") or {}).items()},
        None if home is None else home["metadata"].get("labels") or {},
    )
    state.annotations["Logging"] = logging.annotation
    if state.size:
        state.annotations["CapacityProvisioned"] = state.size.annotation
    state.note(world.now, logging.type, logging.reason, FARGATE_SCHEDULER, logging.message)
    tell(world, kube, state, f"taken by Fargate profile {state.profile}", state.annotations["CapacityProvisioned"])
    yield After(eks.FIRST_NODE_SECONDS.value, e.NodeDue(kube.cluster, state.key, state.turn))
