"""Lab 08: blue/green by ECS itself, by CodeDeploy, and out of a template. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import must_be_stable
from autograder.checks.labs.blue_green import hints
from autograder.checks.labs.blue_green.plan import BUSY, CLUSTER, FAILS_ALWAYS, make_variant
from autograder.checks.labs.blue_green.site import (
    BAD_MINUTES,
    REST_MINUTES,
    deployment_group,
    must_answer_all,
    must_be_complete,
    must_have_deployed,
    must_not_hurt,
    must_run,
    must_shift,
    site,
    stack_of,
    watched,
)
from autograder.checks.labs.blue_green.told import deployed
from autograder.checks.labs.blue_green.world import build_world

LESSON = "08-deployments.ipynb"
P09 = ("P09",)

LAB = Lab(
    id="08-blue-green",
    title="Blue/green",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "elbv2", "iam", "logs", "cloudwatch", "codedeploy", "cloudformation"),
    questions=(
        Question("by-ecs", "ECS shifts it", 5, rows=P09, hints=hints.BY_ECS, lesson=LESSON),
        Question("goes-back", "It goes back by itself", 4, rows=P09, hints=hints.GOES_BACK, lesson=LESSON),
        Question("by-codedeploy", "CodeDeploy shifts it", 5, rows=P09, hints=hints.BY_CODEDEPLOY, lesson=LESSON),
        Question("by-template", "The same as a template", 4, rows=P09, hints=hints.BY_TEMPLATE, lesson=LESSON),
        Question(
            "read-it", "Read how it went back", 2, needs=("native", "classic"), rows=P09, hints=hints.READ_IT,
            lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("native-whole", question="by-ecs", points=1, rows=P09)
def the_native_service_is_whole(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Ten minutes after your code ran, `desk.native` runs version 1.0 with its count of healthy targets behind its own
    load balancer."""
    here = site(cloud, variant, "native")
    here.held()
    cloud.advance(minutes=REST_MINUTES)
    must_run(here, "1.0", "then")


