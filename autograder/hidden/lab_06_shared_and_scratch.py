"""Lab 06 after submission: every task replaced, a zone lost, a role without permission, a disk's task killed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import must_run
from autograder.checks.labs.lab_06_shared_and_scratch import AT_ONCE, LAB
from autograder.checks.labs.rolling_service.world import TRUST
from autograder.checks.labs.shared_and_scratch.site import (
    SETTLE_MINUTES,
    disks,
    must_choose,
    must_find_in_all,
    site,
    start,
    write,
)

LOST_ZONE_MINUTES = 20


@LAB.check("outlives", question="share-it", points=2, rows=["P07"], after="one-file")
def the_files_outlive_every_task(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A file is written, every task is killed; ten minutes later the new tasks find the file as it was."""
    here = site(cloud, variant)
    file = f"{here.plan.path}/tuesday.jpg"
    write(here, here.plan.zones[0], file, "a face")
    old = set()
    for task in cloud.tasks(here.plan.cluster, status="RUNNING"):
        cloud.kill_task(task.arn)
        old.add(task.id)
    cloud.advance(minutes=10)
    must_find_in_all(here, file, "a face", "ten minutes after all were killed")
    same = [task.id for task in cloud.tasks(here.plan.cluster, status="RUNNING") if task.id in old]
    expect(not same, expected="new tasks", got=same)


@LAB.check("by-role", question="share-it", points=1, rows=["F05"], after="one-file")
def the_task_role_is_asked(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of the same definition whose task role has no permission cannot mount the files."""
    here = site(cloud, variant)
    role = boto3.client("iam").create_role(RoleName="of-nobody", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    task = start(here, here.plan.zones[here.plan.stands], role=role["Arn"])
    expect(
        task.status != "RUNNING",
        expected="a task with a role that may nothing does not mount the files",
        got="it does, and runs",
        hint="authorizationConfig of the volume: iam ENABLED",
    )


@LAB.check("other-zone", question="share-it", points=1, rows=["F05"], after="one-file")
def it_outlives_a_zone(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The zone in which the mount target stood is lost; twenty minutes later all tasks run in the other zone."""
    here = site(cloud, variant)
    cloud.lose_zone(here.plan.zones[here.plan.stands])
    cloud.advance(minutes=LOST_ZONE_MINUTES)
    must_run(cloud, here.plan.cluster, here.plan.service, here.plan.count, "twenty minutes after a zone was lost")


@LAB.check("gone", question="scratch", points=2, rows=["F06", "M06"], after="one-each")
def a_disk_goes_with_its_task(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task is killed; its volume is deleted with it, and the new task has a volume of its own."""
    here = site(cloud, variant)
    plan = here.plan
    cloud.advance(minutes=SETTLE_MINUTES)
    first = must_run(cloud, plan.cluster, plan.sorter, plan.sorters, "before one is killed")
    lost = disks(here, first[:1])[0]
    cloud.kill_task(first[0].arn)
    cloud.advance(minutes=10)
    ids = disks(here, must_run(cloud, plan.cluster, plan.sorter, plan.sorters, "ten minutes after one was killed"))
    pages = boto3.client("ec2").get_paginator("describe_volumes").paginate()
    there = [one["VolumeId"] for page in pages for one in page["Volumes"]]
    expect(
        lost not in there and lost not in ids,
        expected=f"{lost} is deleted with its task",
        got="it is still there, and still paid",
        hint="terminationPolicy.deleteOnTermination is true unless you say otherwise",
    )


@LAB.check("other-cases", question="which-storage", points=3, rows=["T09", "M06", "P07"])
def the_other_cases_are_decided(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`storage` has the right one for each of the other cases."""
    here = site(cloud, variant)
    must_choose(here, answers["storage"], [name for name in here.plan.cases if name not in AT_ONCE])
