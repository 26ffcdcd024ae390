"""AWS::EKS::Cluster and AWS::EKS::FargateProfile: complete when they are ACTIVE."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation.resource import Failed, Resource, Values, Wish
from simcloud.cloud.live import Call
from simcloud.facts.words import stacks as words

UPDATED = {
    "ResourcesVpcConfig": "resourcesVpcConfig",
    "Logging": "logging",
    "AccessConfig": "accessConfig",
    "UpgradePolicy": "upgradePolicy",
    "ZonalShiftConfig": "zonalShiftConfig",
    "DeletionProtection": "deletionProtection",
}
"""Properties that UpdateClusterConfig changes, one at a time."""


class Cluster(Resource):
    """A cluster. Ref is its name."""

    KIND, SERVICE, CREATE, NAME = "AWS::EKS::Cluster", "eks", "CreateCluster", "Name"
    MORE = frozenset({"Logging", "Tags", "Force"})
    LESS = frozenset({"clientRequestToken", "logging", "tags"})
    REQUIRED = ("ResourcesVpcConfig", "RoleArn")
    REPLACED_BY = frozenset(
        {
            "EncryptionConfig",
            "KubernetesNetworkConfig",
            "Name",
            "OutpostConfig",
            "RoleArn",
            "BootstrapSelfManagedAddons",
        }
    )
    ATTRIBUTES = frozenset(
        {
            "Arn",
            "CertificateAuthorityData",
            "ClusterSecurityGroupId",
            "EncryptionConfigKeyArn",
            "Endpoint",
            "Id",
            "KubernetesNetworkConfig.ServiceIpv6Cidr",
            "OpenIdConnectIssuerUrl",
        }
    )

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request = {**cls.request(wish.properties), "name": wish.name, **_logging(wish.properties)}
        if tags := _tags(wish):
            request["tags"] = tags
        made = cls.ask(call, cls.CREATE, request)["cluster"]
        return cls(wish.name, wish.properties, {"Arn": made["arn"], "updating": []})

    def update(self, call: Call, wish: Wish) -> None:
        """The first change; the others follow one after the other (is_settled)."""
        named = {"name": self.physical_resource_id}
        changes: list[tuple[str, Values]] = []
        if self.properties.get("Version") != wish.properties.get("Version") and wish.properties.get("Version"):
            changes.append(("UpdateClusterVersion", {**named, "version": str(wish.properties["Version"])}))
        now = {**self.request(wish.properties), **_logging(wish.properties)}
        for name, member in UPDATED.items():
            if self.properties.get(name) != wish.properties.get(name) and member in now:
                changes.append(("UpdateClusterConfig", {**named, member: now[member]}))
        self.attributes["updating"] = changes
        self.properties = wish.properties
        self._next(call)

    def is_settled(self, call: Call) -> bool:
        if _status(self, call, "DescribeCluster", "cluster", {"name": self.physical_resource_id}) != "ACTIVE":
            return False
        if self.attributes["updating"]:
            self._next(call)
            return False
        self._describe(call)
        return True

    def delete(self, call: Call) -> None:
        named = {"name": self.physical_resource_id}
        if _status(self, call, "DescribeCluster", "cluster", named):
            self.ask(call, "DeleteCluster", named)

    def is_gone(self, call: Call) -> bool:
        return not _status(self, call, "DescribeCluster", "cluster", {"name": self.physical_resource_id})

    def _next(self, call: Call) -> None:
        if self.attributes["updating"]:
            self.ask(call, *self.attributes["updating"].pop(0))

    def _describe(self, call: Call) -> None:
        known = self.ask(call, "DescribeCluster", {"name": self.physical_resource_id})["cluster"]
        self.attributes.update(
            {
                "CertificateAuthorityData": (known.get("certificateAuthority") or {}).get("data", ""),
                "ClusterSecurityGroupId": known["resourcesVpcConfig"].get("clusterSecurityGroupId", ""),
                "EncryptionConfigKeyArn": next(
                    (each["provider"]["keyArn"] for each in known.get("encryptionConfig") or ()), ""
                ),
                "Endpoint": known.get("endpoint", ""),
                "Id": known.get("id", ""),
                "KubernetesNetworkConfig.ServiceIpv6Cidr": known["kubernetesNetworkConfig"].get("serviceIpv6Cidr", ""),
                "OpenIdConnectIssuerUrl": ((known.get("identity") or {}).get("oidc") or {}).get("issuer", ""),
            }
        )


class FargateProfile(Resource):
    """A Fargate profile: Ref is cluster and name with a bar between them. It never changes."""

    KIND, SERVICE, CREATE, NAME = "AWS::EKS::FargateProfile", "eks", "CreateFargateProfile", "FargateProfileName"
    MORE = frozenset({"Selectors", "Tags"})
    LESS = frozenset({"clientRequestToken", "selectors", "tags"})
    REQUIRED = ("ClusterName", "PodExecutionRoleArn", "Selectors")
    REPLACED_BY = frozenset({"ClusterName", "FargateProfileName", "PodExecutionRoleArn", "Selectors", "Subnets"})
    ATTRIBUTES = frozenset({"Arn"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        request: Values = {**cls.request(wish.properties), "fargateProfileName": wish.name}
        request["selectors"] = [_selector(one) for one in wish.properties["Selectors"]]
        if tags := _tags(wish):
            request["tags"] = tags
        made = cls.ask(call, cls.CREATE, request)["fargateProfile"]
        named = {"clusterName": request["clusterName"], "fargateProfileName": wish.name}
        return cls(
            f"{request['clusterName']}|{wish.name}", wish.properties, {"Arn": made["fargateProfileArn"], **named}
        )

    def update(self, call: Call, wish: Wish) -> None:
        self.properties = wish.properties

    def is_settled(self, call: Call) -> bool:
        return _status(self, call, "DescribeFargateProfile", "fargateProfile", self._named()) == "ACTIVE"

    def delete(self, call: Call) -> None:
        if _status(self, call, "DescribeFargateProfile", "fargateProfile", self._named()):
            self.ask(call, "DeleteFargateProfile", self._named())

    def is_gone(self, call: Call) -> bool:
        return not _status(self, call, "DescribeFargateProfile", "fargateProfile", self._named())

    def _named(self) -> Values:
        return {name: self.attributes[name] for name in ("clusterName", "fargateProfileName")}

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        found = super().faults(properties)
        for index, one in enumerate(properties.get("Selectors") or ()):
            if not isinstance(one, dict) or "Namespace" not in one:
                found.append(words.KEY_NOT_FOUND.format(at=f"#/Selectors/{index}", name="Namespace"))
        return found


def _status(resource: Resource, call: Call, operation: str, member: str, named: Values) -> str:
    """The status of the thing; '' where it does not exist."""
    try:
        return str(resource.ask(call, operation, named)[member]["status"])
    except Failed as failed:
        if failed.code == "ResourceNotFoundException":
            return ""
        raise


def _tags(wish: Wish) -> dict[str, str]:
    return {**wish.tags, **{str(one["Key"]): str(one["Value"]) for one in wish.properties.get("Tags") or ()}}


def _logging(properties: Values) -> Values:
    """CloudFormation names the types that are on; the API wants both kinds."""
    given: Any = ((properties.get("Logging") or {}).get("ClusterLogging") or {}).get("EnabledTypes")
    if given is None:
        return {}
    return {"logging": {"clusterLogging": [{"types": [str(one["Type"]) for one in given], "enabled": True}]}}


def _selector(given: Any) -> Values:
    labels = {str(one["Key"]): str(one["Value"]) for one in given.get("Labels") or ()}
    return {"namespace": str(given["Namespace"]), **({"labels": labels} if labels else {})}
