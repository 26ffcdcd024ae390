"""Pods on the machines of managed node groups, beside Fargate: one cluster, each workload where it must be."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from eks_shop import EksShop, container, controller, pod

from simcloud.cloud.eks.kubernetes import Kubernetes
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price


def add_nodes(shop: EksShop, name: str = "servers", kind: str = "m5.large", count: int = 1, **more: Any) -> None:
    """A node group that is ACTIVE."""
    shop.eks.create_nodegroup(
        clusterName="shop",
        nodegroupName=name,
        subnets=[shop["private-a"], shop["private-b"]],
        nodeRole=shop["nodes"],
        instanceTypes=[kind],
        scalingConfig={"minSize": 0, "maxSize": 5, "desiredSize": count},
        **more,
    )
    shop.eks.get_waiter("nodegroup_active").wait(clusterName="shop", nodegroupName=name)


def where(kube: Kubernetes, namespace: str = "default") -> dict[str, str]:
    """Kind of node by pod, without the random end of its name: fargate, ec2 or ''."""
    found = {}
    for each in kube.get("pods", namespace=namespace):
        node = each["spec"].get("nodeName", "")
        kind = "fargate" if node.startswith("fargate-") else "ec2" if node else ""
        found[each["metadata"]["name"].split("-")[0]] = kind if each["status"]["phase"] == "Running" else ""
    return found


def gpu(name: str) -> dict[str, Any]:
    asked = container(limits={"nvidia.com/gpu": "1"})
    return controller("Deployment", name, asked)


@pytest.fixture
def mixed(ready: EksShop) -> EksShop:
    """A profile for the namespace default, and a namespace of its own for nodes."""
    ready.open_profile()
    ready.cloud.kubernetes("shop").apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "nodes"}})
    return ready


@pytest.mark.row("P02")
@pytest.mark.row("M02")
def test_one_cluster_three_workloads_each_where_it_must_be(mixed: EksShop) -> None:
    kube = mixed.cloud.kubernetes("shop")
    model = gpu("model")
    model["metadata"]["namespace"] = "nodes"
    kube.apply([controller("Deployment", "web"), controller("DaemonSet", "agent"), model])
    mixed.cloud.advance(minutes=5)
    assert where(kube) == {"web": "fargate"}
    assert where(kube, "nodes") == {"model": ""}
    add_nodes(mixed, kind="g4dn.xlarge", amiType="AL2023_x86_64_NVIDIA")
    mixed.cloud.advance(minutes=5)
    assert where(kube) == {"web": "fargate", "agent": "ec2"}
    assert where(kube, "nodes") == {"model": "ec2"}
    bill = price(usage_of(mixed.cloud.world))
    assert bill.of("EC2 g4dn.xlarge").cost > 0
    assert bill.of("Fargate vCPU").cost > 0


@pytest.mark.parametrize(
    ("image", "place"),
    [("AL2023_x86_64_STANDARD", ""), ("BOTTLEROCKET_x86_64", ""), ("BOTTLEROCKET_x86_64_NVIDIA", "ec2")],
)
def test_a_gpu_is_of_use_where_the_image_has_its_drivers(mixed: EksShop, image: str, place: str) -> None:
    kube = mixed.cloud.kubernetes("shop")
    model = gpu("model")
    model["metadata"]["namespace"] = "nodes"
    kube.apply(model)
    add_nodes(mixed, kind="g4dn.xlarge", amiType=image)
    mixed.cloud.advance(minutes=5)
    assert where(kube, "nodes") == {"model": place}
    node = next(one for one in kube.get("nodes") if "eks.amazonaws.com/nodegroup" in one["metadata"]["labels"])
    assert ("nvidia.com/gpu" in node["status"]["allocatable"]) == bool(place)


def test_the_scheduler_says_why_no_node_takes_a_pod(mixed: EksShop) -> None:
    kube = mixed.cloud.kubernetes("shop")
    kube.apply(pod("web"))
    mixed.cloud.advance(minutes=3)
    add_nodes(mixed, count=2)
    big = pod("big", container(requests={"cpu": "4", "memory": "1Gi"}), namespace="nodes")
    kube.apply(big)
    mixed.cloud.advance(minutes=1)
    assert (
        "0/3 nodes are available: 1 node(s) had untolerated taint {eks.amazonaws.com/compute-type: fargate}, "
        "2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, "
        "2 No preemption victims found for incoming pod."
    ) in kube.describe("pod", "big", namespace="nodes")


def test_a_pod_that_waits_is_placed_when_another_goes(mixed: EksShop) -> None:
    kube = mixed.cloud.kubernetes("shop")
    add_nodes(mixed)
    for name in ("first", "second"):
        kube.apply(pod(name, container(requests={"cpu": "1500m"}), namespace="nodes"))
    mixed.cloud.advance(minutes=3)
    assert where(kube, "nodes") == {"first": "ec2", "second": ""}
    kube.delete("pod", "first", namespace="nodes")
    mixed.cloud.advance(minutes=3)
    assert where(kube, "nodes") == {"second": "ec2"}


@pytest.mark.parametrize(
    ("tolerations", "placed"), [([], ""), ([{"key": "team", "value": "a", "effect": "NoSchedule"}], "ec2")]
)
def test_a_taint_keeps_pods_away_that_do_not_tolerate_it(
    mixed: EksShop, tolerations: list[dict[str, str]], placed: str
) -> None:
    add_nodes(mixed, taints=[{"key": "team", "value": "a", "effect": "NO_SCHEDULE"}])
    kube = mixed.cloud.kubernetes("shop")
    kube.apply(pod("web", namespace="nodes", tolerations=tolerations))
    mixed.cloud.advance(minutes=3)
    assert where(kube, "nodes") == {"web": placed}


def test_a_selector_of_labels_finds_its_group(mixed: EksShop) -> None:
    add_nodes(mixed, name="plain")
    add_nodes(mixed, name="arm", kind="m6g.large", labels={"disk": "fast"}, amiType="AL2023_ARM_64_STANDARD")
    kube = mixed.cloud.kubernetes("shop")
    image = mixed.cloud.push_image("both", architectures=("X86_64", "ARM64"))
    mixed.iam.attach_role_policy(
        RoleName=mixed["nodes"].rsplit("/", 1)[-1],
        PolicyArn="arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
    )
    kube.apply(pod("web", container(image), namespace="nodes", nodeSelector={"disk": "fast"}))
    mixed.cloud.advance(minutes=3)
    (found,) = kube.get("pods", namespace="nodes")
    node = next(each for each in kube.get("nodes") if each["metadata"]["name"] == found["spec"]["nodeName"])
    assert node["metadata"]["labels"]["kubernetes.io/arch"] == "arm64"
    assert node["metadata"]["labels"]["eks.amazonaws.com/nodegroup"] == "arm"


def test_fewer_machines_move_the_pods_of_a_deployment(mixed: EksShop) -> None:
    add_nodes(mixed, count=2)
    kube = mixed.cloud.kubernetes("shop")
    web = controller("Deployment", "web", container(requests={"cpu": "800m"}), replicas=2)
    web["metadata"]["namespace"] = "nodes"
    kube.apply(web)
    mixed.cloud.advance(minutes=3)
    assert len({each["spec"]["nodeName"] for each in kube.get("pods", namespace="nodes")}) == 2
    mixed.eks.update_nodegroup_config(clusterName="shop", nodegroupName="servers", scalingConfig={"desiredSize": 1})
    mixed.cloud.advance(minutes=10)
    assert len(kube.get("nodes")) == 1
    assert len({each["spec"]["nodeName"] for each in kube.get("pods", namespace="nodes")}) == 1
    assert len(kube.get("pods", namespace="nodes")) == 2
    mixed.eks.delete_nodegroup(clusterName="shop", nodegroupName="servers")
    mixed.cloud.advance(minutes=15)
    assert kube.get("nodes") == []
    assert where(kube, "nodes") == {"web": ""}


def test_a_machine_keeps_part_of_itself(mixed: EksShop) -> None:
    """What nodeadm reserves: 70 of 2,000 millicores; 255 MiB, 11 for each of 29 pods, and 100 for evictions."""
    add_nodes(mixed)
    (node,) = mixed.cloud.kubernetes("shop").get("nodes")
    assert node["status"]["allocatable"] == {"cpu": "1930m", "memory": f"{8192 - 255 - 11 * 29 - 100}Mi", "pods": "29"}


def test_a_pod_on_a_machine_is_not_billed_by_itself(mixed: EksShop) -> None:
    add_nodes(mixed)
    kube = mixed.cloud.kubernetes("shop")
    kube.apply(pod("web", namespace="nodes"))
    mixed.cloud.advance(hours=1)
    assert where(kube, "nodes") == {"web": "ec2"}
    assert price(usage_of(mixed.cloud.world)).of("Fargate").cost == Decimal(0)
    kube.delete("pod", "web", namespace="nodes")
    mixed.cloud.advance(minutes=2)
    assert price(usage_of(mixed.cloud.world)).of("Fargate").cost == Decimal(0)


def test_a_claim_on_ebs_is_bound_where_the_driver_is_an_add_on(mixed: EksShop) -> None:
    add_nodes(mixed)
    kube = mixed.cloud.kubernetes("shop")
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data", "namespace": "nodes"},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "gp3"},
    }
    volumes = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    kube.apply([claim, pod("db", namespace="nodes", volumes=volumes)])
    mixed.cloud.advance(minutes=2)
    assert where(kube, "nodes") == {"db": ""}
    mixed.eks.create_addon(clusterName="shop", addonName="aws-ebs-csi-driver")
    mixed.cloud.advance(minutes=10)
    assert where(kube, "nodes") == {"db": "ec2"}


def test_what_happens_on_machines_is_the_same_in_a_copy(mixed: EksShop) -> None:
    add_nodes(mixed)
    kube = mixed.cloud.kubernetes("shop")
    kube.apply(pod("web", namespace="nodes"))
    with mixed.cloud.copy() as future:
        future.advance(minutes=3)
        assert where(future.kubernetes("shop"), "nodes") == {"web": "ec2"}
    assert where(kube, "nodes") == {"web": ""}
    mixed.cloud.advance(minutes=3)
    assert where(kube, "nodes") == {"web": "ec2"}


def test_an_agent_that_tolerates_everything_waits_at_fargates_nodes_for_ever(mixed: EksShop) -> None:
    """aws-samples/amazon-cloudwatch-container-insights, issue 102: one pod a node, and each for its own node."""
    kube = mixed.cloud.kubernetes("shop")
    add_nodes(mixed, count=2)
    kube.apply(controller("Deployment", "web"))
    mixed.cloud.advance(minutes=5)
    agent = controller("DaemonSet", "agent", pod={"tolerations": [{"operator": "Exists"}]})
    agent["metadata"]["namespace"] = "nodes"  # no profile takes it
    kube.apply(agent)
    mixed.cloud.advance(hours=1)
    agents = kube.get("pods", namespace="nodes")
    placed = [each["spec"].get("nodeName", "") for each in agents]
    assert len(agents) == 3
    assert len({node for node in placed if node}) == 2
    (waiting,) = [each["metadata"]["name"] for each in agents if each["status"]["phase"] == "Pending"]
    assert (
        "0/3 nodes are available: 1 Too many pods, 2 node(s) didn't match Pod's node affinity/selector."
        in kube.describe("pod", waiting, namespace="nodes")
    )
    kube.delete("deployment", "web")
    mixed.cloud.advance(minutes=5)
    assert [each["status"]["phase"] for each in kube.get("pods", namespace="nodes")] == ["Running", "Running"]
