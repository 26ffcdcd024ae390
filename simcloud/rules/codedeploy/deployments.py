"""Deployments: when one may be made, continued, stopped, looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts.codedeploy import BATCH_SMALL
from simcloud.facts.sources import CODEDEPLOY_MODEL, issue
from simcloud.facts.words import deployment as words
from simcloud.rules.codedeploy.reading import DEPLOYS, Request, group_of, platform
from simcloud.rules.codedeploy.seen import CodeDeploySeen, DeploymentSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, switch, text, texts
from simcloud.rules.refusal import Refusal

GETS, STOPS, CONTINUES = "codedeploy:GetDeployment", "codedeploy:StopDeployment", "codedeploy:ContinueDeployment"
SKIPS = "codedeploy:SkipWaitTimeForInstanceTermination"
REPORTS = "codedeploy:PutLifecycleEventHookExecutionStatus"
TARGETS = (
    "codedeploy:ListDeploymentTargets",
    "codedeploy:GetDeploymentTarget",
    "codedeploy:BatchGetDeploymentTargets",
)
OF_INSTANCES = (
    "codedeploy:ListDeploymentInstances",
    "codedeploy:GetDeploymentInstance",
    "codedeploy:BatchGetDeploymentInstances",
)
ONE = (GETS, STOPS, CONTINUES, SKIPS, REPORTS, *TARGETS, *OF_INSTANCES)
STATUSES = ("Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready")
WAITS = ("READY_WAIT", "TERMINATION_WAIT")
FILTERS = ("TargetStatus", "ServerInstanceLabel")
_ID = re.compile(r"d-[A-Z0-9]{9}")


def _seen(request: Request, seen: CodeDeploySeen) -> DeploymentSeen | None:
    return seen.deployments.get(text(request, "deploymentId"))


@rule("FG683", on=DEPLOYS, source=issue("CircleCI-Public/aws-ecs-orb", 181), status="observed")
def a_group_has_one_deployment_at_a_time(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A deployment group has one deployment at a time; its wait for the termination of the original counts."""
    active = seen.active.get(group_of(request))
    if active is not None:
        text_ = words.ACTIVE.format(group=group_of(request)[1], id=active)
        why = f"{active} is under way: wait for it, continue it, or stop it"
        yield Refusal("deploymentGroupName", text_, why, "DeploymentLimitExceededException")


