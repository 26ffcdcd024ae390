"""AWS::ECS::Cluster, AWS::ECS::CapacityProvider and AWS::ECS::ClusterCapacityProviderAssociations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation import ecs_tags
from simcloud.cloud.cloudformation.reasons import already
from simcloud.cloud.cloudformation.resource import Failed, Resource, Values, Wish
from simcloud.cloud.live import Call

CAPACITY = ("capacityProviders", "defaultCapacityProviderStrategy")


class Cluster(Resource):
    """A cluster: Ref is its name, Arn its ARN."""

    KIND, CREATE, NAME = "AWS::ECS::Cluster", "CreateCluster", "ClusterName"
    RENAMED: ClassVar[Mapping[str, str]] = {"ClusterSettings": "settings"}
    REPLACED_BY = frozenset({"ClusterName"})
    ATTRIBUTES = frozenset({"Arn"})
    SAYS: ClassVar[Mapping[str, str]] = {"CreateCluster": "CreateCluster Invalid Request:"}

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        """A name that is taken by another cluster is refused, where the API would give that one back."""
        if _active(call, wish.name) is not None:
            raise Failed(already(cls.KIND, wish.name))
        request = {**cls.request(wish.properties), "clusterName": wish.name}
        made = cls.ask(call, "CreateCluster", ecs_tags.of_request(request, wish))["cluster"]
        ecs_tags.mark(call, made["clusterArn"], wish)
        return cls(made["clusterName"], wish.properties, {"Arn": made["clusterArn"]})

    def update(self, call: Call, wish: Wish) -> None:
        """What the template no longer says goes back to what AWS takes by itself."""
        before, now = self.request(self.properties), self.request(wish.properties)
        changed = {name for name in {*before, *now} if before.get(name) != now.get(name)}
        settings = {name: now.get(name, _EMPTY[name]) for name in _EMPTY if name in changed}
        if settings:
            self.ask(call, "UpdateCluster", {"cluster": self.physical_resource_id, **settings})
        if changed & set(CAPACITY):
            capacity = {name: now.get(name, []) for name in CAPACITY}
            self.ask(call, "PutClusterCapacityProviders", {"cluster": self.physical_resource_id, **capacity})
        ecs_tags.retag(self, call, self.attributes["Arn"], wish)
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        """Refused while services or tasks are in it."""
        if _active(call, self.physical_resource_id) is not None:
            self.ask(call, "DeleteCluster", {"cluster": self.physical_resource_id})


_EMPTY: dict[str, Any] = {
    "settings": [],
    "configuration": {},
    "serviceConnectDefaults": {"namespace": ""},
}
"""What UpdateCluster is told of a member that the template no longer has."""


class Associations(Resource):
    """The capacity providers of a cluster and its default strategy. Ref is the name of the cluster."""

    KIND, CREATE = "AWS::ECS::ClusterCapacityProviderAssociations", "PutClusterCapacityProviders"
    REQUIRED = ("CapacityProviders", "Cluster", "DefaultCapacityProviderStrategy")
    REPLACED_BY = frozenset({"Cluster"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        cls.ask(call, cls.CREATE, cls.request(wish.properties))
        return cls(str(wish.properties["Cluster"]), wish.properties)

    def update(self, call: Call, wish: Wish) -> None:
        self.ask(call, self.CREATE, self.request(wish.properties))
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        """The cluster is left without capacity providers."""
        if _active(call, self.physical_resource_id) is not None:
            nothing: Values = {name: [] for name in CAPACITY}
            self.ask(call, self.CREATE, {"cluster": self.physical_resource_id, **nothing})


class CapacityProvider(Resource):
    """A capacity provider of the account's own. Ref is its name."""

    KIND, CREATE, NAME = "AWS::ECS::CapacityProvider", "CreateCapacityProvider", "Name"
    RENAMED: ClassVar[Mapping[str, str]] = {"ClusterName": "cluster"}
    REPLACED_BY = frozenset({"Name", "ClusterName"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = {**cls.request(wish.properties), "name": wish.name}
        made = cls.ask(call, cls.CREATE, ecs_tags.of_request(request, wish))["capacityProvider"]
        ecs_tags.mark(call, made["capacityProviderArn"], wish)
        return cls(made["name"], wish.properties, {"arn": made["capacityProviderArn"]})

    def update(self, call: Call, wish: Wish) -> None:
        given = {name: one for name, one in self.request(wish.properties).items() if name.endswith("Provider")}
        self.ask(call, "UpdateCapacityProvider", {"name": self.physical_resource_id, **given})
        ecs_tags.retag(self, call, self.attributes["arn"], wish)
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        if self.attributes["arn"] in call.world.capacity_providers:
            self.ask(call, "DeleteCapacityProvider", {"capacityProvider": self.physical_resource_id})


def _active(call: Call, named: str) -> Any | None:
    """The cluster of this name or ARN, where it is ACTIVE."""
    from simcloud.cloud.ecs import finding

    held = finding.maybe_cluster(call, named)
    return held if held is not None and held.status == "ACTIVE" else None
