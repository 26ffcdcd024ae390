"""An Availability Zone goes down under pods of EKS on Fargate, and Fargate runs out of capacity for them."""

from __future__ import annotations

from eks_shop import EksShop, controller

from simcloud.cloud.usage import usage_of
from simcloud.price.usage import TaskUsage


def ready(shop: EksShop) -> dict[str, bool]:
    """Whether each pod of the default namespace is ready."""
    found = shop.cloud.kubernetes("shop").get("Pod")
    return {each["metadata"]["name"]: each["status"]["containerStatuses"][0]["ready"] for each in found}


def subnets(shop: EksShop) -> list[str]:
    """Of the pods' nodes."""
    found = shop.ec2.describe_network_interfaces()["NetworkInterfaces"]
    return sorted(each["SubnetId"] for each in found if each["Description"] == "Amazon EKS Fargate pod")


def test_the_pods_of_a_lost_zone_are_missed_evicted_and_made_anew_in_the_other(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(controller("Deployment", "web", replicas=2))
    webbed.cloud.advance(minutes=2)
    assert subnets(webbed) == sorted((webbed["private-a"], webbed["private-b"]))
    before = ready(webbed)
    webbed.cloud.lose_zone("us-east-1b")
    assert ready(webbed).keys() == before.keys()
    webbed.cloud.advance(seconds=45)
    assert sorted(ready(webbed).values()) == [False, True], "40 seconds without a word from its node"
    webbed.cloud.advance(minutes=4)
    assert ready(webbed).keys() == before.keys(), "a pod bears a node that is not ready for five minutes"
    webbed.cloud.advance(minutes=3)
    after = ready(webbed)
    assert list(after.values()) == [True, True]
    assert len(before.keys() & after.keys()) == 1
    assert subnets(webbed) == [webbed["private-a"]] * 2
    webbed.cloud.world.check()


def test_a_node_that_is_lost_costs_nothing_from_then_on(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    kube.apply(controller("Deployment", "web", replicas=2))
    webbed.cloud.advance(minutes=10)
    webbed.cloud.lose_zone("us-east-1b")
    begun = {each.begin: float(each.seconds) for each in usage_of(webbed.cloud.world) if isinstance(each, TaskUsage)}
    webbed.cloud.advance(minutes=20)
    ended = [each for each in usage_of(webbed.cloud.world) if isinstance(each, TaskUsage)]
    assert any(float(each.seconds) == begun.get(each.begin) for each in ended)


def test_r279_without_capacity_a_pod_waits_and_says_so(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    webbed.cloud.drought("FARGATE")
    kube.apply(controller("Deployment", "web", replicas=1))
    webbed.cloud.advance(minutes=5)
    (name,) = (each["metadata"]["name"] for each in kube.get("Pod"))
    said = "Fargate capacity is unavailable at this time. Please try again later or in a different availability zone."
    assert said in kube.describe("Pod", name)
    webbed.cloud.end_drought("FARGATE")
    webbed.cloud.advance(minutes=15)
    assert list(ready(webbed).values()) == [True]


def test_r094_pods_count_against_the_quota_of_vcpu(webbed: EksShop) -> None:
    kube = webbed.cloud.kubernetes("shop")
    webbed.cloud.vcpu_quota("FARGATE", 0.25)
    kube.apply(controller("Deployment", "web", replicas=2))
    webbed.cloud.advance(minutes=5)
    phases = [each["status"]["phase"] for each in kube.get("Pod")]
    assert sorted(phases) == ["Pending", "Running"]
