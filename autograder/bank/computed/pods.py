"""Which pods Fargate takes, in which size, and what it refuses."""

from __future__ import annotations

from typing import Any

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import HOUR, MONTH, cost, dollars, task
from simcloud.sim.eks.manifest import read_pod
from simcloud.sim.eks.pod import Pod
from simcloud.sim.eks.pod_size import pod_size
from simcloud.sim.eks.pod_support import unsupported
from simcloud.sim.eks.selectors import Profile, Selector, profile_for

EKS = "https://docs.aws.amazon.com/eks/latest/userguide/"
CONFIGURATION = EKS + "fargate-pod-configuration.html"
PROFILES = EKS + "fargate-profile.html"


def pod(namespace: str = "shop", labels: dict[str, str] | None = None, cpu: str = "250m", memory: str = "512Mi",
        first: tuple[str, str] | None = None, owner: tuple[str, str] | None = None, **more: Any) -> Pod:  # fmt: skip
    """A pod with one container and, where asked for, an init container before it."""
    extra = more.pop("container", {})
    container: dict[str, Any] = {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", **extra}
    resources = dict(container.get("resources") or {})
    container["resources"] = {**resources, "requests": {"cpu": cpu, "memory": memory}}
    spec: dict[str, Any] = {"containers": [container], **more}
    if first:
        requests = {"cpu": first[0], "memory": first[1]}
        spec["initContainers"] = [{"name": "first", "image": container["image"], "resources": {"requests": requests}}]
    return read_pod(
        {"metadata": {"name": "app", "labels": labels or {}}, "spec": spec}, namespace=namespace, owner=owner
    )


def size(one: Pod) -> tuple[int, int]:
    """CPU units and MiB that it gets. Raises ValueError where no size holds it."""
    found = pod_size(one)
    if found is None:
        raise ValueError("no size of Fargate holds this pod")
    return found.cpu, found.memory


def said(pair: tuple[int, int]) -> str:
    return f"{pair[0] / 1024:g} vCPU and {pair[1] / 1024:g} GB"


@computed(
    "size-of-a-pod",
    rows="F03",
    exams=["SAA-C03 3.2"],
    source=CONFIGURATION,
    difficulty="hard",
)
def pod_gets(draw: Draw) -> Built:
    """The size that a pod's requests are rounded up to, with what Kubernetes itself needs."""
    cpu, gigabytes = draw.one([(1, 8), (0.5, 4), (0.25, 2), (2, 16), (1, 4)])
    right = size(pod(cpu=str(cpu), memory=f"{gigabytes}Gi"))
    units = int(cpu * 1024)
    return Built(
        f"A pod on Amazon EKS matches a Fargate profile. Its one container requests {cpu:g} "
        f"vCPU and {gigabytes} GiB of memory. "
        "Which size does Fargate provide and bill?",
        Right(said(right), "256 MB are added for Kubernetes, and the sum is rounded up to a size on sale."),
        [
            Wrong(
                said((units, gigabytes * 1024)), "256 MB for the kubelet and its helpers come on top.", "M66", "R-273"
            ),
            Wrong(
                f"{cpu:g} vCPU and {gigabytes + 0.25:g} GB",
                "The sum is rounded up to a size that is sold.",
                "M66",
                "R-273",
            ),
            Wrong(
                said((units * 2, gigabytes * 2048)), "It is rounded up to the next size, not doubled.", "M66", "R-273"
            ),
            Wrong(said((units * 4, right[1])), "Less vCPU goes with so much memory.", "M66", "R-273"),
        ],
        f"{gigabytes} GiB + 256 MB does not fit {gigabytes} GB. The next size on sale is {said(right)}.",
    )


@computed(
    "init-container-decides",
    rows="F03",
    exams=["DOP-C02 2"],
    source=CONFIGURATION,
    difficulty="hard",
)
def with_init(draw: Draw) -> Built:
    """The larger of the init container and the sum of the others decides."""
    first, main = draw.one(
        [(("1", "1Gi"), ("250m", "512Mi")), (("2", "3Gi"), ("500m", "1Gi")), (("1", "2Gi"), ("250m", "1Gi"))]
    )
    right = size(pod(cpu=main[0], memory=main[1], first=first))
    alone = size(pod(cpu=main[0], memory=main[1]))
    both = (right[0] + alone[0], right[1] + alone[1])
    return Built(
        f"A pod for AWS Fargate on Amazon EKS has an init container that requests {first[0]} "
        f"vCPU and {first[1]}, and one application "
        f"container that requests {main[0]} CPU and {main[1]}. The init container ends before "
        "the application starts. Which "
        "size does the pod get?",
        Right(said(right), "The larger of the init container and the sum of the others decides, and 256 MB are added."),
        [
            Wrong(
                said(alone), "The pod keeps one size for all its life, so the init container counts.", "M66", "R-273"
            ),
            Wrong(said(both), "They do not run together, so they are not added.", "M66", "R-273"),
            Wrong(
                said((right[0], right[1] // 2)), "Memory is rounded up after 256 MB have been added.", "M66", "R-273"
            ),
            Wrong(
                said((right[0] * 2, right[1] * 2)), "It is rounded up to the next size, not doubled.", "M66", "R-273"
            ),
        ],
        f"max(init, sum of containers) + 256 MB, rounded up: {said(right)}.",
    )


@computed("pod-that-the-profile-takes", rows="F03", exams=["DOP-C02 2", "SAA-C03 2.1"], source=PROFILES)
def taken(draw: Draw) -> Built:
    """A profile with a namespace and two labels; one of four pods has all of it."""
    labels = draw.one([{"team": "web", "compute": "fargate"}, {"tier": "front", "run": "fargate"}])
    (one, other) = labels.items()
    profile = [Profile("shop", (Selector("shop", labels),))]
    more = {**labels, "version": "2"}
    candidates = [
        ("shop", more),
        ("shop", {**dict([one]), "version": "2"}),
        ("store", more),
        ("shop", {one[0]: other[1], other[0]: one[1], "version": "2"}),
    ]
    found = [profile_for(pod(namespace, given), profile) is not None for namespace, given in candidates]
    assert found == [True, False, False, False], found

    def words(namespace: str, given: dict[str, str]) -> str:
        return f"Namespace {namespace}, labels " + ", ".join(f"{key}={value}" for key, value in given.items())

    why = [
        "",
        "A selector's labels must all be there.",
        "The namespace is another one.",
        "The labels have other values.",
    ]
    return Built(
        "An Amazon EKS cluster has one Fargate profile. Its only selector names the namespace shop and the labels "
        f"{one[0]}={one[1]} and {other[0]}={other[1]}. Which pod is scheduled on Fargate?",
        Right(words(*candidates[0]), "Namespace and both labels are there; further labels do no harm."),
        [Wrong(words(*each), reason, "M44", "R-266") for each, reason in zip(candidates[1:], why[1:], strict=True)],
        "A pod must be in the namespace and have every label of a selector. Pods that match no profile need nodes.",
    )


@computed("wildcard-of-a-selector", rows="F03", exams=["DOP-C02 2"], source=PROFILES, difficulty="hard")
def wildcard(draw: Draw) -> Built:
    """Patterns against namespaces."""
    prefix = draw.one(["prod", "team", "batch"])
    pattern = f"{prefix}-?"
    names = [f"{prefix}-a", f"{prefix}-ab", f"{prefix}-a-b", f"{prefix}a"]
    found = [profile_for(pod(name), [Profile("p", (Selector(pattern),))]) is not None for name in names]
    assert found == [True, False, False, False], found
    return Built(
        "A Fargate profile of an Amazon EKS cluster has one selector, with the namespace "
        f"{pattern} and no labels. Pods of which "
        "namespace are scheduled on Fargate?",
        Right(f"The namespace {names[0]}", "A question mark stands for exactly one character."),
        [
            Wrong(
                f"The namespace {names[1]}",
                "Two characters would take two question marks or an asterisk.",
                "M44",
                "R-267",
            ),
            Wrong(f"The namespace {names[2]}", "That is three characters after the hyphen.", "M44", "R-267"),
            Wrong(f"The namespace {names[3]}", "The hyphen stands for itself.", "M44", "R-267"),
        ],
        f"{pattern} fits {names[0]} alone of the four.",
    )


@computed("two-profiles-for-one-pod", rows="F03", exams=["DOP-C02 2"], source=PROFILES, difficulty="hard")
def two_profiles(draw: Draw) -> Built:
    """Two profiles select a pod that names none."""
    low, high = draw.one([("apps", "web"), ("blue", "green"), ("alpha", "omega")])
    profiles = [Profile(high, (Selector("shop"),)), Profile(low, (Selector("shop", {"team": "web"}),))]
    found = profile_for(pod(labels={"team": "web"}), profiles)
    assert found is not None
    assert found.name == low
    return Built(
        "Two Fargate profiles of an Amazon EKS cluster have different pod execution roles. "
        f"The profile {high}, made first, selects "
        f"the namespace shop. The profile {low} selects the namespace shop with the label "
        "team=web. A pod in shop has that "
        "label and names no profile. Which profile takes it?",
        Right(
            f"The profile {low}, by the order of the names",
            "Of several that match the first in alphanumeric order takes the pod.",
        ),
        [
            Wrong(
                f"The profile {high}, since it was made first",
                "The order of names decides, not the age.",
                "M44",
                "R-268",
            ),
            Wrong(
                "Both profiles, with one pod of it under each", "A pod runs once, under one profile.", "M44", "R-268"
            ),
            Wrong(
                "Neither of them, as two profiles stand in conflict",
                "There is no conflict; names decide, or a label of the pod.",
                "M44",
                "R-268",
            ),
        ],
        f"{low} comes before {high}. The label eks.amazonaws.com/fargate-profile on the pod would choose another way.",
    )


@computed(
    "pod-that-needs-a-node",
    rows="P02 M02 T03",
    exams=["SAP-C02 4.3", "DOP-C02 2"],
    source=EKS + "fargate.html",
)
def needs_a_node(draw: Draw) -> Built:
    """Four pods, all selected by a profile; one of them Fargate refuses."""
    refused: dict[str, tuple[Pod, str]] = {
        "A log collector that a DaemonSet puts on all nodes": (pod(owner=("DaemonSet", "logs")), "R-276"),
        "A network probe in a container that is privileged": (
            pod(container={"securityContext": {"privileged": True}}),
            "R-276",
        ),
        "A training job that limits itself to one GPU": (
            pod(container={"resources": {"limits": {"nvidia.com/gpu": 1}}}),
            "R-276",
        ),
    }
    fine = {
        "A web server of a Deployment with three replicas": pod(owner=("ReplicaSet", "web")),
        "A nightly report that a CronJob starts each time": pod(owner=("Job", "report")),
        "A queue worker with a service account for its role": pod(cpu="1", memory="2Gi"),
    }
    name = draw.one(refused)
    text = unsupported(refused[name][0], {})
    if not text or any(unsupported(each, {}) for each in fine.values()):
        raise ValueError(f"the simulator says of {name}: {text!r}")
    return Built(
        "A company moves a Kubernetes cluster to Amazon EKS. A Fargate profile selects the "
        "namespace apps, in which four workloads "
        "run. A managed node group is to be kept for what Fargate cannot run, and to be as "
        "small as possible. Which workload "
        "needs the node group?",
        Right(name, "Fargate refuses such a pod; it needs a node."),
        [Wrong(each, "Nothing in it needs a node of its own. Fargate runs it.", "M02", "R-276") for each in fine],
        f"The scheduler of Fargate says: {text}",
    )


@computed(
    "bill-of-ten-pods",
    rows="F03",
    exams=["SAP-C02 3.5"],
    source="https://aws.amazon.com/fargate/pricing/",
    difficulty="hard",
)
def pods_bill(draw: Draw) -> Built:
    """The bill of pods by the size that they get."""
    count = draw.one([10, 20, 40])
    cpu, gigabytes = draw.one([("250m", 1), ("250m", 2), ("500m", 4)])
    right = size(pod(cpu=cpu, memory=f"{gigabytes}Gi"))
    asked = (int(cpu[:-1]) * 1024 // 1000, gigabytes * 1024)
    paid = cost(task(*right, MONTH, count))
    return Built(
        "After a move from nodes to AWS Fargate on Amazon EKS a company finds a larger bill "
        "than it had worked out from "
        f"the requests of its pods. {count} pods request {cpu} CPU and {gigabytes} GiB each "
        "and run around the clock in "
        "us-east-1 on Linux x86; their limits equal their requests. A vCPU costs $0.04048 "
        "and a GB $0.004445 an hour. What do the pods "
        "cost in 730 hours, the cluster "
        "aside?",
        Right(dollars(paid), f"Each pod gets and pays {said(right)}."),
        [
            Wrong(
                dollars(cost(task(*asked, MONTH, count))),
                "256 MB are added, and the sum is rounded up to a size on sale.",
                "M66",
                "R-273",
            ),
            Wrong(
                dollars(cost(task(asked[0], asked[1] + 256, MONTH, count))),
                "The sum is rounded up to a size on sale.",
                "M66",
                "R-273",
            ),
            Wrong(dollars(cost(task(*right, HOUR, count))), "That is an hour of them.", "M64", "R-307"),
            Wrong(dollars(paid * 3 / 10), "There is no Spot for pods on Fargate.", "M67", "R-276"),
        ],
        f"{count} x {said(right)} x 730 h = {dollars(paid)}.",
    )
