"""What a pod's events say on EKS with Fargate: the scheduler of Fargate, Kubernetes' own, and the kubelet."""

from __future__ import annotations

from typing import Any

from simcloud.facts.fact import Words
from simcloud.facts.sources import issue
from simcloud.facts.sources_eks import EKS_TROUBLE, FARGATE_LOGGING

KUBERNETES = "https://github.com/kubernetes/kubernetes"


def _kubernetes(text: str) -> Words:
    """A text of Kubernetes' own, from its source."""
    return Words(text, source=KUBERNETES, status="documented")


def _quoted(text: str, repository: str, number: int, rule: str = "") -> Words:
    """A text that somebody got from a real cluster and quoted."""
    return Words(text, source=issue(repository, number), rule=rule)


_LIMITS: dict[str, Any] = {
    "source": "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    "status": "assumed",
    "rule": "R-276",
}

# A node that is gone

NODE_NOT_READY = _kubernetes("Node is not ready")
MARKED_FOR_DELETION = _kubernetes("Marking for deletion Pod {namespace}/{pod}")

# Placement

ASSIGNED = _kubernetes("Successfully assigned {namespace}/{pod} to {node}")
NODES_UNFIT = Words(
    "0/{count} nodes are available: {reasons}. preemption: 0/{count} nodes are available: {preemption}.",
    source=KUBERNETES,
    status="observed",
)
TAINTED = Words("node(s) had untolerated taint {{{key}: {value}}}", source=KUBERNETES, status="observed")
NOT_SELECTED = Words("node(s) didn't match Pod's node affinity/selector", source=KUBERNETES, status="observed")
TOO_MANY_PODS = Words("Too many pods", source=KUBERNETES, status="observed")
INSUFFICIENT = Words("Insufficient {resource}", source=KUBERNETES, status="observed")
NO_VICTIMS = Words("No preemption victims found for incoming pod", source=KUBERNETES, status="observed")
PREEMPTION_NO_HELP = Words("Preemption is not helpful for scheduling", source=KUBERNETES, status="observed")
CLAIM_MISSING = Words('persistentvolumeclaim "{claim}" not found', source=KUBERNETES, status="observed")
CLAIMS_UNBOUND = Words(
    "pod has unbound immediate PersistentVolumeClaims. not found", source=KUBERNETES, status="assumed"
)
NO_NODES = _quoted("no nodes available to schedule pods", "terraform-aws-modules/terraform-aws-eks", 2864, "R-286")
ONLY_FARGATE_NODES = _quoted(
    "0/{count} nodes are available: {count} node(s) had untolerated taint {{eks.amazonaws.com/compute-type: fargate}}. "
    "preemption: 0/{count} nodes are available: {count} Preemption is not helpful for scheduling.",
    "terraform-aws-modules/terraform-aws-eks",
    2864,
    "R-286",
)
UNSUPPORTED = _quoted("Pod not supported on Fargate: {why}", "kubernetes-sigs/aws-efs-csi-driver", 589, "R-276")
FIELDS = _quoted("fields not supported: {fields}", "kubernetes-sigs/aws-efs-csi-driver", 589, "R-276")
CONTEXT = _quoted("invalid SecurityContext fields: {fields}", "kubernetes-sigs/aws-efs-csi-driver", 589, "R-276")
CAPABILITIES_ADDED = _quoted("Capabilities added: {names}", "frappe/frappe_docker", 1182, "R-276")
VOLUMES = _quoted("volumes not supported: {volumes}", "freegroup/kube-s3", 14, "R-277")
VOLUME_TYPE = _quoted("{volume} is of an unsupported volume Type", "freegroup/kube-s3", 14, "R-277")
VOLUME_CLAIM = _quoted("{volume} not supported because: {why}", "aws/containers-roadmap", 1382, "R-277")
CLAIM_NOT_FOUND = _quoted('persistentvolumeclaim "{claim}" not found', "aws/containers-roadmap", 1382, "R-277")
CLAIM_NOT_BOUND = Words(
    "PVC {claim} not bound", source="field reports quoting the event of the real scheduler", rule="R-277"
)
CLAIM_OTHER_DRIVER = Words(
    "PVC {claim} bound to invalid PV {volume} with CSI Driver: {driver}",
    source="public source of a pod validator for Fargate",
    rule="R-277",
)
CLAIM_NO_DRIVER = Words(
    "PVC {claim} bound to invalid PV {volume} with nil CSI spec",
    source="public source of a pod validator for Fargate",
    rule="R-277",
)
DEVICES = Words("volumeDevices not supported", source="public source of a pod validator for Fargate", rule="R-276")
PORTS = _quoted("port contains HostIP or HostPort", "kubernetes-sigs/aws-efs-csi-driver", 589, "R-276")
DAEMON_SET = Words("DaemonSet not supported", source="public source of a pod validator for Fargate", rule="R-276")
NOT_LINUX = Words("node selector kubernetes.io/os asks for another system than linux", **_LIMITS)
NOT_AMD64 = Words("node selector kubernetes.io/arch asks for another architecture than amd64", **_LIMITS)
DEVICES_ASKED = Words("extended resources are not supported", **_LIMITS)
STORAGE_ASKED = Words("ephemeral storage above 175Gi is not supported", **_LIMITS)
TOO_LARGE = Words(
    "Pod not supported on Fargate: requested resources exceed the largest Fargate configuration",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html",
    status="assumed",
    rule="R-273",
)
ROLE_NOT_ASSUMED = Words(
    "Misconfigured Fargate Profile: fargate profile {profile} blocked for new launches due to: Failed to assume "
    "PodExecutionRole; Please make sure the role exists and trusts the eks-fargate-pods.amazonaws.com service "
    "principal",
    source="field reports quoting the event of the real scheduler",
    rule="R-272",
)
PROFILE_GONE = Words("fargate profile {profile} not found", source=EKS_TROUBLE, status="assumed", rule="R-269")
CAPACITY = Words(
    "Fargate capacity is unavailable at this time. Please try again later or in a different availability zone.",
    source=EKS_TROUBLE,
    rule="R-279",
)
SUBNET_FULL = Words("Failed to create ENI: subnet {subnet} has no free addresses", source=EKS_TROUBLE, status="assumed")

