"""Deployment configurations, AWS's own and custom ones."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import finding
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.sim.codedeploy.events import ConfigurationCreated, ConfigurationDeleted

ASKED = ("minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig")


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateDeploymentConfig: for servers, unless it names another compute platform."""
    info = {
        "deploymentConfigId": call.world.uuid("codedeploy-config"),
        "deploymentConfigName": request["deploymentConfigName"],
        "createTime": call.world.now,
        "computePlatform": request.get("computePlatform", "Server"),
        **{member: request[member] for member in ASKED if member in request},
    }
    submit(call, ConfigurationCreated(info))
    return {"deploymentConfigId": info["deploymentConfigId"]}


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetDeploymentConfig."""
    return {"deploymentConfigInfo": finding.configurations(call)[request["deploymentConfigName"]]}


def list_configurations(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListDeploymentConfigs, by name."""
    return page(
        "deploymentConfigsList", sorted(finding.configurations(call)), request, code="InvalidNextTokenException"
    )


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteDeploymentConfig. To delete what is not there is no error."""
    submit(call, ConfigurationDeleted(request["deploymentConfigName"]))
    return {}
