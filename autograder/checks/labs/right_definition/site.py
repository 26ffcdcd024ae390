"""A learner's world as the checks of lab 02 see it: the newest definition of a job, and one run of it on a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import asked
from autograder.checks.check import expect
from autograder.checks.labs.right_definition.plan import FREE_GIB, Job, Plan, per_hour, plan_of
from simcloud.cloud.usage import usage_of
from simcloud.price.usage import TaskUsage

MINUTES = {"LINUX": 15, "WINDOWS": 40}
"""In which every job has ended that starts at all: four minutes of work, and the pull before it."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def newest(self, job: Job) -> dict[str, Any]:
        """The newest ACTIVE definition of the job's family. Raises Miss where there is none."""
        describe = boto3.client("ecs").describe_task_definition
        answer = asked(describe, f"an ACTIVE task definition of the family {job.name}", taskDefinition=job.name)
        return dict(answer["taskDefinition"])

    def run(self, job: Job) -> Any:
        """One task of the newest definition, started on this copy and left to end."""
        ec2, ecs = boto3.client("ec2"), boto3.client("ecs")
        subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
        subnet = min(subnets, key=lambda each: str(each["AvailabilityZone"]))["SubnetId"]
        answer = asked(
            ecs.run_task,
            f"a task of {job.name} can be started on Fargate",
            cluster=self.plan.cluster,
            taskDefinition=self.newest(job)["taskDefinitionArn"],
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}},
        )
        self.cloud.advance(minutes=MINUTES[job.system])
        return self.cloud.task(answer["tasks"][0]["taskArn"])

    def billed(self) -> TaskUsage:
        """What was metered of the task that was started last."""
        return [used for used in usage_of(self.cloud.world) if isinstance(used, TaskUsage)][-1]


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def size_of(definition: Mapping[str, Any]) -> tuple[int, int]:
    """CPU units and MiB of a registered definition; 0 where it names none."""
    return int(definition.get("cpu") or 0), int(definition.get("memory") or 0)


def platform_of(definition: Mapping[str, Any]) -> tuple[str, str]:
    """Processor and system that it asks for; what AWS takes where it says nothing."""
    named = definition.get("runtimePlatform", {})
    return named.get("cpuArchitecture") or "X86_64", named.get("operatingSystemFamily") or "LINUX"


def storage_of(definition: Mapping[str, Any]) -> int:
    """GiB of disk that a task of it has."""
    return int(definition.get("ephemeralStorage", {}).get("sizeInGiB") or FREE_GIB)


def must_run(here: Site, job: Job) -> None:
    """Raise Miss unless a task of the job's newest definition does its work and ends with exit code 0."""
    task = here.run(job)
    ended = [_end(one) for one in task.containers if one.reason != task.stopped_reason]
    expect(
        task.status == "STOPPED" and task.exit_code == 0,
        expected=f"a task of {job.name} does its work and ends with exit code 0",
        got="; ".join([task.status, task.stopped_reason or "no reason", *ended]),
        hint=task.why or "137 is 128 + 9: killed, most often for its memory; compare with peak_mib",
    )


def _end(container: Any) -> str:
    """How a container ended."""
    code = "no exit code" if container.exit_code is None else f"exit code {container.exit_code}"
    return f"{container.name}: {code}, {container.reason or 'no reason given'}"


def must_be_smallest(here: Site, job: Job) -> None:
    """Raise Miss unless the definition is for Fargate, in the cheapest size that AWS sells with what the job needs."""
    windows, held = job.system == "WINDOWS", here.newest(job)
    cpu, memory = size_of(held)
    known = held.get("requiresCompatibilities", [])
    expect(
        "FARGATE" in known,
        expected=f"the newest definition of {job.name} says that it is for Fargate",
        got=known,
        hint="requiresCompatibilities: then AWS refuses at once what Fargate does not sell",
    )
    right = job.size
    needs = f"{job.vcpu:g} vCPU and {job.peak_mib} MiB"
    if cpu < job.vcpu * 1024 or memory < job.peak_mib:
        hint = f"that is less than the {needs} on its card"
    elif (cpu, memory) != right:
        less = 1 - per_hour(*right, windows=windows) / per_hour(cpu, memory, windows=windows)
        hint = f"there is a size with {needs} for {less:.0%} less"
    else:
        hint = ""
    expect(
        not hint,
        expected=f"{job.name} has the cheapest size that AWS sells with {needs}",
        got=f"cpu {cpu}, memory {memory}",
        hint=hint,
    )
