"""The account settings of ECS: the values that each one takes, and the one that AWS starts with."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, GUIDE

ACCOUNT_SETTINGS = GUIDE + "ecs-account-settings.html"
_ON = ("enabled", "disabled")

VALUES: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "awsvpcTrunking": _ON,
        "containerInsights": ("enhanced", *_ON),
        "containerInstanceLongArnFormat": _ON,
        "defaultLogDriverMode": ("blocking", "non-blocking"),
        "dualStackIPv6": _ON,
        "fargateEventWindows": _ON,
        "fargateFIPSMode": _ON,
        "fargateTaskRetirementWaitPeriod": ("0", "7", "14"),
        "guardDutyActivate": ("on", "off"),
        "serviceLongArnFormat": _ON,
        "tagResourceAuthorization": ("on", "off"),
        "taskLongArnFormat": _ON,
    },
    API_MODEL,
)
"""By name, in the order in which they are listed. dualStackIPv6 stands in the model's text and not in its list of
names; AWS takes it."""
DEFAULTS: Fact[dict[str, str]] = Fact(
    {
        "awsvpcTrunking": "disabled",
        "containerInsights": "disabled",
        "containerInstanceLongArnFormat": "enabled",
        "defaultLogDriverMode": "non-blocking",
        "dualStackIPv6": "enabled",
        "fargateEventWindows": "disabled",
        "fargateFIPSMode": "disabled",
        "fargateTaskRetirementWaitPeriod": "7",
        "guardDutyActivate": "off",
        "serviceLongArnFormat": "enabled",
        "tagResourceAuthorization": "on",
        "taskLongArnFormat": "enabled",
    },
    ACCOUNT_SETTINGS,
    rule="R-334",
)
AWS_MANAGED: Fact[tuple[str, ...]] = Fact(("guardDutyActivate",), API_MODEL)
"""Read-only: AWS sets them on the account's behalf."""
ROOT_ONLY: Fact[tuple[str, ...]] = Fact(("fargateTaskRetirementWaitPeriod",), API_MODEL)
"""Set for the whole account, not for one user."""
LISTED: Fact[int] = Fact(10, API_MODEL)
"""ListAccountSettings gives at most this many in a page."""
