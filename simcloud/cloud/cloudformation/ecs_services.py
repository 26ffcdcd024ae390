"""AWS::ECS::Service: complete when it is stable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation import ecs_tags, reasons
from simcloud.cloud.cloudformation.resource import Failed, Resource, Values, Wish
from simcloud.cloud.live import Call
from simcloud.facts import words
from simcloud.facts.words import stacks as said

NEVER_UPDATED = frozenset({"role", "schedulingStrategy", "launchType", "serviceName", "tags"})
"""Members of CreateService that UpdateService does not have."""


class Service(Resource):
    """A service: Ref and ServiceArn are its ARN, Name its name."""

    KIND, CREATE, NAME = "AWS::ECS::Service", "CreateService", "ServiceName"
    RENAMED: ClassVar[Mapping[str, str]] = {"PlacementStrategies": "placementStrategy"}
    MORE = frozenset({"ForceNewDeployment"})
    REPLACED_BY = frozenset({"Cluster", "LaunchType", "Role", "SchedulingStrategy", "ServiceName"})
    ATTRIBUTES = frozenset({"Name", "ServiceArn"})
    SAYS: ClassVar[Mapping[str, str]] = {
        "CreateService": "CreateService error:",
        "UpdateService": "UpdateService error:",
    }

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        """One task, where the template does not say how many (the API would make none)."""
        request: Values = {**cls.request(wish.properties), "serviceName": wish.name}
        if request.get("schedulingStrategy") != "DAEMON" and not _external(request):
            request.setdefault("desiredCount", 1)
        if _exists(call, request):
            raise Failed(reasons.already(cls.KIND, wish.name))
        arn = cls.ask(call, cls.CREATE, ecs_tags.of_request(request, wish))["service"]["serviceArn"]
        ecs_tags.mark(call, arn, wish)
        made = cls(arn, wish.properties, {"Name": wish.name, "ServiceArn": arn})
        made._await(call)
        return made

    def update(self, call: Call, wish: Wish) -> None:
        """UpdateService with all that the template says; what it no longer says is emptied."""
        before, now = self.request(self.properties), self.request(wish.properties)
        request = {name: one for name, one in now.items() if name not in NEVER_UPDATED}
        for name in set(before) - set(now) - NEVER_UPDATED:
            if isinstance(before[name], list):
                request[name] = []
        if self.properties.get("ForceNewDeployment") != wish.properties.get("ForceNewDeployment"):
            request["forceNewDeployment"] = True
        held = call.world.services[self.physical_resource_id]
        if now.get("deploymentController") == before.get("deploymentController"):
            request.pop("deploymentController", None)
        self.ask(call, "UpdateService", {**request, "cluster": held.cluster, "service": held.name})
        ecs_tags.retag(self, call, held.arn, wish)
        self.properties = wish.properties
        self._await(call)

    def is_settled(self, call: Call) -> bool:
        """Is the deployment that the stack began complete, with all its tasks running?"""
        held = call.world.services.get(self.physical_resource_id)
        if held is None or held.status != "ACTIVE":
            raise Failed(reasons.of_handler(str(words.SERVICE_NOT_ACTIVE), "NotFound"))
        if held.controller != "ECS":
            return held.controller == "EXTERNAL" or all(each.steady for each in held.task_sets)
        begun: Any = held.revisions.get(self.attributes["awaited"]) or held.primary
        if begun.rollout == "FAILED":
            raise Failed(_broken(str(begun.rollout_reason)), str(begun.rollout_reason))
        if held.primary.rollout == "FAILED" or begun is not held.primary:
            self._await(call)
            return False
        return bool(begun.rollout == "COMPLETED" and _running(call, held.arn) == held.desired)

    def delete(self, call: Call) -> None:
        """By force: its tasks are stopped, and it drains."""
        held = call.world.services.get(self.physical_resource_id)
        if held is not None and held.status == "ACTIVE":
            self.ask(call, "DeleteService", {"cluster": held.cluster, "service": held.name, "force": True})

    def is_gone(self, call: Call) -> bool:
        """INACTIVE, and the last of its tasks stopped."""
        held = call.world.services.get(self.physical_resource_id)
        return held is None or held.status == "INACTIVE"

    def _await(self, call: Call) -> None:
        """Remember the deployment that is under way now."""
        held = call.world.services[self.physical_resource_id]
        self.attributes["awaited"] = held.primary.number if held.deployments else ""


def _external(request: Values) -> bool:
    return (request.get("deploymentController") or {}).get("type") == "EXTERNAL"


def _exists(call: Call, request: Values) -> bool:
    from simcloud.cloud.ecs import finding

    inside = finding.maybe_cluster(call, request.get("cluster"))
    held = finding.service(call, inside, request["serviceName"]) if inside is not None else None
    return held is not None and held.status == "ACTIVE"


def _running(call: Call, arn: str) -> int:
    return sum(1 for task in call.world.tasks.values() if task.service == arn and task.status == "RUNNING")


def _broken(reason: str) -> str:
    """The status reason of a deployment that failed."""
    breaker = reason == str(words.ROLLOUT_FAILED)
    message = str(said.BREAKER) if breaker else said.ROLLED_BACK.format(why=reason)
    return reasons.of_handler(message, "GeneralServiceException")
