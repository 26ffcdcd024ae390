"""The catalogue of add-ons."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.facts import eks
from simcloud.facts.words import eks_parts as eks_parts_words

ARCHITECTURES = ["amd64", "arm64"]


def default_version(addon: str, cluster: str) -> str:
    """The version that a cluster of this Kubernetes version gets."""
    return versions(addon, cluster)[0]


def versions(addon: str, cluster: str) -> list[str]:
    """The versions for a cluster of this Kubernetes version, newest first."""
    known = eks.ADDONS.value[addon]
    if not known.of_cluster:
        return list(known.versions)
    patch = eks.RELEASES.value[cluster].patch
    return [f"v{patch}-{build}" for build in known.versions]


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeAddonVersions."""
    wanted, cluster = request.get("addonName"), request.get("kubernetesVersion")
    kept = [
        _shape(name, cluster)
        for name, known in eks.ADDONS.value.items()
        if wanted in (None, name)
        and (not request.get("types") or known.type in request["types"])
        and "aws" in (request.get("owners") or ("aws",))
        and "eks" in (request.get("publishers") or ("eks",))
    ]
    return page("addons", [each for each in kept if each["addonVersions"]], request)


def _shape(name: str, cluster: str | None) -> dict[str, Any]:
    known = eks.ADDONS.value[name]
    clusters = [each for each in reversed(list(eks.RELEASES.value)) if cluster in (None, each)]
    found: dict[str, list[str]] = {}
    for each in clusters:
        for version in versions(name, each):
            found.setdefault(version, []).append(each)
    return {
        "addonName": name,
        "type": known.type,
        "publisher": "eks",
        "owner": "aws",
        "defaultNamespace": known.namespace,
        "addonVersions": [
            {
                "addonVersion": version,
                "architecture": ARCHITECTURES,
                "computeTypes": list(known.compute),
                "compatibilities": [
                    {
                        "clusterVersion": each,
                        "platformVersions": ["*"],
                        "defaultVersion": version == default_version(name, each),
                    }
                    for each in fitting
                ],
                "requiresConfiguration": False,
                "requiresIamPermissions": known.needs_permissions,
            }
            for version, fitting in found.items()
        ],
    }


def describe_configuration(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeAddonConfiguration: a schema that takes any values, since none is acted out."""
    name = request["addonName"]
    if name not in eks.ADDONS.value:
        finding.missing(eks_parts_words.ADDON_NOT_LISTED.format(addon=name), addonName=name)
    return {
        "addonName": name,
        "addonVersion": request["addonVersion"],
        "configurationSchema": '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}',
        "podIdentityConfiguration": [],
    }