@LAB.check("native-stands", question="by-ecs", points=1, rows=P09, after="native-whole")
def your_code_waits_until_it_stands(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has ended `desk.native` is stable: its count of tasks runs, and one deployment is left."""
    must_be_stable(CLUSTER, site(cloud, variant, "native").service)


@LAB.check("native-shifts", question="by-ecs", points=1, rows=P09, after="native-whole")
def the_native_service_shifts(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Version 1.1 is released with update_service: the customers go over to it as `desk.shift[desk.native]` says, and
    no request is lost."""
    here = site(cloud, variant, "native")
    cloud.advance(minutes=REST_MINUTES)
    seen = watched(here, "1.1")
    must_shift(here, seen)
    must_answer_all(here, seen, FAILS_ALWAYS)
    must_run(here, "1.1", "then")


@LAB.check("native-back", question="goes-back", points=2, rows=P09)
def the_native_service_goes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Version 2.0 is released, of which three requests in ten fail: it has customers for 6 minutes at most, then 1.0
    serves again."""
    here = site(cloud, variant, "native")
    here.held()
    cloud.advance(minutes=REST_MINUTES)
    seen = watched(here, "2.0", minutes=BAD_MINUTES)
    must_run(here, "1.0", f"{BAD_MINUTES} minutes after the bad version was released")
    must_not_hurt(here, seen)


@LAB.check("native-calm", question="goes-back", points=1, rows=P09)
def a_good_version_goes_through(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Version 1.1, a good one, is released on a busy day: it goes through, as `desk.shift[desk.native]` says."""
    here = site(cloud, variant, "native")
    here.held()
    cloud.advance(minutes=REST_MINUTES)
    must_shift(here, watched(here, "1.1", busy=BUSY))
    must_run(here, "1.1", "then")


@LAB.check("classic-whole", question="by-codedeploy", points=1, rows=P09)
def codedeploy_brought_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """`desk.classic` is deployed by CodeDeploy: when your code has ended the deployment has succeeded, and ten minutes
    later the service runs version 1.1, with its count of healthy targets."""
    here = site(cloud, variant, "classic")
    controller = here.held().get("deploymentController", {}).get("type", "ECS")
    expect(
        controller == "CODE_DEPLOY",
        expected=f"the deployment controller of {here.service} is CODE_DEPLOY",
        got=controller,
        hint="deploymentController in create_service; it can only be chosen there",
    )
    must_have_deployed(here)
    cloud.advance(minutes=REST_MINUTES)
    must_run(here, "1.1", "then")


@LAB.check("classic-shifts", question="by-codedeploy", points=1, rows=P09, after="classic-whole")
def codedeploy_shifts_it(cloud: Any, variant: Mapping[str, Any]) -> None:
    """CodeDeploy deploys once more: customers go over as `desk.shift[desk.classic]` says, and no request is lost."""
    here = site(cloud, variant, "classic")
    cloud.advance(minutes=here.shift.keep + REST_MINUTES)
    seen = watched(here, "1.0")
    must_shift(here, seen)
    must_answer_all(here, seen, FAILS_ALWAYS)


@LAB.check("classic-back", question="by-codedeploy", points=1, rows=P09, after="classic-whole")
def codedeploy_takes_it_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """CodeDeploy deploys version 2.0: it has customers for 6 minutes at most, then version 1.1 serves again."""
    here = site(cloud, variant, "classic")
    cloud.advance(minutes=here.shift.keep + REST_MINUTES)
    seen = watched(here, "2.0", minutes=BAD_MINUTES)
    must_run(here, "1.1", f"{BAD_MINUTES} minutes after the bad version was deployed")
    must_not_hurt(here, seen)


@LAB.check("stack-whole", question="by-template", points=1, rows=P09)
def the_stack_holds_it_all(cloud: Any, variant: Mapping[str, Any]) -> None:
    """`desk.stacked` belongs to a stack that is complete when your code has ended; ten minutes later it runs version
    1.0, and is whole behind its own load balancer."""
    here = site(cloud, variant, "stacked")
    must_be_complete(here)
    cloud.advance(minutes=REST_MINUTES)
    must_run(here, "1.0", "then")


@LAB.check("stack-shifts", question="by-template", points=1, rows=P09, after="stack-whole")
def the_stack_shifts(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The stack is updated to Version 1.1: the customers go over as `desk.shift[desk.stacked]` says."""
    here = site(cloud, variant, "stacked")
    cloud.advance(minutes=REST_MINUTES)
    must_shift(here, watched(here, "1.1"))
    must_run(here, "1.1", "then")


@LAB.check("stack-back", question="by-template", points=1, rows=P09, after="stack-whole")
def the_stack_goes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The stack is updated to Version 2.0: it has customers for 6 minutes at most, and the stack ends at
    UPDATE_ROLLBACK_COMPLETE with version 1.0."""
    here = site(cloud, variant, "stacked")
    cloud.advance(minutes=REST_MINUTES)
    seen = watched(here, "2.0", minutes=BAD_MINUTES)
    must_run(here, "1.0", f"{BAD_MINUTES} minutes after the update to the bad version")
    must_not_hurt(here, seen)
    status = stack_of(here)["StackStatus"]
    what = "the stack is at UPDATE_ROLLBACK_COMPLETE"
    expect(status == "UPDATE_ROLLBACK_COMPLETE", expected=what, got=status, hint="read describe_stack_events")


@LAB.check("native-read", question="read-it", points=1, rows=P09)
def the_status_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`native` is the status of ECS's service deployment of version 2.0, and that deployment has gone back."""
    here = site(cloud, variant, "native")
    here.held()
    ecs = boto3.client("ecs")
    found = ecs.list_service_deployments(cluster=CLUSTER, service=here.service)["serviceDeployments"]
    ended = [each["status"] for each in found if each["status"].startswith("ROLLBACK")]
    hint = "list_service_deployments, newest first: the one of version 2.0"
    if not ended:
        hint = "release version 2.0 with customers (desk.cloud.load), and let it go back"
    expect(
        answers["native"] in ended,
        expected="the status of a service deployment that was rolled back",
        got=answers["native"],
        hint=hint,
    )


@LAB.check("classic-read", question="read-it", points=1, rows=P09)
def the_error_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`classic` is the error code of CodeDeploy's deployment of version 2.0, and the id of the deployment that took it
    back."""
    here = site(cloud, variant, "classic")
    here.held()
    application, group = deployment_group(here)
    pairs = [
        [each.get("errorInformation", {}).get("code"), each["rollbackInfo"]["rollbackDeploymentId"]]
        for each in deployed(application, group)
        if each.get("rollbackInfo", {}).get("rollbackDeploymentId")
    ]
    hint = "get_deployment: errorInformation and rollbackInfo of the deployment that was stopped"
    if not pairs:
        hint = "deploy version 2.0 with customers (desk.cloud.load), and let it go back"
    given = answers["classic"]
    expect(
        list(given) in pairs if isinstance(given, (list, tuple)) else False,
        expected="a list of two: the error code, and the id of the deployment that rolls back",
        got=given,
        hint=hint,
    )
