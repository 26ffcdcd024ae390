"""Updates of a cluster: its configuration, its version, its encryption."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.cluster_shape import logging_of
from simcloud.cloud.eks.making import begun, given, judged
from simcloud.cloud.live import Call
from simcloud.facts import eks
from simcloud.rules.eks.updates import kinds, logged
from simcloud.sim.eks.resource import Resource

Planned = tuple[dict[str, str], dict[str, Any]]
"""The update's parameters, and the members of the cluster that get new values."""


def configure(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateClusterConfig: one kind of change."""
    judged("UpdateClusterConfig", request, call)
    held = finding.cluster(call, request["name"])
    kind = kinds(request)[0]
    params, changes = PLANS[kind](request, held)
    return begun(call, held.key, kind, params, changes, eks.CONFIG_UPDATE.value)


def upgrade(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateClusterVersion: to the next minor version, or back to the one before."""
    judged("UpdateClusterVersion", request, call)
    held, version = finding.cluster(call, request["name"]), request["version"]
    platform = eks.PLATFORM_VERSION.value
    back = version == (held.body.get("upgradedFrom") or {}).get("version")
    end = call.world.now + eks.VERSION_UPDATE.value
    changes = {
        "version": version,
        "platformVersion": platform,
        "upgradedFrom": {} if back else {"version": held.body["version"], "at": end},
    }
    params = {"Version": version, "PlatformVersion": platform}
    kind = "VersionRollback" if back else "VersionUpdate"
    return begun(call, held.key, kind, params, changes, eks.VERSION_UPDATE.value)


def encrypt(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """AssociateEncryptionConfig."""
    judged("AssociateEncryptionConfig", request, call)
    held, config = finding.cluster(call, request["clusterName"]), request["encryptionConfig"]
    params, changes = {"EncryptionConfig": _said(config)}, {"encryptionConfig": config}
    return begun(call, held.key, "AssociateEncryptionConfig", params, changes, eks.CONFIG_UPDATE.value)


def _endpoints(request: Mapping[str, Any], held: Resource) -> Planned:
    asked = request["resourcesVpcConfig"]
    new = held.body["resourcesVpcConfig"] | given(
        asked, "endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs"
    )
    params = {
        "EndpointPublicAccess": _said(new["endpointPublicAccess"]),
        "EndpointPrivateAccess": _said(new["endpointPrivateAccess"]),
        "PublicAccessCidrs": _said(new["publicAccessCidrs"]),
    }
    return params, {"resourcesVpcConfig": new}


def _network(request: Mapping[str, Any], held: Resource) -> Planned:
    asked = given(request["resourcesVpcConfig"], "subnetIds", "securityGroupIds")
    params = {
        {"subnetIds": "Subnets", "securityGroupIds": "SecurityGroups"}[name]: _said(value)
        for name, value in asked.items()
    }
    return params, {"resourcesVpcConfig": held.body["resourcesVpcConfig"] | asked}


def _egress(request: Mapping[str, Any], held: Resource) -> Planned:
    asked = given(request["resourcesVpcConfig"], "controlPlaneEgressMode")
    params = {"ControlPlaneEgressMode": asked["controlPlaneEgressMode"]}
    return params, {"resourcesVpcConfig": held.body["resourcesVpcConfig"] | asked}


def _logging(request: Mapping[str, Any], held: Resource) -> Planned:
    setups = held.body["logging"]["clusterLogging"]
    before = tuple(kind for each in setups if each["enabled"] for kind in each["types"])
    return {"ClusterLogging": _said(request["logging"])}, {"logging": logging_of(logged(request, before))}


def _access(request: Mapping[str, Any], held: Resource) -> Planned:
    mode = request["accessConfig"]["authenticationMode"]
    return {"AuthenticationMode": _said(mode)}, {"accessConfig": {"authenticationMode": mode}}


def _auto_mode(request: Mapping[str, Any], held: Resource) -> Planned:
    members = {
        "computeConfig": "ComputeConfig",
        "kubernetesNetworkConfig": "KubernetesNetworkConfig",
        "storageConfig": "StorageConfig",
    }
    asked = given(request, *members)
    changes = {name: {**held.body.get(name, {}), **value} for name, value in asked.items()}
    return {members[name]: _said(value) for name, value in asked.items()}, changes


def _member(name: str, parameter: str) -> Callable[[Mapping[str, Any], Resource], Planned]:
    """The plan of an update that replaces a member as a whole."""

    def plan(request: Mapping[str, Any], held: Resource) -> Planned:
        return {parameter: _said(request[name])}, {name: request[name]}

    return plan


def _components(request: Mapping[str, Any], held: Resource) -> Planned:
    members = {
        "kubeApiServerConfig": "KubeApiServerConfig",
        "kubeSchedulerConfig": "KubeSchedulerConfig",
        "kubeControllerManagerConfig": "KubeControllerManagerConfig",
    }
    asked = given(request, *members)
    return {members[name]: _said(value) for name, value in asked.items()}, asked


PLANS: dict[str, Callable[[Mapping[str, Any], Resource], Planned]] = {
    "EndpointAccessUpdate": _endpoints,
    "VpcConfigUpdate": _network,
    "ControlPlaneEgressUpdate": _egress,
    "LoggingUpdate": _logging,
    "AccessConfigUpdate": _access,
    "UpgradePolicyUpdate": _member("upgradePolicy", "UpgradePolicy"),
    "ZonalShiftConfigUpdate": _member("zonalShiftConfig", "ZonalShiftConfig"),
    "AutoModeUpdate": _auto_mode,
    "RemoteNetworkConfigUpdate": _member("remoteNetworkConfig", "RemoteNetworkConfig"),
    "DeletionProtectionUpdate": _member("deletionProtection", "DeletionProtection"),
    "ControlPlaneScalingConfigUpdate": _member("controlPlaneScalingConfig", "UpdatedTier"),
    "ControlPlaneComponentConfigUpdate": _components,
}
"""By the type of the update."""


def _said(value: Any) -> str:
    """A parameter's value, as AWS writes it: JSON without blanks."""
    return json.dumps(value, separators=(",", ":"))
