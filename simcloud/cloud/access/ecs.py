"""Amazon ECS: which resources an operation is about, and which condition keys it brings.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html. An action
has its operation's name. What stands in no table here knows no resource (RegisterTaskDefinition, ListClusters).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from simcloud.cloud.access.ask import NO_RESOURCE, Ask, Structure, arn, carried, of_tags, tags_in, text, texts
from simcloud.cloud.ecs import finding
from simcloud.cloud.live import Call

Resources = Callable[[Structure, Call], Iterator[str]]


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """What the operation needs: its own action on each resource, tags on what it makes, a key for a session."""
    about = RESOURCES.get(operation, _none)
    for resource in about(request, call):
        yield Ask(f"ecs:{operation}", resource, _context(operation, request, call, resource))
    if operation in MADE and tags_in(request) and _tags_are_judged(call):
        made = next(MADE[operation](request, call))
        yield Ask("ecs:TagResource", made, {**of_tags(request), "ecs:CreateAction": operation})
    if operation == "ExecuteCommand" and (key := _key_of_sessions(request, call)):
        yield Ask("kms:GenerateDataKey", key)


def _none(_: Structure, __: Call) -> Iterator[str]:
    yield NO_RESOURCE


def _cluster_arn(request: Structure, call: Call, member: str = "cluster") -> str:
    return finding.cluster_arn_of(call, text(request.get(member)))


def _inside(request: Structure) -> str:
    """The name of the cluster that a request is about."""
    return finding.cluster_name(text(request.get("cluster")))


def _cluster(request: Structure, call: Call) -> Iterator[str]:
    yield _cluster_arn(request, call)


def _clusters(request: Structure, call: Call) -> Iterator[str]:
    for each in texts(request.get("clusters")) or ["default"]:
        yield finding.cluster_arn_of(call, each)


def _service(request: Structure, call: Call) -> Iterator[str]:
    yield _service_arn(request, call, text(request.get("service") or request.get("serviceName")))


def _services(request: Structure, call: Call) -> Iterator[str]:
    for each in texts(request.get("services")):
        yield _service_arn(request, call, each)


def _service_arn(request: Structure, call: Call, named: str) -> str:
    if named.startswith("arn:") and named.count("/") > 1:
        return named
    return arn("ecs", call, f"service/{_inside(request)}/{finding.short(named)}")


def _task(request: Structure, call: Call) -> Iterator[str]:
    yield _task_arn(request, call, text(request.get("task")))


def _tasks(request: Structure, call: Call) -> Iterator[str]:
    for each in texts(request.get("tasks")) or ["*"]:
        yield _task_arn(request, call, each)


def _task_arn(request: Structure, call: Call, named: str) -> str:
    return named if named.startswith("arn:") else arn("ecs", call, f"task/{_inside(request)}/{named}")


def _session(request: Structure, call: Call) -> Iterator[str]:
    yield from _task(request, call)
    yield _cluster_arn(request, call)


def _definition(request: Structure, call: Call) -> Iterator[str]:
    yield definition_arn(call, text(request.get("taskDefinition")))


def definition_arn(call: Call, named: str) -> str:
    """With the revision: without one it is the latest ACTIVE revision that is authorized (R-170)."""
    stored = finding.definition(call, named)
    if stored is not None:
        return str(stored["taskDefinitionArn"])
    bare = finding.short(named)
    if named.startswith("arn:"):
        return named
    return arn("ecs", call, f"task-definition/{bare}" + ("" if ":" in bare else ":*"))


def _definitions(request: Structure, call: Call) -> Iterator[str]:
    for each in texts(request.get("taskDefinitions")):
        yield definition_arn(call, each)


def _task_set_of(request: Structure, call: Call) -> Iterator[str]:
    place = f"{_inside(request)}/{finding.short(text(request.get('service')))}"
    for each in [text(request.get("taskSet"))] if request.get("taskSet") else texts(request.get("taskSets")) or ["*"]:
        yield each if each.startswith("arn:") else arn("ecs", call, f"task-set/{place}/{each}")


def _provider(request: Structure, call: Call) -> Iterator[str]:
    named = text(request.get("name") or request.get("capacityProvider"))
    yield named if named.startswith("arn:") else arn("ecs", call, f"capacity-provider/{named}")


def _providers(request: Structure, call: Call) -> Iterator[str]:
    for each in texts(request.get("capacityProviders")) or ["*"]:
        yield each if each.startswith("arn:") else arn("ecs", call, f"capacity-provider/{each}")


def _instances(request: Structure, call: Call) -> Iterator[str]:
    one = text(request.get("containerInstance"))
    for each in [one] if one else texts(request.get("containerInstances")):
        yield each if each.startswith("arn:") else arn("ecs", call, f"container-instance/{_inside(request)}/{each}")


def _instance_or_none(request: Structure, call: Call) -> Iterator[str]:
    if request.get("containerInstance"):
        yield from _instances(request, call)
    else:
        yield NO_RESOURCE


def _targets(request: Structure, call: Call) -> Iterator[str]:
    for each in request.get("attributes") or ():
        named = text(each.get("targetId")) if isinstance(each, dict) else ""
        yield named if named.startswith("arn:") else arn("ecs", call, f"container-instance/{_inside(request)}/{named}")


def _named(member: str) -> Resources:
    """The ARNs that a member holds, one or a list."""

    def named(request: Structure, _: Call) -> Iterator[str]:
        given = request.get(member)
        yield from [given] if isinstance(given, str) else texts(given)

    return named


def _new_tasks(request: Structure, call: Call) -> Iterator[str]:
    yield _task_arn(request, call, "*")


def _new_definition(request: Structure, call: Call) -> Iterator[str]:
    yield arn("ecs", call, f"task-definition/{text(request.get('family'))}:*")


def _new_cluster(request: Structure, call: Call) -> Iterator[str]:
    yield _cluster_arn(request, call, "clusterName")


RESOURCES: dict[str, Resources] = {
    **dict.fromkeys(("RunTask", "StartTask"), _definition),
    "DeleteTaskDefinitions": _definitions,
    **dict.fromkeys(("StopTask",), _task),
    **dict.fromkeys(("DescribeTasks", "GetTaskProtection", "UpdateTaskProtection"), _tasks),
    "ListTasks": _instance_or_none,
    "ExecuteCommand": _session,
    **dict.fromkeys(
        ("CreateService", "UpdateService", "DeleteService", "ListServiceDeployments", "UpdateServicePrimaryTaskSet"),
        _service,
    ),
    "DescribeServices": _services,
    **dict.fromkeys(("CreateTaskSet", "DeleteTaskSet", "DescribeTaskSets", "UpdateTaskSet"), _task_set_of),
    "DescribeServiceDeployments": _named("serviceDeploymentArns"),
    **dict.fromkeys(("StopServiceDeployment", "ContinueServiceDeployment"), _named("serviceDeploymentArn")),
    "DescribeServiceRevisions": _named("serviceRevisionArns"),
    "DescribeClusters": _clusters,
    **dict.fromkeys(
        (
            "DeleteCluster",
            "UpdateCluster",
            "UpdateClusterSettings",
            "PutClusterCapacityProviders",
            "ListContainerInstances",
            "ListAttributes",
            "RegisterContainerInstance",
            "DeregisterContainerInstance",
        ),
        _cluster,
    ),
    **dict.fromkeys(("CreateCapacityProvider", "UpdateCapacityProvider", "DeleteCapacityProvider"), _provider),
    "DescribeCapacityProviders": _providers,
    **dict.fromkeys(
        ("DescribeContainerInstances", "UpdateContainerInstancesState", "UpdateContainerAgent"), _instances
    ),
    **dict.fromkeys(("PutAttributes", "DeleteAttributes"), _targets),
    **dict.fromkeys(("TagResource", "UntagResource", "ListTagsForResource"), _named("resourceArn")),
}
"""By operation the ARNs of what it is about, each of which must be allowed."""

MADE: dict[str, Resources] = {
    "CreateCluster": _new_cluster,
    "CreateService": _service,
    "CreateTaskSet": _task_set_of,
    "CreateCapacityProvider": _provider,
    "RegisterTaskDefinition": _new_definition,
    "RunTask": _new_tasks,
    "StartTask": _new_tasks,
}
"""By operation the ARN of what it makes and may tag (R-171)."""

_WITHOUT_CLUSTER = frozenset(
    {"RegisterTaskDefinition", "CreateCapacityProvider", "DescribeCapacityProviders", "CreateCluster"}
)
_LAUNCHES = frozenset({"RunTask", "StartTask", "CreateService", "UpdateService", "CreateTaskSet"})


def _context(operation: str, request: Structure, call: Call, resource: str) -> dict[str, Any]:
    """The condition keys of ECS that the request or the world tells."""
    found: dict[str, Any] = {**of_tags(request), **carried(call.world.tags.get(resource, {}), "ecs")}
    if operation not in _WITHOUT_CLUSTER and _has_cluster(operation, request):
        found["ecs:cluster"] = _cluster_arn(request, call)
    if operation in _LAUNCHES:
        found |= _of_launch(operation, request, call)
    if operation in ("CreateTaskSet", "UpdateTaskSet", "DeleteTaskSet", "DescribeTaskSets", "ListTasks"):
        named = request.get("service") or request.get("serviceName")
        found |= {"ecs:service": _service_arn(request, call, text(named))} if named else {}
    if operation == "ExecuteCommand":
        found["ecs:task"] = next(_task(request, call))
        found |= {"ecs:container-name": request["container"]} if request.get("container") else {}
    if operation == "RegisterTaskDefinition":
        found |= _of_definition(request)
    if operation in ("PutAccountSetting", "PutAccountSettingDefault"):
        found["ecs:account-setting"] = text(request.get("name"))
    return found


def _has_cluster(operation: str, request: Structure) -> bool:
    from simcloud.cloud.routes import model

    shape = model("ecs").operation_model(operation).input_shape
    return "cluster" in request or (shape is not None and "cluster" in shape.members)


def _of_launch(operation: str, request: Structure, call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if request.get("taskDefinition"):
        found["ecs:task-definition"] = definition_arn(call, text(request["taskDefinition"]))
    if operation != "UpdateService" or "enableExecuteCommand" in request:
        found["ecs:enable-execute-command"] = str(bool(request.get("enableExecuteCommand"))).lower()
    strategy = request.get("capacityProviderStrategy") or ()
    if strategy:
        found["ecs:capacity-provider"] = [text(each.get("capacityProvider")) for each in strategy]
    connect = request.get("serviceConnectConfiguration") or {}
    if connect:
        found["ecs:enable-service-connect"] = str(bool(connect.get("enabled"))).lower()
        found |= {"ecs:namespace": connect["namespace"]} if connect.get("namespace") else {}
    found["ecs:enable-ebs-volumes"] = str(bool(request.get("volumeConfigurations"))).lower()
    network = (request.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    if network:
        found["ecs:subnet"] = texts(network.get("subnets"))
        found["ecs:auto-assign-public-ip"] = str(network.get("assignPublicIp") == "ENABLED").lower()
    if operation == "StartTask":
        found["ecs:container-instances"] = list(_instances(request, call))
    return found


def _of_definition(request: Structure) -> dict[str, Any]:
    containers = request.get("containerDefinitions") or ()
    found: dict[str, Any] = {"ecs:privileged": str(any(each.get("privileged") for each in containers)).lower()}
    if request.get("requiresCompatibilities"):
        found["ecs:compute-compatibility"] = texts(request["requiresCompatibilities"])
    for member in ("cpu", "memory"):
        if request.get(member):
            found[f"ecs:task-{member}"] = text(request[member])
    return found


def _tags_are_judged(call: Call) -> bool:
    from simcloud.cloud.ecs.account_settings import effective

    return effective(call, "tagResourceAuthorization") == "on"


def _key_of_sessions(request: Structure, call: Call) -> str:
    """The customer key that encrypts the sessions of the cluster (R-158); '' for none."""
    inside = finding.maybe_cluster(call, text(request.get("cluster")))
    if inside is None:
        return ""
    key = text((inside.configuration.get("executeCommandConfiguration") or {}).get("kmsKeyId"))
    return key if not key or key.startswith("arn:") else arn("kms", call, key if "/" in key else f"key/{key}")
