"""Lab 08 after submission: how long old tasks are kept, the release after the next, another bad version, no traces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.blue_green.plan import BUSY, FAILS_ALWAYS
from autograder.checks.labs.blue_green.site import (
    BAD_MINUTES,
    REST_MINUTES,
    must_answer_all,
    must_keep_the_old,
    must_not_hurt,
    must_run,
    must_shift,
    site,
    stack_of,
    watched,
)
from autograder.checks.labs.lab_08_blue_green import LAB, P09

DELETE_MINUTES = 30
OF_A_STACK = {
    "AWS::ECS::TaskDefinition": "its task definition",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "its two target groups",
    "AWS::ElasticLoadBalancingV2::Listener": "its listener",
    "AWS::CloudWatch::Alarm": "its alarm",
}


@LAB.check("native-keeps", question="by-ecs", points=1, rows=P09, after="native-whole")
def the_native_service_keeps_its_old_tasks(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A version is released: the old tasks of `desk.native` are kept for as long as the ticket says, and not for
    longer."""
    here = site(cloud, variant, "native")
    cloud.advance(minutes=REST_MINUTES)
    must_keep_the_old(here, watched(here, "1.1"))


@LAB.check("native-again", question="by-ecs", points=1, rows=P09, after="native-whole")
def the_release_after_that_shifts_too(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Version 1.1 is released and then 1.3: the second shifts like the first, and no request is lost."""
    here = site(cloud, variant, "native")
    cloud.advance(minutes=REST_MINUTES)
    watched(here, "1.1")
    seen = watched(here, "1.3")
    must_shift(here, seen)
    must_answer_all(here, seen, FAILS_ALWAYS)


@LAB.check("native-worse", question="goes-back", points=1, rows=P09, after="native-back")
def a_worse_version_goes_back_on_a_busy_day(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a busy day version 3.0 is released, of which half the requests fail: it has customers for 6 minutes at most,
    and goes back."""
    here = site(cloud, variant, "native")
    cloud.advance(minutes=REST_MINUTES)
    seen = watched(here, "3.0", busy=BUSY, minutes=BAD_MINUTES)
    must_run(here, "1.0", f"{BAD_MINUTES} minutes after a bad version of ours came")
    must_not_hurt(here, seen)


@LAB.check("classic-keeps", question="by-codedeploy", points=1, rows=P09, after="classic-whole")
def codedeploy_keeps_the_old_tasks(cloud: Any, variant: Mapping[str, Any]) -> None:
    """CodeDeploy deploys: the old tasks of `desk.classic` are kept for as long as the ticket says, no longer."""
    here = site(cloud, variant, "classic")
    cloud.advance(minutes=here.shift.keep + REST_MINUTES)
    must_keep_the_old(here, watched(here, "1.0"))


@LAB.check("classic-again", question="by-codedeploy", points=1, rows=P09, after="classic-whole")
def codedeploy_goes_on(cloud: Any, variant: Mapping[str, Any]) -> None:
    """On a busy day CodeDeploy deploys version 1.3, a good one: it goes through, as `desk.shift[desk.classic]` says."""
    here = site(cloud, variant, "classic")
    cloud.advance(minutes=here.shift.keep + REST_MINUTES)
    must_shift(here, watched(here, "1.3", busy=BUSY))
    must_run(here, "1.3", "then")


@LAB.check("stack-gone", question="by-template", points=1, rows=P09, after="stack-whole")
def nothing_of_the_stack_is_left(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The stack holds the service with its definition, target groups, listener and alarm; it is deleted, and nothing of
    it is left."""
    here = site(cloud, variant, "stacked")
    stack = stack_of(here)
    cloudformation = boto3.client("cloudformation")
    parts = cloudformation.describe_stack_resources(StackName=stack["StackName"])["StackResources"]
    kinds = [part["ResourceType"] for part in parts]
    for kind, what in OF_A_STACK.items():
        wanted = 2 if kind.endswith("TargetGroup") else 1
        expect(
            kinds.count(kind) >= wanted,
            expected=f"the stack holds {what}: {kind}",
            got=f"{kinds.count(kind)} of them among {', '.join(sorted(set(kinds)))}",
            hint="what is made outside the template stays when the stack goes",
        )
    asked(cloudformation.delete_stack, "the stack can be deleted", StackName=stack["StackName"])
    cloud.advance(minutes=DELETE_MINUTES)
    status = cloudformation.describe_stacks(StackName=stack["StackId"])["Stacks"][0]["StackStatus"]
    expect(status == "DELETE_COMPLETE", expected="the stack is gone", got=status, hint="read describe_stack_events")
    left = [one["TargetGroupArn"] for one in boto3.client("elbv2").describe_target_groups()["TargetGroups"]]
    stayed = [part["ResourceType"] for part in parts if part.get("PhysicalResourceId") in left]
    expect(
        not stayed,
        expected="nothing of it is left",
        got=f"{', '.join(stayed)} stay behind",
        hint="no DeletionPolicy Retain",
    )
