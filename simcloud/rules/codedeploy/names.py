"""Names in a request to CodeDeploy, and whether what they name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts.codedeploy import NAME_LENGTH
from simcloud.facts.fact import Words
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, FIELD_REPORT, issue
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.reading import DEPLOYS, ON_GROUPS, Request, group_of
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import text, texts
from simcloud.rules.refusal import Refusal

LIMITS = CODEDEPLOY_GUIDE + "limits.html"
_FORM = re.compile(rf"[A-Za-z0-9+=,.@_-]{{1,{NAME_LENGTH.value}}}")
_OF_GROUPS = ("GetDeploymentGroup", "DeleteDeploymentGroup", "BatchGetDeploymentGroups", "ListDeploymentGroups")
_OF_REVISIONS = (
    "RegisterApplicationRevision",
    "GetApplicationRevision",
    "BatchGetApplicationRevisions",
    "ListApplicationRevisions",
)
_OF_APPLICATIONS = ("CreateApplication", "GetApplication", "UpdateApplication", "DeleteApplication")


def _on(*names: str) -> tuple[str, ...]:
    return tuple(f"codedeploy:{name}" for name in names)


WITH_APPLICATION = (
    *_on(*_OF_APPLICATIONS, "BatchGetApplications", *_OF_GROUPS, *_OF_REVISIONS, "ListDeployments"),
    *ON_GROUPS,
    DEPLOYS,
)
WITH_GROUP = (*_on(*_OF_GROUPS[:3], "ListDeployments"), *ON_GROUPS, DEPLOYS)
WITH_CONFIGURATION = (
    *_on("CreateDeploymentConfig", "GetDeploymentConfig", "DeleteDeploymentConfig"),
    *ON_GROUPS,
    DEPLOYS,
)


@rule("FG600", on=WITH_APPLICATION, source=LIMITS)
def application_names_have_a_form(request: Request) -> Iterator[Refusal]:
    """An application name has up to 100 letters, numbers and the signs + = , . @ _ and -."""
    for member in ("applicationName", "newApplicationName"):
        if member in request and not _FORM.fullmatch(text(request, member)):
            yield _bad(member, "InvalidApplicationNameException", words.APPLICATION_NAME, text(request, member))
    for index, name in enumerate(texts(request, "applicationNames")):
        if not _FORM.fullmatch(name):
            yield _bad(f"applicationNames[{index}]", "InvalidApplicationNameException", words.APPLICATION_NAME, name)


@rule("FG601", on=WITH_GROUP, source=LIMITS)
def group_names_have_a_form(request: Request) -> Iterator[Refusal]:
    """A deployment group name has up to 100 letters, numbers and the signs + = , . @ _ and -."""
    for member in ("deploymentGroupName", "currentDeploymentGroupName", "newDeploymentGroupName"):
        if member in request and not _FORM.fullmatch(text(request, member)):
            yield _bad(member, "InvalidDeploymentGroupNameException", words.GROUP_NAME, text(request, member))
    for index, name in enumerate(texts(request, "deploymentGroupNames")):
        if not _FORM.fullmatch(name):
            place = f"deploymentGroupNames[{index}]"
            yield _bad(place, "InvalidDeploymentGroupNameException", words.GROUP_NAME, name)


@rule("FG602", on=WITH_CONFIGURATION, source=LIMITS)
def configuration_names_have_a_form(request: Request) -> Iterator[Refusal]:
    """The name of a deployment configuration has up to 100 letters, numbers and the signs + = , . @ _ and -."""
    name = request.get("deploymentConfigName")
    if name is not None and not _FORM.fullmatch(str(name)):
        yield _bad("deploymentConfigName", "InvalidDeploymentConfigNameException", words.CONFIG_NAME, str(name))


def _bad(at: str, code: str, template: Words, name: str) -> Refusal:
    because = f"'{name}' is longer than {NAME_LENGTH.value} characters or has a sign that is not allowed"
    return Refusal(at, template.format(name=name), because, code)


@rule("FG603", on=_on("UpdateApplication"), source=CODEDEPLOY_MODEL)
def an_update_names_its_application(request: Request) -> Iterator[Refusal]:
    """UpdateApplication names the application that it renames."""
    if "applicationName" not in request:
        why = "applicationName is missing"
        yield Refusal("applicationName", words.APPLICATION_MISSING, why, "ApplicationNameRequiredException")


@rule("FG604", on=DEPLOYS, source=CODEDEPLOY_MODEL)
def a_deployment_names_its_group(request: Request) -> Iterator[Refusal]:
    """CreateDeployment names the deployment group that it deploys to."""
    if "deploymentGroupName" not in request:
        why = "deploymentGroupName is missing"
        yield Refusal("deploymentGroupName", words.GROUP_MISSING, why, "DeploymentGroupNameRequiredException")


@rule("FG605", on=_on("ListDeployments"), source=CODEDEPLOY_MODEL)
def deployments_are_listed_by_application_and_group(request: Request) -> Iterator[Refusal]:
    """ListDeployments names both an application and a group, or neither."""
    if "applicationName" in request and "deploymentGroupName" not in request:
        why = "an application is named without a deployment group"
        yield Refusal("deploymentGroupName", words.GROUP_MISSING, why, "DeploymentGroupNameRequiredException")
    if "deploymentGroupName" in request and "applicationName" not in request:
        why = "a deployment group is named without its application"
        yield Refusal("applicationName", words.APPLICATION_MISSING, why, "ApplicationNameRequiredException")


@rule(
    "FG606",
    on=(
        *_on("GetApplication", "UpdateApplication", "ListDeployments", *_OF_REVISIONS),
        *_on("GetDeploymentGroup", "BatchGetDeploymentGroups", "ListDeploymentGroups"),
        *ON_GROUPS,
    ),
    source=issue("aws/aws-cli", 2270),
    status="observed",
)
def the_application_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The application that a request names exists in this account and region."""
    name = text(request, "applicationName")
    if name and name not in seen.applications:
        why = f"there is no application {name} in {seen.region}"
        yield Refusal(
            "applicationName", words.NO_APPLICATION.format(name=name), why, "ApplicationDoesNotExistException"
        )


