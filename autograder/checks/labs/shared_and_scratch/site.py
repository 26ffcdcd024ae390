"""A learner's services as the checks of lab 06 see them: which files a task finds, and which disk it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from autograder.checks.asking import active_service, asked, definition_of, must_run, network_of
from autograder.checks.check import Miss, expect
from autograder.checks.labs.shared_and_scratch.plan import OPTIONS, Plan, plan_of
from autograder.checks.labs.shared_and_scratch.world import NFS
from simcloud.cloud import network
from simcloud.cloud.eks.kubernetes import KubernetesError
from simcloud.reason.filters import into_groups
from simcloud.reason.network import Interface
from simcloud.sim.files import place

SETTLE_MINUTES = 8
"""In which a service comes to rest, and a task has started or failed."""
KEPT = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def files(self) -> dict[str, Any]:
        """The file system. Raises Miss where it is gone."""
        name = f"ferryline-{self.plan.service}"
        held = boto3.client("efs").describe_file_systems()["FileSystems"]
        mine = [one for one in held if one.get("Name") == name]
        expect(mine, expected=f"the file system {name}", got="it is gone", hint="lab.reset() brings it back")
        return dict(mine[0])


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def held_task(here: Site, task: Any) -> Any:
    """The task as the simulation holds it: with its files and volumes."""
    return next(each for each in here.cloud.world.tasks.values() if each.id == task.id)


def found(here: Site, task: Any, path: str) -> str:
    """What a task's first container finds in a file; '' where there is none."""
    held = held_task(here, task)
    store, inside, _ = place(held, next(iter(held.definition.containers)), path)
    return str(here.cloud.world.files.get(store, {}).get(inside, ""))


def write(here: Site, zone: str, file: str, text: str) -> None:
    """Start a task of the service's definition in a zone, with a program that writes this file. Raises Miss."""
    plan = here.plan
    image = here.cloud.push_image("ferryline/writer", file.rsplit("/", 1)[-1], writes=[(file, text)])
    task = start(here, zone, image=image)
    expect(
        task.status == "RUNNING",
        expected=f"a task of {plan.service} that is started in {zone} is RUNNING after {SETTLE_MINUTES} minutes",
        got=f"{task.status}: {task.stopped_reason or 'no reason yet'}",
        hint=task.why or "a mount target in each zone that has tasks, and TCP 2049 into its group",
    )
    kept = here.cloud.world.files.get(str(here.files()["FileSystemId"]), {})
    expect(
        text in kept.values(),
        expected=f"what a task writes to {file} lies in the file system",
        got="it does not",
        hint=_why_not_written(here, task, str(here.files()["FileSystemId"]), file),
    )


def _why_not_written(here: Site, task: Any, files: str, file: str) -> str:
    """What keeps a task's program from writing into the file system."""
    held = held_task(here, task)
    first = next(iter(held.definition.containers))
    store, _, writable = place(held, first, file)
    if store != files:
        return f"mountPoints of the container: at {here.plan.path} there is no volume of {files}"
    if any(mount.read_only for mount in first.mounts):
        return "its mount point is read-only: readOnly in mountPoints"
    return "it may write there" if writable else "it is mounted, and may be read: ClientWrite for the task role"


def start(here: Site, zone: str, **changes: str) -> Any:
    """One task of the service's definition in a zone, with another image or task role; let it live or die."""
    plan = here.plan
    held, service = definition_of(plan.cluster, plan.service), active_service(plan.cluster, plan.service)
    configured = network_of(service)
    described = asked(boto3.client("ec2").describe_subnets, "its subnets", SubnetIds=configured["subnets"])["Subnets"]
    there = [each["SubnetId"] for each in described if each["AvailabilityZone"] == zone]
    expect(there, expected=f"a subnet of {zone} in {plan.service}", got=configured["subnets"], hint="one of each zone")
    first, *others = held["containerDefinitions"]
    members = {name: held[name] for name in KEPT if name in held}
    if "role" in changes:
        members["taskRoleArn"] = changes["role"]
    ecs, what = boto3.client("ecs"), f"a task of {plan.service} can be started in {zone}"
    made = asked(
        ecs.register_task_definition,
        what,
        **members,
        containerDefinitions=[{**first, "image": changes.get("image", first["image"])}, *others],
        volumes=held.get("volumes", []),
    )["taskDefinition"]["taskDefinitionArn"]
    answer = asked(
        ecs.run_task,
        what,
        cluster=plan.cluster,
        taskDefinition=made,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {**configured, "subnets": there[:1]}},
    )
    here.cloud.advance(minutes=SETTLE_MINUTES)
    return here.cloud.task(answer["tasks"][0]["taskArn"])


def must_find_in_all(here: Site, file: str, text: str, when: str) -> None:
    """Raise Miss unless every running task of the service finds this text in the file."""
    plan = here.plan
    tasks = must_run(here.cloud, plan.cluster, plan.service, plan.count, when)
    blind = [task.zone for task in tasks if found(here, task, file) != text]
    expect(
        not blind,
        expected=f"{when} every task of {plan.service} finds {file}",
        got=f"{len(blind)} of {len(tasks)} do not, in {', '.join(sorted(set(blind)))}",
        hint=f"the same volume at {plan.path} in the definition that the service runs: update_service",
    )


