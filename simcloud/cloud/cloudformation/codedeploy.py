"""AWS::CodeDeploy::Application, AWS::CodeDeploy::DeploymentConfig and AWS::CodeDeploy::DeploymentGroup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from simcloud.cloud.cloudformation.resource import Resource, Wish, tagged
from simcloud.cloud.live import Call


class _OfCodeDeploy(Resource):
    SERVICE = "codedeploy"
    SAYS: ClassVar[Mapping[str, str]] = dict.fromkeys(
        (
            "CreateApplication",
            "DeleteApplication",
            "CreateDeploymentConfig",
            "DeleteDeploymentConfig",
            "CreateDeploymentGroup",
            "UpdateDeploymentGroup",
            "DeleteDeploymentGroup",
        ),
        "",
    )


class Application(_OfCodeDeploy):
    """An application. Ref is its name."""

    KIND, CREATE, NAME = "AWS::CodeDeploy::Application", "CreateApplication", "ApplicationName"
    REPLACED_BY = frozenset({"ApplicationName", "ComputePlatform"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = {**cls.request(wish.properties), "applicationName": wish.name}
        if given := tagged(request.get("tags"), wish.tags, key="Key", value="Value"):
            request["tags"] = given
        cls.ask(call, cls.CREATE, request)
        return cls(wish.name, wish.properties)

    def update(self, call: Call, wish: Wish) -> None:
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        self.ask(call, "DeleteApplication", {"applicationName": self.physical_resource_id})


class DeploymentConfig(_OfCodeDeploy):
    """A deployment configuration: it never changes. Ref is its name."""

    KIND, CREATE, NAME = "AWS::CodeDeploy::DeploymentConfig", "CreateDeploymentConfig", "DeploymentConfigName"
    REPLACED_BY = frozenset(
        {"ComputePlatform", "DeploymentConfigName", "MinimumHealthyHosts", "TrafficRoutingConfig", "ZonalConfig"}
    )

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        cls.ask(call, cls.CREATE, {**cls.request(wish.properties), "deploymentConfigName": wish.name})
        return cls(wish.name, wish.properties)

    def delete(self, call: Call) -> None:
        self.ask(call, "DeleteDeploymentConfig", {"deploymentConfigName": self.physical_resource_id})


class DeploymentGroup(_OfCodeDeploy):
    """A deployment group. Ref is its name."""

    KIND, CREATE, NAME = "AWS::CodeDeploy::DeploymentGroup", "CreateDeploymentGroup", "DeploymentGroupName"
    RENAMED: ClassVar[Mapping[str, str]] = {"OnPremisesInstanceTagFilters": "onPremisesInstanceTagFilters"}
    MORE = frozenset({"Deployment"})
    REQUIRED = ("ApplicationName", "ServiceRoleArn")
    REPLACED_BY = frozenset({"ApplicationName", "DeploymentGroupName"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = {**cls.request(wish.properties), "deploymentGroupName": wish.name}
        if given := tagged(request.get("tags"), wish.tags, key="Key", value="Value"):
            request["tags"] = given
        cls.ask(call, cls.CREATE, request)
        return cls(wish.name, wish.properties)

    def update(self, call: Call, wish: Wish) -> None:
        request = self.request(wish.properties)
        request.pop("tags", None)
        self.ask(call, "UpdateDeploymentGroup", {**request, "currentDeploymentGroupName": self.physical_resource_id})
        self.properties = wish.properties

    def delete(self, call: Call) -> None:
        named = {
            "applicationName": str(self.properties["ApplicationName"]),
            "deploymentGroupName": self.physical_resource_id,
        }
        self.ask(call, "DeleteDeploymentGroup", named)
