"""The Kubernetes versions that EKS offers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.facts import eks

STANDARD, EXTENDED = "STANDARD_SUPPORT", "EXTENDED_SUPPORT"


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeClusterVersions, newest first."""
    found = [_shape(version) for version in reversed(list(eks.RELEASES.value))]
    wanted = request.get("clusterVersions")
    status = request.get("versionStatus") or (request.get("status") or "").upper().replace("-", "_")
    kept = [
        each
        for each in found
        if (not wanted or each["clusterVersion"] in wanted)
        and (not status or each["versionStatus"] == status)
        and (not request.get("defaultOnly") or each["defaultVersion"])
        and request.get("clusterType", "eks") == "eks"
    ]
    return page("clusterVersions", kept, request)


def _shape(version: str) -> dict[str, Any]:
    release = eks.RELEASES.value[version]
    status = STANDARD if release.standard_until >= eks.STATUS_ON.value else EXTENDED
    return {
        "clusterVersion": version,
        "clusterType": "eks",
        "defaultPlatformVersion": eks.PLATFORM_VERSION.value,
        "defaultVersion": version == eks.DEFAULT_VERSION.value,
        "releaseDate": _moment(release.released),
        "endOfStandardSupportDate": _moment(release.standard_until),
        "endOfExtendedSupportDate": _moment(release.extended_until),
        "status": status.lower().replace("_", "-"),
        "versionStatus": status,
        "kubernetesPatchVersion": release.patch,
    }


def _moment(day: str) -> float:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp()
