"""AWS::ECS::TaskDefinition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from simcloud.cloud.cloudformation import ecs_tags
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class TaskDefinition(Resource):
    """A revision: Ref and TaskDefinitionArn are its ARN. Every change but that of its tags makes a new revision."""

    KIND, CREATE, NAME = "AWS::ECS::TaskDefinition", "RegisterTaskDefinition", "Family"
    ATTRIBUTES = frozenset({"TaskDefinitionArn"})
    SAYS: ClassVar[Mapping[str, str]] = {"RegisterTaskDefinition": "Create TaskDefinition:"}

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = {**cls.request(wish.properties), "family": wish.name}
        request.setdefault("containerDefinitions", [])
        answer = cls.ask(call, cls.CREATE, ecs_tags.of_request(request, wish))
        arn = answer["taskDefinition"]["taskDefinitionArn"]
        ecs_tags.mark(call, arn, wish)
        return cls(arn, wish.properties, {"TaskDefinitionArn": arn})

    def replaced_by(self, properties: Values) -> bool:
        """A revision never changes."""
        names = {*self.properties, *properties} - {"Tags"}
        return any(self.properties.get(name) != properties.get(name) for name in names)

    def update(self, call: Call, wish: Wish) -> None:
        ecs_tags.retag(self, call, self.physical_resource_id, wish)
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        """It is deregistered: INACTIVE, and still described."""
        held = call.world.definitions.get(self.physical_resource_id)
        if held is not None and held["status"] == "ACTIVE":
            self.ask(call, "DeregisterTaskDefinition", {"taskDefinition": self.physical_resource_id})
