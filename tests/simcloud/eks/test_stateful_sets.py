"""StatefulSets on Fargate: numbered pods in order, each with a claim of its own, on EFS and never on EBS."""

from __future__ import annotations

from typing import Any

import pytest
from eks_shop import EksShop, container, controller

from simcloud.cloud.eks.kubernetes import Kubernetes, KubernetesError


def stateful_set(replicas: int = 2, storage_class: str = "", **spec: Any) -> dict[str, Any]:
    """A StatefulSet `db` whose pods each claim a volume of this class; no claims for ''."""
    made = controller("StatefulSet", "db", container(), replicas=replicas)
    made["spec"].update(serviceName="db", **spec)
    if storage_class:
        claim: dict[str, Any] = {"accessModes": ["ReadWriteMany"], "storageClassName": storage_class}
        claim["resources"] = {"requests": {"storage": "5Gi"}}
        made["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}, "spec": claim}]
    return made


def volume(name: str, driver: str, storage_class: str) -> dict[str, Any]:
    """A volume that somebody made by hand."""
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": name},
        "spec": {
            "capacity": {"storage": "5Gi"},
            "accessModes": ["ReadWriteMany"],
            "storageClassName": storage_class,
            "csi": {"driver": driver, "volumeHandle": f"fs-0123456789abcdef0::{name}"},
        },
    }


def ready(kube: Kubernetes) -> list[str]:
    """Names of the pods that run."""
    return [each["metadata"]["name"] for each in kube.get("pods") if each["status"]["phase"] == "Running"]


def test_pods_are_numbered_and_come_one_after_the_other(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    assert kube.apply(stateful_set(3)) == ["statefulset.apps/db created"]
    seen = []
    for _ in range(40):
        webbed.cloud.advance(seconds=10)
        names = [each["metadata"]["name"] for each in kube.get("po")]
        seen += [names] if names not in seen else []
    assert seen == [["db-0"], ["db-0", "db-1"], ["db-0", "db-1", "db-2"]]
    assert kube.get("sts", "db")["status"]["readyReplicas"] == 3


def test_parallel_pods_come_all_at_once(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(stateful_set(3, podManagementPolicy="Parallel"))
    assert [each["metadata"]["name"] for each in kube.get("pod")] == ["db-0", "db-1", "db-2"]


def test_a_deleted_pod_comes_back_under_its_name_and_with_its_claim(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply([volume("first", "efs.csi.aws.com", "efs"), volume("second", "efs.csi.aws.com", "efs")])
    kube.apply(stateful_set(2, "efs"))
    webbed.cloud.advance(minutes=5)
    assert ready(kube) == ["db-0", "db-1"]
    claims = {each["metadata"]["name"]: each["status"]["phase"] for each in kube.get("pvc")}
    assert claims == {"data-db-0": "Bound", "data-db-1": "Bound"}
    kube.delete("pod", "db-0")
    webbed.cloud.advance(minutes=5)
    assert sorted(ready(kube)) == ["db-0", "db-1"]
    assert len(kube.get("PersistentVolumeClaim")) == 2


def test_a_smaller_count_takes_the_highest_number_and_leaves_its_claim(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply([volume(f"v{number}", "efs.csi.aws.com", "efs") for number in range(3)])
    kube.apply(stateful_set(3, "efs"))
    webbed.cloud.advance(minutes=10)
    kube.apply(stateful_set(1, "efs"))
    webbed.cloud.advance(minutes=10)
    assert ready(kube) == ["db-0"]
    assert len(kube.get("pvc")) == 3


def test_a_new_template_replaces_the_pods_from_the_highest_down(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(stateful_set(2))
    webbed.cloud.advance(minutes=5)
    changed = stateful_set(2)
    changed["spec"]["template"]["spec"]["containers"] = [container(requests={"cpu": "1"})]
    kube.apply(changed)
    order: list[set[str]] = []
    for _ in range(60):
        webbed.cloud.advance(seconds=10)
        missing = {"db-0", "db-1"} - set(ready(kube))
        order += [missing] if missing and (not order or order[-1] != missing) else []
    assert order == [{"db-1"}, {"db-0"}]
    assert {each["spec"]["containers"][0]["name"] for each in kube.get("pods")} == {"app"}


@pytest.mark.row("T09")
@pytest.mark.row("M06")
def test_claims_on_ebs_keep_the_first_pod_pending_for_ever(webbed: EksShop) -> None:
    """EKS on Fargate mounts EFS that was made beforehand, and no EBS volume (R-276, R-277)."""
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(stateful_set(2, "gp3"))
    webbed.cloud.advance(minutes=10)
    assert [(each["metadata"]["name"], each["status"]["phase"]) for each in kube.get("pods")] == [("db-0", "Pending")]
    assert "Pod not supported on Fargate" in kube.describe("pod", "db-0")
    kube.delete("statefulset", "db")
    kube.apply(volume("disk", "ebs.csi.aws.com", "gp3"))
    kube.apply(stateful_set(1, "gp3"))
    webbed.cloud.advance(minutes=10)
    assert ready(kube) == []
    assert "ebs.csi.aws.com" in kube.describe("pod", "db-0")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"replicas": -1}, "spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
        (
            {"replicas": "two"},
            "cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32",
        ),
        ({"volumeClaimTemplates": [{"spec": {}}]}, "spec.volumeClaimTemplates[0].metadata.name: Required value"),
    ],
)
def test_what_is_no_stateful_set_is_refused(webbed: EksShop, spec: dict[str, Any], said: str) -> None:
    kube = webbed.cloud.kubernetes("shop")
    made = stateful_set()
    made["spec"].update(spec)
    with pytest.raises(KubernetesError) as refused:
        kube.apply(made)
    assert said in str(refused.value)
    assert kube.get("sts") == []


@pytest.mark.parametrize(
    "name", ["Deployment", "deployment", "deployments", "deploy", "deployments.apps", "deployment.apps"]
)
def test_kubectl_knows_a_kind_by_any_of_its_names(webbed: EksShop, name: str) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(controller("Deployment", "web"))
    assert kube.get(name, "web")["metadata"]["name"] == "web"
    assert kube.delete(name, "web") == 'deployment.apps "web" deleted'


def test_a_kind_that_is_none_is_told_by_the_name_that_was_given(webbed: EksShop) -> None:
    with pytest.raises(KubernetesError, match='the server doesn\'t have a resource type "boat"'):
        webbed.cloud.kubernetes("shop").get("boat")
