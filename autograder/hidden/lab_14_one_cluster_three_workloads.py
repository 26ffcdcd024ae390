"""Lab 14 after submission: other pods, a zone lost, one node more, another night."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.lab_14_one_cluster_three_workloads import (
    LAB,
    must_be_accepted,
    must_be_left_alone,
    night_of,
)
from autograder.checks.labs.mixed_cluster.plan import MONTH_HOURS, pod_hour
from autograder.checks.labs.mixed_cluster.site import (
    must_be_watched,
    must_run_on_fargate,
    must_run_on_nodes,
    nodes_an_hour,
    site,
)
from simcloud.sim.eks.kubernetes import SUCCEEDED

EVICTED_MINUTES = 30
"""In which Kubernetes notices that nodes are gone, and pods are made anew."""


@LAB.check("tomorrow", question="mind-the-profile", points=1, rows=["F03"], after="on-fargate")
def tomorrows_pods_are_picked_alike(cloud: Any, variant: Mapping[str, Any]) -> None:
    """`web` gets one pod more, and it runs on Fargate; a new pod of what needs a node is picked by no profile."""
    here = site(cloud, variant)
    here.settle()
    web = copy.deepcopy(here.manifest("Deployment", "web"))
    web["spec"]["replicas"] = here.plan.web + 1
    here.kubernetes().apply(web)
    for pod in here.pods(here.plan.near, here.plan.far):
        here.kubernetes().delete("pod", pod.pod.name, namespace=pod.pod.namespace)
    here.settle()
    must_run_on_fargate(here, "with one pod more of web")
    for name in (here.plan.near, here.plan.far):
        must_be_left_alone(here, name)


@LAB.check("loses-a-zone", question="mind-the-profile", points=1, rows=["F03"], after="on-fargate")
def the_pods_outlive_a_zone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A zone is lost; half an hour later all pods of `web` and `api` run on Fargate in another one."""
    here = site(cloud, variant)
    here.settle()
    must_run_on_fargate(here, "before a zone is lost")
    zone = next(pod.zone for pod in here.running("web") if pod.profile)
    cloud.lose_zone(zone)
    cloud.advance(minutes=EVICTED_MINUTES)
    must_run_on_fargate(here, f"half an hour after {zone} was lost")


@LAB.check("one-node-more", question="bring-nodes", points=1, rows=["P02", "F10"], after="agent-everywhere")
def another_node_is_watched_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A group gets one node more, and the pods on nodes are deleted: all come back, the agent on the new node too."""
    here = site(cloud, variant)
    here.settle()
    groups = here.groups()
    expect(groups, expected="a node group", got="none", hint="a managed node group brings nodes")
    group = groups[0]
    wanted = group["scalingConfig"]["desiredSize"] + 1
    asked(
        boto3.client("eks").update_nodegroup_config,
        "one node more",
        clusterName=here.plan.cluster,
        nodegroupName=group["nodegroupName"],
        scalingConfig={"desiredSize": wanted, "maxSize": max(wanted, group["scalingConfig"]["maxSize"])},
    )
    here.settle()
    for pod in here.pods(here.plan.near, here.plan.far):
        here.kubernetes().delete("pod", pod.pod.name, namespace=pod.pod.namespace)
    here.settle()
    must_run_on_nodes(here, "with one node more")
    must_be_watched(here, "with one node more")
    must_run_on_fargate(here, "with one node more")


@LAB.check("night-ends", question="fit-the-pods", points=1, rows=["F03"])
def a_night_is_not_billed_the_day_after(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`night` is applied one evening: it runs on Fargate to its end, and half an hour later nothing of it is billed."""
    here = site(cloud, variant)
    here.settle()
    must_be_accepted(here, {**night_of(answers), "metadata": {**night_of(answers)["metadata"], "name": "evening"}})
    for _ in range(24):  # two hours at most
        cloud.advance(minutes=5)
        if all(pod.phase == SUCCEEDED for pod in here.kept().pods.values() if here.name_of(pod) == "evening"):
            break
    cloud.advance(minutes=31)
    kept = here.kept()
    ended = [pod for pod in kept.gone if here.name_of(pod) == "evening" and pod.profile and pod.phase == SUCCEEDED]
    left = [pod for pod in kept.pods.values() if here.name_of(pod) == "evening"]
    got = f"{left[0].pod.name} is {left[0].state}" if left else "it did not run on Fargate"
    hint = "ttlSecondsAfterFinished in the Job's spec, 1800 at most" if left and left[0].phase == SUCCEEDED else ""
    expect(
        ended and not left,
        expected="the Job runs on Fargate, and half an hour after its end its pod is gone",
        got=got,
        hint=hint or "its namespace and labels must be those that the profile asks for",
    )


@LAB.check("month-budget", question="price-both", points=1, rows=["M02", "P02"])
def a_day_of_the_cluster_is_in_budget(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A day later pods on Fargate and nodes still cost no more a month than `desk.month_budget`."""
    here = site(cloud, variant)
    cloud.advance(days=1)
    must_run_on_fargate(here, "a day later")
    must_run_on_nodes(here, "a day later")
    pods = sum(pod_hour(pod.size.cpu, pod.size.memory) for pod in here.kept().nodes() if pod.size)
    spent = (pods + nodes_an_hour(here)) * MONTH_HOURS
    expect(
        spent <= here.plan.month_budget,
        expected=f"pods and nodes for ${here.plan.month_budget} a month at most",
        got=f"${spent:.2f}: pods ${pods * MONTH_HOURS:.2f}, nodes ${nodes_an_hour(here) * MONTH_HOURS:.2f}",
        hint="a finished pod that stays, a pod too large, or a node too many",
    )
