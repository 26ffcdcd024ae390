"""A cluster as the API gives it, with the defaults that AWS fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.eks.making import given, tags_of
from simcloud.cloud.live import Call
from simcloud.facts import eks
from simcloud.rules.eks.clusters import LOG_TYPES
from simcloud.sim.eks.resource import Resource

EVERYONE = "0.0.0.0/0"
SERVICES, SERVICES_BESIDE_TEN = "10.100.0.0/16", "172.20.0.0/16"
KEPT = ("encryptionConfig", "remoteNetworkConfig", "kubeApiServerConfig", "kubeSchedulerConfig",
        "kubeControllerManagerConfig", "clientRequestToken")  # fmt: skip


def first_body(request: Mapping[str, Any], call: Call) -> dict[str, Any]:
    """What is known of a cluster that is being created: no endpoint yet, no certificate, no security group."""
    access = request.get("accessConfig") or {}
    vpc = _vpc(call, request["resourcesVpcConfig"]["subnetIds"])
    return {
        "version": request.get("version") or eks.DEFAULT_VERSION.value,
        "roleArn": request["roleArn"],
        "resourcesVpcConfig": _network(request["resourcesVpcConfig"], vpc.id),
        "kubernetesNetworkConfig": _services(request.get("kubernetesNetworkConfig") or {}, str(vpc.cidr_block)),
        "logging": logging_of(_enabled(request.get("logging") or {})),
        "certificateAuthority": {},
        "platformVersion": eks.PLATFORM_VERSION.value,
        "health": {"issues": []},
        "accessConfig": {"authenticationMode": access.get("authenticationMode") or "CONFIG_MAP"},
        "upgradePolicy": {"supportType": (request.get("upgradePolicy") or {}).get("supportType") or "EXTENDED"},
        "zonalShiftConfig": {"enabled": bool((request.get("zonalShiftConfig") or {}).get("enabled"))},
        "computeConfig": {"enabled": False, **given(request.get("computeConfig") or {}, *_COMPUTE)},
        "storageConfig": {"blockStorage": {"enabled": False, **_storage(request)}},
        "deletionProtection": bool(request.get("deletionProtection")),
        "controlPlaneScalingConfig": request.get("controlPlaneScalingConfig") or {"tier": "standard"},
        "bare": request.get("bootstrapSelfManagedAddons") is False,
        **given(request, *KEPT),
    }


_COMPUTE = ("enabled", "nodePools", "nodeRoleArn")


def _storage(request: Mapping[str, Any]) -> dict[str, Any]:
    return given((request.get("storageConfig") or {}).get("blockStorage") or {}, "enabled")


def _vpc(call: Call, subnets: list[str]) -> Any:
    """moto's VPC of the subnets."""
    from moto.ec2.models import ec2_backends

    ec2 = ec2_backends[call.account][call.region]
    return ec2.vpcs[ec2.get_subnet(subnets[0]).vpc_id]


def _network(asked: Mapping[str, Any], vpc: str) -> dict[str, Any]:
    return {
        "subnetIds": list(asked["subnetIds"]),
        "securityGroupIds": list(asked.get("securityGroupIds") or ()),
        "vpcId": vpc,
        "endpointPublicAccess": asked.get("endpointPublicAccess", True),
        "endpointPrivateAccess": asked.get("endpointPrivateAccess", False),
        "publicAccessCidrs": list(asked.get("publicAccessCidrs") or (EVERYONE,)),
        "controlPlaneEgressMode": asked.get("controlPlaneEgressMode") or "AWS_MANAGED",
    }


def _services(asked: Mapping[str, Any], vpc_block: str) -> dict[str, Any]:
    """The services' addresses: from the block that is asked for, else from one that the VPC does not begin with."""
    balancing = {"enabled": False, **given(asked.get("elasticLoadBalancing") or {}, "enabled", "gatewayApi")}
    if asked.get("ipFamily") == "ipv6":
        return {"serviceIpv6Cidr": "fd30:1c53:5f8a::/108", "ipFamily": "ipv6", "elasticLoadBalancing": balancing}
    usual = SERVICES_BESIDE_TEN if vpc_block.startswith("10.") else SERVICES
    cidr = asked.get("serviceIpv4Cidr") or usual
    return {"serviceIpv4Cidr": cidr, "ipFamily": "ipv4", "elasticLoadBalancing": balancing}


def _enabled(logging: Mapping[str, Any]) -> set[str]:
    setups = logging.get("clusterLogging") or ()
    return {kind for each in setups if each.get("enabled") for kind in each.get("types") or ()}


def logging_of(enabled: set[str]) -> dict[str, Any]:
    """The logging configuration: the enabled types, then the others."""
    setups = [(True, [each for each in LOG_TYPES if each in enabled])]
    setups.append((False, [each for each in LOG_TYPES if each not in enabled]))
    return {"clusterLogging": [{"types": types, "enabled": is_on} for is_on, types in setups if types]}


def shape(call: Call, cluster: Resource) -> dict[str, Any]:
    """The cluster as it stands."""
    return {
        **cluster.body,
        "name": cluster.name,
        "arn": cluster.arn,
        "createdAt": cluster.created_at,
        "status": cluster.status,
        "tags": tags_of(call, cluster),
    }
