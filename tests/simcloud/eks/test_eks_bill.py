"""What of EKS is on the bill: the cluster, its pods, and the machines of its node groups; until each is gone."""

from __future__ import annotations

from decimal import Decimal

import boto3
import pytest
from eks_shop import EksShop, container, controller

from simcloud.cloud.usage import usage_of
from simcloud.price.breakdown import by, cluster
from simcloud.price.price import price

HOUR = 3600


def dollars(shop: EksShop) -> dict[str, Decimal]:
    bill = price(usage_of(shop.cloud.world))
    return {line.what: line.cost for line in bill if line.what.startswith(("EKS", "EC2"))}


def test_a_cluster_is_paid_by_the_begun_hour_until_it_is_gone(ready: EksShop) -> None:
    #
    before = dollars(ready)["EKS cluster hours"]
    ready.cloud.advance(hours=10)
    assert dollars(ready)["EKS cluster hours"] == before + Decimal("1.00")
    boto3.client("eks").delete_cluster(name="shop")
    ready.cloud.advance(hours=1)
    gone = dollars(ready)
    ready.cloud.advance(hours=10)
    assert dollars(ready) == gone
    assert Decimal("1.00") < gone["EKS cluster hours"] <= Decimal("1.50")


@pytest.mark.row("M02")
def test_the_machines_of_a_node_group_are_paid_by_their_number(ready: EksShop) -> None:
    eks = boto3.client("eks")
    eks.create_nodegroup(
        clusterName="shop",
        nodegroupName="big",
        subnets=[ready["private-a"]],
        nodeRole=ready["nodes"],
        instanceTypes=["m5.large"],
        scalingConfig={"minSize": 1, "maxSize": 5, "desiredSize": 2},
    )
    ready.cloud.advance(hours=10)
    assert dollars(ready)["EC2 m5.large"] == 20 * Decimal("0.096")
    eks.update_nodegroup_config(clusterName="shop", nodegroupName="big", scalingConfig={"desiredSize": 4})
    ready.cloud.advance(hours=10)
    cost = dollars(ready)["EC2 m5.large"]
    assert 59 * Decimal("0.096") < cost <= 60 * Decimal("0.096"), (
        "two for ten hours, then four; the update takes a while"
    )
    eks.delete_nodegroup(clusterName="shop", nodegroupName="big")
    ready.cloud.advance(hours=1)
    gone = dollars(ready)["EC2 m5.large"]
    ready.cloud.advance(hours=5)
    assert dollars(ready)["EC2 m5.large"] == gone


def test_pods_are_billed_under_eks_by_their_cluster_in_the_size_that_fargate_gave_them(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(controller("Deployment", "web", container(), replicas=2))
    webbed.cloud.advance(hours=2)
    used = usage_of(webbed.cloud.world)
    bill = by(used, cluster)["shop"]
    [cpu] = bill.of("vCPU")
    assert cpu.product == "Elastic Kubernetes Service"
    seconds = cpu.amount * 4
    assert 2 * 1.9 * HOUR < seconds < 2 * 2 * HOUR
    assert bill.of("memory").lines[0].amount == seconds / 2