def must_keep_strangers_out(here: Site) -> None:
    """Raise Miss where somebody else than the service's tasks reaches a mount target at port 2049."""
    net, efs = network.picture(here.cloud.region, here.cloud.account), boto3.client("efs")
    targets = efs.describe_mount_targets(FileSystemId=here.files()["FileSystemId"])["MountTargets"]
    expect(targets, expected="mount targets", got="none", hint="create_mount_target, one in each zone")
    strangers = [
        Interface("somebody on the internet", "", "203.0.113.9", ()),
        Interface("a till of the VPC", "", "172.31.200.20", ("sg-of-a-till",)),
        *_in_other_groups(here),
    ]
    for target in targets:
        held = efs.describe_mount_target_security_groups(MountTargetId=target["MountTargetId"])["SecurityGroups"]
        for stranger in strangers:
            passage = into_groups(net, held, stranger, stranger.address, NFS)
            expect(
                not passage.passes,
                expected=f"the tasks' group alone reaches {target['MountTargetId']} at {NFS}",
                got=f"{stranger.id} does, by {passage.by}",
                hint="revoke what is too wide; one rule is enough: TCP 2049 from the tasks' group",
            )


def _in_other_groups(here: Site) -> Iterator[Interface]:
    """A machine in each security group of the account but those of the service's tasks."""
    own = network_of(active_service(here.plan.cluster, here.plan.service))["securityGroups"]
    for group in boto3.client("ec2").describe_security_groups()["SecurityGroups"]:
        is_own = group["GroupId"] in own or (group["GroupName"] == "default" and not own)
        if not is_own:
            yield Interface(f"a machine in the group {group['GroupName']}", "", "172.31.200.21", (group["GroupId"],))


def disks(here: Site, tasks: list[Any]) -> list[str]:
    """The ids of the EBS volumes of the sorter's tasks. Raises Miss unless each has one of the right size and kind."""
    plan, ec2, ids = here.plan, boto3.client("ec2"), []
    for one in tasks:
        task = held_task(here, one)
        own = [each.id for each in task.volumes if each.id]
        expected = f"each task of {plan.sorter} has an EBS volume of {plan.size} GiB, gp3, at {plan.scratch}"
        hint = "configuredAtLaunch in the definition's volumes, and volumeConfigurations in create_service"
        expect(len(own) == 1, expected=expected, got=f"{len(own)} volumes", hint=hint)
        disk = asked(ec2.describe_volumes, expected, VolumeIds=own)["Volumes"][0]
        got = f"{disk['Size']} GiB, {disk['VolumeType']}"
        members = "sizeInGiB and volumeType in managedEBSVolume"
        expect((disk["Size"], disk["VolumeType"]) == (plan.size, "gp3"), expected=expected, got=got, hint=members)
        store = place(task, next(iter(task.definition.containers)), f"{plan.scratch}/a")[0]
        hint = f"mountPoints of the container: that volume at {plan.scratch}"
        expect(store == own[0], expected=expected, got="it is not mounted there", hint=hint)
        ids += own
    return ids


def must_choose(here: Site, given: Any, names: list[str]) -> None:
    """Raise Miss at the first case for which another storage is right."""
    form = f"a dict: each case of desk.cases, and one of {', '.join(OPTIONS)}"
    expect(isinstance(given, dict), expected=form, got=given, hint="storage = {'s1': ..., ...}")
    for name in names:
        told, right = here.plan.cases[name]
        if given.get(name) == right:
            continue
        raise Miss(f"the storage for {name}", given.get(name, "nothing about it"), f"{told} {AGAINST[right]}")


def event_of(here: Site) -> str:
    """What Fargate's scheduler says of the pod that a colleague tried. Raises Miss where it is gone."""
    kubernetes, what = here.cloud.kubernetes(here.plan.pods), f"the pod of documents in {here.plan.pods}"
    gone = Miss(what, "it is gone", "lab.reset() brings it back")
    try:
        pods = [pod["metadata"]["name"] for pod in kubernetes.get("pods")]
        told = kubernetes.describe("pod", next(name for name in pods if name.startswith("documents-")))
    except (KubernetesError, StopIteration):
        raise gone from None
    said = [line.partition("Pod not supported on Fargate")[1:] for line in told.splitlines()]
    found = ["".join(parts) for parts in said if parts[0]]
    if not found:
        raise gone
    return found[-1]


AGAINST = {
    "EFS": "Who shares it, and what is there after every task was replaced?",
    "EBS": "How much is it, where does its content come from, and who else needs it?",
    "ephemeral storage": "It needs nothing to be made beside the definition: up to 200 GiB, gone with the task.",
    "not on Fargate": "How many volumes can a task have, how many tasks a volume, and what can a pod have?",
}
