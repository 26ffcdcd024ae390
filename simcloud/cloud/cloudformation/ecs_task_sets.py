"""AWS::ECS::TaskSet and AWS::ECS::PrimaryTaskSet, for a service that the customer's own controller deploys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation import ecs_tags
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class TaskSet(Resource):
    """A task set: Id is its id, Ref cluster, service and id."""

    KIND, CREATE = "AWS::ECS::TaskSet", "CreateTaskSet"
    REQUIRED = ("Cluster", "Service")
    REPLACED_BY = frozenset(
        {
            "CapacityProviderStrategy",
            "Cluster",
            "ExternalId",
            "LaunchType",
            "LoadBalancers",
            "NetworkConfiguration",
            "PlatformVersion",
            "Service",
            "ServiceRegistries",
            "TaskDefinition",
        }
    )
    ATTRIBUTES = frozenset({"Id"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = cls.request(wish.properties)
        made = cls.ask(call, cls.CREATE, ecs_tags.of_request(request, wish))["taskSet"]
        ecs_tags.mark(call, made["taskSetArn"], wish)
        physical = f"{request['cluster']}|{request['service']}|{made['id']}"
        return cls(physical, wish.properties, {"Id": made["id"], "arn": made["taskSetArn"]})

    def update(self, call: Call, wish: Wish) -> None:
        if (scale := self.request(wish.properties).get("scale")) is not None:
            self.ask(call, "UpdateTaskSet", {**self._named(), "scale": scale})
        ecs_tags.retag(self, call, self.attributes["arn"], wish)
        self.properties = wish.properties

    def is_settled(self, call: Call) -> bool:
        held = self._held(call)
        return held is None or bool(held.steady)

    def delete(self, call: Call) -> None:
        """The primary one goes with its service."""
        held = self._held(call)
        if held is not None and held.status == "ACTIVE":
            self.ask(call, "DeleteTaskSet", {**self._named(), "force": True})

    def is_gone(self, call: Call) -> bool:
        held = self._held(call)
        return held is None or held.status == "PRIMARY"

    def _named(self) -> Values:
        cluster, service, task_set = self.physical_resource_id.split("|")
        return {"cluster": cluster, "service": service, "taskSet": task_set}

    def _held(self, call: Call) -> Any | None:
        arn = self.attributes["arn"]
        every = (each for service in call.world.services.values() for each in service.task_sets)
        return next((each for each in every if each.arn == arn), None)


class PrimaryTaskSet(Resource):
    """Which task set serves production. Ref is the id of the task set."""

    KIND, CREATE = "AWS::ECS::PrimaryTaskSet", "UpdateServicePrimaryTaskSet"
    RENAMED: ClassVar[Mapping[str, str]] = {"TaskSetId": "primaryTaskSet"}
    REQUIRED = ("Cluster", "Service", "TaskSetId")
    REPLACED_BY = frozenset({"Cluster", "Service"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        cls.ask(call, cls.CREATE, cls.request(wish.properties))
        return cls(str(wish.properties["TaskSetId"]), wish.properties)

    def update(self, call: Call, wish: Wish) -> None:
        self.ask(call, self.CREATE, self.request(wish.properties))
        self.physical_resource_id = str(wish.properties["TaskSetId"])
        self.properties = wish.properties
