"""AWS CodeDeploy: which application, deployment group or configuration an operation is about.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html. What stands in no table
here knows no resource (ListApplications, StopDeployment, ContinueDeployment).
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloud.access.ask import NO_RESOURCE, Ask, Structure, arn, carried, of_tags, text, texts
from simcloud.cloud.live import Call

_ON_APPLICATION = frozenset(
    {
        "BatchGetApplicationRevisions",
        "CreateApplication",
        "DeleteApplication",
        "GetApplication",
        "GetApplicationRevision",
        "ListApplicationRevisions",
        "ListDeploymentGroups",
        "RegisterApplicationRevision",
        "UpdateApplication",
    }
)
_ON_GROUP = frozenset({"CreateDeployment", "DeleteDeploymentGroup", "GetDeploymentGroup", "ListDeployments"})
_ON_GROUP |= {"CreateDeploymentGroup", "UpdateDeploymentGroup", "BatchGetDeploymentGroups"}
_ON_DEPLOYMENT = frozenset(
    {
        "BatchGetDeploymentInstances",
        "BatchGetDeployments",
        "GetDeployment",
        "GetDeploymentInstance",
        "ListDeploymentInstances",
    }
)
_ON_CONFIGURATION = frozenset({"CreateDeploymentConfig", "DeleteDeploymentConfig", "GetDeploymentConfig"})
_INSTANCES = frozenset(
    {
        "AddTagsToOnPremisesInstances",
        "BatchGetOnPremisesInstances",
        "DeregisterOnPremisesInstance",
        "GetOnPremisesInstance",
        "RegisterOnPremisesInstance",
        "RemoveTagsFromOnPremisesInstances",
    }
)
DEFAULT = "CodeDeployDefault.OneAtATime"


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """The action on each resource. CreateDeployment looks up its configuration and registers its revision as well."""
    for resource in _resources(operation, request, call):
        context = {**of_tags(request), **carried(call.world.tags.get(resource, {}), "")}
        yield Ask(f"codedeploy:{operation}", resource, context)
    if operation == "CreateDeployment":
        yield Ask(
            "codedeploy:GetDeploymentConfig", arn("codedeploy", call, f"deploymentconfig:{_in_use(request, call)}")
        )
        if request.get("revision"):
            yield Ask("codedeploy:RegisterApplicationRevision", _application(call, request))


def _resources(operation: str, request: Structure, call: Call) -> Iterator[str]:
    if operation in _ON_APPLICATION:
        yield _application(call, request)
    elif operation == "BatchGetApplications":
        yield from (arn("codedeploy", call, f"application:{name}") for name in texts(request.get("applicationNames")))
    elif operation in _ON_GROUP:
        yield from (_group(call, text(request.get("applicationName")), name) for name in _groups(request))
    elif operation in _ON_DEPLOYMENT:
        yield from (_of_deployment(call, identity) for identity in _deployments(request))
    elif operation in _ON_CONFIGURATION:
        yield arn("codedeploy", call, f"deploymentconfig:{text(request.get('deploymentConfigName'))}")
    elif operation in _INSTANCES:
        names = texts(request.get("instanceNames")) or [text(request.get("instanceName"))]
        yield from (arn("codedeploy", call, f"instance:{name}") for name in names)
    else:
        yield text(request.get("ResourceArn")) or NO_RESOURCE


def _application(call: Call, request: Structure) -> str:
    return arn("codedeploy", call, f"application:{text(request.get('applicationName'))}")


def _group(call: Call, application: str, group: str) -> str:
    return arn("codedeploy", call, f"deploymentgroup:{application or '*'}/{group}")


def _groups(request: Structure) -> list[str]:
    several = texts(request.get("deploymentGroupNames"))
    one = text(request.get("deploymentGroupName") or request.get("currentDeploymentGroupName"))
    return several or [one or "*"]


def _deployments(request: Structure) -> list[str]:
    return texts(request.get("deploymentIds")) or [text(request.get("deploymentId"))]


def _of_deployment(call: Call, identity: str) -> str:
    """The group that the deployment is of; any, where there is no such deployment."""
    found = call.world.codedeploy.deployments.get(identity)
    return _group(call, found.application, found.group) if found else arn("codedeploy", call, "deploymentgroup:*")


def _in_use(request: Structure, call: Call) -> str:
    """The deployment configuration of a new deployment: the request's, else its group's."""
    application = call.world.codedeploy.applications.get(text(request.get("applicationName")))
    group = application.groups.get(text(request.get("deploymentGroupName"))) if application else None
    held = text(group.info.get("deploymentConfigName")) if group else ""
    return text(request.get("deploymentConfigName")) or held or DEFAULT
