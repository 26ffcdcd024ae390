"""EFS volumes: mounted before the containers start, by the task's own interface and under the task role (R-176 ff.)."""

from __future__ import annotations

from simcloud.facts import timings, words
from simcloud.facts.words import start as start_words
from simcloud.sim.asks import Asks, FileSystem
from simcloud.sim.definition import FileSystemPlan
from simcloud.sim.files import Store
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps.step import Step, role_name
from simcloud.sim.task import Task

NFS = 2049
MOUNT, WRITE = "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """One volume: its name, the way to port 2049, the right to mount it, its access point, its directory."""
    plan = next(each for each in task.definition.file_systems if each.name == step.subject)
    found = asks.file_system(task.interface.id, plan.file_system, plan.access_point, plan.root)
    if not found.address:
        text = words.EFS_NO_NAME.format(file_system=plan.file_system, region=task.region)
        return Failed(text, found.why, timings.DENIED_SECONDS.value)
    route = asks.route(task.interface.id, found.address, NFS)
    if not route.open:
        return Failed(str(words.EFS_TIMEOUT), route.why, timings.EFS_MOUNT_TIMEOUT_SECONDS.value)
    if plan.iam and not task.definition.task_role:
        why = "the mount is to be authorized by IAM, and the task definition names no task role"
        return Failed(str(words.EFS_DENIED), why, timings.DENIED_SECONDS.value)
    role = task.definition.task_role if plan.iam else ""
    context = _context(plan, found)
    mount = asks.may_mount(role, task.id, MOUNT, found.arn, context)
    if not mount.allowed:
        return Failed(str(words.EFS_DENIED), mount.why, timings.DENIED_SECONDS.value)
    return _opened(task, plan, found, route.why, asks.may_mount(role, task.id, WRITE, found.arn, context).allowed)


def _context(plan: FileSystemPlan, found: FileSystem) -> dict[str, str]:
    """The condition keys of a mount by way of a mount target
    (https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html)."""
    keys = {"elasticfilesystem:AccessedViaMountTarget": "true", "aws:SecureTransport": str(plan.encrypted).lower()}
    if plan.access_point:
        point = found.arn.partition(":file-system/")[0] + f":access-point/{plan.access_point}"
        keys["elasticfilesystem:AccessPointArn"] = point
    return keys


def _opened(task: Task, plan: FileSystemPlan, found: FileSystem, why: str, writable: bool) -> Outcome:
    if not found.root:
        text = f"{plan.file_system} has no access point {plan.access_point}"
        return Failed(str(words.EFS_DENIED), text, timings.DENIED_SECONDS.value)
    if not found.has_root:
        mounted = f"127.0.0.1:{found.root}" if plan.encrypted else f"{found.address}:{found.root}"
        text = start_words.EFS_NO_DIRECTORY.format(mounted=mounted)
        return Failed(text, f"{plan.file_system} has no directory {found.root}", timings.DENIED_SECONDS.value)
    who = f"as task role {role_name(task.definition.task_role)}" if plan.iam else "with no role"
    says = f"has mounted {plan.file_system} as volume {plan.name}, {who}"
    return Passed(0.0, says, why, stores=((plan.name, Store(plan.file_system, found.root, writable)),))
