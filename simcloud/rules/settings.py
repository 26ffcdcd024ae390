"""Laws on account settings: their names, their values, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts import account_settings as known
from simcloud.facts.sources import API_MODEL, issue
from simcloud.facts.words import account as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
PUT, PUT_DEFAULT = "PutAccountSetting", "PutAccountSettingDefault"
DELETE, LIST = "DeleteAccountSetting", "ListAccountSettings"
PRINCIPAL = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):(root|user/.+|role/.+)")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks about account settings."""

    account: str
    principal: str
    """The ARN under which the caller's own settings are kept: a user's, a role's, or root's."""

    @property
    def is_root(self) -> bool:
        return self.principal.endswith(":root")


@rule("FG1400", on=(PUT, PUT_DEFAULT, DELETE, LIST), source=API_MODEL)
def a_setting_has_a_known_name(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An account setting is one of those that ECS has."""
    name = request.get("name")
    if name is not None and name not in known.VALUES.value:
        yield Refusal("name", words.SETTING_NAME, f"'{name}' is none of them", code=INVALID)


@rule("FG1401", on=(PUT, PUT_DEFAULT), source=issue("aws/aws-cli", 3785), status="observed")
def a_setting_takes_its_own_values(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Each account setting takes values of its own, in lower case; the retirement wait is 0, 7 or 14 days."""
    name, value = reading.text(request, "name"), reading.text(request, "value")
    values = known.VALUES.value.get(name)
    if values is not None and value not in values and name not in known.AWS_MANAGED.value:
        got = f"{name} is {', '.join(values[:-1])} or {values[-1]}, not '{value}'"
        yield Refusal("value", words.SETTING_VALUE, got, code=INVALID)


@rule("FG1402", on=(PUT, PUT_DEFAULT, DELETE), source=API_MODEL)
def what_aws_manages_is_read_only(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """guardDutyActivate is shown and cannot be set: GuardDuty sets it on the account's behalf."""
    name = reading.text(request, "name")
    if name in known.AWS_MANAGED.value:
        text = words.SETTING_READ_ONLY.format(name=name)
        yield Refusal("name", text, "turn GuardDuty's runtime monitoring on or off instead", code=INVALID)


@rule("FG1403", on=(PUT, DELETE, LIST), source=API_MODEL)
def a_principal_is_of_the_account(request: Mapping[str, Any], asker: Asker) -> Iterator[Refusal]:
    """A principal is a user, a role or the root user of the account, by ARN."""
    principal = request.get("principalArn")
    found = PRINCIPAL.fullmatch(str(principal or ""))
    if principal is not None and (found is None or found[1] != asker.account):
        yield Refusal(
            "principalArn", words.SETTING_PRINCIPAL, f"'{principal}' is none of account {asker.account}", code=INVALID
        )


@rule("FG1404", on=(PUT, DELETE, LIST), source=API_MODEL)
def settings_of_others_are_for_root(request: Mapping[str, Any], asker: Asker) -> Iterator[Refusal]:
    """Only the root user sees or changes the settings of another principal."""
    principal = reading.text(request, "principalArn")
    if PRINCIPAL.fullmatch(principal) and principal != asker.principal and not asker.is_root:
        text = words.SETTING_OTHER_PRINCIPAL.format(caller=asker.principal, principal=principal)
        yield Refusal(
            "principalArn",
            text,
            "for everybody's default use put_account_setting_default, which needs no principal",
            code="AccessDeniedException",
        )


@rule("FG1405", on=PUT, source=API_MODEL)
def the_retirement_wait_is_the_accounts(request: Mapping[str, Any], asker: Asker) -> Iterator[Refusal]:
    """How long Fargate waits before it retires tasks is set for the whole account: by the root user, or as default."""
    name = reading.text(request, "name")
    if name in known.ROOT_ONLY.value and not asker.is_root:
        text = words.SETTING_ROOT_ONLY.format(name=name)
        yield Refusal("name", text, "use put_account_setting_default", code=INVALID)


@rule("FG1406", on=LIST, source=API_MODEL)
def a_value_is_filtered_with_its_name(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Settings are filtered by value only together with a name."""
    if request.get("value") is not None and request.get("name") is None:
        yield Refusal("value", words.SETTING_VALUE_ALONE, "no name is given", code=INVALID)
