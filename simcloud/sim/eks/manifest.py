"""From a manifest, as people write it, to the values that the simulation looks at. Raises Invalid for what the API
server refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from simcloud.facts.words import pod as pod_words
from simcloud.sim.eks.pod import ZERO, Container, Pod, Volume
from simcloud.sim.eks.quantities import cpu_units, mebibytes, quantity

NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
LONGEST = 253
USUAL = ("cpu", "memory", "ephemeral-storage")
RESOURCES = {
    "Namespace": "namespaces",
    "Pod": "pods",
    "Deployment": "deployments.apps",
    "StatefulSet": "statefulsets.apps",
    "Job": "jobs.batch",
    "DaemonSet": "daemonsets.apps",
    "ConfigMap": "configmaps",
    "Service": "services",
    "ServiceAccount": "serviceaccounts",
    "PodDisruptionBudget": "poddisruptionbudgets.policy",
    "PersistentVolume": "persistentvolumes",
    "PersistentVolumeClaim": "persistentvolumeclaims",
    "StorageClass": "storageclasses.storage.k8s.io",
    "Secret": "secrets",
    "Node": "nodes",
}
"""The kinds that the simulation knows, with the names that the API server gives them."""
OF_NO_NAMESPACE = ("Namespace", "PersistentVolume", "StorageClass", "Node")
TEMPLATED = ("Deployment", "StatefulSet", "Job", "DaemonSet")
SHORT_NAMES = {
    "ns": "Namespace",
    "po": "Pod",
    "deploy": "Deployment",
    "sts": "StatefulSet",
    "ds": "DaemonSet",
    "cm": "ConfigMap",
    "svc": "Service",
    "sa": "ServiceAccount",
    "pdb": "PodDisruptionBudget",
    "pv": "PersistentVolume",
    "pvc": "PersistentVolumeClaim",
    "sc": "StorageClass",
    "no": "Node",
}
"""As `kubectl api-resources` lists them."""


def kind_of(resource: str) -> str:
    """The kind that kubectl means by a resource's name: `pod`, `pods`, `po`, `Deployment`, `deployments.apps`.

    '' where there is none.
    """
    asked = resource.lower()
    for kind, plural in RESOURCES.items():
        names = {kind.lower(), plural, plural.partition(".")[0], f"{kind.lower()}.{plural.partition('.')[2]}"}
        if asked in names:
            return kind
    return SHORT_NAMES.get(asked, "")


class Invalid(ValueError):
    """The API server refuses the object: its sentence, and the reason as `kubectl` shows it."""

    def __init__(self, message: str, reason: str = "Invalid") -> None:
        super().__init__(message)
        self.message, self.reason = message, reason


def checked(manifest: Any) -> tuple[str, str, str]:
    """Kind, namespace and name of an object. Raises Invalid."""
    if not isinstance(manifest, Mapping):
        raise Invalid("a manifest is a mapping with apiVersion, kind and metadata", "BadRequest")
    kind, metadata = manifest.get("kind"), _mapping(manifest.get("metadata"))
    if not manifest.get("apiVersion"):
        raise Invalid("error validating data: apiVersion not set", "BadRequest")
    if kind not in RESOURCES or kind == "Node":
        raise Invalid(f'no matches for kind "{kind}" in version "{manifest["apiVersion"]}"', "NotFound")
    name = str(metadata.get("name") or "")
    if not name:
        raise Invalid(f'{kind} "" is invalid: metadata.name: Required value: name or generateName is required')
    if len(name) > LONGEST or not NAME.fullmatch(name):
        why = f'metadata.name: Invalid value: "{name}": a lowercase RFC 1123 subdomain must consist of lower case ' \
              "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"  # fmt: skip
        raise Invalid(f'{kind} "{name}" is invalid: {why}')
    namespace = "" if kind in OF_NO_NAMESPACE else str(metadata.get("namespace") or "default")
    if kind == "Pod":
        read_pod(manifest)
    elif kind in TEMPLATED:
        _check_template(str(kind), name, manifest)
    return str(kind), namespace, name


def _check_template(kind: str, name: str, manifest: Mapping[str, Any]) -> None:
    spec = _mapping(manifest.get("spec"))
    template = _mapping(spec.get("template"))
    labels = _mapping(_mapping(template.get("metadata")).get("labels"))
    wanted = _mapping(_mapping(spec.get("selector")).get("matchLabels"))
    if kind != "Job" and (not wanted or any(labels.get(key) != value for key, value in wanted.items())):
        shown = "{" + ",".join(f'"{key}":"{value}"' for key, value in labels.items()) + "}"
        where, why = (
            "spec.template.metadata.labels",
            f"Invalid value: {shown}: `selector` does not match template `labels`",
        )
        raise Invalid(pod_words.FIELD_INVALID.format(kind=f"{kind}.apps", name=name, where=where, why=why))
    if kind == "Job" and _mapping(template.get("spec")).get("restartPolicy") not in ("Never", "OnFailure"):
        where, why = "spec.template.spec.restartPolicy", 'Required value: valid values: "OnFailure", "Never"'
        raise Invalid(pod_words.FIELD_INVALID.format(kind="Job.batch", name=name, where=where, why=why))
    _check_counts(kind, name, spec)
    read_pod({"metadata": {"name": name}, "spec": template.get("spec")})


def _check_counts(kind: str, name: str, spec: Mapping[str, Any]) -> None:
    """Counts are whole numbers from 0, and each claim template has a name."""
    for member in ("replicas", "completions", "parallelism", "backoffLimit", "ttlSecondsAfterFinished"):
        count = spec.get(member)
        if count is not None and (not isinstance(count, int) or isinstance(count, bool)):
            given = "string" if isinstance(count, str) else "number" if isinstance(count, float) else "value"
            field = f"{kind}Spec.spec.{member}"
            raise Invalid(f"json: cannot unmarshal {given} into Go struct field {field} of type int32", "BadRequest")
        if isinstance(count, int) and count < 0:
            why = f"Invalid value: {count}: must be greater than or equal to 0"
            raise Invalid(pod_words.FIELD_INVALID.format(kind=kind, name=name, where=f"spec.{member}", why=why))
    for number, each in enumerate(_list(spec.get("volumeClaimTemplates"))):
        if not _mapping(_mapping(each).get("metadata")).get("name"):
            where = f"spec.volumeClaimTemplates[{number}].metadata.name"
            raise Invalid(pod_words.FIELD_INVALID.format(kind=kind, name=name, where=where, why="Required value"))


def read_pod(
    manifest: Mapping[str, Any], *, name: str = "", namespace: str = "", owner: tuple[str, str] | None = None
) -> Pod:
    """The pod of a manifest, or of a template with a name of its own. Raises Invalid."""
    metadata, spec = _mapping(manifest.get("metadata")), _mapping(manifest.get("spec"))
    named = name or str(metadata.get("name") or "")
    containers = tuple(_container(each, named) for each in _list(spec.get("containers")))
    if not containers:
        raise Invalid(f'Pod "{named}" is invalid: spec.containers: Required value')
    starters = tuple(_container(each, named) for each in _list(spec.get("initContainers")))
    return Pod(
        name=named,
        namespace=namespace or str(metadata.get("namespace") or "default"),
        labels=_strings(metadata.get("labels")),
        annotations=_strings(metadata.get("annotations")),
        containers=containers,
        init_containers=starters,
        volumes=tuple(_volume(each) for each in _list(spec.get("volumes"))),
        host_network=bool(spec.get("hostNetwork")),
        host_pid=bool(spec.get("hostPID")),
        host_ipc=bool(spec.get("hostIPC")),
        node_selector=_strings(spec.get("nodeSelector")),
        tolerations=tuple(dict(each) for each in _list(spec.get("tolerations"))),
        restart_policy=str(spec.get("restartPolicy") or "Always"),
        service_account=str(spec.get("serviceAccountName") or "default"),
        storage_mib=sum((_storage(each) for each in _list(spec.get("containers"))), ZERO),
        owner=owner,
    )


def _container(given: Any, pod: str) -> Container:
    spec = _mapping(given)
    name, image = str(spec.get("name") or ""), str(spec.get("image") or "")
    if not name:
        raise Invalid(f'Pod "{pod}" is invalid: spec.containers[0].name: Required value')
    if not image:
        raise Invalid(f'Pod "{pod}" is invalid: spec.containers[0].image: Required value')
    resources = _mapping(spec.get("resources"))
    limits, asked = _mapping(resources.get("limits")), _mapping(resources.get("requests"))
    requests = {**limits, **asked}  # where only a limit is said, it is the request, too
    for each in asked.keys() & limits.keys():
        if _amount(asked[each], pod) > _amount(limits[each], pod):
            where = f'spec.containers[0].resources.requests: Invalid value: "{asked[each]}"'
            raise Invalid(f'Pod "{pod}" is invalid: {where}: must be less than or equal to {each} limit')
    context = _mapping(spec.get("securityContext"))
    ports = [_mapping(each) for each in _list(spec.get("ports"))]
    return Container(
        name=name,
        image=image,
        cpu=_in(cpu_units, requests.get("cpu", 0), pod),
        memory=_in(mebibytes, requests.get("memory", 0), pod),
        cpu_limit=_in(cpu_units, limits["cpu"], pod) if "cpu" in limits else None,
        memory_limit=_in(mebibytes, limits["memory"], pod) if "memory" in limits else None,
        resources=tuple(each for each in requests if each not in USUAL),
        host_ports=tuple(int(each["hostPort"]) for each in ports if each.get("hostPort")),
        host_ips=tuple(str(each["hostIP"]) for each in ports if each.get("hostIP")),
        privileged=context.get("privileged") is True,
        escalates=context.get("allowPrivilegeEscalation") is True,
        capabilities=tuple(map(str, _list(_mapping(context.get("capabilities")).get("add")))),
        devices=bool(spec.get("volumeDevices")),
        stays=spec.get("restartPolicy") == "Always",
    )


def _storage(given: Any) -> Decimal:
    resources = _mapping(_mapping(given).get("resources"))
    asked = {**_mapping(resources.get("limits")), **_mapping(resources.get("requests"))}
    return _in(mebibytes, asked.get("ephemeral-storage", 0), "")


def _volume(given: Any) -> Volume:
    spec = _mapping(given)
    kind = next((str(key) for key in spec if key != "name"), "emptyDir")
    claim = str(_mapping(spec.get(kind)).get("claimName") or "")
    return Volume(str(spec.get("name") or ""), kind, claim)


def _in(read: Any, value: Any, pod: str) -> Decimal:
    try:
        amount: Decimal = read(value)
    except ValueError as wrong:
        raise Invalid(f'Pod "{pod}" is invalid: {wrong}', "BadRequest") from None
    return amount


def _amount(value: Any, pod: str) -> Decimal:
    return _in(quantity, value, pod)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: Any) -> dict[str, str]:
    return {str(key): str(each) for key, each in _mapping(value).items()}
