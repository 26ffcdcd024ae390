"""AWS::ApplicationAutoScaling::ScalableTarget and AWS::ApplicationAutoScaling::ScalingPolicy."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation import schema
from simcloud.cloud.cloudformation.resource import Failed, Resource, Values, Wish
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call

TARGET = ("ServiceNamespace", "ResourceId", "ScalableDimension")
SAYS_NOTHING = dict.fromkeys(
    (
        "RegisterScalableTarget",
        "DeregisterScalableTarget",
        "PutScheduledAction",
        "DeleteScheduledAction",
        "PutScalingPolicy",
        "DeleteScalingPolicy",
    ),
    "",
)


class ScalableTarget(Resource):
    """A scalable target: Ref and Id are resource, dimension and namespace, with bars between them."""

    KIND, SERVICE, CREATE = (
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "application-autoscaling",
        "RegisterScalableTarget",
    )
    MORE = frozenset({"ScheduledActions"})
    LESS = frozenset({"Tags"})
    REQUIRED = ("MaxCapacity", "MinCapacity", "ResourceId", "ScalableDimension", "ServiceNamespace")
    REPLACED_BY = frozenset(TARGET)
    ATTRIBUTES = frozenset({"Id"})
    SAYS = SAYS_NOTHING

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = cls.request(wish.properties)
        cls.ask(call, cls.CREATE, request)
        identity = "|".join(request[name] for name in reversed(("ServiceNamespace", "ScalableDimension", "ResourceId")))
        made = cls(identity, wish.properties, {"Id": identity})
        try:
            made._schedule(call, {}, wish.properties)
        except Failed as failed:
            failed.made = made
            raise
        return made

    def update(self, call: Call, wish: Wish) -> None:
        self.ask(call, self.CREATE, self.request(wish.properties))
        self._schedule(call, self.properties, wish.properties)
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        """Its policies and scheduled actions go with it."""
        try:
            self.ask(call, "DeregisterScalableTarget", self._named())
        except Failed as failed:
            _unless_missing(failed)

    def _schedule(self, call: Call, before: Values, now: Values) -> None:
        wanted = {one["ScheduledActionName"]: one for one in now.get("ScheduledActions") or ()}
        for one in before.get("ScheduledActions") or ():
            if (name := one["ScheduledActionName"]) not in wanted:
                self.ask(call, "DeleteScheduledAction", {**self._named(), "ScheduledActionName": name})
        for one in wanted.values():
            self.ask(call, "PutScheduledAction", {**self._named(), **schema.translated(_action(), one)})

    def _named(self) -> Values:
        return {name: str(self.properties[name]) for name in TARGET}

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        found = super().faults(properties)
        actions = properties.get("ScheduledActions") or []
        if isinstance(actions, list):
            for index, one in enumerate(actions):
                found += schema.faults(_action(), one, f"#/ScheduledActions/{index}", needs=("ScheduledActionName",))
        return found


def _action() -> Any:
    from simcloud.cloud.routes import model

    return model("application-autoscaling").operation_model("PutScheduledAction").input_shape


class ScalingPolicy(Resource):
    """A scaling policy: Ref and Arn are its ARN."""

    KIND, SERVICE, CREATE, NAME = (
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "application-autoscaling",
        "PutScalingPolicy",
        "PolicyName",
    )
    MORE = frozenset({"ScalingTargetId"})
    REQUIRED = ("PolicyName", "PolicyType")
    REPLACED_BY = frozenset({*TARGET, "PolicyName", "ScalingTargetId"})
    ATTRIBUTES = frozenset({"Arn"})
    SAYS = SAYS_NOTHING

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        arn = cls.ask(call, cls.CREATE, cls._asked(wish.properties))["PolicyARN"]
        return cls(arn, wish.properties, {"Arn": arn})

    def update(self, call: Call, wish: Wish) -> None:
        self.ask(call, self.CREATE, self._asked(wish.properties))
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        asked = self._asked(self.properties)
        try:
            self.ask(call, "DeleteScalingPolicy", {name: asked[name] for name in (*TARGET, "PolicyName")})
        except Failed as failed:
            _unless_missing(failed)

    @classmethod
    def _asked(cls, properties: Values) -> Values:
        """The target by its parts, or by the Ref of a ScalableTarget."""
        request = cls.request(properties)
        parts = str(properties.get("ScalingTargetId") or "").split("|")
        if len(parts) == 3:
            request.update(zip(reversed(TARGET), (parts[1], parts[0], parts[2]), strict=True))
        missing = [name for name in TARGET if not request.get(name)]
        if missing:
            raise Failed(_refused(f"Parameter validation failed: missing {', '.join(missing)}"))
        return request


def _refused(message: str) -> str:
    from simcloud.cloud.cloudformation.reasons import of_refusal

    return of_refusal("application-autoscaling", "", Refused("ValidationException", message))


def _unless_missing(failed: Failed) -> None:
    """What is not there need not be deleted."""
    if failed.code != "ObjectNotFoundException":
        raise failed
