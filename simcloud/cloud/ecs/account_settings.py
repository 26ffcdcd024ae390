"""Account settings: of a user or role, of the root user for the whole account, or as AWS starts with."""

from __future__ import annotations

import re
from typing import Any

from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import account_settings as known
from simcloud.rules.settings import Asker
from simcloud.sim.account import SettingDeleted, SettingPut

SESSION = re.compile(r"arn:(aws[a-z-]*):sts::(\d{12}):assumed-role/([^/]+)/.+")


def put(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutAccountSetting: for the caller, or for the principal named."""
    asker = _asker(call)
    demand("PutAccountSetting", request, asker)
    return _put(call, request.get("principalArn") or asker.principal, request["name"], request["value"])


def put_default(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutAccountSettingDefault: for everybody in the account who has no setting of their own."""
    demand("PutAccountSettingDefault", request, _asker(call))
    return _put(call, _root(call), request["name"], request["value"])


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteAccountSetting: the account's default holds again. Answers with the value that holds now."""
    asker = _asker(call)
    demand("DeleteAccountSetting", request, asker)
    principal, name = request.get("principalArn") or asker.principal, request["name"]
    submit(call, SettingDeleted(principal, name))
    return {"setting": {**_effective(call, principal, name), "principalArn": principal}}


def list_settings(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAccountSettings: those that the principal has set, or with effectiveSettings all that hold for it."""
    asker = _asker(call)
    demand("ListAccountSettings", request, asker)
    principal = request.get("principalArn") or asker.principal
    names = [request["name"]] if request.get("name") else list(known.VALUES.value)
    own = call.world.settings.get(principal, {})
    if request.get("effectiveSettings"):
        found = [_effective(call, principal, name) for name in names]
    else:
        found = [_shape(name, own[name], principal) for name in names if name in own]
    wanted = request.get("value")
    most = known.LISTED.value
    return page("settings", [each for each in found if wanted in (None, each["value"])], request, most, most)


def effective(call: Call, name: str) -> str:
    """The value of a setting that holds for what the caller creates."""
    return _effective(call, _asker(call).principal, name)["value"]


def _put(call: Call, principal: str, name: str, value: str) -> dict[str, Any]:
    submit(call, SettingPut(principal, name, value))
    return {"setting": _shape(name, value, principal)}


def _effective(call: Call, principal: str, name: str) -> dict[str, str]:
    for holder in (principal, _root(call)):
        value = call.world.settings.get(holder, {}).get(name)
        if value is not None:
            return _shape(name, value, holder)
    return _shape(name, known.DEFAULTS.value[name], principal)


def _shape(name: str, value: str, principal: str) -> dict[str, str]:
    kind = "aws_managed" if name in known.AWS_MANAGED.value else "user"
    return {"name": name, "value": value, "principalArn": principal, "type": kind}


def _asker(call: Call) -> Asker:
    """The caller as account settings know it: a session of a role is the role."""
    session = SESSION.fullmatch(call.caller)
    principal = f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}" if session else call.caller
    return Asker(call.account, principal)


def _root(call: Call) -> str:
    return f"arn:aws:iam::{call.account}:root"
