"""Laws on platform versions of Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import statuses, words
from simcloud.facts.sources import PLATFORM_VERSIONS, PREFLIGHT
from simcloud.rules.engine import rule
from simcloud.rules.launch import NAMES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"


def _windows(seen: Seen) -> bool:
    platform = (seen.definition or {}).get("runtimePlatform") or {}
    return str(platform.get("operatingSystemFamily", "LINUX")).startswith("WINDOWS")


@rule("FG330", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-service-platform-version-ec2)", status="observed")
def only_fargate_has_platform_versions(launch: Launch) -> Iterator[Refusal]:
    """A platform version is a version of Fargate; with the EC2 launch type there is none."""
    if launch.platform_version and launch.capacity == "EC2":
        yield Refusal(
            "platformVersion", words.PLATFORM_ON_EC2, f"platformVersion is {launch.platform_version}", code=INVALID
        )


@rule("FG331", on=NAMES, source=PLATFORM_VERSIONS)
def the_platform_version_exists(launch: Launch) -> Iterator[Refusal]:
    """A platform version is LATEST, 1.4.0 (Linux) or 1.0.0 (Windows); Linux 1.3.0 ended on 30 June 2026."""
    known = ("", "LATEST", *statuses.LINUX_PLATFORMS.value, *statuses.WINDOWS_PLATFORMS.value)
    if launch.on_fargate and launch.platform_version not in known:
        yield Refusal(
            "platformVersion",
            words.PLATFORM_UNKNOWN,
            f"{launch.platform_version} is not offered, or no longer",
            code="PlatformUnknownException",
        )


@rule("FG332", on=NAMES, source=PLATFORM_VERSIONS)
def the_platform_version_runs_the_system(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Platform version 1.4.0 runs Linux tasks, 1.0.0 runs Windows tasks."""
    wrong = statuses.LINUX_PLATFORMS.value if _windows(seen) else statuses.WINDOWS_PLATFORMS.value
    if launch.on_fargate and launch.platform_version in wrong:
        yield Refusal(
            "platformVersion",
            words.PLATFORM_INCOMPATIBLE,
            f"the definition is for {'Windows' if _windows(seen) else 'Linux'}",
            code="PlatformTaskDefinitionIncompatibilityException",
        )
