"""How the checks look at the learner's cluster: its pods, where they are, and what they are billed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks import Miss, expect
from autograder.checks.asking import asked
from autograder.checks.labs.mixed_cluster.plan import MACHINE_HOURS, Plan, plan_of
from simcloud.sim.eks.scheduling import profiles_of
from simcloud.sim.eks.selectors import profile_for

SETTLE_MINUTES = 15
"""In which profiles and node groups that were asked for are ACTIVE, and pods that can run do."""
FARGATE_SCHEDULER = "fargate-scheduler"


@dataclass(frozen=True)
class Site:
    """The learner's cluster as it stands now."""

    cloud: Any
    plan: Plan

    def settle(self) -> None:
        """Let the copy come to rest."""
        self.cloud.advance(minutes=SETTLE_MINUTES)

    def kubernetes(self) -> Any:
        """The cluster's API server. Raises Miss where the cluster is gone."""
        name = self.plan.cluster
        status = asked(boto3.client("eks").describe_cluster, f"the cluster {name}", name=name)["cluster"]["status"]
        expect(status in ("ACTIVE", "UPDATING"), expected=f"the cluster {name}, ACTIVE", got=status)
        return self.cloud.kubernetes(name)

    def kept(self) -> Any:
        """What its API server keeps."""
        self.kubernetes()
        return self.cloud.world.eks.kubernetes[self.plan.cluster]

    def pods(self, *names: str) -> list[Any]:
        """The pods of these workloads that have not ended."""
        return [pod for pod in self.kept().pods.values() if pod.alive and self.name_of(pod) in names]

    def running(self, name: str) -> list[Any]:
        """The pods of a workload that run."""
        return [pod for pod in self.pods(name) if pod.ready]

    def name_of(self, pod: Any) -> str:
        """The workload that a pod belongs to."""
        return str(pod.pod.owner[1] if pod.pod.owner else pod.pod.name)

    def manifest(self, kind: str, name: str) -> dict[str, Any]:
        """A workload as it was applied last. Raises Miss where it is gone."""
        for (held_kind, _, held_name), one in self.kept().objects.items():
            if (held_kind, held_name) == (kind, name):
                return dict(one)
        raise Miss(f"the {kind} {name}", "it is gone", "apply it again: the company still needs it")

    def groups(self) -> list[dict[str, Any]]:
        """The node groups of the cluster, as the API describes them."""
        eks, cluster = boto3.client("eks"), self.plan.cluster
        what = f"the node groups of {cluster}"
        names = asked(eks.list_nodegroups, what, clusterName=cluster)["nodegroups"]
        return [
            asked(eks.describe_nodegroup, what, clusterName=cluster, nodegroupName=name)["nodegroup"] for name in names
        ]


def must_have_come_to_rest(here: Site) -> None:
    """Raise Miss where a Fargate profile is being made or deleted."""
    eks, cluster = boto3.client("eks"), here.plan.cluster
    what = f"the Fargate profiles of {cluster}"
    for name in asked(eks.list_fargate_profiles, what, clusterName=cluster)["fargateProfileNames"]:
        found = asked(eks.describe_fargate_profile, what, clusterName=cluster, fargateProfileName=name)
        status = found["fargateProfile"]["status"]
        expect(
            status == "ACTIVE",
            expected="when your cell has run, no profile is on its way",
            got=f"{name} is {status}",
            hint="the waiters fargate_profile_active and fargate_profile_deleted wait for it",
        )


def groups_must_stand(here: Site) -> None:
    """Raise Miss where a node group is not ACTIVE."""
    for group in here.groups():
        expect(
            group["status"] == "ACTIVE",
            expected=f"when your cell has run, the node group {group['nodegroupName']} is ACTIVE",
            got=group["status"],
            hint="the waiter nodegroup_active waits for it",
        )


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def why_not(here: Site, name: str) -> str:
    """What keeps a pod of this workload from running: what its last event says, or that it was made too early."""
    waiting = [pod for pod in here.pods(name) if not pod.ready]
    if not waiting:
        return f"there is no pod of {name}: kubernetes.get shows what was applied"
    profiles = profiles_of(here.cloud.world, here.plan.cluster)
    if waiting[-1].scheduler != FARGATE_SCHEDULER and profile_for(waiting[-1].pod, profiles):
        return "a profile looks at a pod once, when it is made: delete the pod that waits, and another one is made"
    events = waiting[-1].events
    return str(events[-1].message) if events else f"its pod is {waiting[-1].state}"


def must_run_on_fargate(here: Site, when: str) -> None:
    """Raise Miss unless every pod of the passengers' Deployments runs on Fargate."""
    for name in here.plan.counts:
        count = int(here.manifest("Deployment", name)["spec"].get("replicas", 1))
        there = here.running(name)
        on_fargate = [pod for pod in there if pod.profile]
        expect(
            len(on_fargate) >= max(count, here.plan.counts[name]),
            expected=f"{when} {here.plan.counts[name]} pods of {name} run on Fargate",
            got=f"{len(on_fargate)} on Fargate, {len(there) - len(on_fargate)} on nodes",
            hint=why_not(here, name),
        )


def must_run_on_nodes(here: Site, when: str) -> None:
    """Raise Miss unless what Fargate cannot take runs on nodes."""
    for name in (here.plan.near, here.plan.far):
        there = [pod for pod in here.running(name) if not pod.profile and pod.machine]
        expect(there, expected=f"{when} a pod of {name} runs on a node", got="none", hint=why_not(here, name))


def must_be_watched(here: Site, when: str) -> None:
    """Raise Miss unless there are nodes, and each has a running pod of the agent."""
    machines = set(here.kept().machines)
    expect(machines, expected=f"{when} nodes in the cluster", got="none", hint="a managed node group brings them")
    here.manifest("DaemonSet", "agent")
    watched = {pod.machine for pod in here.running("agent")}
    expect(
        machines <= watched,
        expected=f"{when} a running pod of agent on each of {len(machines)} nodes",
        got=f"on {len(machines & watched)}",
        hint=why_not(here, "agent"),
    )


def nodes_an_hour(here: Site, size: str = "desiredSize") -> float:
    """US dollars an hour of the nodes that the groups want, or, by `maxSize`, may grow to. Raises Miss for a type that
    is not among the prices."""
    total = 0.0
    for group in here.groups():
        kind = (group.get("instanceTypes") or [""])[0]
        known = ", ".join(MACHINE_HOURS)
        expect(kind in MACHINE_HOURS, expected=f"nodes of the types in desk.prices: {known}", got=kind)
        total += MACHINE_HOURS[kind] * group["scalingConfig"][size]
    return total