@rule("FG684", on=DEPLOYS, source=issue("aws/aws-toolkit-azure-devops", 288), status="observed")
def only_servers_have_files(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """fileExistsBehavior is for servers."""
    if platform(request, seen) in ("ECS", "Lambda") and "fileExistsBehavior" in request:
        why = "a task set has no files of an earlier deployment"
        yield Refusal("fileExistsBehavior", words.FILE_EXISTS, why, "InvalidFileExistsBehaviorException")


@rule("FG685", on=DEPLOYS, source=CODEDEPLOY_MODEL)
def only_servers_have_instances(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """targetInstances, and true for updateOutdatedInstancesOnly or ignoreApplicationStopFailures, are for servers."""
    refused = {
        "targetInstances": ("InvalidTargetInstancesException", bool(mapping(request, "targetInstances"))),
        "updateOutdatedInstancesOnly": (
            "InvalidUpdateOutdatedInstancesOnlyValueException",
            switch(request, "updateOutdatedInstancesOnly"),
        ),
        "ignoreApplicationStopFailures": (
            "InvalidIgnoreApplicationStopFailuresValueException",
            switch(request, "ignoreApplicationStopFailures"),
        ),
    }
    for member, (code, is_asked) in refused.items():
        if is_asked and platform(request, seen) in ("ECS", "Lambda"):
            yield Refusal(member, words.NOT_FOR_ECS.format(member=member), "there are no instances", code)


@rule("FG686", on=(CONTINUES, SKIPS, REPORTS), source=CODEDEPLOY_MODEL)
def a_deployment_is_named(request: Request) -> Iterator[Refusal]:
    """A call about a deployment names it."""
    if "deploymentId" not in request:
        yield Refusal("deploymentId", words.ID_MISSING, "deploymentId is missing", "DeploymentIdRequiredException")


@rule("FG687", on=(*ONE, "codedeploy:BatchGetDeployments"), source=CODEDEPLOY_MODEL, status="assumed")
def deployment_ids_have_a_form(request: Request) -> Iterator[Refusal]:
    """The id of a deployment is d- and nine capital letters and digits."""
    named = {"deploymentId": text(request, "deploymentId")} if "deploymentId" in request else {}
    many = {f"deploymentIds[{index}]": each for index, each in enumerate(texts(request, "deploymentIds"))}
    for at, each in {**named, **many}.items():
        if not _ID.fullmatch(each):
            yield Refusal(at, words.ID_FORM.format(id=each), f"{each} is no such id", "InvalidDeploymentIdException")


@rule("FG688", on=ONE, source=CODEDEPLOY_MODEL)
def the_deployment_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The deployment that a call names was made in this account and region."""
    named = text(request, "deploymentId")
    if _ID.fullmatch(named) and named not in seen.deployments:
        why = f"there is no deployment {named}"
        yield Refusal("deploymentId", words.NO_DEPLOYMENT.format(id=named), why, "DeploymentDoesNotExistException")


@rule("FG689", on=(STOPS, CONTINUES, SKIPS), source=CODEDEPLOY_MODEL, status="assumed")
def what_is_over_stays_so(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A deployment that has succeeded, failed or been stopped is neither stopped nor continued."""
    held = _seen(request, seen)
    if held is not None and held.over:
        text_ = words.ALREADY_COMPLETED.format(id=text(request, "deploymentId"))
        yield Refusal("deploymentId", text_, f"it has {held.status}", "DeploymentAlreadyCompletedException")


@rule("FG690", on=CONTINUES, source=CODEDEPLOY_MODEL)
def there_are_two_waits(request: Request) -> Iterator[Refusal]:
    """A deployment waits for the go-ahead to reroute traffic, or for the termination of the original."""
    kind = request.get("deploymentWaitType")
    if kind is not None and kind not in WAITS:
        why = f"{kind} is none of {', '.join(WAITS)}"
        text_ = words.WAIT_TYPE.format(kind=kind)
        yield Refusal("deploymentWaitType", text_, why, "InvalidDeploymentWaitTypeException")


@rule("FG691", on=CONTINUES, source=CODEDEPLOY_MODEL)
def only_what_waits_is_continued(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A deployment is continued while it waits in the way that the call names: READY_WAIT if it names none."""
    held, named = _seen(request, seen), text(request, "deploymentId")
    kind = text(request, "deploymentWaitType") or "READY_WAIT"
    if held is None or held.over or kind not in WAITS or held.waiting == kind:
        return
    why = f"it is {held.status}" + (f" and waits for {held.waiting}" if held.waiting else " and does not wait")
    if kind == "READY_WAIT":
        text_ = words.NOT_READY.format(id=named)
        yield Refusal("deploymentId", text_, why, "DeploymentIsNotInReadyStateException")
    else:
        text_ = words.NOT_WAITING.format(id=named)
        yield Refusal("deploymentWaitType", text_, why, "InvalidDeploymentStatusException")


@rule("FG692", on=SKIPS, source=CODEDEPLOY_MODEL)
def only_a_wait_is_skipped(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The wait for the termination of the original can be skipped once it has begun."""
    held = _seen(request, seen)
    if held is not None and not held.over and held.waiting != "TERMINATION_WAIT":
        text_ = words.NOT_WAITING.format(id=text(request, "deploymentId"))
        yield Refusal("deploymentId", text_, f"it is {held.status}", "DeploymentNotStartedException")


@rule("FG693", on=TARGETS, source=CODEDEPLOY_MODEL)
def targets_are_there_once_it_starts(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A deployment has targets from its start."""
    held = _seen(request, seen)
    if held is not None and held.status == "Created":
        text_ = words.NOT_STARTED.format(id=text(request, "deploymentId"))
        yield Refusal("deploymentId", text_, "it starts in a moment", "DeploymentNotStartedException")


@rule("FG694", on=TARGETS, source=CODEDEPLOY_MODEL)
def a_target_is_the_deployments_own(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The only target of a deployment to ECS is CLUSTER:SERVICE."""
    held = _seen(request, seen)
    asked = [text(request, "targetId")] if "targetId" in request else list(texts(request, "targetIds"))
    for each in asked:
        if held is not None and each != held.target:
            text_ = words.NO_TARGET.format(target=each, id=text(request, "deploymentId"))
            why = f"its target is {held.target}"
            yield Refusal("targetIds", text_, why, "DeploymentTargetDoesNotExistException")


@rule("FG695", on="codedeploy:BatchGetDeploymentTargets", source=CODEDEPLOY_MODEL)
def some_targets_are_asked_for(request: Request) -> Iterator[Refusal]:
    """BatchGetDeploymentTargets asks for 1 to 25 targets."""
    asked = texts(request, "targetIds")
    if not asked:
        yield Refusal("targetIds", words.TARGETS_MISSING, "none is named", "DeploymentTargetIdRequiredException")
    if len(asked) > BATCH_SMALL.value:
        why = f"{len(asked)} are named"
        yield Refusal("targetIds", words.TARGETS_MANY, why, "DeploymentTargetListSizeExceededException")


@rule("FG696", on="codedeploy:ListDeploymentTargets", source=CODEDEPLOY_MODEL)
def targets_are_filtered_by_what_they_have(request: Request) -> Iterator[Refusal]:
    """Targets are filtered by status; those of servers by their label too."""
    for name in mapping(request, "targetFilters"):
        if name not in FILTERS:
            why = f"{name} is none of {', '.join(FILTERS)}"
            text_ = words.TARGET_FILTER.format(name=name)
            yield Refusal("targetFilters", text_, why, "InvalidTargetFilterNameException")


@rule("FG697", on="codedeploy:ListDeployments", source=CODEDEPLOY_MODEL)
def deployments_are_filtered_by_what_they_have(request: Request) -> Iterator[Refusal]:
    """Deployments are filtered by statuses that there are, and by a time range that begins before it ends."""
    for index, status in enumerate(texts(request, "includeOnlyStatuses")):
        if status not in STATUSES:
            text_ = words.STATUS_FILTER.format(status=status)
            why = f"{status} is none of {', '.join(STATUSES)}"
            yield Refusal(f"includeOnlyStatuses[{index}]", text_, why, "InvalidDeploymentStatusException")
    window = mapping(request, "createTimeRange")
    start, end = window.get("start"), window.get("end")
    if start is not None and end is not None and start > end:
        yield Refusal("createTimeRange", words.TIME_RANGE, "it ends before it begins", "InvalidTimeRangeException")


@rule("FG698", on=REPORTS, source=CODEDEPLOY_MODEL)
def a_function_reports_success_or_failure(request: Request) -> Iterator[Refusal]:
    """A validation function reports Succeeded or Failed."""
    status = text(request, "status")
    if status not in ("Succeeded", "Failed"):
        text_ = words.HOOK_STATUS.format(status=status)
        why = f"'{status}' is neither"
        yield Refusal("status", text_, why, "InvalidLifecycleEventHookExecutionStatusException")


@rule("FG699", on=REPORTS, source=CODEDEPLOY_MODEL)
def a_function_reports_once_and_for_its_event(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A validation function reports under the id that it was called with, once."""
    held, execution = _seen(request, seen), text(request, "lifecycleEventHookExecutionId")
    if held is None:
        return
    event, status = held.hooks.get(execution, ("", ""))
    if not event:
        text_ = words.HOOK_ID.format(id=execution)
        why = "no function of this deployment was called with it"
        yield Refusal("lifecycleEventHookExecutionId", text_, why, "InvalidLifecycleEventHookExecutionIdException")
    elif status != "InProgress":
        text_ = words.HOOK_DONE.format(event=event, id=text(request, "deploymentId"))
        why = f"{event} has {status}"
        yield Refusal("lifecycleEventHookExecutionId", text_, why, "LifecycleEventAlreadyCompletedException")
