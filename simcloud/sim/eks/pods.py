"""The lives of objects and pods: applied, admitted, placed on a node of their own, pulled, run, ended, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.facts import eks, timings
from simcloud.facts.words import pod as pod_words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.eks import nodes
from simcloud.sim.eks import pod_events as e
from simcloud.sim.eks.controllers import COREDNS, review
from simcloud.sim.eks.effects import DeletePodNode, MakePodNode, PullImages
from simcloud.sim.eks.events import ClusterGroupMade, MoveDue, ResourceChanged, UpdateEnded
from simcloud.sim.eks.kubernetes import (
    COMPLETED,
    CRASHING,
    CREATING,
    ERROR,
    FAILED,
    NAMESPACES,
    PULL_FAILED,
    PULL_WAITING,
    RUNNING,
    SUCCEEDED,
    TERMINATING,
    Kubernetes,
    PodState,
)
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.manifest import TEMPLATED, checked, read_pod
from simcloud.sim.eks.pod import COMPUTE_TYPE, FARGATE_SCHEDULER
from simcloud.sim.eks.resource import ADDON, CLUSTER, DELETING, NODEGROUP, PROFILE
from simcloud.sim.eks.scheduling import admit, tell
from simcloud.sim.events import Event
from simcloud.sim.world import World

KUBELET = "kubelet"
OOM_SECONDS, OOM_CODE = 1.0, 137


def kubernetes(world: World, cluster: str) -> Kubernetes:
    """The API server of a cluster that is up. Raises KeyError."""
    kube: Kubernetes = holdings(world).kubernetes[cluster]
    return kube


@after(ClusterGroupMade)
def open_api_server(world: World, event: ClusterGroupMade) -> Iterator[Effect]:
    """The control plane is up. A cluster comes with CoreDNS, which waits for nodes (R-280)."""
    cluster = holdings(world).resources[CLUSTER, event.cluster, event.cluster]
    kube = holdings(world).kubernetes[event.cluster] = _new(event.cluster, world.now)
    if not cluster.body.get("bare"):
        _add_coredns(kube, world.now)
    yield from review(world, kube)


def _new(cluster: str, now: float) -> Kubernetes:
    kube = Kubernetes(cluster)
    for each in NAMESPACES:
        kube.objects["Namespace", "", each] = {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": each, "labels": {"kubernetes.io/metadata.name": each}, "created": now},
        }
    return kube


def _add_coredns(kube: Kubernetes, now: float) -> None:
    labels = {"k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns"}
    resources = {"limits": {"memory": "170Mi"}, "requests": {"cpu": "100m", "memory": "70Mi"}}
    container = {
        "name": "coredns",
        "image": "public.ecr.aws/eks-distro/coredns/coredns:v1.13.1",
        "resources": resources,
    }
    kube.objects["Deployment", *COREDNS] = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": COREDNS[1], "namespace": COREDNS[0], "labels": labels, "created": now},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels, "annotations": {COMPUTE_TYPE: "ec2"}},
                "spec": {"containers": [container]},
            },
        },
    }


def found_of(world: World, event: e.PodMoved) -> tuple[Kubernetes, PodState] | None:
    """The pod of an event, unless it is gone or has moved on."""
    kube = holdings(world).kubernetes.get(event.cluster)
    state = kube.pods.get(event.pod) if kube else None
    return (kube, state) if kube and state and state.turn == event.turn else None


def _turn(state: PodState, text: str, phase: str = "") -> None:
    state.state, state.phase, state.turn = text, phase or state.phase, state.turn + 1


# --- objects


@after(e.ObjectApplied)
def apply(world: World, event: e.ObjectApplied) -> Iterator[Effect]:
    """It is stored; a pod is admitted, and controllers look again."""
    kube = kubernetes(world, event.cluster)
    kind, namespace, name = checked(event.manifest)
    if kind == "Pod":
        yield from admit(world, kube, read_pod(event.manifest, namespace=namespace))
        return
    kube.objects[kind, namespace, name] = event.manifest
    world.story.tell(world.now, f"{kind} {name}", "applied", "", (name, event.cluster))
    if kind in TEMPLATED:
        yield from review(world, kube)


@after(e.ObjectDeleted)
def delete(world: World, event: e.ObjectDeleted) -> Iterator[Effect]:
    """It is gone, and its pods are stopped; a namespace goes with all that is in it."""
    kube = holdings(world).kubernetes.get(event.cluster)
    if kube is None:
        return
    key = (event.kind, event.namespace, event.name)
    if event.kind == "Pod":
        leaving = [each for each in kube.pods.values() if each.key == key[1:]]
    elif event.kind == "Namespace":
        leaving = [each for each in kube.pods.values() if each.pod.namespace == event.name]
        for other in [each for each in kube.objects if each[1] == event.name]:
            del kube.objects[other]
    else:
        leaving = kube.owned(*key)
    kube.objects.pop(key, None)
    for each in leaving:
        yield from begin_stop(world, kube, each)
    yield from review(world, kube)


@after(ResourceChanged)
def leave_the_profile(world: World, event: ResourceChanged) -> Iterator[Effect]:
    """A profile that is deleted takes its pods' nodes with it; what is made anew needs another profile (R-269)."""
    kind, cluster, name = event.key
    kube = holdings(world).kubernetes.get(cluster)
    if kind != PROFILE or event.status != DELETING or kube is None:
        return
    for each in [one for one in kube.pods.values() if one.profile == name]:
        yield from begin_stop(world, kube, each)
    yield from review(world, kube)


