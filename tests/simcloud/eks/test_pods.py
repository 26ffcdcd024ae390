"""Which profile takes a pod, which size it gets, and why Fargate refuses it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from simcloud.sim.eks.manifest import Invalid, checked, read_pod
from simcloud.sim.eks.pod import Container, Pod
from simcloud.sim.eks.pod_logging import logging_of, problems
from simcloud.sim.eks.pod_size import pod_size, storage_gib
from simcloud.sim.eks.pod_support import Claim, unsupported
from simcloud.sim.eks.quantities import quantity
from simcloud.sim.eks.selectors import Profile, Selector, fits, profile_for, why_not


def pod(*containers: dict[str, Any], labels: dict[str, str] | None = None, **spec: Any) -> Pod:
    """A pod as its manifest says."""
    metadata = {"name": "web", "namespace": spec.pop("namespace", "default"), "labels": labels or {}}
    metadata["annotations"] = spec.pop("annotations", {})
    return read_pod({"metadata": metadata, "spec": {"containers": list(containers) or [app()], **spec}})


def app(cpu: Any = None, memory: Any = None, **more: Any) -> dict[str, Any]:
    """A container with these requests."""
    requests = {key: value for key, value in (("cpu", cpu), ("memory", memory)) if value is not None}
    return {"name": "app", "image": "nginx", **({"resources": {"requests": requests}} if requests else {}), **more}


def profile(name: str, namespace: str = "default", **labels: str) -> Profile:
    return Profile(name, (Selector(namespace, labels),))


@pytest.mark.parametrize(
    ("text", "number"),
    [("250m", "0.25"), ("1", "1"), (".5", "0.5"), ("1e3", "1000"), ("1Ki", "1024"), ("2G", "2000000000"), (4, "4")],
)
def test_quantities_are_those_of_kubernetes(text: Any, number: str) -> None:
    assert quantity(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1 Gi", "Gi", "1GiB", "one", "--1"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="quantities must match"):
        quantity(text)


@pytest.mark.parametrize(
    ("containers", "annotation"),
    [
        ([app()], "0.25vCPU 0.5GB"),  # no requests
        ([app("1", "8Gi")], "2vCPU 9GB"),
        ([app("250m", "256Mi")], "0.25vCPU 0.5GB"),
        ([app("250m", "1Gi")], "0.25vCPU 2GB"),
        ([app("250m", "2Gi")], "0.5vCPU 3GB"),
        ([app("0.25", "1792Mi")], "0.25vCPU 2GB"),
        ([app("251m", "256Mi")], "0.5vCPU 1GB"),
        ([app("200m", "100Mi"), app("100m", "100Mi")], "0.5vCPU 1GB"),
        ([app("4", "29.75Gi")], "4vCPU 30GB"),
        ([app("4", "30Gi")], "8vCPU 32GB"),
        ([app("16", "119Gi")], "16vCPU 120GB"),
        ([app("100m", "17Gi")], "4vCPU 18GB"),
    ],
)
def test_the_size_is_the_next_one_that_holds_the_requests_and_256_mib(
    containers: list[dict[str, Any]], annotation: str
) -> None:
    size = pod_size(pod(*containers))
    assert size is not None
    assert size.annotation == annotation


@pytest.mark.parametrize("container", [app("17", "8Gi"), app("1", "120Gi")])
def test_what_no_size_holds_has_none(container: dict[str, Any]) -> None:
    assert pod_size(pod(container)) is None
    assert unsupported(pod(container)).startswith("Pod not supported on Fargate: requested resources exceed")


def test_an_init_container_counts_where_it_is_larger_than_all_others() -> None:
    small, large = app("250m", "256Mi"), app("1", "1Gi")
    assert pod_size(pod(small, initContainers=[large])) == (1024, 2048)
    assert pod_size(pod(large, initContainers=[small])) == (1024, 2048)
    sidecar = {**app("250m", "256Mi"), "name": "proxy", "restartPolicy": "Always"}
    assert pod_size(pod(small, initContainers=[sidecar])) == (512, 1024)
    assert pod_size(pod(small, initContainers=[sidecar, large])) == (2048, 4096)


def test_a_limit_alone_is_the_request_too() -> None:
    limited = {"name": "app", "image": "nginx", "resources": {"limits": {"cpu": "1", "memory": "2Gi"}}}
    assert pod_size(pod(limited)) == (1024, 3072)


def test_storage_comes_with_a_little_more_than_was_asked_for() -> None:
    asked = {"resources": {"requests": {"ephemeral-storage": "100Gi"}}}
    assert storage_gib(pod()) == 20
    assert storage_gib(pod({"name": "a", "image": "b", **asked})) == 115


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("default", "default", True),
        ("default", "default2", False),
        ("prod-*", "prod-", True),
        ("prod-*", "prod-eu", True),
        ("prod-*", "nonprod-eu", False),
        ("team-?", "team-a", True),
        ("team-?", "team-", False),
        ("team-?", "team-ab", False),
        ("*", "", True),
        ("a.c", "abc", False),
    ],
)
def test_wildcards_stand_for_any_run_and_for_one_character(pattern: str, text: str, answer: bool) -> None:
    assert fits(pattern, text) is answer


@pytest.mark.row("F03")
def test_a_pod_is_taken_where_namespace_and_all_labels_match() -> None:
    web = profile("web", "shop", app="web", tier="front")
    assert profile_for(pod(namespace="shop", labels={"app": "web", "tier": "front", "x": "y"}), [web]) == web
    assert profile_for(pod(namespace="shop", labels={"app": "web"}), [web]) is None
    assert profile_for(pod(namespace="default", labels={"app": "web", "tier": "front"}), [web]) is None
    several = Profile("several", (Selector("a"), Selector("shop", {"a*": "w?b"})))
    assert profile_for(pod(namespace="shop", labels={"app": "web"}), [several]) == several


def test_r268_of_several_profiles_the_first_by_name_takes_the_pod_unless_a_label_names_another() -> None:
    profiles = [profile("beta"), profile("alpha"), profile("gamma", "other")]
    assert profile_for(pod(), profiles).name == "alpha"  # type: ignore[union-attr]
    named = "eks.amazonaws.com/fargate-profile"
    assert profile_for(pod(labels={named: "beta"}), profiles).name == "beta"  # type: ignore[union-attr]
    assert profile_for(pod(labels={named: "gamma"}), profiles) is None
    assert why_not(pod(labels={named: "gamma"}), profiles) == "its label names profile gamma, which does not select it"


def test_coredns_asks_for_nodes_until_its_annotation_goes() -> None:
    system = profile("system", "kube-system")
    annotated = pod(namespace="kube-system", annotations={"eks.amazonaws.com/compute-type": "ec2"})
    assert profile_for(annotated, [system]) is None
    assert "ask" in why_not(annotated, [system])
    assert profile_for(pod(namespace="kube-system"), [system]) == system


PREFIX = "Pod not supported on Fargate: "


@pytest.mark.parametrize(
    ("given", "text"),
    [
        # https://github.com/kubernetes-sigs/aws-efs-csi-driver/issues/589
        (
            pod(
                app(securityContext={"privileged": True}, ports=[{"containerPort": 80, "hostPort": 80}]),
                hostNetwork=True,
            ),
            "fields not supported: HostNetwork, invalid SecurityContext fields: Privileged, port contains HostIP or "
            "HostPort",
        ),
        # https://github.com/freegroup/kube-s3/issues/14
        (
            pod(
                app(securityContext={"privileged": True}),
                volumes=[{"name": "mntdatas3fs", "hostPath": {"path": "/mnt"}}],
            ),
            "invalid SecurityContext fields: Privileged, volumes not supported: mntdatas3fs is of an unsupported "
            "volume Type",
        ),
        # https://github.com/frappe/frappe_docker/issues/1182
        (
            pod(app(securityContext={"capabilities": {"add": ["CAP_CHOWN"]}})),
            "invalid SecurityContext fields: Capabilities added: CAP_CHOWN",
        ),
        # https://github.com/kubernetes/ingress-nginx/issues/4888
        (
            pod(app(securityContext={"allowPrivilegeEscalation": True})),
            "invalid SecurityContext fields: AllowPrivilegeEscalation",
        ),
        (pod(hostPID=True, hostIPC=True), "fields not supported: HostPID, HostIPC"),
        (pod(app(securityContext={"privileged": True}), app(securityContext={"privileged": True})),
         "invalid SecurityContext fields: Privileged,Privileged"),
        # https://github.com/aws/containers-roadmap/issues/1382
        (
            pod(volumes=[{"name": "data", "persistentVolumeClaim": {"claimName": "test-pvc"}}]),
            'volumes not supported: data not supported because: persistentvolumeclaim "test-pvc" not found',
        ),
        (pod(app(volumeDevices=[{"name": "x", "devicePath": "/dev/x"}])), "volumeDevices not supported"),
    ],
)  # fmt: skip
def test_fargate_refuses_it_in_the_words_of_its_scheduler(given: Pod, text: str) -> None:
    assert unsupported(given) == PREFIX + text


@pytest.mark.row("F06")
@pytest.mark.row("T09")
def test_an_efs_volume_that_was_made_beforehand_is_mounted_and_an_ebs_volume_is_not() -> None:
    mounting = pod(volumes=[{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}])
    assert unsupported(mounting, {"data": Claim("efs-pv", "efs.csi.aws.com")}) == ""
    why = "volumes not supported: data not supported because: PVC data bound to invalid PV ebs-pv with CSI Driver: "
    assert unsupported(mounting, {"data": Claim("ebs-pv", "ebs.csi.aws.com")}) == f"{PREFIX}{why}ebs.csi.aws.com"
    unbound = "volumes not supported: data not supported because: PVC data not bound"
    assert unsupported(mounting, {"data": Claim()}) == PREFIX + unbound


@pytest.mark.row("F10")
def test_a_pod_of_a_daemon_set_is_never_placed_on_fargate() -> None:
    owned = read_pod({"spec": {"containers": [app()]}}, name="logs-x", owner=("DaemonSet", "logs"))
    assert unsupported(owned) == PREFIX + "DaemonSet not supported"


@pytest.mark.parametrize(
    "given",
    [
        pod(),
        pod(app(securityContext={"privileged": False, "allowPrivilegeEscalation": False, "runAsUser": 1000})),
        pod(app(securityContext={"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}})),
        pod(app(ports=[{"containerPort": 80}])),
        pod(nodeSelector={"kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}),
        pod(volumes=[{"name": "a", "emptyDir": {}}, {"name": "b", "configMap": {"name": "c"}},
                     {"name": "c", "secret": {"secretName": "s"}}, {"name": "d", "projected": {}},
                     {"name": "e", "nfs": {"server": "s", "path": "/"}}, {"name": "f", "downwardAPI": {}}]),
    ],
)  # fmt: skip
def test_fargate_takes_it(given: Pod) -> None:
    assert unsupported(given) == ""


@pytest.mark.parametrize(
    "given",
    [
        pod(nodeSelector={"kubernetes.io/os": "windows"}),
        pod(nodeSelector={"kubernetes.io/arch": "arm64"}),
        pod({"name": "a", "image": "b", "resources": {"limits": {"nvidia.com/gpu": "1"}}}),
        pod({"name": "a", "image": "b", "resources": {"requests": {"ephemeral-storage": "176Gi"}}}),
    ],
)
def test_other_machines_are_not_fargates(given: Pod) -> None:
    assert unsupported(given).startswith(PREFIX)


OUTPUT = "[OUTPUT]\n    Name cloudwatch_logs\n    Match *\n    region us-east-1\n    log_group_name x\n"
ENABLED = {"aws-observability": "enabled"}


def test_a_valid_config_map_enables_the_log_router() -> None:
    config = {
        "output.conf": OUTPUT,
        "filters.conf": "[FILTER]\n    Name parser\n    Match *\n    Parser crio\n",
        "parsers.conf": "[PARSER]\n    Name crio\n    Format Regex\n",
        "flb_log_cw": "true",
    }
    assert problems(config) == []
    assert logging_of(config, ENABLED) == (
        "LoggingEnabled",
        "Normal",
        "LoggingEnabled",
        "Successfully enabled logging for pod",
    )


def test_without_the_config_map_or_the_label_of_its_namespace_logging_is_disabled() -> None:
    missing = logging_of(None, ENABLED)
    assert missing.annotation == "LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"
    assert missing.message == (
        'Disabled logging because aws-logging configmap was not found. configmap "aws-logging" not found'
    )
    assert logging_of({"output.conf": OUTPUT}, {}) == missing


@pytest.mark.parametrize(
    ("config", "what"),
    [
        ({"output.conf": OUTPUT + "#" * 5300}, "at most 5300"),
        ({"output.conf": OUTPUT, "inputs.conf": "x"}, "inputs.conf is not one of"),
        ({"output.conf": "[INPUT]\n Name tail\n"}, "only [OUTPUT] is allowed"),
        ({"output.conf": OUTPUT, "filters.conf": "[OUTPUT]\n Name es\n"}, "only [FILTER] is allowed"),
        ({"output.conf": "[OUTPUT]\n Name s3\n"}, "s3 is not supported as output"),
        ({"output.conf": OUTPUT, "filters.conf": "[FILTER]\n Name lua\n"}, "lua is not supported as filter"),
        ({"output.conf": OUTPUT.replace("us-east-1", "${AWS_REGION}")}, "environment variable ${AWS_REGION}"),
        ({"output.conf": OUTPUT, "filters.conf": "[FILTER]\n Name kubernetes\n Kube_URL http://x\n"}, "Kube_URL is"),
        ({"output.conf": OUTPUT, "flb_log_cw": "yes"}, "true or false"),
        ({"filters.conf": "[FILTER]\n Name grep\n"}, "output.conf is missing"),
    ],
)  # fmt: skip
def test_an_invalid_config_map_disables_it(config: dict[str, str], what: str) -> None:
    assert what in problems(config)[0]
    assert logging_of(config, ENABLED).annotation == "LoggingDisabled: LOGGING_CONFIGMAP_INVALID"


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ({"kind": "Pod", "metadata": {"name": "a"}}, "apiVersion not set"),
        ({"apiVersion": "v1", "kind": "Sock", "metadata": {"name": "a"}}, 'no matches for kind "Sock"'),
        ({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "A_b"}}, "RFC 1123"),
        ({"apiVersion": "v1", "kind": "Pod", "metadata": {}}, "name or generateName is required"),
        ({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {}}, "spec.containers: Required"),
        (
            {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": {"name": "a"},
                "spec": {
                    "selector": {"matchLabels": {"app": "a"}},
                    "template": {"metadata": {"labels": {"app": "b"}}, "spec": {"containers": [app()]}},
                },
            },
            "`selector` does not match template `labels`",
        ),
        (
            {
                "apiVersion": "batch/v1",
                "kind": "Job",
                "metadata": {"name": "a"},
                "spec": {"template": {"spec": {"containers": [app()]}}},
            },
            'valid values: "OnFailure", "Never"',
        ),
    ],
)
def test_the_api_server_refuses_what_is_no_object(manifest: dict[str, Any], what: str) -> None:
    with pytest.raises(Invalid, match=what.replace("`", ".").replace('"', ".")):
        checked(manifest)


def test_a_container_without_requests_asks_for_nothing() -> None:
    assert pod().containers == (Container("app", "nginx"),)
