"""A mixed EKS cluster against one of Fargate alone: what must be on nodes, and what each costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from simcloud.choose.kubernetes import FARGATE, NODES, NOWHERE, compare, nodes, read
from simcloud.sim.eks.manifest import Invalid


def workload(kind: str, name: str, cpu: str, memory: str, replicas: int = 1, **container: Any) -> dict[str, Any]:
    spec = {
        "containers": [
            {
                "name": "app",
                "image": "nginx",
                "resources": {"requests": {"cpu": cpu, "memory": memory}},
                **container,
            }
        ]
    }
    labels = {"app": name}
    body: dict[str, Any] = {
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": spec},
    }
    if kind == "Deployment":
        body["replicas"] = replicas
    if kind == "Job":
        body |= {"parallelism": replicas}
        spec["restartPolicy"] = "Never"  # type: ignore[assignment]
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": "shop"}, "spec": body}


WEB = workload("Deployment", "web", "250m", "512Mi", replicas=4)
AGENT = workload("DaemonSet", "agent", "100m", "128Mi")
PRIVILEGED = workload("DaemonSet", "sensor", "100m", "128Mi", securityContext={"privileged": True})
MODEL = workload("Deployment", "model", "2", "8Gi")
MODEL["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"] = {"nvidia.com/gpu": 1}


@pytest.mark.row("M02")
@pytest.mark.row("P02")
def test_one_cluster_three_workloads_each_where_it_must_be_with_the_bill_of_both() -> None:
    mixed, alone, fargate = compare(read([WEB, PRIVILEGED, MODEL]), node="g4dn.xlarge")
    assert mixed.places == {
        "Deployment shop/web": FARGATE,
        "DaemonSet shop/sensor": NODES,
        "Deployment shop/model": NODES,
    }
    assert mixed.whole
    assert (mixed.nodes, alone.nodes) == (2, 2)
    assert fargate.places["Deployment shop/web"] == FARGATE
    assert fargate.places["DaemonSet shop/sensor"] == fargate.places["Deployment shop/model"] == NOWHERE
    assert not fargate.whole
    assert any("DaemonSet not supported" in said for said in fargate.left_out)
    assert mixed.bill.of("Fargate").cost == fargate.bill.of("Fargate").cost > 0
    assert mixed.bill.of("EC2 g4dn.xlarge").cost == 2 * 730 * Decimal("0.526")
    assert mixed.bill.of("EKS cluster hours").total == fargate.bill.of("EKS cluster hours").total == Decimal("73.00")


@pytest.mark.row("M02")
def test_sustained_load_costs_more_on_fargate_alone_since_every_pod_carries_its_daemon() -> None:
    steady = workload("Deployment", "web", "250m", "512Mi", replicas=40)
    mixed, alone, fargate = compare(read([steady, AGENT]))
    assert fargate.whole, "an agent that is not privileged can be a sidecar"
    # 40 pods of 0.25 vCPU and 0.5 GB become 0.5 vCPU (350m) and 1 GB (640 + 256 MiB)
    assert fargate.bill.of("vCPU").lines[0].amount == 40 * Decimal("0.5") * 730 * 3600
    assert alone.bill.cost < fargate.bill.cost
    assert fargate.places["DaemonSet shop/agent"] == FARGATE
    assert mixed.places["DaemonSet shop/agent"] == NODES


def test_a_few_small_pods_cost_less_on_fargate_alone() -> None:
    small = workload("Deployment", "web", "250m", "256Mi", replicas=2)
    mixed, alone, fargate = compare(read([small]))
    assert mixed.bill == fargate.bill, "nothing needs a node"
    assert fargate.bill.cost < alone.bill.cost


def test_a_job_pays_for_its_hours() -> None:
    job = workload("Job", "report", "1", "2Gi", replicas=3)
    [work] = read([job], hours_a_day={"report": Decimal(2)})
    assert (work.count, work.refusal) == (3, "")
    whole, short = compare(read([job]))[2].bill, compare([work])[2].bill
    assert short.of("Fargate").cost * 12 == whole.of("Fargate").cost


def test_nodes_are_packed_beside_their_daemons() -> None:
    # m5.large: 2048 units and 8192 x 0.93 = 7618 MiB, less 102.4 and 128 for the agent: seven pods of 256 units
    assert nodes(read([workload("Deployment", "web", "250m", "512Mi", replicas=14), AGENT]), "m5.large") == 2
    assert nodes(read([workload("Deployment", "web", "250m", "512Mi", replicas=15), AGENT]), "m5.large") == 3
    assert nodes([], "m5.large") == 0
    with pytest.raises(ValueError, match="does not fit on a m5"):
        nodes(read([workload("Deployment", "big", "4", "1Gi")]), "m5.large")


def test_nodes_without_a_gpu_do_not_help_either() -> None:
    mixed, _, _ = compare(read([MODEL]), node="m5.2xlarge")
    assert mixed.left_out == ("Deployment shop/model: a m5.2xlarge has no GPU",)


def test_what_the_api_server_refuses_is_refused_here() -> None:
    with pytest.raises(Invalid):
        read([{"kind": "Deployment", "metadata": {"name": "x"}}])
    assert read([{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {}}]) == []