@after(MoveDue, UpdateEnded)
def follow_the_addon(world: World, event: MoveDue | UpdateEnded) -> Iterator[Effect]:
    """CoreDNS follows the configuration of its add-on."""
    for cluster, kube in holdings(world).kubernetes.items():
        if (ADDON, cluster, COREDNS[1]) in holdings(world).resources:
            yield from review(world, kube)


@after(MoveDue, UpdateEnded, ResourceChanged)
def follow_node_groups(world: World, event: Event) -> Iterator[Effect]:
    """Machines come and go with their node groups, and pods with them."""
    for cluster, kube in holdings(world).kubernetes.items():
        if kube.machines or holdings(world).of(NODEGROUP, cluster):
            yield from nodes.follow_the_groups(world, kube)
            yield from review(world, kube)


# --- a pod's way to its node


@after(e.NodeDue)
def make_node(world: World, event: e.NodeDue) -> Iterator[Effect]:
    """A machine of its own for the pod."""
    if found := found_of(world, event):
        _, state = found
        interface = "eni-" + world.fresh("pod interface", 17)
        yield MakePodNode(event.cluster, state.key, state.turn, state.profile, interface)


@after(e.PodNotPlaced)
def stay_pending(world: World, event: e.PodNotPlaced) -> Iterator[Effect]:
    """No node: the scheduler says why, and tries again where that may help."""
    if found := found_of(world, event):
        kube, state = found
        state.note(world.now, "Warning", "FailedScheduling", FARGATE_SCHEDULER, event.message)
        tell(world, kube, state, "Pending: no node", event.why)
        if event.again:
            yield After(event.again, e.NodeDue(event.cluster, state.key, state.turn))


@after(e.PodPlaced)
def place(world: World, event: e.PodPlaced) -> Iterator[Effect]:
    """The node joined: its kubelet begins to pull, and the bill begins (R-307)."""
    if found := found_of(world, event):
        kube, state = found
        state.node, state.address, state.interface = event.node, event.address, event.interface
        state.zone = event.zone
        state.billed_from = world.now
        said = pod_words.ASSIGNED.format(namespace=state.pod.namespace, pod=state.pod.name, node=event.node)
        state.note(world.now, "Normal", "Scheduled", FARGATE_SCHEDULER, said)
        _turn(state, CREATING)
        tell(world, kube, state, f"scheduled on {event.node}")
        yield PullImages(event.cluster, state.key, state.turn)
        yield from review(world, kube)


@after(e.PullDue)
def pull_again(world: World, event: e.PullDue) -> Iterator[Effect]:
    """The back-off is over."""
    if found := found_of(world, event):
        yield PullImages(event.cluster, found[1].key, found[1].turn)


@after(e.PullsJudged)
def pull(world: World, event: e.PullsJudged) -> Iterator[Effect]:
    """All images are there after some seconds; or the first that cannot be pulled holds the pod up."""
    if not (found := found_of(world, event)):
        return
    kube, state = found
    failed = next((each for each in event.pulls if each.failure), None)
    for each in event.pulls:
        state.note(world.now, "Normal", "Pulling", KUBELET, pod_words.PULLING.format(image=each.image))
    if failed is None:
        seconds = sum(each.seconds for each in event.pulls) + timings.START_SECONDS.value
        yield After(seconds, e.PodStarted(event.cluster, state.key, state.turn, event.pulls))
        return
    said = pod_words.PULL_FAILED.format(image=failed.image, why=failed.failure)
    state.note(world.now, "Warning", "Failed", KUBELET, said)
    state.note(world.now, "Warning", "Failed", KUBELET, str(pod_words.PULL_ERROR))
    wait = min(eks.PULL_BACK_OFF.value * 2**state.failures, eks.PULL_BACK_OFF_MOST.value)
    state.failures += 1
    if state.state == PULL_FAILED:
        state.note(world.now, "Normal", "BackOff", KUBELET, pod_words.PULL_BACK_OFF.format(image=failed.image))
    _turn(state, PULL_WAITING if state.failures > 1 else PULL_FAILED)
    tell(world, kube, state, state.state, failed.why)
    yield After(wait, e.PullDue(event.cluster, state.key, state.turn))


# --- running


