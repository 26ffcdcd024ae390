"""Real requests of callers who are not the learner: what IAM refuses with its whole text, and what it lets through."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from callers_allowed import ALLOWED
from callers_as_written import Account
from callers_denied import DENIED

from simcloud import Cloud


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with Cloud(seed=11) as cloud:
        yield Account(cloud)


@pytest.mark.parametrize(("policy", "call", "params", "code", "text"), DENIED)
def test_a_caller_who_may_not_is_told_so_in_awss_words(
    account: Account, policy: list[dict[str, Any]], call: str, params: dict[str, Any], code: str, text: str
) -> None:
    before = pickle.dumps(account.cloud.world)
    with account.may(*policy), pytest.raises(ClientError) as caught:
        account.send(call, params)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, text.replace("$secret", account.secret))
    assert pickle.dumps(account.cloud.world) == before
    assert any("Law: " in note and "troubleshoot_access-denied" in note for note in caught.value.__notes__)


@pytest.mark.parametrize(("policy", "call", "params"), ALLOWED)
def test_a_caller_who_may_is_answered(
    account: Account, policy: list[dict[str, Any]], call: str, params: dict[str, Any]
) -> None:
    with account.may(*policy), account.cloud.copy():
        account.send(call, params)


@pytest.mark.parametrize(("policy", "call", "params", "code", "text"), DENIED)
def test_what_a_caller_may_not_no_administrator_is_denied(
    account: Account, policy: list[dict[str, Any]], call: str, params: dict[str, Any], code: str, text: str
) -> None:
    """The law refuses because of the policy, and not because of the request."""
    if call == "sts.assume_role":
        pytest.skip("a role's trust policy stands against administrators too")
    with account.may({"Effect": "Allow", "Action": "*", "Resource": "*"}), account.cloud.copy():
        assert _code(account, call, params) != code


def test_the_learner_is_an_administrator_whatever_its_key_reads_like(account: Account) -> None:
    for key in ("testing", "test", "AKIA", "AKIA-mine", "akiaiosfodnn7example", "x" * 20):
        made = boto3.client("ecs", aws_access_key_id=key, aws_secret_access_key="x")
        assert made.list_clusters()["clusterArns"]


def _code(account: Account, call: str, params: dict[str, Any]) -> str:
    """Of the error that the call ends in; '' where it goes through."""
    try:
        account.send(call, params)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""
