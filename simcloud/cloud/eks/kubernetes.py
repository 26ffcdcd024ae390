"""The API server of a simulated cluster, for learners: what they would do with kubectl.

    shop = cloud.kubernetes("shop")
    shop.apply(manifest)            # a mapping, several, or YAML
    print(shop.describe("Pod", "web"))

Only what pods on Fargate need is known: see `simcloud.sim.eks.manifest.RESOURCES`. Errors are `KubernetesError`, in
the words of kubectl. Every call is written to the transcript and replayed from it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simcloud.cloud import clock, codec, notes
from simcloud.cloud.eks import kubernetes_shapes as shapes
from simcloud.cloud.live import LOCK, Live
from simcloud.facts.words import eks as eks_words
from simcloud.facts.words import pod as pod_words
from simcloud.sim.eks.kubernetes import Kubernetes as Kept
from simcloud.sim.eks.kubernetes import ObjectKey
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.manifest import OF_NO_NAMESPACE, RESOURCES, Invalid, checked, kind_of
from simcloud.sim.eks.pod_events import ObjectApplied, ObjectDeleted
from simcloud.sim.eks.pods import kubernetes as kept_of
from simcloud.sim.eks.resource import ACTIVE, CLUSTER, UPDATING
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

Manifest = Mapping[str, Any]
VERBS = ("apply", "get", "describe", "delete", "logs")


class KubernetesError(Exception):
    """What kubectl prints when the API server refuses: `Error from server (NotFound): pods "web" not found`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"Error from server ({reason}): {message}")
        self.reason, self.message = reason, message

    def _render_traceback_(self) -> list[str]:
        return notes.draw(self)


class Kubernetes:
    """The door to a cluster's API server. Raises KubernetesError where the cluster does not answer."""

    def __init__(self, cloud: Cloud, cluster: str) -> None:
        self._cloud, self.cluster = cloud, cluster
        self._coming: set[str] = set()
        """Namespaces that the running call makes."""

    def __repr__(self) -> str:
        return f"<Kubernetes of {self.cluster}>"

    def apply(self, manifests: str | Manifest | Sequence[Manifest]) -> list[str]:
        """Create or change objects; says what became of each, as `kubectl apply` does."""
        return list(self._recorded("apply", {"manifests": _documents(manifests)}))

    def get(self, kind: str, name: str = "", *, namespace: str = "default") -> Any:
        """One object as a dict; without a name all of the kind, in the namespace ('' for all namespaces).

        `kind` is any name that kubectl takes: `Pod`, `pods`, `po`, `deployments.apps`.
        """
        return self._recorded("get", {"kind": kind, "name": name, "namespace": namespace})

    def describe(self, kind: str, name: str, *, namespace: str = "default") -> str:
        """A pod with its events, or another object, as a text like that of `kubectl describe`."""
        return str(self._recorded("describe", {"kind": kind, "name": name, "namespace": namespace}))

    def delete(self, kind: str, name: str, *, namespace: str = "default") -> str:
        """Delete an object, and what it owns."""
        return str(self._recorded("delete", {"kind": kind, "name": name, "namespace": namespace}))

    def logs(self, pod: str, *, container: str = "", namespace: str = "default") -> str:
        """What a pod's container wrote."""
        return str(self._recorded("logs", {"name": pod, "container": container, "namespace": namespace}))

    # --- inside

    @property
    def _live(self) -> Live:
        return self._cloud._live

    def _recorded(self, verb: str, given: dict[str, Any]) -> Any:
        """Do it, and write it to the transcript with its answer or its error."""
        with LOCK:
            if not self._cloud.is_live:
                raise RuntimeError("cloud.kubernetes() works on the cloud that is open, and this one is not")
            entry: dict[str, Any] = {"kind": "kubernetes", "cluster": self.cluster, "do": verb}
            entry |= {"given": codec.encode(given), "t": self._live.world.now}
            try:
                answer = getattr(self, f"_{verb}")(**copy.deepcopy(given))
            except KubernetesError as error:
                self._cloud.record({**entry, "error": str(error)})
                raise
            self._cloud.record({**entry, "answer": codec.encode(answer)})
            return answer

    def _apply(self, manifests: list[Any]) -> list[str]:
        self._answering()
        said = []
        planned = [self._checked(each) for each in manifests]
        for kind, key, manifest in planned:
            before = self._kept().objects.get(key)
            stored = _stored(manifest, key, self._live.world.now, before)
            if kind == "Pod" and key[1:] in self._kept().pods:
                raise KubernetesError("Invalid", f'Pod "{key[2]}" is invalid: {pod_words.POD_IMMUTABLE}')
            self._submit(ObjectApplied(self.cluster, stored))
            became = "created" if before is None else "unchanged" if _same(before, stored) else "configured"
            said.append(f"{_resource(kind)}/{key[2]} {became}")
        return said

    def _checked(self, manifest: Any) -> tuple[str, ObjectKey, dict[str, Any]]:
        try:
            key = checked(manifest)
        except Invalid as wrong:
            raise KubernetesError(wrong.reason, wrong.message) from None
        namespace = key[1]
        made = [each for each in self._kept().objects if each[0] == "Namespace"]
        if namespace and ("Namespace", "", namespace) not in made and namespace not in self._coming:
            raise KubernetesError("NotFound", pod_words.NAMESPACE_MISSING.format(namespace=namespace))
        if key[0] == "Namespace":
            self._coming.add(key[2])
        return key[0], key, dict(manifest)

    def _get(self, kind: str, name: str, namespace: str) -> Any:
        self._answering()
        kind = _known(kind)
        found = shapes.every(self._kept(), kind, None if kind in OF_NO_NAMESPACE or not namespace else namespace)
        if not name:
            return found
        one = next((each for each in found if each["metadata"]["name"] == name), None)
        if one is None:
            raise _missing(kind, name)
        return one

    def _describe(self, kind: str, name: str, namespace: str) -> str:
        kind = kind_of(kind) or kind
        one = self._get(kind, name, namespace)
        if kind != "Pod":
            return shapes.described(one)
        return shapes.described_pod(self._kept().pods[namespace, name], self._live.world.now)

    def _delete(self, kind: str, name: str, namespace: str) -> str:
        kind = kind_of(kind) or kind
        self._get(kind, name, namespace)
        where = "" if kind in OF_NO_NAMESPACE else namespace
        self._submit(ObjectDeleted(self.cluster, kind, where, name))
        return f'{_resource(kind)} "{name}" deleted'

    def _logs(self, name: str, container: str, namespace: str) -> str:
        self._get("Pod", name, namespace)
        state = self._kept().pods[namespace, name]
        wanted = container or state.pod.containers[0].name
        if wanted not in [each.name for each in state.pod.every_container]:
            raise KubernetesError("BadRequest", f"container {wanted} is not valid for pod {name}")
        if wanted not in state.logs:
            raise KubernetesError(
                "BadRequest", f'container "{wanted}" in pod "{name}" is waiting to start: {state.state}'
            )
        return "\n".join(state.logs[wanted])

    def _answering(self) -> None:
        """The API server answers while its cluster is ACTIVE or UPDATING."""
        self._coming = set()
        cluster = holdings(self._live.world).resources.get((CLUSTER, self.cluster, self.cluster))
        if cluster is None:
            raise KubernetesError("NotFound", eks_words.CLUSTER_NOT_FOUND.format(cluster=self.cluster))
        if cluster.status not in (ACTIVE, UPDATING):
            said = f"the cluster {self.cluster} is {cluster.status}: its API server does not answer"
            raise KubernetesError("ServiceUnavailable", said)

    def _kept(self) -> Kept:
        return kept_of(self._live.world, self.cluster)

    def _submit(self, event: Event) -> None:
        self._live.world.post(event)
        clock.move(0)


