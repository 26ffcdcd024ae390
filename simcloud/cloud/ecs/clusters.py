"""Clusters."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, tags
from simcloud.cloud.ecs.cluster_shape import ALL, shape, updating
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.sim.cluster import Cluster
from simcloud.sim.events import ClusterChanged, ClusterCreated, Tagged
from simcloud.sim.task import STOPPED

INSIGHTS = "containerInsights"
COMPARED = (
    "settings",
    "configuration",
    "capacityProviders",
    "defaultCapacityProviderStrategy",
    "serviceConnectDefaults",
    "tags",
)


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateCluster. An ACTIVE cluster of that name is given back as it is; one that was deleted begins anew."""
    demand("CreateCluster", request, _seen(call))
    held = finding.maybe_cluster(call, request.get("clusterName"))
    if held is None or held.status != "ACTIVE":
        return {"cluster": updating(shape(call, _made(request, call), ALL))}
    _demand_same(held, request)
    return {"cluster": shape(call, held, ALL)}


def _demand_same(held: Cluster, request: dict[str, Any]) -> None:
    """A request that asks for another cluster of this name is refused; one that leaves members out is not."""
    from simcloud.facts.words import account as account_words

    if any(request.get(name) and request[name] != held.request.get(name) for name in COMPARED):
        raise Refused("InvalidParameterException", str(account_words.CLUSTER_CHANGED))


def _made(request: dict[str, Any], call: Call) -> Cluster:
    from simcloud.cloud.ecs.capacity_providers import attachments, known_providers, strategy

    name = finding.cluster_name(request.get("clusterName"))
    providers = known_providers(call, request.get("capacityProviders"))
    connect = _connect_defaults(call, request.get("serviceConnectDefaults"))
    made = Cluster(
        name=name,
        arn=finding.cluster_arn(call, name),
        providers=providers,
        default_strategy=strategy(request.get("defaultCapacityProviderStrategy")),
        settings=_settings(call, request.get("settings"), []),
        configuration=_configuration(request.get("configuration")),
        service_connect_defaults=connect,
        attachments=[*attachments(call, providers, []), *_connect_attachment(call, connect)],
        request=dict(request),
    )
    given = tags.as_dict(request.get("tags"))
    submit(call, ClusterCreated(made))
    if given:
        submit(call, Tagged(made.arn, given))
    return made


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeClusters; without names, the cluster called default. Deleted ones are shown as INACTIVE."""
    demand("DescribeClusters", request, None)
    named = request.get("clusters") or ["default"]
    found = {finding.cluster_arn_of(call, name): finding.maybe_cluster(call, name) for name in named}
    return {
        "clusters": [shape(call, each, request.get("include") or ()) for each in found.values() if each is not None],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn, each in found.items() if each is None],
    }


def list_clusters(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListClusters."""
    demand("ListClusters", request, None)
    return page("clusterArns", [each.arn for each in call.world.clusters.values() if each.status == "ACTIVE"], request)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteCluster: it turns INACTIVE and is no longer listed. One that is so already is given back."""
    from simcloud.facts.words import account as words

    gone, world = finding.maybe_cluster(call, request.get("cluster")), call.world
    if gone is not None and gone.status != "ACTIVE":
        return {"cluster": shape(call, gone, ("SETTINGS", "ATTACHMENTS"))}
    held = finding.cluster(call, request.get("cluster"))
    if any(each.cluster == held.arn and each.status != "INACTIVE" for each in world.services.values()):
        raise Refused("ClusterContainsServicesException", str(words.CLUSTER_HAS_SERVICES))
    if any(each.cluster == held.arn and each.status != STOPPED for each in world.tasks.values()):
        raise Refused("ClusterContainsTasksException", str(words.CLUSTER_HAS_TASKS))
    own = world.capacity_providers.values()
    if any(each.get("cluster") == held.arn and each["status"] == "ACTIVE" for each in own):
        raise Refused("ClusterContainsCapacityProviderException", str(words.CLUSTER_HAS_PROVIDERS))
    submit(call, ClusterChanged(held.arn, {"status": "INACTIVE"}))
    tags.take_away(call, held.arn)
    return {"cluster": shape(call, held, ("SETTINGS",))}


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateCluster: what the request leaves out stays as it is."""
    demand("UpdateCluster", request, _seen(call))
    held = finding.cluster_to_change(call, request.get("cluster"))
    changes: dict[str, Any] = {}
    if "settings" in request:
        changes["settings"] = _settings(call, request["settings"], held.settings)
    if "configuration" in request:
        changes["configuration"] = {**held.configuration, **_configuration(request["configuration"])}
    if "serviceConnectDefaults" in request:
        connect = _connect_defaults(call, request["serviceConnectDefaults"])
        others = [each for each in held.attachments if each["type"] != "sc"]
        changes["service_connect_defaults"] = connect
        changes["attachments"] = [*others, *_connect_attachment(call, connect)]
    submit(call, ClusterChanged(held.arn, changes))
    answer = shape(call, held, ALL)
    return {"cluster": updating(answer) if "attachments" in changes else answer}


def update_settings(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateClusterSettings."""
    demand("UpdateClusterSettings", request, _seen(call))
    held = finding.cluster_to_change(call, request.get("cluster"))
    settings = _settings(call, request.get("settings"), held.settings)
    submit(call, ClusterChanged(held.arn, {"settings": settings}))
    return {"cluster": shape(call, held, ALL)}


def _seen(call: Call) -> Any:
    from simcloud.rules.seen import Seen

    active = [each for each in call.world.clusters.values() if each.status == "ACTIVE"]
    return Seen(
        account=call.account, region=call.region, clusters={each.name: tuple(each.providers) for each in active}
    )


def _settings(call: Call, given: list[dict[str, str]] | None, held: list[dict[str, str]]) -> list[dict[str, str]]:
    """What is given, else what the cluster has, else what the account's settings say."""
    values = {each["name"]: each["value"] for each in (*held, *(given or ()))}
    if INSIGHTS not in values:
        from simcloud.cloud.ecs.account_settings import effective

        values[INSIGHTS] = effective(call, INSIGHTS)
    return [{"name": name, "value": value} for name, value in values.items()]


def _configuration(given: dict[str, Any] | None) -> dict[str, Any]:
    """A cluster's configuration; ECS Exec logs as DEFAULT says where nothing else is asked for."""
    kept = dict(given or {})
    if kept.get("executeCommandConfiguration") is not None:
        kept["executeCommandConfiguration"] = {"logging": "DEFAULT", **kept["executeCommandConfiguration"]}
    return kept


def _connect_defaults(call: Call, given: dict[str, str] | None) -> dict[str, str]:
    """The namespace by its ARN; a name that Cloud Map does not have yet becomes a namespace. '' takes it away."""
    namespace = (given or {}).get("namespace")
    if not namespace:
        return {}
    from simcloud.cloud.ecs.namespaces import found_or_made

    return {"namespace": found_or_made(call, namespace)}


def _connect_attachment(call: Call, connect: dict[str, str]) -> list[dict[str, Any]]:
    if not connect:
        return []
    return [{"id": call.world.uuid("attachment"), "type": "sc", "status": "ATTACHED", "details": []}]
