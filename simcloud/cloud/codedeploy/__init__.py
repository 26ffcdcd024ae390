"""AWS CodeDeploy for ECS over `sim.World`: one file a noun, one function an operation.

A noun's file, and the laws, are imported when one of the operations is called for the first time.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from simcloud.cloud.codedeploy.left_out import LEFT_OUT
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

BY_NAME: dict[str, str] = {
    # applications
    "CreateApplication": "applications.create",
    "GetApplication": "applications.get",
    "BatchGetApplications": "applications.batch_get",
    "ListApplications": "applications.list_applications",
    "UpdateApplication": "applications.update",
    "DeleteApplication": "applications.delete",
    # deployment configurations
    "CreateDeploymentConfig": "configurations.create",
    "GetDeploymentConfig": "configurations.get",
    "ListDeploymentConfigs": "configurations.list_configurations",
    "DeleteDeploymentConfig": "configurations.delete",
    # deployment groups
    "CreateDeploymentGroup": "groups.create",
    "GetDeploymentGroup": "groups.get",
    "BatchGetDeploymentGroups": "groups.batch_get",
    "ListDeploymentGroups": "groups.list_groups",
    "UpdateDeploymentGroup": "groups.update",
    "DeleteDeploymentGroup": "groups.delete",
    # application revisions
    "RegisterApplicationRevision": "revisions.register",
    "GetApplicationRevision": "revisions.get",
    "BatchGetApplicationRevisions": "revisions.batch_get",
    "ListApplicationRevisions": "revisions.list_revisions",
    # deployments
    "CreateDeployment": "create_deployment.create",
    "GetDeployment": "deployments.get",
    "BatchGetDeployments": "deployments.batch_get",
    "ListDeployments": "deployments.list_deployments",
    "StopDeployment": "deployments.stop",
    "ContinueDeployment": "deployments.go_on",
    "SkipWaitTimeForInstanceTermination": "deployments.skip_wait",
    "PutLifecycleEventHookExecutionStatus": "deployments.report",
    # targets
    "ListDeploymentTargets": "targets.list_targets",
    "GetDeploymentTarget": "targets.get",
    "BatchGetDeploymentTargets": "targets.batch_get",
    "ListDeploymentInstances": "targets.no_instances",
    "GetDeploymentInstance": "targets.no_instances",
    "BatchGetDeploymentInstances": "targets.no_instances",
    # tags
    "TagResource": "tags.tag",
    "UntagResource": "tags.untag",
    "ListTagsForResource": "tags.list_tags",
}
"""By the API's operation name the function that answers, as `file.function` in this folder."""


def _handler(name: str, place: str) -> Handler:
    """The function, imported at its first call, behind the laws of its operation."""

    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        here = call.world
        if call.region != here.region or call.account != here.account:
            instead = f"CodeDeploy is simulated in {here.region} of account {here.account}."
            raise NotSimulated("codedeploy", name, instead)
        from simcloud.cloud.codedeploy.seen import gather
        from simcloud.cloud.judging import demand

        judged, seen = gather(name, request, call)
        demand(f"codedeploy:{name}", judged, seen)
        file, _, function = place.partition(".")
        found: Handler = getattr(import_module(f"{__name__}.{file}"), function)
        return found(request, call)

    return answer


def _refusal(name: str, why: str) -> Handler:
    """Says that the operation is left out, and why."""

    def refuse(_: dict[str, Any], call: Call) -> dict[str, Any]:
        raise NotSimulated("codedeploy", name, why)

    return refuse


OPERATIONS: dict[str, Handler] = {
    **{name: _refusal(name, why) for name, why in LEFT_OUT.items()},
    **{name: _handler(name, place) for name, place in BY_NAME.items()},
}
"""By the API's operation name."""