TIMED_OUT = Words(
    "Pod provisioning timed out (will retry) for pod: {namespace}/{pod}",
    source=issue("aws/containers-roadmap", 1890),
    rule="R-275",
)

# Logging

NO_LOGGING = Words(
    'Disabled logging because aws-logging configmap was not found. configmap "aws-logging" not found',
    source=FARGATE_LOGGING,
    status="documented",
    rule="R-283",
)
LOGGING = Words("Successfully enabled logging for pod", source=FARGATE_LOGGING, status="observed", rule="R-283")
LOGGING_INVALID = Words(
    "Disabled logging because aws-logging configmap was not valid. {why}",
    source=FARGATE_LOGGING,
    status="assumed",
    rule="R-281",
)

# The kubelet

PULLING = _kubernetes('Pulling image "{image}"')
PULLED = _kubernetes(
    'Successfully pulled image "{image}" in {seconds}s ({seconds}s including waiting). Image size: {size} bytes.'
)
CREATED = _kubernetes("Created container: {container}")
STARTED = _kubernetes("Started container {container}")
KILLING = _kubernetes("Stopping container {container}")
PULL_FAILED = _kubernetes('Failed to pull image "{image}": {why}')
PULL_ERROR = _kubernetes("Error: ErrImagePull")
PULL_BACK_OFF = _kubernetes('Back-off pulling image "{image}"')
PULL_BACK_OFF_ERROR = _kubernetes("Error: ImagePullBackOff")
RESTART_BACK_OFF = _kubernetes("Back-off restarting failed container {container} in pod {pod}_{namespace}({uid})")
NOT_FOUND_IMAGE = _kubernetes(
    'failed to pull and unpack image "{image}": failed to resolve reference "{image}": {image}: not found'
)
TIMEOUT_IMAGE = _quoted(
    'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head '
    '"https://{host}/v2/{repository}/manifests/{tag}": dial tcp {address}:443: i/o timeout',
    "aws-samples/eks-workshop-v2",
    673,
)
DENIED_IMAGE = _kubernetes(
    'failed to pull and unpack image "{image}": failed to resolve reference "{image}": pull access denied, repository '
    "does not exist or may require authorization: authorization failed: no basic auth credentials"
)
NO_NAME_IMAGE = _kubernetes(
    'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head '
    '"https://{host}/v2/{repository}/manifests/{tag}": dial tcp: lookup {host}: no such host'
)
PLATFORM_IMAGE = _kubernetes('failed to pull and unpack image "{image}": no match for platform in manifest: not found')

# What the API server answers

NAMESPACE_MISSING = _kubernetes('namespaces "{namespace}" not found')
OBJECT_MISSING = _kubernetes('{resource} "{name}" not found')
FIELD_INVALID = _kubernetes('{kind} "{name}" is invalid: {where}: {why}')
POD_IMMUTABLE = _kubernetes("pod updates may not change fields other than `spec.containers[*].image`")