@after(e.PodStarted, e.RestartDue)
def start(world: World, event: e.PodStarted | e.RestartDue) -> Iterator[Effect]:
    """The containers run, unless an init container never ends."""
    if not (found := found_of(world, event)):
        return
    kube, state = found
    if isinstance(event, e.PodStarted):
        for each in event.pulls:
            text = pod_words.PULLED.format(image=each.image, seconds=f"{each.seconds:.1f}", size=each.size)
            state.note(world.now, "Normal", "Pulled", KUBELET, text)
    waiting = [each.name for each in state.pod.init_containers if not each.stays and _ends(each.name, event) is None]
    if waiting:
        done = len(state.pod.init_containers) - len(waiting)
        _turn(state, f"Init:{done}/{len(state.pod.init_containers)}")
        tell(world, kube, state, state.state, f"init container {waiting[0]} does not end")
        return
    for container in state.pod.every_container:
        state.note(world.now, "Normal", "Created", KUBELET, pod_words.CREATED.format(container=container.name))
        state.note(world.now, "Normal", "Started", KUBELET, pod_words.STARTED.format(container=container.name))
        state.logs.setdefault(container.name, []).extend(_image(container.name, event).log_lines)
    _turn(state, RUNNING, RUNNING)
    state.started_at = state.started_at or world.now
    tell(world, kube, state, RUNNING)
    yield from _endings(state, event)
    yield from review(world, kube)


def _image(container: str, event: Any) -> Any:
    return next(each.behaviour for each in event.pulls if each.container == container)


def _ends(container: str, event: Any) -> float | None:
    """After how many seconds the container's process ends by itself."""
    seconds: float | None = _image(container, event).exit_after
    return seconds


def _endings(state: PodState, event: Any) -> Iterator[Effect]:
    """When each container will end: by itself, or for lack of memory."""
    for container in state.pod.containers:
        image = _image(container.name, event)
        most = container.memory_limit or (state.size.memory if state.size else None)
        if most is not None and image.memory_mib > most:
            seconds, code, reason = OOM_SECONDS, OOM_CODE, "OOMKilled"
        elif image.exit_after is not None:
            seconds, code = image.exit_after, image.exit_code
            reason = ERROR if code else COMPLETED
        else:
            continue
        ended = e.ContainerEnded(event.cluster, state.key, state.turn, container.name, code, reason, event.pulls)
        yield After(seconds, ended)


@after(e.ContainerEnded)
def end_container(world: World, event: e.ContainerEnded) -> Iterator[Effect]:
    """It is started again as the restart policy says; else the pod ends once all have."""
    if not (found := found_of(world, event)):
        return
    kube, state = found
    policy = state.pod.restart_policy
    if policy == "Always" or (policy == "OnFailure" and event.code):
        yield from _restart(world, kube, state, event)
        return
    state.exits[event.container] = event.code
    if len(state.exits) < len(state.pod.containers):
        return
    failed = any(state.exits.values())
    state.ended_at = world.now
    _turn(state, event.reason if failed else COMPLETED, FAILED if failed else SUCCEEDED)
    why = "" if state.machine else "its node stays, and is billed, until the pod is deleted"
    tell(world, kube, state, state.phase, why)
    yield from review(world, kube)


def _restart(world: World, kube: Kubernetes, state: PodState, event: e.ContainerEnded) -> Iterator[Effect]:
    wait = min(eks.CRASH_BACK_OFF.value * 2**state.restarts, eks.CRASH_BACK_OFF_MOST.value)
    state.restarts += 1
    said = pod_words.RESTART_BACK_OFF.format(
        container=event.container, pod=state.pod.name, namespace=state.pod.namespace, uid=state.uid
    )
    state.note(world.now, "Warning", "BackOff", KUBELET, said)
    _turn(state, CRASHING)
    tell(world, kube, state, CRASHING, f"{event.container}: {event.reason}, exit code {event.code}")
    yield After(wait, e.RestartDue(event.cluster, state.key, state.turn, event.pulls))


# --- the end


def begin_stop(world: World, kube: Kubernetes, state: PodState) -> Iterator[Effect]:
    """The pod is to go: at once where it never ran, else once its containers have stopped."""
    if state.state == TERMINATING:
        return
    if not state.node:
        del kube.pods[state.key]
        tell(world, kube, state, "deleted")
        return
    for container in state.pod.containers:
        state.note(world.now, "Normal", "Killing", KUBELET, pod_words.KILLING.format(container=container.name))
    _turn(state, TERMINATING)
    tell(world, kube, state, TERMINATING)
    yield After(eks.POD_STOP_SECONDS.value, e.PodStopped(kube.cluster, state.key, state.turn))


@after(e.PodStopped)
def finish_stop(world: World, event: e.PodStopped) -> Iterator[Effect]:
    """The pod and its node are gone; the bill ends."""
    if not (found := found_of(world, event)):
        return
    yield from bury(world, *found)


def bury(world: World, kube: Kubernetes, state: PodState) -> Iterator[Effect]:
    """A pod that had a node is there no more, nor is a node of its own."""
    state.ended_at = world.now
    del kube.pods[state.key]
    tell(world, kube, state, "deleted")
    if not state.machine:
        kube.gone.append(state)
        yield DeletePodNode(state.interface)
    yield from review(world, kube)