@rule(
    "FG607",
    on=(DEPLOYS, *_on("BatchGetApplications")),
    source=issue("travis-ci/travis-ci", 7458),
    status="observed",
)
def the_application_to_deploy_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """CreateDeployment and BatchGetApplications find the applications that they name in the account."""
    named = {"applicationName": text(request, "applicationName")} if "applicationName" in request else {}
    many = {f"applicationNames[{index}]": name for index, name in enumerate(texts(request, "applicationNames"))}
    for at, name in {**named, **many}.items():
        if name not in seen.applications:
            why = f"there is no application {name} in {seen.region}"
            text_ = words.NO_APPLICATIONS.format(account=seen.account)
            yield Refusal(at, text_, why, "ApplicationDoesNotExistException")


@rule("FG608", on=_on("CreateApplication", "UpdateApplication"), source=CODEDEPLOY_MODEL)
def the_application_is_new(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """No two applications of an account have the same name in a region."""
    renamed = "newApplicationName" in request
    at = "newApplicationName" if renamed else "applicationName"
    name = text(request, at)
    keeps_its_name = renamed and name == text(request, "applicationName")
    if name in seen.applications and not keeps_its_name:
        why = f"there is an application {name} already"
        yield Refusal(at, words.APPLICATION_EXISTS.format(name=name), why, "ApplicationAlreadyExistsException")


@rule(
    "FG609",
    on=(*_on("GetDeploymentGroup", "ListDeployments"), "codedeploy:UpdateDeploymentGroup", DEPLOYS),
    source=FIELD_REPORT,
    status="observed",
)
def the_group_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The deployment group that a request names exists in its application."""
    application, name = group_of(request)
    if application in seen.applications and name and (application, name) not in seen.groups:
        at = "currentDeploymentGroupName" if "currentDeploymentGroupName" in request else "deploymentGroupName"
        why = f"the application {application} has no deployment group {name}"
        yield Refusal(at, words.NO_GROUP.format(name=name), why, "DeploymentGroupDoesNotExistException")


@rule("FG610", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def the_group_is_new(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """No two deployment groups of an application have the same name."""
    application, current = group_of(request)
    at = "newDeploymentGroupName" if "currentDeploymentGroupName" in request else "deploymentGroupName"
    name = text(request, at)
    if at == "newDeploymentGroupName" and name == current:
        return
    if (application, name) in seen.groups:
        why = f"the application {application} has a deployment group {name} already"
        yield Refusal(at, words.GROUP_EXISTS.format(name=name), why, "DeploymentGroupAlreadyExistsException")


@rule(
    "FG611",
    on=(*_on("GetDeploymentConfig"), *ON_GROUPS, DEPLOYS),
    source=FIELD_REPORT,
    status="observed",
)
def the_configuration_exists(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The deployment configuration that a request names is predefined, or was made in this account and region."""
    name = text(request, "deploymentConfigName")
    if name and seen.names("deploymentConfigName") and name not in seen.configurations:
        why = f"there is no deployment configuration {name}"
        yield Refusal(
            "deploymentConfigName", words.NO_CONFIG.format(name=name), why, "DeploymentConfigDoesNotExistException"
        )