def again(cloud: Cloud, cluster: str, verb: str, given: dict[str, Any]) -> dict[str, Any]:
    """Make a call that a transcript holds: its answer or its error, as the transcript would keep them.

    Raises ValueError for what is no such call.
    """
    if verb not in VERBS or not isinstance(given, dict):
        raise ValueError(f"kubectl {verb} is not known here")
    try:
        return {"answer": codec.encode(Kubernetes(cloud, cluster)._recorded(verb, given))}
    except KubernetesError as error:
        return {"error": str(error)}


def _documents(manifests: str | Manifest | Sequence[Manifest]) -> list[Any]:
    """The objects of a call: YAML may hold several."""
    if isinstance(manifests, str):
        import yaml

        try:
            found = list(yaml.safe_load_all(manifests))
        except yaml.YAMLError as wrong:
            raise KubernetesError("BadRequest", f"error parsing the manifest: {wrong}") from None
    else:
        found = [manifests] if isinstance(manifests, Mapping) else list(manifests)
    kept = []
    for each in found:
        if isinstance(each, Mapping) and each.get("kind") == "List":
            kept += list(each.get("items") or ())
        elif each is not None:
            kept.append(each)
    return kept


def _stored(manifest: dict[str, Any], key: ObjectKey, now: float, before: Manifest | None) -> dict[str, Any]:
    """The object as it is kept, with its namespace and the moment of its creation."""
    metadata = dict(manifest.get("metadata") or {})
    if key[1]:
        metadata["namespace"] = key[1]
    metadata["created"] = before["metadata"]["created"] if before else now
    finished = {"finished": True} if before and before.get("finished") else {}
    return {**manifest, "metadata": metadata, **finished}


def _same(before: Manifest, after: Manifest) -> bool:
    return {**before, "leaving": None} == {**after, "leaving": None}


def _known(resource: str) -> str:
    """The kind of a resource, by any of the names that kubectl takes."""
    if not (kind := kind_of(resource)):
        raise KubernetesError("NotFound", f'the server doesn\'t have a resource type "{resource}"')
    return kind


def _missing(kind: str, name: str) -> KubernetesError:
    return KubernetesError("NotFound", pod_words.OBJECT_MISSING.format(resource=RESOURCES[kind], name=name))


def _resource(kind: str) -> str:
    """deployment.apps of deployments.apps, as kubectl says it."""
    plural, dot, group = RESOURCES[kind].partition(".")
    return kind.lower() + dot + group if plural else kind.lower()
