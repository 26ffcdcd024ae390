"""Applications, their tags, and how many things one call may name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simcloud.facts.codedeploy import BATCH, BATCH_SMALL, TAGS
from simcloud.facts.sources import CODEDEPLOY_MODEL, PREFLIGHT
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.reading import Request
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import structures, text
from simcloud.rules.refusal import Refusal

PLATFORMS = ("Server", "Lambda", "ECS", "Kubernetes")
_KEY_LENGTH, _VALUE_LENGTH = 128, 256
_MAKES = ("codedeploy:CreateApplication", "codedeploy:CreateDeploymentConfig")
_ON_TAGS = ("codedeploy:TagResource", "codedeploy:UntagResource", "codedeploy:ListTagsForResource")
_ARN = re.compile(r"arn:aws[a-z-]*:codedeploy:[a-z0-9-]+:\d{12}:[A-Za-z]+:.+")
_TAGGED = re.compile(r".*:(application:[^/]+|deploymentgroup:[^/]+/[^/]+)")
_BATCHES = {
    "applicationNames": BATCH.value,
    "deploymentGroupNames": BATCH.value,
    "deploymentIds": BATCH_SMALL.value,
    "revisions": BATCH_SMALL.value,
}


@rule("FG612", on=_MAKES, source=f"{PREFLIGHT} (pf-codedeploy-app-compute-platform-value)", status="observed")
def the_platform_is_one_that_there_is(request: Request) -> Iterator[Refusal]:
    """The compute platform is Server, Lambda, ECS or Kubernetes."""
    platform = request.get("computePlatform")
    if platform is not None and platform not in PLATFORMS:
        why = f"there is no compute platform {platform}"
        yield Refusal(
            "computePlatform", words.PLATFORM.format(platform=platform), why, "InvalidComputePlatformException"
        )


@rule("FG613", on=_MAKES, source=f"{PREFLIGHT} (pf-codedeploy-app-compute-platform-value)", status="assumed")
def kubernetes_is_not_open_to_everybody(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The compute platform Kubernetes is not available to this account."""
    if request.get("computePlatform") == "Kubernetes":
        why = "an account has to be let in to it"
        yield Refusal("computePlatform", words.KUBERNETES.format(region=seen.region), why, "AccessDeniedException")


@rule(
    "FG614",
    on=("codedeploy:CreateApplication", "codedeploy:CreateDeploymentGroup", "codedeploy:TagResource"),
    source=CODEDEPLOY_MODEL,
    status="assumed",
)
def tags_are_valid(request: Request) -> Iterator[Refusal]:
    """Up to 50 tags, each with a key of 1 to 128 characters that is its own and not AWS's, values up to 256."""
    at = "Tags" if "Tags" in request else "tags"
    found = structures(request, at)
    keys = [text(each, "Key") for each in found]
    if len(found) > TAGS.value:
        yield _tags(at, f"at most {TAGS.value} tags are allowed")
    for index, (tag, key) in enumerate(zip(found, keys, strict=True)):
        place = f"{at}[{index}]"
        if not 0 < len(key) <= _KEY_LENGTH:
            yield _tags(place, f"a key has 1 to {_KEY_LENGTH} characters")
        elif key.lower().startswith("aws:"):
            yield _tags(place, f"the key {key} begins with aws:")
        elif key in keys[:index]:
            yield _tags(place, f"the key {key} is used twice")
        if len(text(tag, "Value")) > _VALUE_LENGTH:
            yield _tags(place, f"a value has at most {_VALUE_LENGTH} characters")


def _tags(at: str, why: str) -> Refusal:
    return Refusal(at, words.CODEDEPLOY_TAGS.format(why=why), why, "InvalidTagsToAddException")


@rule("FG615", on=_ON_TAGS, source=CODEDEPLOY_MODEL, status="assumed")
def tags_belong_to_an_arn(request: Request) -> Iterator[Refusal]:
    """Tags are read and set by the ARN of a resource of CodeDeploy."""
    arn = text(request, "ResourceArn")
    if not _ARN.fullmatch(arn):
        yield Refusal("ResourceArn", words.ARN_FORM.format(arn=arn), f"{arn} is no such ARN", "InvalidArnException")


@rule("FG616", on=_ON_TAGS, source=CODEDEPLOY_MODEL, status="assumed")
def applications_and_groups_have_tags(request: Request) -> Iterator[Refusal]:
    """Applications and deployment groups have tags; nothing else in CodeDeploy has."""
    arn = text(request, "ResourceArn")
    if _ARN.fullmatch(arn) and not _TAGGED.fullmatch(arn):
        why = "only applications and deployment groups have tags"
        yield Refusal("ResourceArn", words.ARN_KIND.format(arn=arn), why, "ArnNotSupportedException")


@rule("FG617", on=_ON_TAGS, source=CODEDEPLOY_MODEL)
def what_is_tagged_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The application or deployment group that an ARN names exists."""
    found = _TAGGED.fullmatch(text(request, "ResourceArn"))
    if found is None:
        return
    kind, _, name = found[1].partition(":")
    application, _, group = name.partition("/")
    if application not in seen.applications:
        why = f"there is no application {application}"
        text_ = words.NO_APPLICATION.format(name=application)
        yield Refusal("ResourceArn", text_, why, "ApplicationDoesNotExistException")
    elif kind == "deploymentgroup" and (application, group) not in seen.groups:
        why = f"the application {application} has no deployment group {group}"
        yield Refusal("ResourceArn", words.NO_GROUP.format(name=group), why, "DeploymentGroupDoesNotExistException")


@rule(
    "FG618",
    on=(
        "codedeploy:BatchGetApplications",
        "codedeploy:BatchGetDeploymentGroups",
        "codedeploy:BatchGetDeployments",
        "codedeploy:BatchGetApplicationRevisions",
    ),
    source=CODEDEPLOY_MODEL,
)
def a_batch_has_a_limit(request: Request) -> Iterator[Refusal]:
    """One call asks for at most 100 applications or groups, or 25 deployments or revisions."""
    for member, most in _BATCHES.items():
        named: Any = request.get(member) or ()
        if len(named) > most:
            why = f"{len(named)} are asked for, at most {most} are allowed"
            yield Refusal(member, words.BATCH_MANY.format(most=most), why, "BatchLimitExceededException")
